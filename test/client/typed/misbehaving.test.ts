import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { type ClientOptions, type ClientProtocol, createClient } from '../../../client/typed/index.ts';
import { define, t } from '../../../index.ts';

const get = define('a.get', {
  description: 'Gets.',
  effect: 'read',
  returns: t.object('Got', {
    id: t.int64(),
    color: t.enum(['red', 'blue']),
    any: t.optional(t.json()),
    more: t.optional(t.list(t.object('More', { n: t.int({ max: 5 }) }))),
  }),
  errors: { gone: { number: 1, data: t.object('Gone', { at: t.datetime() }) } },
  handler: () => ({ id: 1n, color: 'red' as const }),
});
const functions = [get];

type Answer = string | ((response: ServerResponse) => void);

const raw = (status: number, headers: Record<string, string>, body: string | Buffer): Answer => {
  return (response) => response.writeHead(status, headers).end(body);
};
const soap = (body: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
const got = (fields: string): string =>
  soap(`<a_getResponse xmlns="urn:polywire"><result xmlns="">${fields}</result></a_getResponse>`);
const method = (value: string): string =>
  `<methodResponse><params><param><value>${value}</value></param></params></methodResponse>`;
const member = (name: string, value: string): string => `<member><name>${name}</name><value>${value}</value></member>`;
const fault = (text: string): string =>
  `<methodResponse><fault><value><struct>${member('faultString', text)}</struct></value></fault></methodResponse>`;
const json = (result: string): string => `{"jsonrpc":"2.0","id":1,"status":"ok","result":${result}}`;

/** What no protocol knows. */
const anywhere: readonly (readonly [name: string, answer: Answer])[] = [
  ['a page', raw(200, { 'Content-Type': 'text/html' }, '<!doctype html><html><body>Hi</body></html>')],
  ['a page of a proxy', raw(502, { 'Content-Type': 'text/html' }, '<html>Bad gateway</html>')],
  ['nothing', raw(204, {}, '')],
  ['an empty body', ''],
  ['a word', 'true'],
  ['an empty list', '[]'],
  ['null', 'null'],
  ['what is not UTF-8', raw(200, {}, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))],
  ['a hundred thousand brackets', '['.repeat(100_000)],
];

