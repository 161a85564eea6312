import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createServer, define, type Server, t } from '../../index.ts';
import { createCatalog } from '../../lib/catalog.ts';
import { createLog } from '../../lib/log.ts';
import type { Protocol } from '../../lib/protocol.ts';
import { assemble } from '../../lib/server.ts';
import { memorySettings } from '../../lib/settings.ts';
import { liveSite } from '../../lib/site.ts';
import { rejected } from './caught.ts';

const functions = [
  define('test.add', {
    description: 'Adds.',
    effect: 'read',
    params: { a: t.int(), b: t.default(t.int(), 1), constructor: t.default(t.int(), 0) },
    returns: t.int(),
    handler: ({ a, b, ...more }) => a + b + more.constructor,
  }),
  define('test.wait', {
    description: 'Waits.',
    effect: 'read',
    params: { ms: t.int() },
    returns: t.string(),
    handler: async ({ ms }) => {
      await sleep(ms);
      return 'waited';
    },
  }),
  define('test.inner', { description: 'Not from outside.', effect: 'write', internal: true, handler: () => undefined }),
  define('test.private', {
    description: 'Who calls.',
    effect: 'read',
    access: { user: 'required' },
    returns: t.string(),
    handler: (_, { user }) => user.username,
  }),
];
const on = { enablewebservices: true, enabledwsprotocols: ['rest', 'jsonrpc'], enabledwsfunctions: ['*'] };
const made: Server[] = [];

async function server(settings: object = on): Promise<Server> {
  const one = await createServer({ functions, settings, log: false });
  made.push(one);
  return one;
}

async function get(url: string): Promise<{ status: number; body: string }> {
  const answer = await fetch(url);
  return { status: answer.status, body: await answer.text() };
}

describe('lib/server', () => {
  afterEach(async () => {
    await Promise.all(made.splice(0).map((one) => one.close(0)));
  });

  it('listens on loopback, at a port of its choice', async () => {
    const { url, port } = await (await server()).listen({ port: 0 });
    expect(url).equal(`http://127.0.0.1:${port}`);
    expect((await get(`${url}/rest/test.add?a=1`)).body).contain('"result":2');
  });

  it('listens by IPv6 too', async function () {
    const listening = await (await server()).listen({ port: 0, host: '::1' }).catch(() => undefined);
    if (listening === undefined) this.skip();
    else expect((await get(`${listening.url}/rest/test.add?a=1`)).status).equal(200);
  });

  it('tells when a port is taken', async () => {
    const { port } = await (await server()).listen({ port: 0 });
    const error = await (await server()).listen({ port }).catch((reason: NodeJS.ErrnoException) => reason.code);
    expect(error).equal('EADDRINUSE');
  });

  it('listens once', async () => {
    const one = await server();
    const { url } = await one.listen({ port: 0 });
    const again = await one.listen({ port: 0 }).then(
      ({ url: other }) => other,
      () => undefined,
    );
    await one.close(0);
    for (const address of [url, again].filter((it) => it !== undefined))
      expect(await get(address).catch(() => 'refused'), address).equal('refused');
  });

  it('calls in process, past the switches and through all checks', async () => {
    const one = await server({});
    expect(await one.call('test.add', { a: 1 })).equal(2);
    expect(await one.call('test.add', { a: 1, b: undefined })).equal(2);
    expect(await one.call('test.inner')).equal(undefined);
    expect((await rejected(one.call('test.add', { a: 'x' }))).issues[0]?.path).equal('a');
    expect((await rejected(one.call('test.add', { a: 1, x: 1 }))).code).equal('invalid-params');
    expect((await rejected(one.call('nothing'))).code).equal('unknown-function');
    expect((await rejected(one.call('test.private'))).code).equal('unauthenticated');
    expect(await one.call('test.private', {}, { user: { id: '1', username: 'ana' } })).equal('ana');
  });

  it('answers health, and says what is on', async () => {
    const one = await server();
    const { url } = await one.listen({ port: 0 });
    expect(await get(`${url}/healthz`)).eql({ status: 200, body: '{"status":"ok"}' });
    expect((await get(`${url}/readyz`)).status).equal(200);
    expect((await get(`${url}/`)).body)
      .contain('rest')
      .and.not.contain('soap');
    expect((await get(`${url}/nothing`)).status).equal(404);
    await one.settings.update(() => ({ enablewebservices: false }));
    expect((await get(`${url}/rest/test.add?a=1`)).status).equal(403);
    expect((await get(`${url}/healthz`)).status).equal(200);
  });

  it('refuses an option that it does not have by its name', async () => {
    const misspelt = { functions, setings: on, log: false } as { functions: typeof functions };
    expect(String(await createServer(misspelt).catch((reason) => reason))).equal(
      'TypeError: createServer has no option setings',
    );
  });

  it('takes changed settings at once, and refuses those that would end it', async () => {
    const one = await server();
    const { url } = await one.listen({ port: 0 });
    expect((await rejected(one.settings.update(() => ({ addresses: ['nonsense'] })))).code).equal('invalid-params');
    expect((await rejected(one.settings.update(() => ({ publicUrl: 'nonsense' })))).code).equal('invalid-params');
    expect((await get(`${url}/rest/test.add?a=1`)).status).equal(200);
    await one.settings.update(() => ({ enabledwsfunctions: ['test.wait'] }));
    expect((await get(`${url}/rest/test.add?a=1`)).status).equal(404);
  });
});

