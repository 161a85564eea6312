import { createServer as createTrap } from 'node:net';
import { expect } from 'chai';
import { createServer, define, t } from '../../index.ts';
import { overDatabases } from './databases.ts';
import { calls, dialects, functions, type House, openHouse } from './house.ts';

const leaky = define('more.profile', {
  description: 'Hands on what it has, undeclared fields among it.',
  effect: 'read',
  params: { id: t.int(), name: t.optional(t.string()) },
  returns: t.object('Profile', { id: t.int() }),
  handler: ({ id, name }) => {
    calls.push(name ?? 'no name');
    return { id, passwordHash: 'MARKER-undeclared' } as { id: number };
  },
});

const consumer = define('more.upstream', {
  description: 'Hands on what another service has answered.',
  effect: 'read',
  returns: t.object('Upstream', { rate: t.float({ min: 0, max: 10 }) }),
  handler: () => JSON.parse('{"rate": "MARKER-not-a-number"}') as { rate: number },
});

let count = 0;

/** OWASP API Security Top 10 (2023): one test for each risk; docs/security.md lists what protects. */
overDatabases('OWASP API Security Top 10 (2023)', (kind) => {
  let house: House;
  before(async () => {
    const settings = { logins: { perAddress: 1_000, perAccount: 3 } };
    house = await openHouse({ kind, more: [leaky, consumer], settings });
  });
  after(() => house.close());
  beforeEach(() => {
    calls.length = 0;
  });

  async function caller(capabilities: readonly string[] = [], context = '/') {
    const username = `owasp${++count}`;
    await house.admin('create_user', { username, name: 'Somebody', password: 'right-password' });
    await house.admin('assign_role', { user: username, role: 'caller' });
    if (capabilities.length > 0) {
      await house.admin('create_role', { name: username, description: 'x', capabilities });
      await house.admin('assign_role', { user: username, role: username, context });
    }
    const made = await house.admin<{ readonly secret: string }>('create_token', { user: username, name: 'test' });
    return { username, headers: { Authorization: `Bearer ${made.secret}` } };
  }

  it('API1 broken object level authorization: a capability counts for the object that the parameters name', async () => {
    const { headers } = await caller(['course:view'], '/course/5');
    for (const dialect of dialects) {
      expect((await house.call(dialect, 'test.course', { course: 5 }, headers)).code).equal('ok');
      expect((await house.call(dialect, 'test.course', { course: 6 }, headers)).code).equal('forbidden');
    }
    expect(new Set(calls)).deep.equal(new Set(['5']));
  });

  it('API2 broken authentication: passwords cannot be tried without end, from wherever', async () => {
    const { username } = await caller();
    const codes: string[] = [];
    for (let i = 0; i < 6; i++) {
      const ending = await house.call('rest', 'auth.gettoken', { username, password: `guess ${i}` });
      codes.push(ending.code);
    }
    expect(codes).deep.equal([...Array(3).fill('invalid-credentials'), ...Array(3).fill('rate-limited')]);
    const right = await house.call('rest', 'auth.gettoken', { username, password: 'right-password' });
    expect(right.code, 'the right one is limited like the others').equal('rate-limited');
  });

  it('API3 broken object property level authorization: undeclared fields neither leave nor enter', async () => {
    for (const dialect of dialects) {
      const answer = await house.call(dialect, 'more.profile', { id: 1 });
      expect(answer.code).equal('ok');
      expect(answer.text).not.include('MARKER');
    }
    const body = JSON.stringify({ id: 1, role: 'administrator', __proto__: null });
    const init = { method: 'POST', body, headers: { 'Content-Type': 'application/json' } };
    calls.length = 0;
    expect((await fetch(`${house.url}/rest/more.profile`, init)).status).equal(400);
    expect(calls).deep.equal([]);
  });

  it('API4 unrestricted resource consumption: bytes, calls of a batch and calls of a key have limits', async () => {
    const big = await house.call('rest', 'test.open', { text: 'x'.repeat(1_100_000) });
    expect(big.status).equal(413);
    const batch = JSON.stringify(Array(51).fill({ jsonrpc: '2.0', id: 1, method: 'test.open', params: ['x'] }));
    const init = { method: 'POST', body: batch, headers: { 'Content-Type': 'application/json' } };
    expect(await (await fetch(`${house.url}/jsonrpc`, init)).text()).include('too-large');
    const { secret } = await house.admin<{ readonly secret: string }>('create_key', { name: 'Few', per_day: 1 });
    const headers = { 'X-API-Key': secret };
    expect((await house.call('soap', 'test.open', { text: 'x' }, headers)).code).equal('ok');
    expect((await house.call('soap', 'test.open', { text: 'x' }, headers)).code).equal('quota-exceeded');
  });

  it('API5 broken function level authorization: administration wants its capability, its name and a POST', async () => {
    const { headers } = await caller();
    const globs = await house.call('rest', 'admin.list_users', {}, headers);
    expect(globs.code, 'no glob matches it').equal('unknown-function');
    await house.admin('enable', { kind: 'function', names: ['admin.list_users'] });
    for (const dialect of dialects) {
      expect((await house.call(dialect, 'admin.list_users', {}, headers)).code).equal('forbidden');
      expect((await house.call(dialect, 'admin.list_users', {})).code).equal('unauthenticated');
    }
    const { username, headers: own } = await caller();
    await house.admin('assign_role', { user: username, role: 'administrator' });
    expect((await house.call('rest', 'admin.list_users', {}, own)).code).equal('ok');
    expect((await fetch(`${house.url}/rest/admin.list_users`, { headers: own })).status).equal(405);
    await house.admin('disable', { kind: 'function', names: ['admin.list_users'] });
  });

  it('API6 unrestricted access to sensitive business flows: a purchase sent twice is made once, and counts by its weight', async () => {
    const { secret } = await house.admin<{ readonly secret: string }>('create_key', { name: 'Buyer', per_day: 25 });
    const headers = { 'X-API-Key': secret };
    const once = { ...headers, 'Idempotency-Key': 'purchase-1' };
    for (let i = 0; i < 2; i++) {
      expect((await house.call('jsonrpc', 'test.heavy', { text: 'buy' }, once)).code).equal('ok');
    }
    expect(calls).deep.equal(['buy']);
    expect((await house.call('jsonrpc', 'test.heavy', { text: 'more' }, headers)).code).equal('quota-exceeded');
  });

  it('API7 server side request forgery: no message makes the server open a connection', async () => {
    let knocks = 0;
    const trap = createTrap((socket) => {
      knocks++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const { port } = trap.address() as { readonly port: number };
    const there = `http://127.0.0.1:${port}/x`;
    const wsa = 'xmlns:a="http://www.w3.org/2005/08/addressing"';
    const messages: readonly (readonly [string, string, string])[] = [
      [
        '/xmlrpc',
        'text/xml',
        `<!DOCTYPE x [<!ENTITY e SYSTEM "${there}">]><methodCall><methodName>&e;</methodName></methodCall>`,
      ],
      [
        '/xmlrpc',
        'text/xml',
        `<?xml-stylesheet href="${there}"?><methodCall><methodName>test.open</methodName></methodCall>`,
      ],
      [
        '/soap',
        'text/xml',
        `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:i="http://www.w3.org/2001/XInclude"><e:Header ${wsa}><a:ReplyTo><a:Address>${there}</a:Address></a:ReplyTo></e:Header><e:Body><p:test_open xmlns:p="urn:polywire"><text href="${there}"><i:include href="${there}"/></text></p:test_open></e:Body></e:Envelope>`,
      ],
      ['/rest/test.open', 'application/json', JSON.stringify({ text: there })],
    ];
    for (const [path, type, body] of messages) {
      const headers = {
        'Content-Type': type,
        Authorization: `Bearer eyJqa3UiOiI${port}.e30.x`,
        'X-Forwarded-Host': there,
      };
      await (await fetch(`${house.url}${path}`, { method: 'POST', headers, body })).text();
      const { Authorization: _, ...anonymous } = headers;
      await (await fetch(`${house.url}${path}`, { method: 'POST', headers: anonymous, body })).text();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => trap.close(resolve));
    expect(knocks).equal(0);
  });

  it('API8 security misconfiguration: everything is off until it is switched on, and errors tell nothing of the inside', async () => {
    const bare = await createServer({ functions: Object.values(functions), log: false });
    const { url } = await bare.listen({ port: 0 });
    for (const path of ['/rest/test.open', '/jsonrpc', '/xmlrpc', '/soap']) {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        body: 'x',
        headers: { 'Content-Type': 'text/xml' },
      });
      expect(await answer.text()).include('switched off');
    }
    await bare.close(0);
    for (const dialect of dialects) {
      const { text, headers } = await house.call(dialect, 'more.upstream', {});
      expect(text).not.match(/ at .*:\d+|node:|\.ts|\.js|MARKER/);
      expect(headers.get('x-content-type-options')).equal('nosniff');
    }
  });

  it('API9 improper inventory management: what is off or unlisted stands in no list, and is found by nobody', async () => {
    const wsdl = await (await fetch(`${house.url}/soap?wsdl`)).text();
    expect(wsdl)
      .include('test_open')
      .and.not.include('test_hidden')
      .and.not.include('test_off')
      .and.not.include('admin_');
    const off = await house.call('soap', 'test.off', { text: 'x' });
    const none = await house.call('soap', 'test.nowhere', { text: 'x' });
    expect(off.text.replaceAll(/<requestId>.*?<\/requestId>/g, '')).equal(
      none.text.replaceAll(/<requestId>.*?<\/requestId>/g, ''),
    );
  });

  it('API10 unsafe consumption of APIs: what a function hands on from elsewhere is checked like everything else', async () => {
    for (const dialect of dialects) {
      expect((await house.call(dialect, 'more.upstream', {})).code).equal('invalid-result');
    }
  });
});
