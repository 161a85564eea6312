import { expect } from 'chai';
import type { Dialect } from '../../client/index.ts';
import { overDatabases } from './databases.ts';
import { calls, dialects, type House, openHouse } from './house.ts';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

let count = 0;

/** An address of one's own, as a trusted proxy names it. */
const from = (number: number) => ({ 'X-Forwarded-For': `192.0.2.${number % 256}`, 'X-Forwarded-Proto': 'https' });

overDatabases('quotas', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind, settings: { trustedProxies: ['127.0.0.1'] } });
  });
  after(() => house.close());
  beforeEach(async () => {
    calls.length = 0;
    const left = 60_000 - (Date.now() % 60_000);
    if (left < 10_000) await new Promise((resolve) => setTimeout(resolve, left)); // the counts of a test belong to one minute
  });

  async function key(limits: object) {
    const { secret } = await house.admin<Made>('create_key', { name: 'Counted', ...limits });
    return { 'X-API-Key': secret };
  }

  for (const dialect of dialects) {
    it(`of a minute are told and kept over ${dialect}`, async () => {
      const headers = await key({ per_minute: 3 });
      const told: (string | null)[] = [];
      for (let i = 0; i < 3; i++) {
        const ending = await house.call(dialect, 'test.client', { text: 'x' }, headers);
        expect(ending.code).equal('ok');
        expect(ending.headers.get('ratelimit-limit')).equal('3');
        told.push(ending.headers.get('ratelimit-remaining'));
      }
      expect(told).deep.equal(['2', '1', '0']);
      const refused = await house.call(dialect, 'test.client', { text: 'x' }, headers);
      expect(refused.code).equal('rate-limited');
      expect(Number(refused.headers.get('retry-after'))).within(1, 60);
      expect(calls).length(3);
    });

    it(`of a day are kept over ${dialect}`, async () => {
      const headers = await key({ per_day: 2 });
      for (const code of ['ok', 'ok', 'quota-exceeded', 'quota-exceeded']) {
        expect((await house.call(dialect, 'test.client', { text: 'x' }, headers)).code).equal(code);
      }
      const { headers: told } = await house.call(dialect, 'test.client', { text: 'x' }, headers);
      expect(Number(told.get('retry-after'))).within(1, 86_400);
      expect(calls).length(2);
    });
  }

  async function user(more: object = {}, token: object = {}) {
    const username = `counted${++count}`;
    await house.admin('create_user', { username, name: 'Counted', ...more });
    await house.admin('assign_role', { user: username, role: 'caller' });
    const made = { user: username, name: 'test', ...token };
    const { secret } = await house.admin<{ readonly secret: string }>('create_token', made);
    return { username, headers: { Authorization: `Bearer ${secret}` } };
  }

  /** How calls of functions end, one after the other. */
  async function codes(dialect: Dialect, names: readonly string[], headers: Readonly<Record<string, string>> = {}) {
    const told = [];
    for (const name of names) told.push((await house.call(dialect, name, { text: 'x' }, headers)).code);
    return told;
  }

  for (const dialect of dialects) {
    it(`count functions by their weight over ${dialect}`, async () => {
      const names = ['test.heavy', 'test.heavy', 'test.client', 'test.client'];
      expect(await codes(dialect, names, await key({ per_minute: 15 }))).deep.equal(['ok', 'rate-limited', 'ok', 'ok']);
    });

    it(`of tokens and users are kept over ${dialect}, by whatever token a user calls`, async () => {
      const twice = ['test.user', 'test.user'];
      for (const [limit, refusal] of [
        ['per_minute', 'rate-limited'],
        ['per_day', 'quota-exceeded'],
      ] as const) {
        const { headers } = await user({}, { [limit]: 1 });
        expect(await codes(dialect, twice, headers), `token ${limit}`).deep.equal(['ok', refusal]);
        const { username, headers: first } = await user({ [limit]: 1 });
        const other = await house.admin<{ readonly secret: string }>('create_token', { user: username, name: 'other' });
        expect(await codes(dialect, twice, first), `user ${limit}`).deep.equal(['ok', refusal]);
        const second = { Authorization: `Bearer ${other.secret}` };
        expect(await codes(dialect, twice, second), `user ${limit}`).deep.equal([refusal, refusal]);
      }
    });

    it(`for all keys, users and addresses come from the settings over ${dialect}`, async () => {
      const { headers } = await user();
      const rows = [
        ['keyPerMinute', 'test.client', await key({}), 'rate-limited'],
        ['keyPerDay', 'test.client', await key({}), 'quota-exceeded'],
        ['userPerMinute', 'test.user', headers, 'rate-limited'],
        ['userPerDay', 'test.user', (await user()).headers, 'quota-exceeded'],
        ['addressPerMinute', 'test.open', from(++count), 'rate-limited'],
        ['addressPerDay', 'test.open', from(++count), 'quota-exceeded'],
      ] as const;
      for (const [setting, name, who, refusal] of rows) {
        await house.admin('update_settings', { changes: { quotas: { [setting]: 2 } } });
        const told = await codes(dialect, [name, name, name], who);
        await house.admin('update_settings', { changes: { quotas: null } });
        expect(told, setting).deep.equal(['ok', 'ok', refusal]);
        expect(await codes(dialect, [name], who), setting).deep.equal(['ok']);
      }
    });
  }

  const member = (text: string) =>
    `<value><struct><member><name>methodName</name><value>test.client</value></member><member><name>params</name><value><array><data><value>${text}</value></data></array></value></member></struct></value>`;
  const many = <T>(made: (id: number) => T): readonly T[] => Array.from({ length: 8 }, (_, id) => made(id));
  const messages: Readonly<Record<string, readonly [path: string, type: string, body: string]>> = {
    'a batch of JSON-RPC': [
      '/jsonrpc',
      'application/json',
      JSON.stringify(many((id) => ({ jsonrpc: '2.0', id, method: 'test.client', params: { text: 'x' } }))),
    ],
    'a batch of MCP': [
      '/mcp',
      'application/json',
      JSON.stringify(
        many((id) => {
          const params = { name: 'test_client', arguments: { text: 'x' } };
          return { jsonrpc: '2.0', id, method: 'tools/call', params };
        }),
      ),
    ],
    'a multicall': [
      '/xmlrpc',
      'text/xml',
      `<?xml version="1.0"?><methodCall><methodName>system.multicall</methodName><params><param><value><array><data>${many(() => member('x')).join('')}</data></array></value></param></params></methodCall>`,
    ],
  };
  for (const [what, [path, type, body]] of Object.entries(messages)) {
    it(`count each call of ${what}`, async () => {
      for (const [limit, refusal] of [
        ['per_day', 'quota-exceeded'],
        ['per_minute', 'rate-limited'],
      ] as const) {
        calls.length = 0;
        const headers = { 'Content-Type': type, 'MCP-Protocol-Version': '2025-03-26', ...(await key({ [limit]: 6 })) };
        const text = await (await fetch(house.url + path, { method: 'POST', headers, body })).text();
        const counted = calls.length;
        expect(counted, text).within(5, 6); // a multicall is a call itself
        expect(text.split(`"${refusal}"`).length + text.split(`${refusal}: `).length - 2, text).equal(8 - counted);
      }
    });
  }
});

