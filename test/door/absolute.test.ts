import { expect } from 'chai';
import type { PartialSettings } from '../../index.ts';
import { callOf, dialects } from './dialects.ts';
import { closeHouses, type House, house } from './house.ts';
import { type Answer, ask, Line, type Plain, requestBytes } from './wire.ts';

/** A way to name the site, and whether it is one: what the target says counts, and what Host says does not. */
interface Row {
  readonly what: string;
  readonly authority: string;
  readonly headers?: NonNullable<Plain['headers']>;
  /** HTTP/1.0 without a Host header. */
  readonly old?: true;
  readonly settings?: PartialSettings;
  readonly refused?: { readonly status: number; readonly code: string };
}

const misdirected = { status: 421, code: 'misdirected' } as const;
const allowed: PartialSettings = { allowedHosts: ['api.example.org'] };

const rows: readonly Row[] = [
  { what: 'our host', authority: 'localhost' },
  { what: 'our host at a port', authority: 'LOCALHOST:8080' },
  { what: 'our address', authority: '[::1]:80' },
  { what: 'an allowed host where Host says another', authority: 'api.example.org', settings: allowed },
  {
    what: 'our host where Host says a foreign one',
    authority: 'localhost',
    headers: [['Host', 'evil.example']],
  },
  {
    what: 'our host where Host is empty (RFC 9112 §3.2)',
    authority: 'localhost',
    headers: [['Host', '']],
  },
  { what: 'our host by HTTP/1.0 without Host', authority: 'localhost', old: true },
  { what: 'a foreign host where Host says ours', authority: 'evil.example', refused: misdirected },
  {
    what: 'a foreign host where Host says an allowed one',
    authority: 'evil.example',
    headers: [['Host', 'api.example.org']],
    settings: allowed,
    refused: misdirected,
  },
  {
    what: 'an allowed host at another port',
    authority: 'h.example:1',
    settings: { allowedHosts: ['h.example:2'] },
    refused: misdirected,
  },
  {
    what: 'a foreign host by HTTP/1.0 without Host',
    authority: 'evil.example',
    old: true,
    refused: misdirected,
  },
  {
    what: 'our host where there are two Host headers',
    authority: 'localhost',
    headers: [
      ['Host', 'localhost'],
      ['Host', 'localhost'],
    ],
    refused: { status: 400, code: 'malformed' },
  },
  {
    what: 'our host to a page of the host that Host says',
    authority: 'localhost',
    headers: [
      ['Host', 'evil.example'],
      ['Origin', 'http://evil.example'],
    ],
    refused: { status: 403, code: 'origin-refused' },
  },
  {
    what: 'our host to a page of ours',
    authority: 'localhost:81',
    headers: [
      ['Host', 'evil.example'],
      ['Origin', 'http://localhost:81'],
    ],
  },
];

/** Targets that are none, for a path. */
const broken: readonly (readonly [what: string, target: (path: string) => string])[] = [
  ['another scheme', (path) => `ftp://localhost${path}`],
  ['a scheme that only begins with ours', (path) => `httpx://localhost${path}`],
  ['a user', (path) => `http://ana@localhost${path}`],
  ['a user and a password', (path) => `http://localhost:80@evil.example${path}`],
  ['a fragment', (path) => `http://localhost${path}#x`],
  ['no host', (path) => `http://${path}`],
  ['a port that is none', (path) => `http://localhost:99999${path}`],
  ['a host that is none', (path) => `http://[::1${path}`],
  ['a host in escapes', (path) => `http://local%68ost${path}`],
];

describe('the absolute form of the request target (RFC 9112 §3.2.2)', () => {
  afterEach(closeHouses);

  for (const dialect of dialects) {
    for (const { what, authority, settings = {}, refused, headers = [], old } of rows) {
      it(`${refused ? 'is refused' : 'is taken'} for ${what}: ${dialect.name}`, async () => {
        const { port, calls } = await house(settings);
        const plain = callOf(dialect, { headers, path: `http://${authority}${dialect.path}` });
        const hostless = {
          ...plain,
          version: '1.0',
          headers: plain.headers?.filter(([name]) => name !== 'Host') ?? [],
        };
        const answer = await ask(port, old ? hostless : plain);
        if (refused === undefined) {
          expect(dialect.result(answer)).equal('hello');
          return;
        }
        expect(dialect.fault(answer).code).equal(refused.code);
        expect(calls).eql([]);
        if (refused.code !== 'origin-refused') expect(answer.status).equal(refused.status);
      });
    }

    it(`is refused where it is none: ${dialect.name}`, async () => {
      const { port, calls } = await house();
      for (const [what, target] of broken) {
        const answer = await ask(port, callOf(dialect, { path: target(dialect.path) }));
        expect([answer.status, answer.headers['connection'], answer.body], what).eql([400, 'close', '']);
      }
      expect(calls).eql([]);
    });

    it(`is plain HTTP whatever scheme it says: ${dialect.name}`, async () => {
      const { port } = await house({ trustedProxies: ['127.0.0.1'] });
      const headers = [['X-Forwarded-For', '203.0.113.5']] as const;
      const answer = await ask(port, callOf(dialect, { path: `https://localhost${dialect.path}`, headers }));
      expect(dialect.fault(answer).code).equal('https-required');
    });
  }

  it('is refused in its turn', async () => {
    const { port, calls } = await house();
    const get = (path: string) => requestBytes({ method: 'GET', path, headers: [['Host', 'localhost']] });
    const line = new Line(port);
    line.write(Buffer.concat([get('HTTP://localhost/rest/test.look?text=one'), get('ftp://localhost/'), get('/')]));
    const answers = await line.answers();
    expect(calls).eql(['one']);
    expect(answers.map(({ status }) => status)).eql([200, 400]);
  });
});

describe('pages by the absolute form', () => {
  let at: House;
  before(async () => {
    at = await house();
  });
  after(closeHouses);

  const get = (path: string, host = 'localhost'): Promise<Answer> =>
    ask(at.port, { method: 'GET', path, headers: [['Host', host]] });

  it('are those of the path', async () => {
    for (const path of [
      '/',
      '/healthz',
      '/readyz',
      '/openapi.json',
      '/soap?wsdl',
      '/metrics',
      '/console/',
      '/nothing',
    ]) {
      const [plain, absolute] = await Promise.all([get(path), get(`http://localhost${path}`, 'evil.example')]);
      expect([absolute.status, absolute.headers['content-type']], path).eql([
        plain.status,
        plain.headers['content-type'],
      ]);
    }
    for (const target of ['http://localhost', 'http://localhost?x=1', 'http://localhost/']) {
      expect((await get(target)).body, target).include('Polywire\n');
    }
    expect((await get('http://localhost:81/soap?wsdl')).body).include('location="http://localhost:81/soap"');
  });

  it('are not for hosts that are not ours', async () => {
    expect((await get('http://evil.example/metrics')).status).equal(404);
    expect((await get('http://evil.example/openapi.json')).status).equal(421);
    expect((await get('http://evil.example/soap?wsdl')).status).equal(421);
  });
});
