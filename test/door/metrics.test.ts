import { networkInterfaces } from 'node:os';
import { expect } from 'chai';
import { createServer, type PartialSettings } from '../../index.ts';
import { readMetrics } from '../lib/observe/read-metrics.ts';
import { closeHouses, type House, house } from './house.ts';
import { ask, type Plain } from './wire.ts';

interface Row {
  readonly who: string;
  readonly settings?: PartialSettings;
  readonly plain?: Plain;
  readonly reads: boolean;
}

const host = ['Host', 'localhost'] as const;
const get = (...headers: readonly (readonly [string, string])[]): Plain => ({ headers: [host, ...headers] });
const listed: PartialSettings = { metricsAddresses: ['203.0.113.0/24', '2001:db8::/32'] };
const proxied: PartialSettings = { ...listed, trustedProxies: ['127.0.0.1'] };

const rows: readonly Row[] = [
  { who: 'this machine', reads: true },
  { who: 'this machine while web services are off', settings: { enablewebservices: false }, reads: true },
  { who: 'this machine while no protocol is on', settings: { enabledwsprotocols: [] }, reads: true },
  { who: 'this machine where only others may call', settings: { addresses: ['203.0.113.5'] }, reads: true },
  { who: 'this machine by HTTP/1.0 without Host', plain: { version: '1.0', headers: [] }, reads: true },
  { who: 'whom a proxy that is not trusted passes on', plain: get(['X-Forwarded-For', '127.0.0.1']), reads: false },
  { who: 'whom such a proxy passes on by Via', plain: get(['Via', '1.1 proxy']), reads: false },
  { who: 'whom such a proxy passes on by Forwarded', plain: get(['Forwarded', 'for=127.0.0.1']), reads: false },
  {
    who: 'an address of the list that a proxy which is not trusted makes up',
    settings: listed,
    plain: get(['X-Forwarded-For', '203.0.113.5']),
    reads: false,
  },
  {
    who: 'whom a proxy passes on whose own address is listed',
    settings: { metricsAddresses: ['127.0.0.1'] },
    plain: get(['X-Forwarded-For', '198.51.100.1']),
    reads: false,
  },
  {
    who: 'an address of the list behind a trusted proxy',
    settings: proxied,
    plain: get(['X-Forwarded-For', '203.0.113.5']),
    reads: true,
  },
  {
    who: 'an IPv6 address of the list behind a trusted proxy',
    settings: proxied,
    plain: get(['X-Forwarded-For', '2001:db8::7']),
    reads: true,
  },
  {
    who: 'an address beside the list behind a trusted proxy',
    settings: proxied,
    plain: get(['X-Forwarded-For', '203.0.114.5']),
    reads: false,
  },
  {
    who: 'whoever writes a listed address before their own, behind a trusted proxy',
    settings: proxied,
    plain: get(['X-Forwarded-For', '203.0.113.5, 198.51.100.1']),
    reads: false,
  },
  {
    who: 'anybody behind a trusted proxy where nobody is listed',
    settings: { trustedProxies: ['127.0.0.1'] },
    plain: get(['X-Forwarded-For', '203.0.113.5']),
    reads: false,
  },
  { who: 'a host that is not ours (DNS rebinding)', plain: { headers: [['Host', 'evil.example']] }, reads: false },
  { who: 'nobody by HTTP/1.1 without Host', plain: { headers: [] }, reads: false },
  {
    who: 'two hosts',
    plain: {
      headers: [host, ['Host', 'evil.example']],
    },
    reads: false,
  },
  { who: 'a page of another origin', plain: get(['Origin', 'https://evil.example']), reads: false },
  { who: 'a page of another site that hides its origin', plain: get(['Sec-Fetch-Site', 'cross-site']), reads: false },
  { who: 'our own pages', plain: get(['Sec-Fetch-Site', 'same-origin']), reads: true },
  { who: 'whoever posts', plain: { method: 'POST', headers: [host] }, reads: false },
  { who: 'whoever deletes', plain: { method: 'DELETE', headers: [host] }, reads: false },
  { who: 'whoever adds a query', plain: { path: '/metrics?x=1', headers: [host] }, reads: true },
  { who: 'whoever spells it otherwise', plain: { path: '/METRICS', headers: [host] }, reads: false },
  { who: 'whoever asks below it', plain: { path: '/metrics/', headers: [host] }, reads: false },
];

describe('/metrics at the door', () => {
  afterEach(closeHouses);

  for (const { who, settings, plain, reads } of rows) {
    it(`${reads ? 'is for' : 'is not there for'} ${who}`, async () => {
      const at: House = await house(settings);
      const answer = await ask(at.port, { method: 'GET', path: '/metrics', ...get(), ...plain });
      if (reads) {
        expect(answer.status).equal(200);
        expect(readMetrics(answer.body).has('polywire_build_info')).equal(true);
        expect(answer.headers).deep.include({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
        return;
      }
      if (plain?.headers?.length === 0) {
        expect(answer.status, 'as Node says of HTTP/1.1 without Host').equal(400);
        return;
      }
      const nothing = await ask(at.port, { method: 'GET', ...get(), ...plain, path: '/nothing-there' });
      const { date: _, ...headers } = answer.headers;
      const { date: __, ...expected } = nothing.headers;
      expect({ ...answer, headers }, 'as if nothing were there').eql({ ...nothing, headers: expected });
      expect(answer.status).equal(404);
    });
  }

  it('is for a listed address that comes by itself, and for no other', async function () {
    const own = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
    if (own === undefined) {
      console.log('      skipped: this machine has no address but loopback');
      return this.skip();
    }
    for (const [metricsAddresses, status] of [
      [[own], 200],
      [[`${own}/32`, '203.0.113.1'], 200],
      [['203.0.113.1'], 404],
      [[], 404],
    ] as const) {
      const server = await createServer({
        functions: [],
        settings: { metricsAddresses, allowedHosts: [own] },
        log: false,
      });
      try {
        const { port } = await server.listen({ port: 0, host: own });
        expect((await fetch(`http://${own}:${port}/metrics`)).status, metricsAddresses.join()).equal(status);
      } finally {
        await server.close(0);
      }
    }
  });

  it('has no body for HEAD', async () => {
    const { port } = await house();
    const answer = await ask(port, { method: 'HEAD', path: '/metrics', headers: [host] });
    expect(answer).deep.include({ status: 200, body: '' });
    expect(Number(answer.headers['content-length'])).greaterThan(1_000);
  });

  it('is OpenMetrics for whoever prefers that', async () => {
    const { port } = await house();
    const accept = 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3';
    const answer = await ask(port, { method: 'GET', path: '/metrics', headers: [host, ['Accept', accept]] });
    expect(answer.headers['content-type']).match(/^application\/openmetrics-text;/);
    expect(readMetrics(answer.body, 'open').has('polywire_calls')).equal(true);
  });
});

describe('trace context at the door', () => {
  afterEach(closeHouses);

  it('may be sent by pages of listed origins', async () => {
    const { port } = await house({ corsOrigins: ['https://friend.example'] });
    const answer = await ask(port, {
      method: 'OPTIONS',
      path: '/jsonrpc',
      headers: [host, ['Origin', 'https://friend.example'], ['Access-Control-Request-Method', 'POST']],
    });
    const allowed = answer.headers['access-control-allow-headers']?.split(', ');
    expect(allowed).include.members(['traceparent', 'tracestate']);
  });
});