const own: Readonly<Record<ClientProtocol, readonly (readonly [name: string, answer: Answer])[]>> = {
  jsonrpc: [
    ['JSON that breaks off', json('{"id":"1"').slice(0, -2)],
    ['neither result nor error', '{"jsonrpc":"2.0","id":1}'],
    ['an error that is none', '{"jsonrpc":"2.0","id":1,"error":"no"}'],
    ['a field of another type', json('{"id":{},"color":"red"}')],
    ['an id beyond 64 bits', json('{"id":99999999999999999999,"color":"red"}')],
    ['a field missing', json('{"id":"1"}')],
    ['another type', json('[{"id":"1","color":"red"}]')],
    ['deep in a list', json('{"id":"1","color":"red","more":[{"n":1},{"n":"1"}]}')],
    ['a prototype', json('{"id":"1","__proto__":{"color":"red"}}')],
    ['any JSON, far too deep', json(`{"id":"1","color":"red","any":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)],
    [
      'data that does not fit',
      '{"error":{"code":1,"message":"m","data":{"code":"gone","message":"m","data":{"at":5}}}}',
    ],
  ],
  rest: [
    ['an envelope without a status', '{"result":{"id":"1","color":"red"}}'],
    ['an envelope with another', '{"status":"fine","result":{"id":"1","color":"red"}}'],
    ['a field missing', json('{"color":"red"}')],
    ['data that does not fit', '{"status":"error","error":{"code":"gone","message":"m","data":[]}}'],
  ],
  soap: [
    ['XML that breaks off', got('<id>1</id><color>red</color>').slice(0, -20)],
    ['tags that do not match', got('<id>1</color><color>red</id>')],
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${got('<id>1</id><color>&a;</color>')}`],
    ['an envelope of nobody', '<Envelope><Body/></Envelope>'],
    ['an empty Body', soap('')],
    ['the answer of another', soap('<b_getResponse/>')],
    ['no result', soap('<a_getResponse xmlns="urn:polywire"/>')],
    ['a field of another type', got('<id>x</id><color>red</color>')],
    ['a field missing', got('<id>1</id>')],
    ['any JSON that is none', got('<id>1</id><color>red</color><any>{</any>')],
  ],
  xmlrpc: [
    ['XML that breaks off', method('<int>1</int>').slice(0, -20)],
    ['no response', '<methodCall/>'],
    ['no value', '<methodResponse><params/></methodResponse>'],
    ['another type', method('<array><data/></array>')],
    ['a field of another type', method(`<struct>${member('id', '<int>x</int>')}${member('color', 'red')}</struct>`)],
    ['a field missing', method(`<struct>${member('id', '1')}</struct>`)],
  ],
};

/** What newer servers may say, and what comes of it. */
const newer: Readonly<Record<ClientProtocol, string>> = {
  jsonrpc: json('{"id":7,"color":"green","new":{"a":1},"more":[{"n":6,"new":1}]}'),
  rest: json('{"id":7,"color":"green","new":{"a":1},"more":[{"n":6,"new":1}]}'),
  soap: got('<id>7</id><color>green</color><more><item><n>6</n><new/></item></more><new><a>1</a></new>'),
  xmlrpc: method(
    `<struct>${member('id', '7')}${member('color', 'green')}${member('new', '<nil/>')}${member('more', `<array><data><value><struct>${member('n', '<int>6</int>')}${member('new', '1')}</struct></value></data></array>`)}</struct>`,
  ),
};

describe('the typed client before servers that misbehave', () => {
  let server: Server;
  let url = '';
  let answer: Answer = '';
  const hits: string[] = [];
  before((done) => {
    server = createServer((request, response) => {
      hits.push(request.url ?? '');
      request.resume().on('end', () => (typeof answer === 'string' ? response.end(answer) : answer(response)));
    }).listen(0, '127.0.0.1', () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });

  const clientOf = (protocol: ClientProtocol, options: Partial<ClientOptions> = {}) =>
    createClient<typeof functions>({ url, protocol, catalog: functions, ...options });
  /** What a call fails with. */
  const failure = async (protocol: ClientProtocol, given: Answer, options: Partial<ClientOptions> = {}) => {
    answer = given;
    return clientOf(protocol, options)
      .a.get()
      .then(
        (value) => expect.fail(`it came to ${JSON.stringify(value)}`),
        (reason: unknown) => reason as Error & { readonly issues: readonly unknown[]; readonly status?: number },
      );
  };

  for (const protocol of Object.keys(own) as ClientProtocol[]) {
    describe(`over ${protocol}`, () => {
      for (const [name, given] of [...anywhere, ...own[protocol]]) {
        it(`fails as malformed at ${name}`, async () => {
          const error = await failure(protocol, given);
          expect(error, error.stack ?? '').to.include({ name: 'TransportError', reason: 'malformed' });
          expect(error.status).to.be.a('number');
          const [end] = await clientOf(protocol).batch((calls) => [calls.a.get()]);
          expect(end.ok, 'in a batch').to.equal(false);
        });
      }

      it('takes what newer servers answer', async () => {
        answer = newer[protocol];
        expect(await clientOf(protocol).a.get()).to.deep.equal({ id: 7n, color: 'green', more: [{ n: 6 }] });
      });

      it('fails as too large where an answer does not end', async () => {
        const endless: Answer = (response) => {
          const write = (): void => {
            if (!response.destroyed) response.write(' '.repeat(65_536), () => setImmediate(write));
          };
          write();
        };
        const error = await failure(protocol, endless, { longestAnswer: 200_000 });
        expect(error).to.include({ name: 'TransportError', reason: 'too-large', status: 200 });
      });

      it('fails for the network where an answer breaks off, and follows nobody elsewhere', async () => {
        const broken: Answer = (response) => {
          response.writeHead(200, { 'Content-Length': '1000' }).write('{');
          setTimeout(() => response.destroy(), 5);
        };
        expect(await failure(protocol, broken)).to.include({ name: 'TransportError', reason: 'network' });
        hits.length = 0;
        const away = await failure(protocol, raw(307, { Location: '/elsewhere' }, ''), { token: 'hush' });
        expect(away).to.include({ name: 'TransportError', reason: 'network' });
        expect(hits.length).to.equal(1);
      });
    });
  }

  it('keeps the code of an error whose other members are of no use', async () => {
    const odd =
      '{"status":"error","error":{"code":"forbidden","message":{},"issues":[null,5,{"path":"a"}],"retryAfter":"x","requestId":7}}';
    const error = await failure('rest', raw(403, {}, odd));
    expect(error).to.include({
      name: 'ClientError',
      code: 'forbidden',
      status: 403,
      requestId: undefined,
      retryAfter: undefined,
    });
    expect(error.issues).to.deep.equal([{ path: 'a' }]);
    expect(await failure('xmlrpc', fault('who knows'))).to.include({ name: 'ClientError', message: 'who knows' });
    const vague = '<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault>';
    expect(await failure('soap', raw(500, {}, soap(vague)))).to.include({
      code: 's:Server',
      message: 'no',
      status: 500,
    });
  });

  it('fails where nobody listens', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => nobody.once('listening', resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    const error = await failure('rest', '', { url: `http://127.0.0.1:${port}` });
    expect(error).to.include({ name: 'TransportError', reason: 'network', status: undefined });
    expect(error.message).to.contain(`No answer from http://127.0.0.1:${port}: `);
  });

  it('fails as malformed at catalogs that are none', async () => {
    for (const given of [
      '<html></html>',
      '{}',
      '{"polywire":3,"types":{},"functions":[]}',
      '{"polywire":2,"types":{},"functions":[{"name":"a.get","description":"","effect":"read","returns":{"kind":"x"}}]}',
      '{"polywire":2,"functions":null}',
    ]) {
      const error = await failure('rest', given, { catalog: undefined as never });
      expect(error, given).to.include({ name: 'TransportError', reason: 'malformed' });
    }
  });
});
