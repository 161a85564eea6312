import { expect } from 'chai';
import { overDatabases } from './databases.ts';
import { calls, dialects, type House, openHouse } from './house.ts';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

overDatabases('quotas', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind });
  });
  after(() => house.close());
  beforeEach(async () => {
    calls.length = 0;
    const left = 60_000 - (Date.now() % 60_000);
    if (left < 3_000) await new Promise((resolve) => setTimeout(resolve, left)); // the counts of a test belong to one minute
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

  it('count functions by their weight', async () => {
    const headers = await key({ per_minute: 15 });
    const codes = [];
    for (const name of ['test.heavy', 'test.heavy', 'test.client', 'test.client']) {
      codes.push((await house.call('rest', name, { text: 'x' }, headers)).code);
    }
    expect(codes).deep.equal(['ok', 'rate-limited', 'ok', 'ok']);
  });

  it('count each call of a batch and of a multicall', async () => {
    const headers = { ...(await key({ per_day: 5 })), 'Content-Type': 'application/json' };
    const batch = Array.from({ length: 8 }, (_, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'test.client',
      params: { text: 'x' },
    }));
    const answer = await fetch(`${house.url}/jsonrpc`, { method: 'POST', headers, body: JSON.stringify(batch) });
    const outcomes = (await answer.json()) as { readonly error?: { readonly data: { readonly code: string } } }[];
    expect(outcomes.filter(({ error }) => error === undefined)).length(5);
    expect(outcomes.flatMap(({ error }) => error?.data.code ?? [])).deep.equal(Array(3).fill('quota-exceeded'));
    expect(calls).length(5);
  });

  it('of users and addresses come from the settings', async () => {
    await house.admin('update_settings', { changes: { quotas: { addressPerMinute: 2 } } });
    const codes = [];
    for (let i = 0; i < 3; i++) codes.push((await house.call('rest', 'test.open', { text: 'x' })).code);
    await house.admin('update_settings', { changes: { quotas: { addressPerMinute: 0 } } });
    expect(codes).deep.equal(['ok', 'ok', 'rate-limited']);
    expect((await house.call('rest', 'test.open', { text: 'x' })).code).equal('ok');
  });
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
