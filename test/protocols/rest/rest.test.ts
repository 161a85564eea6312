import { expect } from 'chai';
import { createServer, Fault, type Server } from '../../../index.ts';
import { statusOf } from '../../../protocols/rest/fault.ts';
import { type Envelope, functions, last } from './functions.ts';
import { type Expected, refused, texts } from './query-cases.ts';

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

describe('protocols/rest', () => {
  let server: Server;
  let url: string;
  before(async () => {
    server = await createServer({
      functions,
      log: false,
      settings: { enablewebservices: true, enabledwsprotocols: ['rest'], enabledwsfunctions: ['*'] },
    });
    url = `${(await server.listen({ port: 0 })).url}/rest/`;
  });
  beforeEach(() => {
    last.seen = undefined;
  });
  after(() => server.close(0));

  async function ask(path: string, init: RequestInit = {}) {
    const answer = await fetch(url + path, init);
    const envelope = JSON.parse((await answer.text()) || 'null') as Envelope;
    return { status: answer.status, headers: answer.headers, envelope };
  }
  const post = (path: string, type: string, body: string | Buffer<ArrayBuffer>) =>
    ask(path, { method: 'POST', body, headers: { 'Content-Type': type } });

  function check({ status, envelope }: { status: number; envelope: Envelope }, expected: Expected): void {
    if ('code' in expected && 'paths' in expected) {
      expect(envelope.error?.code, JSON.stringify([envelope, last.seen])).equal(expected.code);
      expect(status).equal(statusOf(new Fault(expected.code as 'internal', 'x')));
      const found = envelope.error?.issues?.map(({ path }) => path) ?? [];
      if ((expected.paths as string[]).length > 0) expect(found).members(expected.paths as string[]);
      expect(last.seen).equal(undefined);
    } else {
      expect(envelope.status, JSON.stringify(envelope)).equal('ok');
      expect(last.seen).eql(expected);
      for (const value of Object.values(last.seen as object)) {
        if (typeof value === 'object' && value !== null)
          expect(Object.getPrototypeOf(value)).oneOf([
            Object.prototype,
            Array.prototype,
            Date.prototype,
            Uint8Array.prototype,
          ]);
      }
    }
    expect(({} as { polluted?: unknown }).polluted).equal(undefined);
    last.seen = undefined;
  }

  for (const [query, expected] of texts) {
    const shown = query.length > 60 ? `${query.slice(0, 60)}… (${query.length})` : query;
    it(`reads the query ${shown}`, async () => check(await ask(`take?${query}`), expected));
    it(`reads the form ${shown}`, async () => check(await post('take', form, query), expected));
  }

  it('reads raw bytes of a form as UTF-8, or refuses them', async () => {
    check(await post('take', form, Buffer.from('s=é')), { s: 'é' });
    check(await post('take', form, Buffer.from([0x73, 0x3d, 0xe9])), refused('invalid-encoding'));
    check(await post('take', form, Buffer.from([0x73, 0x3d, 0xc0, 0xaf])), refused('invalid-encoding'));
  });

  it('reads parameters of a POST from its body only', async () => {
    check(await post('take?s=query', json, '{}'), {});
    check(await post('take?n=x', form, 's=body'), { s: 'body' });
  });

  for (const [body, expected] of [
    ['{"s":"x","w":8}', { s: 'x', w: 8 }],
    ['', {}],
    ['{"q":null}', { q: null }],
    ['{"text":"x"}', { s: 'x' }],
    ['{"s":null}', refused('invalid-params', 's')],
    ['{"s":"a","text":"b"}', refused('invalid-params', 's')],
    ['{"__proto__":{"s":"x"}}', refused('invalid-params', '__proto__')],
    ['[]', refused('invalid-request')],
    ['null', refused('invalid-request')],
    ['1e5', refused('invalid-request')],
    ['{"s":"a","s":"b"}', refused('invalid-request', 's')],
    ['{', refused('malformed')],
    [`{"j":${'['.repeat(100)}${']'.repeat(100)}}`, refused('too-large')],
  ] as const)
    it(`reads the body ${body.slice(0, 40)}`, async () => check(await post('take', json, body), expected));

  it('takes three media types, and JSON in UTF-8 only', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/json2', 'multipart/mixed; boundary=b', 'json'])
      check(await post('take', type, '{}'), refused('unsupported-media-type'));
    check(await post('take', 'Application/JSON ; charset="UTF-8"', '{"s":"é"}'), { s: 'é' });
    check(await post('take', 'application/json; charset=iso-8859-1', '{}'), refused('unsupported-encoding'));
    check(await post('take', json, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), refused('invalid-encoding'));
  });
});