describe('lib/server close', () => {
  it('lets calls in flight finish, refuses new ones, closes idle connections', async () => {
    const one = await server();
    const { url, port } = await one.listen({ port: 0 });
    const idle = connect(port, '127.0.0.1');
    idle.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((resolve) => idle.once('data', resolve));
    const idleClosed = new Promise((resolve) => idle.once('close', resolve));
    const busy = connect(port, '127.0.0.1');
    let said = '';
    busy.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    busy.write('GET /rest/test.wait?ms=200 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await sleep(50);
    const started = performance.now();
    const closing = one.close();
    await idleClosed;
    expect(await get(`${url}/healthz`).catch(() => 'refused')).equal('refused');
    busy.write('GET /rest/test.add?a=1 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await closing;
    expect(performance.now() - started).within(100, 3_000);
    await sleep(10);
    expect(said)
      .contain('"result":"waited"')
      .and.match(/connection: close/i);
    expect(said).not.contain('"result":2');
  });

  it('does not wait for those who have connected and said nothing', async () => {
    const one = await server();
    const { port } = await one.listen({ port: 0 });
    const silent = connect(port, '127.0.0.1');
    await new Promise((resolve) => silent.once('connect', resolve));
    await sleep(20);
    const done = one.close().then(() => 'closed');
    expect(await Promise.race([done, sleep(3_000, 'still waiting')])).equal('closed');
    silent.destroy();
  });

  it('gives up what is in flight after the grace', async () => {
    const one = await server();
    const { port } = await one.listen({ port: 0 });
    const busy = connect(port, '127.0.0.1');
    busy.on('error', () => {});
    busy.write('GET /rest/test.wait?ms=5000 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await sleep(50);
    const started = performance.now();
    await one.close(100);
    expect(performance.now() - started).within(90, 2_000);
  });

  it('may be closed twice, and without having listened', async () => {
    const one = await server();
    await one.close();
    const two = await server();
    await two.listen({ port: 0 });
    await Promise.all([two.close(), two.close()]);
    await two.close();
  });
});

describe('lib/server under misbehaving parts', () => {
  const base: Protocol = {
    name: 'odd',
    routes: [{ path: '/odd', methods: ['GET', 'POST'] }],
    decode: () => ({ calls: [], note: undefined }),
    write: () => '',
    encode: () => ({ status: 200, headers: {}, body: 'fine' }),
    blank: () => undefined,
  };
  const broken = (): never => {
    throw new TypeError('secret');
  };
  const odd: readonly (readonly [what: string, protocol: Protocol])[] = [
    ['decode throws', { ...base, decode: broken }],
    [
      'encode throws once',
      {
        ...base,
        encode: (outcomes) => (outcomes.length === 0 ? broken() : { status: 500, headers: {}, body: 'fault' }),
      },
    ],
    ['a document throws', { ...base, document: broken }],
    [
      'a status is none',
      { ...base, encode: (outcomes) => ({ status: outcomes.length === 0 ? 42 : 500, headers: {}, body: '' }) },
    ],
  ];
  for (const [what, protocol] of odd) {
    it(`lives on when ${what}`, async () => {
      const settings = memorySettings({ ...on, enabledwsprotocols: ['odd'] });
      const catalog = createCatalog([]);
      const site = liveSite(catalog, settings);
      const one = assemble({ catalog, site, protocols: [protocol], settings, log: createLog(false) });
      const { port } = await one.listen({ port: 0 });
      const uncaught: unknown[] = [];
      const listeners = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException').on('uncaughtException', (reason) => uncaught.push(reason));
      const status = await new Promise<number | string>((resolve) => {
        const request = httpRequest({ port, path: '/odd', timeout: 1_000 }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        request.on('timeout', () => {
          request.destroy();
          resolve('no answer');
        });
        request.on('error', () => resolve('no answer')).end();
      });
      process.removeAllListeners('uncaughtException');
      for (const listener of listeners) process.on('uncaughtException', listener);
      await one.close(0);
      expect(uncaught.map(String)).eql([]);
      expect(status).oneOf([200, 500]);
    });
  }
});
