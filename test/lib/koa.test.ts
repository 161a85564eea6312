import { createServer as createHttp, type Server as HttpServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import Koa from 'koa';
import { createServer, define, t } from '../../index.ts';
import type { LogTarget } from '../../lib/log.ts';

const add = define('test.add', {
  description: 'Adds.',
  effect: 'read',
  params: { a: t.int(), b: t.default(t.int(), 1) },
  returns: t.int(),
  handler: async ({ a, b }) => a + b,
});
const settings = { enablewebservices: true, enabledwsprotocols: ['rest', 'jsonrpc'], enabledwsfunctions: ['*'] };
const json = { 'Content-Type': 'application/json' };

const polywire = (log: LogTarget) => createServer({ functions: [add], settings, log });

describe('lib/server inside a foreign Koa application', () => {
  let http: HttpServer;

  async function listen(app: Koa): Promise<string> {
    http = createHttp(app.callback()).listen(0, '127.0.0.1');
    await new Promise((resolve) => http.once('listening', resolve));
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  }

  afterEach(() => {
    http.close();
    http.closeAllConnections();
  });

  it('answers, and passes on what is not its own', async () => {
    const app = new Koa();
    app.use((await polywire(false)).koa());
    app.use((context) => {
      context.body = 'foreign';
    });
    const url = await listen(app);
    expect(await (await fetch(`${url}/rest/test.add?a=2`)).text()).contain('"result":3');
    expect((await fetch(`${url}/rest/test.nothing`)).status).equal(404);
    expect(await (await fetch(`${url}/other`)).text()).equal('foreign');
    const broken = await new Promise<string>((resolve) => {
      const path = 'http://[::1/rest/test.add?a=2';
      request(url, { path }, (response) => response.on('data', (chunk) => resolve(String(chunk)))).end();
    });
    expect(broken).equal('foreign');
    const body = JSON.stringify({ jsonrpc: '2.0', method: 'test.add', params: [5], id: 1 });
    const answer = await fetch(`${url}/jsonrpc`, { method: 'POST', body, headers: json });
    expect(await answer.json()).eql({ jsonrpc: '2.0', result: 6, id: 1 });
  });

  it('answers where another middleware has read the body, and says so in the log', async () => {
    let log = '';
    const target = new Writable({
      write(line, _, done) {
        log += String(line);
        done();
      },
    });
    const server = await polywire(target);
    const app = new Koa();
    app.use(async (context, next) => {
      for await (const _ of context.req); // as body parsers do
      await next();
    });
    app.use(server.koa());
    const url = await listen(app);
    const answer = await fetch(`${url}/rest/test.add`, { method: 'POST', body: '{"a":1}', headers: json });
    expect(`${answer.status} ${await answer.text()}`).match(/^500 .*"internal"/);
    await server.close();
    expect(log).match(/before what parses bodies/);
  });
});
