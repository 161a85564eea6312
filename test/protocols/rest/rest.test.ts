import { expect } from 'chai';
import { createServer, define, Fault, faultCodes, type Server, t } from '../../../index.ts';
import { encode } from '../../../protocols/rest/encode.ts';
import { statusOf } from '../../../protocols/rest/fault.ts';

const Point = t.object('RestPoint', { x: t.int(), y: t.optional(t.int()) });
const params = {
  s: t.optional(t.string()),
  n: t.optional(t.int()),
  big: t.optional(t.int64()),
  f: t.optional(t.float()),
  d: t.optional(t.decimal()),
  b: t.optional(t.boolean()),
  day: t.optional(t.date()),
  at: t.optional(t.datetime()),
  raw: t.optional(t.bytes()),
  e: t.optional(t.enum(['red', 'green'])),
  l: t.optional(t.list(t.int())),
  ll: t.optional(t.list(t.list(t.string()))),
  m: t.optional(t.map(t.string())),
  o: t.optional(Point),
  ol: t.optional(t.list(Point)),
  j: t.optional(t.json()),
  q: t.optional(t.nullable(t.string())),
  w: t.default(t.int(), 7),
  constructor: t.optional(t.string()),
};
let seen: unknown;
const taken = (values: object) => {
  seen = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== undefined && !(name === 'w' && value === 7)));
  return undefined;
};
const functions = [
  define('take', { description: 'Takes.', effect: 'read', params, aliases: { text: 's' }, handler: taken }),
  define('kept', { description: 'May be kept.', effect: 'read', cache: { mode: 'public', maxAge: 60, sharedMaxAge: 5 }, returns: t.int(), handler: () => 1 }),
  define('write', { description: 'Writes.', effect: 'write', params: { s: t.optional(t.string()) }, handler: taken }),
  define('gone', { description: 'Fails.', effect: 'read', helpUrls: ['https://example.org/gone'], errors: { 'rest-gone': { number: 3, status: 410, data: t.object('RestGone', { id: t.int() }) } }, handler: (_, call) => call.fail('rest-gone', { id: 5 }) }),
  define('bytes.big', { description: 'Takes much.', effect: 'write', body: 3_000_000, params: { raw: t.bytes() }, returns: t.int(), handler: ({ raw }) => raw.length }),
];

interface Envelope {
  readonly status: 'ok' | 'error';
  readonly result?: unknown;
  readonly requestId?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly requestId: string; readonly issues?: readonly { path: string }[]; readonly data?: unknown; readonly help?: string };
}

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const refused = (code: string, ...paths: string[]) => ({ code, paths });
type Expected = object;

