import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createServer, define, type PartialSettings, type Server, t } from '../../../index.ts';
import { callOf, type Dialect, dialects } from '../../door/dialects.ts';
import { ask, Line, type Plain, requestBytes } from '../../door/wire.ts';
import { readMetrics, valuesOf } from './read-metrics.ts';

const mark = define('test.mark', {
  description: 'Answers what it was given, or fails.',
  effect: 'write',
  params: { text: t.string({ max: 20 }) },
  returns: t.string(),
  errors: { 'test-refused': { number: 7, status: 409 } },
  handler: ({ text }, call) => {
    if (text === 'fail') call.fail('test-refused');
    if (text === 'break') throw new Error('broken');
    return text === 'wait' ? sleep(300).then(() => text) : text;
  },
});
const user = define('test.user', {
  description: 'For people.',
  effect: 'write',
  access: { user: 'required' },
  params: { text: t.string() },
  returns: t.string(),
  handler: ({ text }) => text,
});
const slow = define('test.slow', {
  description: 'Never ends.',
  effect: 'write',
  params: { text: t.string() },
  returns: t.string(),
  deadline: 20,
  handler: () => new Promise<string>(() => {}),
});
const off = define('other.off', { description: 'Not on.', effect: 'write', handler: () => undefined });
const functions = [mark, user, slow, off];

const open: PartialSettings = {
  enablewebservices: true,
  enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
  enabledwsfunctions: ['test.*'],
  trustedProxies: ['127.0.0.1'],
  limits: { floodPerMinute: 0 } as never,
};

const host = ['Host', 'localhost'] as const;
const outside = ['X-Forwarded-For', '203.0.113.5'] as const;
const secure = ['X-Forwarded-Proto', 'https'] as const;

/** The same call of another function. */
function callTo(name: string, dialect: Dialect, text = 'hello'): Plain {
  const call = callOf(dialect, { text });
  const renamed = (text: string) => text.replaceAll('test.mark', name).replaceAll('test_mark', name.replace('.', '_'));
  return { ...call, path: renamed(call.path ?? ''), body: renamed(call.body ?? '') };
}

