import { expect } from 'chai';
import pg from 'pg';
import { turnLock } from '../../../lib/store/audit.ts';
import type { AuditRecord } from '../../../lib/store/records.ts';
import { overDatabases } from './databases.ts';

/** Does something by a connection of its own to PostgreSQL. */
async function onDatabase(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const aCall = (time: number, more: Partial<AuditRecord> = {}): AuditRecord => ({
  time,
  requestId: `r${time}`,
  function: 'users.get',
  protocol: 'soap',
  address: '10.1.2.3',
  code: 'ok',
  duration: 1.25,
  ...more,
});

overDatabases('audit', (opened, kind) => {
  it('gives records back, the newest first, in every part', async () => {
    const { audit } = opened().store;
    const whole = aCall(2 ** 41, { client: 'K', user: 'ana', code: 'forbidden', gate: 'capability' });
    await audit.write([]);
    await audit.write([aCall(1), whole]);
    const found = await audit.find({});
    expect(found.map(({ id: _, ...record }) => record)).to.deep.equal([whole, aCall(1)]);
  });

  it('finds by each member, by time and by number', async () => {
    const { audit } = opened().store;
    const calls = Array.from({ length: 200 }, (_, i) => aCall(i, { user: `u${i % 2}`, client: `k${i % 3}` }));
    await audit.write(calls);
    await audit.write([aCall(500, { function: 'x', code: 'conflict' })]);
    expect(await audit.find({})).to.have.length(100);
    expect(await audit.find({ limit: 1_000 })).to.have.length(201);
    expect(await audit.find({ limit: 0 })).to.have.length(1);
    expect((await audit.find({ requestId: 'r7' })).map(({ time }) => time)).to.deep.equal([7]);
    expect((await audit.find({ function: 'x' })).map(({ time }) => time)).to.deep.equal([500]);
    expect((await audit.find({ code: 'conflict' })).map(({ time }) => time)).to.deep.equal([500]);
    const found = await audit.find({ user: 'u1', client: 'k0', since: 3, until: 15 });
    expect(found.map(({ time }) => time)).to.deep.equal([9, 3]);
  });

  it('keeps what callers made up without harm to the other records', async () => {
    const { audit } = opened().store;
    const odd = ['a\0b', '\ud800', '\\u0000', '"\n', '日本', 'x'.repeat(5_000), "'; drop table audit; --"];
    await audit.write(odd.map((name, i) => aCall(i, { function: name })));
    const kept = (await audit.find({})).map((record) => record.function).reverse();
    const expected = ['a\ufffdb', '\ufffd', '\\u0000', '"\n', '日本', 'x'.repeat(255), "'; drop table audit; --"];
    expect(kept).to.deep.equal(expected);
  });

  it('gives those after one in the order in which they could be seen, and those before one page by page', async () => {
    const { audit } = opened().store;
    await audit.write([aCall(9), aCall(5), aCall(9), aCall(1)]);
    const all = await audit.find({ after: 0 });
    expect(all.map(({ time }) => time)).to.deep.equal([9, 5, 9, 1]);
    expect(await audit.find({ after: all[1]?.id ?? 0, limit: 1 })).to.deep.equal([all[2]]);
    expect(await audit.find({ after: all[3]?.id ?? 0 })).to.deep.equal([]);
    expect(await audit.find({ after: 0, until: 9, protocol: 'soap' })).to.deep.equal([all[1], all[3]]);
    expect(await audit.find({ protocol: 'rest' })).to.deep.equal([]);
    const [first, ...others] = await audit.find({ limit: 2 });
    expect([first, ...others]).to.deep.equal([all[2], all[0]]);
    expect(await audit.find({ before: all[2] ?? { time: 0, id: 0 } })).to.deep.equal([all[0], all[1], all[3]]);
    expect(await audit.find({ before: all[0] ?? { time: 0, id: 0 } })).to.deep.equal([all[1], all[3]]);
  });

  it('whoever asks for those after the last one that was seen misses none and sees none twice', async function () {
    this.timeout(60_000);
    const stores = [opened().store, await opened().another(), await opened().another()];
    const rounds = 40;
    let writing = stores.length;
    const writers = stores.map(async ({ audit }, writer) => {
      for (let round = 0; round < rounds; round++) {
        const size = 1 + ((round * 7 + writer) % 50);
        await audit.write(Array.from({ length: size }, (_, i) => aCall(1, { requestId: `${writer}-${round}-${i}` })));
      }
      writing--;
    });
    const reader = await opened().another();
    const seen: string[] = [];
    let cursor = 0;
    for (let last = false; !last; ) {
      last = writing === 0;
      for (let full = true; full; ) {
        const found = await reader.audit.find({ after: cursor, limit: 25 });
        seen.push(...found.map(({ requestId }) => requestId));
        cursor = found.at(-1)?.id ?? cursor;
        full = found.length === 25;
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(writers);
    const all = await reader.audit.find({ limit: 10_000 });
    expect(seen).to.have.length(all.length);
    expect(new Set(seen).size).to.equal(all.length);
  });

  // SQLite has one writer at a time
  if (kind === 'postgres')
    it('nobody is given a number while another has numbers that cannot be seen yet', async () => {
      const { audit } = opened().store;
      await audit.write([aCall(1)]);
      await onDatabase(opened().url, async (client) => {
        await client.query('begin');
        const lock = `select pg_advisory_xact_lock(${turnLock})`;
        await client.query(lock);
        const columns = '"time", "requestId", "function", protocol, address, code, duration';
        await client.query(`insert into audit (${columns}) values (2, 'slow', 'f', 'rest', '', 'ok', 0)`);
        let written = false;
        const other = audit.write([aCall(3)]).then(() => {
          written = true;
        });
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(written, 'waits').to.equal(false);
        expect((await audit.find({ after: 0 })).map(({ time }) => time)).to.deep.equal([1]);
        await client.query('commit');
        await other;
      });
      expect((await audit.find({ after: 0 })).map(({ time }) => time)).to.deep.equal([1, 2, 3]);
    });

  it('writes more records than one statement takes', async () => {
    const { audit } = opened().store;
    await audit.write(Array.from({ length: 2_500 }, (_, i) => aCall(i)));
    expect(await audit.find({ limit: 10_000 })).to.have.length(2_500);
  });

  it('notes events and finds them', async () => {
    const { audit } = opened().store;
    const login = { time: 5, kind: 'login', actor: 'ana', address: '::1', requestId: 'r' };
    const change = { time: 6, kind: 'setting-changed', actor: 'cli', subject: 'documents\0' };
    await audit.event(login);
    await audit.event(change);
    expect(await audit.events({})).to.deep.equal([{ ...change, subject: 'documents\ufffd' }, login]);
    for (const filter of [
      { kind: 'login' },
      { user: 'ana' },
      { requestId: 'r' },
      { until: 6 },
      { since: 4, limit: 9 },
    ]) {
      expect(await audit.events(filter), JSON.stringify(filter)).to.deep.include(login);
    }
    expect(await audit.events({ kind: 'login', since: 6 })).to.deep.equal([]);
  });

  it('removes what is old and cuts addresses in what is older, once', async () => {
    const { audit } = opened().store;
    await audit.write([
      aCall(1),
      aCall(10, { address: '2001:db8:1:2::3' }),
      aCall(11, { address: '::ffff:192.0.2.77' }),
      aCall(20),
    ]);
    await audit.event({ time: 1, kind: 'login' });
    await audit.event({ time: 10, kind: 'login', address: '10.9.8.7' });
    await audit.event({ time: 11, kind: 'login' });
    for (let i = 0; i < 2; i++) await audit.trim({ before: 10, eventsBefore: 10, cutBefore: 20 });
    const addresses = async () => (await audit.find({})).map(({ time, address }) => [time, address]);
    expect(await addresses()).to.deep.equal([
      [20, '10.1.2.3'],
      [11, '192.0.2.0/24'],
      [10, '2001:db8:1::/48'],
    ]);
    expect((await audit.events({})).map(({ time, address }) => [time, address])).to.deep.equal([
      [11, undefined],
      [10, '10.9.8.0/24'],
    ]);
    await audit.trim({ before: 0, eventsBefore: 0, cutBefore: 21 });
    expect((await addresses())[0]).to.deep.equal([20, '10.1.2.0/24']);
  });

  it('cuts in many steps', async () => {
    const { audit } = opened().store;
    await audit.write(Array.from({ length: 1_200 }, () => aCall(5)));
    await audit.trim({ before: 0, eventsBefore: 0, cutBefore: 6 });
    const addresses = new Set((await audit.find({ limit: 10_000 })).map(({ address }) => address));
    expect([...addresses]).to.deep.equal(['10.1.2.0/24']);
  });
});