/** A query (or form) and what the handler gets, or how it is refused. */
const texts: readonly (readonly [query: string, expected: Expected])[] = [
  ['', {}],
  ['s=hello', { s: 'hello' }],
  ['s=', { s: '' }],
  ['s', { s: '' }],
  ['s=a+b%20c%2B', { s: 'a b c+' }],
  ['s=%C3%A9', { s: 'é' }],
  ['s=a%00b', { s: 'a\u0000b' }],
  ['s=a;b', { s: 'a;b' }],
  ['s=a=b', { s: 'a=b' }],
  ['s=a%26n%3D1', { s: 'a&n=1' }],
  ['%73=x', { s: 'x' }],
  ['text=x', { s: 'x' }],
  ['&s=x&&', { s: 'x' }],
  ['n=5&w=8', { n: 5, w: 8 }],
  ['constructor=x', { constructor: 'x' }],
  ['big=9007199254740993', { big: 9_007_199_254_740_993n }],
  ['f=1e3', { f: 1_000 }],
  ['d=0.10000000000000000001', { d: '0.10000000000000000001' }],
  ['b=1', { b: true }],
  ['b=false', { b: false }],
  ['at=2026-01-02T03:04:05%2B01:00', { at: new Date('2026-01-02T02:04:05Z') }],
  ['raw=AAE%3D', { raw: new Uint8Array([0, 1]) }],
  ['l[]=1&l[]=2', { l: [1, 2] }],
  ['l[0]=1&l[1]=2', { l: [1, 2] }],
  ['l[1]=2&l[0]=1', { l: [1, 2] }],
  ['l%5B0%5D=1', { l: [1] }],
  ['ll[0][]=a&ll[1][]=b&ll[1][]=c', { ll: [['a'], ['b', 'c']] }],
  ['m[a]=1&m[b]=2', { m: { a: '1', b: '2' } }],
  ['m[constructor]=1&m[toString]=2', { m: { constructor: '1', toString: '2' } }],
  ['m[0]=a', { m: { 0: 'a' } }],
  ['o[x]=1&o[y]=2', { o: { x: 1, y: 2 } }],
  ['ol[0][x]=1&ol[1][x]=2', { ol: [{ x: 1 }, { x: 2 }] }],
  ['j={"a":[1,null]}', { j: { a: [1, null] } }],
  ['q=x', { q: 'x' }],
  ['n=007', refused('invalid-params', 'n')],
  ['n=0x10', refused('invalid-params', 'n')],
  ['n=5.0', refused('invalid-params', 'n')],
  ['n=+5', refused('invalid-params', 'n')],
  ['n=', refused('invalid-params', 'n')],
  ['n=2147483648', refused('invalid-params', 'n')],
  ['b=yes', refused('invalid-params', 'b')],
  ['e=blue', refused('invalid-params', 'e')],
  ['j={', refused('invalid-params', 'j')],
  ['j={"a":1,"a":2}', refused('invalid-request', 'a')],
  ['unknown=1', refused('invalid-params', 'unknown')],
  ['S=1', refused('invalid-params', 'S')],
  ['n=a&f=b&zz=1', refused('invalid-params', 'n', 'f', 'zz')],
  ['s=a&s=b', refused('invalid-params', 's')],
  ['s=a&text=b', refused('invalid-params', 's')],
  ['s[]=a', refused('invalid-params', 's')],
  ['s[a]=b', refused('invalid-params', 's')],
  ['s=a&s[b]=c', refused('invalid-params', 's')],
  ['m[a]=1&m[a]=2', refused('invalid-params', 'm/a')],
  ['m[a]=1&m=2', refused('invalid-params', 'm')],
  ['l=1', refused('invalid-params', 'l')],
  ['l[0]=1&l[0]=2', refused('invalid-params', 'l/0')],
  ['l[0]=1&l[2]=3', refused('invalid-params', 'l/1')],
  ['l[a]=1', refused('invalid-params', 'l')],
  ['l[-1]=1', refused('invalid-params', 'l')],
  ['l[01]=1', refused('invalid-params', 'l')],
  ['l[0][a]=1', refused('invalid-params', 'l/0')],
  ['o=1', refused('invalid-params', 'o')],
  ['o[]=1', refused('invalid-params', 'o')],
  ['o[z]=1', refused('invalid-params', 'o/z', 'o/x')],
  ['__proto__=1', refused('invalid-params', '__proto__')],
  ['__proto__[polluted]=1', refused('invalid-params', '__proto__')],
  ['constructor[prototype][polluted]=1', refused('invalid-params', 'constructor')],
  ['m[__proto__]=1&m[a]=2', { m: JSON.parse('{"__proto__":"1","a":"2"}') as object }],
  ['m[__proto__][polluted]=1', refused('invalid-params')],
  ['o[x]=1&o[__proto__][polluted]=1', refused('invalid-params')],
  ['=1', refused('invalid-params', '')],
  ['s=x&=1', refused('invalid-params', '')],
  ['[]=1', refused('invalid-params')],
  ['[s]=1', refused('invalid-params')],
  ['m[a=1', refused('invalid-params')],
  ['m[a]b=1', refused('invalid-params')],
  ['m]=1', refused('invalid-params', 'm]')],
  ['m[a]]=1', refused('invalid-params')],
  ['s=%', refused('invalid-encoding')],
  ['s=%zz', refused('invalid-encoding')],
  ['%=1', refused('invalid-encoding')],
  ['s=%C0%AF', refused('invalid-encoding')],
  ['s=%E9', refused('invalid-encoding')],
  ['s=%ED%A0%80', refused('invalid-encoding')],
  ['m[a][b][c][d][e][f]=1', refused('too-large')],
  ['l[100]=1', refused('too-large')],
  ['l[999999999]=1', refused('too-large')],
  [Array.from({ length: 101 }, () => 'l[]=1').join('&'), refused('too-large')],
  [Array.from({ length: 101 }, () => 's=1').join('&'), refused('invalid-params', 's')],
  [Array.from({ length: 1_001 }, (_, i) => `m[${i}a]=1`).join('&'), refused('too-large')],
  [Array.from({ length: 100 }, () => 'l[]=1').join('&'), { l: Array.from({ length: 100 }, () => 1) }],
];

