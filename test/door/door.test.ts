import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { PartialSettings } from '../../index.ts';
import { callOf, type Dialect, dialects } from './dialects.ts';
import { closeHouses, type House, house } from './house.ts';
import { type Answer, ask, Line, type Plain, requestBytes } from './wire.ts';

type Headers = readonly (readonly [string, string])[];

interface Refusal {
  readonly what: string;
  readonly settings?: PartialSettings;
  readonly headers?: Headers;
  readonly parts?: Partial<Plain>;
  readonly code: string;
  /** Where HTTP itself knows the status. */
  readonly status?: number;
  /** Which protocols; all if left out. */
  readonly only?: (dialect: Dialect) => boolean;
}

const proxied: PartialSettings = { trustedProxies: ['127.0.0.1'] };
const outside = ['X-Forwarded-For', '203.0.113.5'] as const;
const secure = ['X-Forwarded-Proto', 'https'] as const;

/** The rules of the door, each broken alone (DESIGN §5, 1 to 7). */
const refusals: readonly Refusal[] = [
  { what: 'the site is off', settings: { enablewebservices: false }, code: 'service-off' },
  { what: 'the protocol is off', settings: { enabledwsprotocols: ['other'] }, code: 'protocol-off' },
  {
    what: 'the site and the protocol are off',
    settings: { enablewebservices: false, enabledwsprotocols: [] },
    code: 'service-off',
  },
  { what: 'the Host is foreign', headers: [['Host', 'evil.example']], code: 'misdirected', status: 421 },
  {
    what: 'a rebound name points here',
    headers: [
      ['Host', 'evil.example:8080'],
      ['Origin', 'http://evil.example:8080'],
    ],
    code: 'misdirected',
    status: 421,
  },
  { what: 'the Host is no host', headers: [['Host', 'localhost/x@y']], code: 'misdirected', status: 421 },
  { what: 'the Host is empty', headers: [['Host', '']], code: 'misdirected', status: 421 },
  {
    what: 'HTTP/1.0 has a foreign Host',
    headers: [['Host', 'evil.example']],
    parts: { version: '1.0' },
    code: 'misdirected',
    status: 421,
  },
  { what: 'the Origin is foreign', headers: [['Origin', 'https://evil.example']], code: 'origin-refused' },
  { what: 'the Origin is null', headers: [['Origin', 'null']], code: 'origin-refused' },
  { what: 'the Origin is empty', headers: [['Origin', '']], code: 'origin-refused' },
  { what: 'the Origin is ours by another scheme', headers: [['Origin', 'https://localhost']], code: 'origin-refused' },
  { what: 'the Origin is ours at another port', headers: [['Origin', 'http://localhost:81']], code: 'origin-refused' },
  {
    what: 'the Origin only starts with ours',
    headers: [['Origin', 'http://localhost.evil.example']],
    code: 'origin-refused',
  },
  {
    what: 'two Origins are given',
    headers: [
      ['Origin', 'http://localhost'],
      ['Origin', 'https://evil.example'],
    ],
    code: 'origin-refused',
  },
  {
    what: 'the Origin is not the listed one',
    settings: { corsOrigins: ['https://friend.example'] },
    headers: [['Origin', 'https://friend.example.evil']],
    code: 'origin-refused',
  },
  { what: 'a page of another site fetches', headers: [['Sec-Fetch-Site', 'cross-site']], code: 'origin-refused' },
  { what: 'a page of the same site fetches', headers: [['Sec-Fetch-Site', 'same-site']], code: 'origin-refused' },
  {
    what: 'a page of another site posts text',
    headers: [
      ['Origin', 'https://evil.example'],
      ['Content-Type', 'text/plain'],
      ['Sec-Fetch-Site', 'cross-site'],
    ],
    code: 'origin-refused',
    only: ({ name }) => name !== 'SOAP 1.2',
  },
  { what: 'HTTP comes from outside', settings: proxied, headers: [outside], code: 'https-required' },
  {
    what: 'HTTP comes from outside, said to be loopback before the proxy',
    settings: proxied,
    headers: [['X-Forwarded-For', '127.0.0.2, 203.0.113.5']],
    code: 'https-required',
  },
  {
    what: 'loopback is forwarded by a proxy',
    settings: { trustedProxies: ['127.0.0.1'] },
    headers: [['X-Forwarded-For', '127.0.0.9']],
    code: 'https-required',
  },
  { what: 'the address is not on the list', settings: { addresses: ['203.0.113.0/24'] }, code: 'address-refused' },
  {
    what: 'an address on the list is forged',
    settings: { addresses: ['203.0.113.0/24'] },
    headers: [outside, secure],
    code: 'address-refused',
  },
  {
    what: 'the forwarded address is not on the list',
    settings: { ...proxied, addresses: ['127.0.0.1'] },
    headers: [outside, secure],
    code: 'address-refused',
  },
];

function expectRefused(dialect: Dialect, answer: Answer, { code, status }: Pick<Refusal, 'code' | 'status'>): void {
  expect(answer.status, answer.body).equal(status ?? dialect.status(code));
  const told = dialect.fault(answer);
  expect(told.code).equal(code);
  expect(told.requestId).not.empty;
  expect(answer.headers['x-request-id']).equal(told.requestId);
  expect(answer.body).not.match(/node_modules|\.[jt]s:| {4}at /);
}

