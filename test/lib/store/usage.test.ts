import { expect } from 'chai';
import type { AuditRecord, UsageFilter, UsageRow } from '../../../lib/store/records.ts';
import { overDatabases } from './databases.ts';

const call = (time: number, more: Partial<AuditRecord> = {}): AuditRecord => ({
  time,
  requestId: 'r',
  function: 'a.b',
  protocol: 'rest',
  address: '::1',
  code: 'ok',
  duration: 1,
  ...more,
});

const all: UsageFilter = { since: 0, until: 1_000_000, step: 1_000, by: 'protocol' };

overDatabases('lib/store/usage', (opened) => {
  const read = async (filter: Partial<UsageFilter> = {}) => {
    const rows: UsageRow[] = [];
    for await (const some of opened().store.usage.read({ ...all, ...filter })) rows.push(...some);
    return rows;
  };
  const sum = (rows: readonly UsageRow[], by: (row: UsageRow) => string | number) => {
    const sums: Record<string, number> = {};
    for (const row of rows) sums[by(row)] = (sums[by(row)] ?? 0) + row.calls;
    return sums;
  };

  it('counts by bucket, group and duration, with errors and times', async () => {
    const { audit } = opened().store;
    await audit.write([
      call(0, { duration: 2 }),
      call(999, { duration: 2.05, code: 'conflict' }),
      call(1_000, { duration: 0 }),
      call(1_000, { duration: 50, protocol: 'soap' }),
    ]);
    const rows = (await read()).sort((a, b) => a.bucket - b.bucket || a.bin - b.bin);
    expect(rows.map(({ duration: _, ...row }) => row)).eql([
      { bucket: 0, group: 'rest', bin: 6, calls: 1, errors: 0, longest: 2 },
      { bucket: 0, group: 'rest', bin: 7, calls: 1, errors: 1, longest: 2.05 },
      { bucket: 1, group: 'rest', bin: -70, calls: 1, errors: 0, longest: 0 },
      { bucket: 1, group: 'soap', bin: 39, calls: 1, errors: 0, longest: 50 },
    ]);
    expect(rows.reduce((total, { duration }) => total + duration, 0)).closeTo(54.05, 1e-9);
    for (const row of rows) for (const value of Object.values(row)) expect(value).not.a('bigint').and.not.equal('1');
  });

  it('tells apart by function, caller and code; names that are nobody’s are one', async () => {
    const { audit } = opened().store;
    await audit.write([
      call(1, { function: 'x.y', user: 'ana', client: 'key1' }),
      call(2, { client: 'key1' }),
      call(3, { function: 'made.up', code: 'unknown-function' }),
      call(4, { function: 'made.up.too', code: 'unknown-function' }),
    ]);
    const groups = async (by: UsageFilter['by']) => sum(await read({ by }), ({ group }) => group);
    expect(await groups('function')).eql({ 'x.y': 1, 'a.b': 1, '': 2 });
    expect(await groups('caller')).eql({ 'user:ana': 1, 'key:key1': 1, '': 2 });
    expect(await groups('code')).eql({ ok: 2, 'unknown-function': 2 });
  });

  it('takes filters, and times from and until', async () => {
    const { audit } = opened().store;
    await audit.write([call(10), call(20, { user: 'ana' }), call(30, { user: 'ana', code: 'conflict' }), call(40)]);
    const count = async (filter: Partial<UsageFilter>) => (await read(filter)).reduce((n, { calls }) => n + calls, 0);
    expect(await count({ since: 20, until: 40 })).equal(2);
    expect(await count({ user: 'ana' })).equal(2);
    expect(await count({ user: 'ana', code: 'ok' })).equal(1);
    expect(await count({ failed: true })).equal(1);
    expect(await count({ failed: false })).equal(4);
    await audit.write([call(50, { protocol: 'console' }), call(60, { protocol: 'internal' })]);
    expect(await count({ wire: true })).equal(4);
    expect(await count({ wire: true, protocol: 'console' })).equal(0);
    expect(await count({ since: 41 })).equal(2);
    expect(await count({ function: 'a.b', protocol: 'rest' })).equal(4);
    for (const filter of [{ client: 'none' }, { function: '' }, { since: 61 }, { since: 5, until: 5 }])
      expect(await count(filter), JSON.stringify(filter)).equal(0);
  });

  it('knows the oldest record', async () => {
    const { audit, usage } = opened().store;
    expect(await usage.oldest()).equal(undefined);
    await audit.write([call(30), call(20), call(40)]);
    expect(await usage.oldest()).equal(20);
  });

  it('looks at many records in several steps, also where all are of one moment', async () => {
    const { audit } = opened().store;
    await audit.write(Array.from({ length: 25_000 }, (_, i) => call(i)));
    await audit.write(Array.from({ length: 25_000 }, () => call(500_000)));
    let steps = 0;
    const buckets: Record<number, number> = {};
    for await (const rows of opened().store.usage.read(all)) {
      steps++;
      for (const { bucket, calls } of rows) buckets[bucket] = (buckets[bucket] ?? 0) + calls;
    }
    expect(steps).within(4, 6);
    expect(buckets[500]).equal(25_000);
    expect(Object.keys(buckets)).lengthOf(26);
    expect(Object.values(buckets).slice(0, 25)).eql(Array(25).fill(1_000));
  });
});