describe('protocols/rest', () => {
  let server: Server;
  let url: string;
  before(async () => {
    server = await createServer({ functions, log: false, settings: { enablewebservices: true, enabledwsprotocols: ['rest'], enabledwsfunctions: ['*'] } });
    url = `${(await server.listen({ port: 0 })).url}/rest/`;
  });
  beforeEach(() => void (seen = undefined));
  after(() => server.close(0));

  async function ask(path: string, init: RequestInit = {}) {
    const answer = await fetch(url + path, init);
    const envelope = JSON.parse((await answer.text()) || 'null') as Envelope;
    return { status: answer.status, headers: answer.headers, envelope };
  }
  const post = (path: string, type: string, body: string | Buffer<ArrayBuffer>) => ask(path, { method: 'POST', body, headers: { 'Content-Type': type } });

  function check({ status, envelope }: { status: number; envelope: Envelope }, expected: Expected): void {
    if ('code' in expected && 'paths' in expected) {
      expect(envelope.error?.code, JSON.stringify([envelope, seen])).equal(expected.code);
      expect(status).equal(statusOf(new Fault(expected.code as 'internal', 'x')));
      const found = envelope.error?.issues?.map(({ path }) => path) ?? [];
      if ((expected.paths as string[]).length > 0) expect(found).members(expected.paths as string[]);
      expect(seen).equal(undefined);
    } else {
      expect(envelope.status, JSON.stringify(envelope)).equal('ok');
      expect(seen).eql(expected);
      for (const value of Object.values(seen as object)) {
        if (typeof value === 'object' && value !== null) expect(Object.getPrototypeOf(value)).oneOf([Object.prototype, Array.prototype, Date.prototype, Uint8Array.prototype]);
      }
    }
    expect(({} as { polluted?: unknown }).polluted).equal(undefined);
    seen = undefined;
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

describe('protocols/rest answers', () => {
  let server: Server;
  let url: string;
  before(async () => {
    server = await createServer({ functions, log: false, settings: { enablewebservices: true, enabledwsprotocols: ['rest'], enabledwsfunctions: ['*'] } });
    url = `${(await server.listen({ port: 0 })).url}/rest/`;
  });
  after(() => server.close(0));
  const get = (path: string, method = 'GET') => fetch(url + path, { method });

  it('repeats the request id, and null where nothing is returned', async () => {
    const answer = await get('take');
    expect(await answer.json()).eql({ status: 'ok', result: null, requestId: answer.headers.get('x-request-id') });
    expect(answer.headers.get('content-type')).equal('application/json; charset=utf-8');
  });

  it('lets only answers to GET and HEAD be kept, and only as the function says', async () => {
    expect((await get('kept')).headers.get('cache-control')).equal('public, max-age=60, s-maxage=5');
    expect((await get('kept', 'HEAD')).headers.get('cache-control')).equal('public, max-age=60, s-maxage=5');
    expect((await get('take')).headers.get('cache-control')).equal('no-store');
    expect((await get('kept?x=1')).headers.get('cache-control')).equal('no-store');
    const posted = await fetch(`${url}kept`, { method: 'POST', body: '{}', headers: { 'Content-Type': json } });
    expect(posted.headers.get('cache-control') ?? 'no-store').equal('no-store');
  });

  it('does not let GET or HEAD write', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await get('write', method);
      expect(answer.status).equal(405);
      expect(answer.headers.get('allow')).equal('POST');
    }
  });

  it('gives declared errors their status, data and help', async () => {
    const answer = await get('gone');
    expect(answer.status).equal(410);
    expect((await answer.json()) as Envelope).nested.include({ 'error.code': 'rest-gone', 'error.help': 'https://example.org/gone', 'error.data.id': 5 });
  });

  for (const path of ['nothing', '', 'take/', 'take/more', 'Take', 'constructor', '__proto__', 'take%00', 'bytes_big', 'take%2f'])
    it(`knows no function ${path}`, async () => expect((await get(path)).status).equal(404));

  it('reads escapes in the path, and refuses broken ones', async () => {
    expect((await get('%74ake')).status).equal(200);
    expect((await get('take%')).status).equal(400);
    expect((await get('%E9')).status).equal(400);
  });

  it('takes more bytes where the function declares them, and only there', async () => {
    const body = JSON.stringify({ raw: Buffer.alloc(2_000_000).toString('base64') });
    const init = { method: 'POST', body, headers: { 'Content-Type': json } };
    expect((await (await fetch(`${url}bytes.big`, init)).json()) as Envelope).include({ result: 2_000_000 });
    expect((await fetch(`${url}take`, init)).status).equal(413);
  });

  for (const code of faultCodes) {
    it(`answers ${code} with a status of its own`, () => {
      const { status, headers } = encode([{ ok: false, fn: undefined, fault: new Fault(code, 'x') }], { cacheable: true }, 'r');
      expect(status).within(400, 504);
      expect(headers['Cache-Control']).equal('no-store');
      expect(headers['WWW-Authenticate'] !== undefined).equal(status === 401);
    });
  }
});