overDatabases('two processes', (kind) => {
  const houses: House[] = [];
  before(async () => {
    const first = await openHouse({ kind });
    houses.push(first, await openHouse({ kind, database: first.database }));
  });
  after(async () => {
    for (const house of houses.reverse()) await house.close();
  });

  it('share a daily quota exactly', async function () {
    this.timeout(30_000);
    const [one, two] = houses as [House, House];
    const { secret } = await one.admin<Made>('create_key', { name: 'Shared', per_day: 100 });
    const headers = { 'X-API-Key': secret };
    const endings = await Promise.all(
      Array.from({ length: 130 }, (_, i) =>
        (i % 2 === 0 ? one : two).call('jsonrpc', 'test.client', { text: 'x' }, headers),
      ),
    );
    const codes = endings.map(({ code }) => code);
    expect(codes.filter((code) => code === 'ok')).length(100);
    expect(codes.filter((code) => code === 'quota-exceeded')).length(30);
  });

  it('know within two seconds what the other has revoked or switched', async function () {
    this.timeout(30_000);
    const [one, two] = houses as [House, House];
    const { key, secret } = await one.admin<Made>('create_key', { name: 'Revoked' });
    const headers = { 'X-API-Key': secret };
    const code = async () => (await two.call('rest', 'test.client', { text: 'x' }, headers)).code;
    expect(await code()).equal('ok');
    await one.admin('revoke_key', { id: key.id });
    await within(2_000, async () => (await code()) === 'invalid-credentials');
    await one.admin('disable', { kind: 'protocol', names: ['xmlrpc'] });
    await within(2_000, async () => (await two.call('xmlrpc', 'test.open', { text: 'x' })).code === 'protocol-off');
    await two.admin('enable', { kind: 'protocol', names: ['xmlrpc'] });
    await within(2_000, async () => (await one.call('xmlrpc', 'test.open', { text: 'x' })).code === 'ok');
  });
});

/** Waits until something holds, but not longer. */
async function within(milliseconds: number, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`does not hold after ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