describe('/metrics of a server', () => {
  let server: Server;
  let port: number;
  let tally: Record<string, number>;

  beforeEach(async () => {
    server = await createServer({ functions, database: 'sqlite::memory:', settings: open, log: false });
    ({ port } = await server.listen({ port: 0 }));
    tally = {};
  });
  afterEach(() => server.close(0));

  async function scrape() {
    const { status, body } = await ask(port, { method: 'GET', path: '/metrics', headers: [host] });
    expect(status).equal(200);
    return readMetrics(body);
  }

  function note(...words: readonly string[]): void {
    const key = words.join(' ');
    tally[key] = (tally[key] ?? 0) + 1;
  }

  it('has exactly the calls that were made, over every protocol, however they ended', async () => {
    const statuses: Record<string, number> = {};
    const bytes: Record<string, number> = {};
    const send = async (dialect: Dialect, name: string, code: string, plain: Plain): Promise<void> => {
      const answer = await ask(port, plain);
      const { protocol } = dialect;
      if (code === 'ok') expect(dialect.result(answer)).equal('hello');
      else expect(answer.body).contain(code === 'function-off' ? 'unknown-function' : code === 'internal' ? '' : code);
      note(protocol, name, code);
      statuses[`${protocol} ${answer.status}`] = (statuses[`${protocol} ${answer.status}`] ?? 0) + 1;
      bytes[protocol] = (bytes[protocol] ?? 0) + Buffer.byteLength(answer.body);
    };
    for (const dialect of dialects) {
      for (let i = 0; i < 3; i++) await send(dialect, 'test.mark', 'ok', callOf(dialect));
      for (let i = 0; i < 2; i++) await send(dialect, 'test.mark', 'test-refused', callOf(dialect, { text: 'fail' }));
      await send(dialect, 'test.mark', 'internal', callOf(dialect, { text: 'break' }));
      await send(dialect, 'test.mark', 'invalid-params', callOf(dialect, { text: 'x'.repeat(21) }));
      await send(dialect, 'test.user', 'unauthenticated', callTo('test.user', dialect));
      await send(dialect, 'test.slow', 'timeout', callTo('test.slow', dialect));
      await send(dialect, 'other.off', 'unknown-function', callTo('other.off', dialect));
      await send(dialect, '(unknown)', 'unknown-function', callTo('no.such', dialect));
      if (dialect.protocol !== 'rest') await send(dialect, '(none)', 'malformed', { ...callOf(dialect), body: '<{' });
    }
    const families = await scrape();
    expect(valuesOf(families, 'polywire_calls_total', ['protocol', 'function', 'code'])).eql(tally);
    const ofFunctions: Record<string, number> = {};
    for (const [key, count] of Object.entries(tally)) {
      const [protocol, name = ''] = key.split(' ');
      if (!name.startsWith('(')) ofFunctions[`${protocol} ${name}`] = (ofFunctions[`${protocol} ${name}`] ?? 0) + count;
    }
    const durations = 'polywire_call_duration_seconds';
    expect(valuesOf(families, durations, ['protocol', 'function'], '_count')).eql(ofFunctions);
    expect(valuesOf(families, durations, ['protocol', 'function'], '_sum')['rest test.slow']).within(0.015, 10);
    expect(valuesOf(families, 'polywire_http_responses_total', ['protocol', 'status'])).eql(statuses);
    expect(valuesOf(families, 'polywire_response_bytes_total', ['protocol'])).eql(bytes);
    expect(valuesOf(families, 'polywire_calls_in_flight', ['protocol'])).eql({
      rest: 0,
      jsonrpc: 0,
      xmlrpc: 0,
      soap: 0,
      mcp: 0,
    });
  });

  const jsonrpc = dialects[1] as Dialect;
  const right = callOf(jsonrpc);
  const far = callOf(jsonrpc, { headers: [outside] });
  for (const [gate, code, plain, settings] of [
    ['site', 'service-off', right, { enablewebservices: false }],
    ['protocol', 'protocol-off', right, { enabledwsprotocols: ['rest'] }],
    [
      'headers',
      'too-large',
      callOf(jsonrpc, { headers: Array.from({ length: 100 }, (_, i) => [`X-${i}`, '1'] as const) }),
      {},
    ],
    ['framing', 'malformed', callOf(jsonrpc, { headers: [host, host] }), {}],
    ['host', 'misdirected', callOf(jsonrpc, { headers: [['Host', 'evil.example']] }), {}],
    ['origin', 'origin-refused', callOf(jsonrpc, { headers: [['Origin', 'https://evil.example']] }), {}],
    ['content-type', 'unsupported-media-type', { ...right, headers: [host] }, {}],
    ['https', 'https-required', far, {}],
    ['address', 'address-refused', callOf(jsonrpc, { headers: [outside, secure] }), { addresses: ['127.0.0.1'] }],
    ['method', 'method-not-allowed', { ...right, method: 'PUT' }, {}],
    ['body', 'too-large', right, { limits: { body: 10 } }],
    ['flood', 'rate-limited', right, { limits: { floodPerMinute: 1 } }],
    ['quota:address', 'rate-limited', right, { quotas: { addressPerMinute: 1 } }],
    ['quota:address', 'quota-exceeded', right, { quotas: { addressPerDay: 1 } }],
    ['function', 'unknown-function', callTo('no.such', jsonrpc), {}],
    ['function-off', 'unknown-function', callTo('other.off', jsonrpc), {}],
    ['identify', 'unauthenticated', callTo('test.user', jsonrpc), {}],
    ['deadline', 'timeout', callTo('test.slow', jsonrpc), {}],
  ] as readonly (readonly [string, string, Plain, PartialSettings])[]) {
    it(`counts what the gate ${gate} refuses as ${code}`, async () => {
      await server.settings.update((held) => ({
        ...held,
        ...settings,
        limits: { ...held.limits, ...settings.limits },
      }));
      let refused = 0;
      for (let i = 0; i < 4; i++) if ((await ask(port, plain)).body.includes(code)) refused++; // a minute may begin meanwhile
      expect(refused).at.least(1);
      const families = await scrape();
      expect(valuesOf(families, 'polywire_refusals_total', ['protocol', 'gate'])).eql({ [`jsonrpc ${gate}`]: refused });
      const ends = valuesOf(families, 'polywire_calls_total', ['code']);
      expect(ends[code]).equal(refused);
      expect((ends['ok'] ?? 0) + refused).equal(4);
      expect(valuesOf(families, 'polywire_quota_refusals_total', ['subject', 'code'])).eql(
        gate.startsWith('quota') ? { [`address ${code}`]: refused } : {},
      );
    });
  }

  it('counts every call of a batch, and the bodies that come in', async () => {
    const one = { jsonrpc: '2.0', method: 'test.mark', params: ['hello'], id: 1 };
    const body = JSON.stringify([one, { ...one, params: ['fail'] }, one, { ...one, method: 'no.such' }, 5]);
    await ask(port, { ...right, body });
    const families = await scrape();
    expect(valuesOf(families, 'polywire_calls_total', ['function', 'code'])).eql({
      'test.mark ok': 2,
      'test.mark test-refused': 1,
      '(unknown) unknown-function': 1,
      '(none) invalid-request': 1,
    });
    expect(valuesOf(families, 'polywire_request_bytes_total', ['protocol'])).eql({ jsonrpc: Buffer.byteLength(body) });
    expect(valuesOf(families, 'polywire_http_responses_total', ['status'])).eql({ 200: 1 });
  });

  it('has the calls that wait, and the connections that are open', async () => {
    const lines = Array.from({ length: 3 }, () => new Line(port));
    for (const line of lines) line.write(requestBytes(callOf(jsonrpc, { text: 'wait' })));
    let inFlight = 0;
    for (let tries = 0; inFlight < 3 && tries < 20; tries++) {
      const families = await scrape();
      inFlight = valuesOf(families, 'polywire_calls_in_flight', ['protocol'])['jsonrpc'] ?? 0;
      if (inFlight === 3) expect(valuesOf(families, 'polywire_connections_open', [])['']).equal(4);
    }
    expect(inFlight).equal(3);
    for (const line of lines) await line.until('wait');
    expect(valuesOf(await scrape(), 'polywire_calls_in_flight', ['protocol'])).eql({ jsonrpc: 0 });
    for (const line of lines) line.socket.destroy();
  });

  it('forgets a call that waits once its caller is gone and it has ended', async () => {
    const line = new Line(port);
    line.write(requestBytes(callOf(jsonrpc, { text: 'wait' })));
    await sleep(50);
    line.socket.destroy();
    let inFlight = 1;
    for (let tries = 0; inFlight !== 0 && tries < 50; tries++) {
      await sleep(20);
      inFlight = valuesOf(await scrape(), 'polywire_calls_in_flight', ['protocol'])['jsonrpc'] ?? 0;
    }
    expect(inFlight).equal(0);
  });

  it('times the store by its operations, and knows what the audit has to write', async () => {
    await ask(port, right);
    const families = await scrape();
    const operations = valuesOf(families, 'polywire_store_operation_seconds', ['operation'], '_count');
    expect(operations).include.keys('settings.read', 'roles.list', 'services.list');
    expect(valuesOf(families, 'polywire_store_failures_total', ['operation'])['settings.read']).equal(0);
    expect(valuesOf(families, 'polywire_audit_queue_records', [])['']).equal(1);
    expect(valuesOf(families, 'polywire_audit_lost_total', [])['']).equal(0);
  });

  it('counts calls inside the process, and gives the same to a program that asks', async () => {
    await server.call('test.mark', { text: 'hello' });
    const { contentType, body } = await server.metrics();
    expect(contentType).match(/^text\/plain/);
    expect(valuesOf(readMetrics(body), 'polywire_calls_total', ['protocol', 'function', 'code'])).eql({
      'internal test.mark ok': 1,
    });
  });

  it('says what runs', async () => {
    const [info] = (await scrape()).get('polywire_build_info')?.samples ?? [];
    expect(info?.labels['version']).match(/^\d+\.\d+\.\d+/);
    expect(info?.labels['node']).equal(process.versions.node);
  });
});