for (const dialect of dialects) {
  describe(`the door for ${dialect.name}`, () => {
    afterEach(closeHouses);

    for (const refusal of refusals.filter(({ only }) => only?.(dialect) ?? true)) {
      it(`refuses where ${refusal.what}`, async () => {
        const { port, calls } = await house(refusal.settings);
        const { headers = [], parts = {} } = refusal;
        expectRefused(dialect, await ask(port, callOf(dialect, { ...parts, headers })), refusal);
        const line = new Line(port);
        const waiting = requestBytes(
          callOf(dialect, { ...parts, headers: [...headers, ['Expect', '100-continue']], body: '', length: 50 }),
        );
        line.write(waiting);
        const answers = await line.answers(false, 2_000);
        expect(
          answers.map(({ status }) => status),
          'read on',
        ).not.contain(100);
        expectRefused(dialect, answers[0] as Answer, refusal);
        expect(calls).eql([]);
      });
    }

    it('goes on serving after each refusal', async () => {
      const { port, calls } = await house();
      for (const { headers = [], parts = {} } of refusals.filter(({ settings }) => settings === undefined)) {
        await ask(port, callOf(dialect, { ...parts, headers }));
        expect(dialect.result(await ask(port, callOf(dialect)))).equal('hello');
      }
      expect(new Set(calls)).eql(new Set(['hello']));
    });

    it('floods are limited, with Retry-After', async () => {
      const { port, calls } = await house({ limits: { floodPerMinute: 3 } });
      const answers: Answer[] = [];
      for (let i = 0; i < 8; i++) answers.push(await ask(port, callOf(dialect)));
      const refused = answers.filter((answer) => answer.headers['retry-after'] !== undefined);
      expect(refused.length).within(2, 5);
      expect(calls.length).equal(8 - refused.length);
      for (const answer of refused) {
        expectRefused(dialect, answer, { code: 'rate-limited' });
        expect(Number(answer.headers['retry-after'])).within(1, 60);
      }
    });
  });
}

/** What passes: the same rules kept. */
const passing: readonly {
  readonly what: string;
  readonly settings?: PartialSettings;
  readonly headers?: Headers;
  readonly parts?: Partial<Plain>;
}[] = [
  { what: 'a plain call' },
  { what: 'HTTP/1.0 without Host', headers: [], parts: { version: '1.0' } },
  {
    what: 'our own Origin',
    headers: [
      ['Host', 'localhost:81'],
      ['Origin', 'http://localhost:81'],
    ],
  },
  { what: 'our own page', headers: [['Sec-Fetch-Site', 'same-origin']] },
  { what: 'a person who typed the address', headers: [['Sec-Fetch-Site', 'none']] },
  {
    what: 'a listed Origin from another site',
    settings: { corsOrigins: ['https://friend.example'] },
    headers: [
      ['Origin', 'https://friend.example'],
      ['Sec-Fetch-Site', 'cross-site'],
    ],
  },
  {
    what: 'an allowed Host',
    settings: { allowedHosts: ['api.example.org'] },
    headers: [['Host', 'API.example.org:8080']],
  },
  {
    what: "the public URL's Host and Origin",
    settings: { publicUrl: 'https://api.example.org' },
    headers: [
      ['Host', 'api.example.org'],
      ['Origin', 'https://api.example.org'],
    ],
  },
  {
    what: 'HTTPS through a trusted proxy',
    settings: { ...proxied, addresses: ['203.0.113.5'] },
    headers: [outside, secure],
  },
  {
    what: 'HTTP from outside where the setting says so',
    settings: { ...proxied, httpsRequired: false },
    headers: [outside],
  },
  {
    what: 'forged headers of somebody who is no proxy, as if they were not there',
    headers: [
      ['X-Forwarded-For', '203.0.113.5'],
      ['X-Forwarded-Host', 'evil.example'],
    ],
  },
  { what: 'an address range with us in it', settings: { addresses: ['127.0.0.0/8'] } },
];

for (const dialect of dialects) {
  describe(`the open door for ${dialect.name}`, () => {
    afterEach(closeHouses);
    for (const { what, settings, headers = [], parts = {} } of passing) {
      it(`takes ${what}`, async () => {
        const { port, calls } = await house(settings);
        const plain = callOf(dialect, { ...parts, headers });
        const bare =
          parts.version === '1.0'
            ? { ...plain, headers: (plain.headers ?? []).filter(([name]) => name !== 'Host') }
            : plain;
        const answer = await ask(port, bare);
        expect(dialect.result(answer), answer.body).equal('hello');
        expect(calls).eql(['hello']);
        expect(answer.headers['content-length']).equal(String(Buffer.byteLength(answer.body)));
      });
    }
  });
}

describe('the door and HTTP', () => {
  let at: House;
  before(async () => {
    at = await house();
  });
  after(closeHouses);

  for (const dialect of dialects) {
    it(`refuses two Hosts for ${dialect.name}`, async () => {
      const answer = await ask(
        at.port,
        callOf(dialect, {
          headers: [
            ['Host', 'localhost'],
            ['Host', 'localhost'],
          ],
        }),
      );
      expect(dialect.fault(answer).code).equal('malformed');
      expect(answer.status).oneOf([400, dialect.status('malformed')]);
    });

    it(`refuses HTTP/1.1 without Host for ${dialect.name}`, async () => {
      const plain = callOf(dialect);
      const answer = await ask(at.port, {
        ...plain,
        headers: (plain.headers ?? []).filter(([name]) => name !== 'Host'),
      });
      expect(answer.status).oneOf([400, 421]);
    });
  }

  it('ran nothing', async () => {
    await sleep(20);
    expect(at.calls).eql([]);
  });
});
