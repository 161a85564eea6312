import { expect } from 'chai';
import { openStore } from '../../../lib/store/open.ts';
import type { AuditRecord } from '../../../lib/store/records.ts';
import type { Store } from '../../../lib/store/store.ts';
import { Tally } from '../../../services/admin/tally.ts';
import { csvCell } from '../../../services/admin/usage-csv.ts';
import { overDatabases } from '../../access/databases.ts';
import { type House, openHouse } from '../../access/house.ts';
import { rejected } from '../../lib/caught.ts';

const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;

const call = (at: number, more: Partial<AuditRecord> = {}): AuditRecord => ({
  time: start + at,
  requestId: `r${at}`,
  function: 'shop.order',
  protocol: 'rest',
  address: '10.1.2.3',
  code: 'ok',
  duration: 1,
  ...more,
});

const range = { since: new Date(start), until: new Date(start + hour) };

interface Numbers {
  readonly calls: number;
  readonly errors: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly mean?: number;
  readonly max?: number;
}

interface Series {
  readonly since: Date;
  readonly until: Date;
  readonly step: number;
  readonly total: Numbers;
  readonly buckets: readonly (Numbers & { readonly time: Date })[];
  readonly groups: readonly (Numbers & {
    readonly name: string;
    readonly series: readonly number[];
    readonly error_series: readonly number[];
  })[];
  readonly other?: Numbers & { readonly series: readonly number[] };
}

overDatabases('usage', (kind) => {
  let house: House;
  let store: Store;
  before(async () => {
    house = await openHouse({ kind, settings: { quotas: { keyPerDay: 100, addressPerMinute: 1_000 } } });
    store = await openStore(house.database);
    const many = Array.from({ length: 1_000 }, (_, i) =>
      call(i * 3_000, {
        duration: (i % 100) + 1,
        protocol: i % 4 === 0 ? 'soap' : 'rest',
        function: `shop.f${i % 20}`,
      }),
    );
    await store.audit.write(many);
    await store.audit.write([
      call(100, { function: 'shop.slow', duration: 5_000, code: 'timeout' }),
      call(200, { function: '=cmd()', code: 'unknown-function', user: 'ana, "the first"' }),
      call(-1),
      call(hour),
    ]);
  });
  after(async () => {
    await store.close();
    await house.close();
  });

  it('counts over time, with percentiles of every bucket and the largest groups', async () => {
    const found = await house.admin<Series>('usage_series', { ...range, step: 600 });
    expect(found).include({ step: 600 });
    expect([found.since, found.until]).eql([range.since, range.until]);
    expect(found.total).include({ calls: 1_002, errors: 2, max: 5_000 });
    expect(found.total.mean).closeTo((1_000 * 50.5 + 5_001) / 1_002, 0.001);
    expect(found.total.p50).within(50 * 0.95, 51 * 1.05);
    expect(found.total.p95).within(95 * 0.95, 96 * 1.05);
    expect(found.total.p99).within(99 * 0.95, 100 * 1.05);
    expect(found.buckets.map(({ calls }) => calls)).eql([202, 200, 200, 200, 200, 0]);
    expect(found.buckets.map(({ errors }) => errors)).eql([2, 0, 0, 0, 0, 0]);
    expect(found.buckets.map(({ time }) => time.getTime() - start)).eql([0, 1, 2, 3, 4, 5].map((i) => i * 600_000));
    expect(found.buckets[5]).not.have.any.keys('p50', 'mean', 'max');
    expect(found.groups.map(({ name, calls, errors }) => [name, calls, errors])).eql([
      ['rest', 752, 2],
      ['soap', 250, 0],
    ]);
    expect(found.groups[1]?.series).eql([50, 50, 50, 50, 50, 0]);
    expect(found.groups[0]?.error_series).eql([2, 0, 0, 0, 0, 0]);
    expect(found).not.have.property('other');
  });

  it('counts what is left over together, so that nothing is missing', async () => {
    const found = await house.admin<Series>('usage_series', { ...range, by: 'function', top: 5, step: 1_800 });
    expect(found.groups).lengthOf(5);
    for (const { calls } of found.groups) expect(calls).equal(50);
    expect(found.other).include({ calls: 752, errors: 2 });
    const all = [...found.groups, found.other].map((one) => one?.series ?? []);
    const sums = [0, 1].map((i) => all.reduce((sum, series) => sum + (series[i] ?? 0), 0));
    expect(sums).eql(found.buckets.map(({ calls }) => calls));
    const callers = await house.admin<Series>('usage_series', { ...range, by: 'caller' });
    expect(callers.groups.map(({ name }) => name)).eql(['', 'ana, "the first"']);
    const codes = await house.admin<Series>('usage_series', { ...range, by: 'code' });
    expect(codes.groups.map(({ name }) => name)).have.members(['ok', 'timeout', 'unknown-function']);
  });

  it('takes filters, and finds a step of its own', async () => {
    const soap = await house.admin<Series>('usage_series', { ...range, protocol: 'soap', function: 'shop.f0' });
    expect(soap.total.calls).equal(50);
    expect(soap.step).equal(60);
    expect(soap.buckets).lengthOf(60);
    const none = await house.admin<Series>('usage_series', { ...range, user: 'nobody' });
    expect(none.total).eql({ calls: 0, errors: 0 });
    expect(none.groups).eql([]);
    const odd = { since: new Date(start + 61_000), until: new Date(start + 200_000), step: 60 };
    const begun = await house.admin<Series>('usage_series', odd);
    expect(begun.since.getTime() - start).equal(61_000);
    expect(begun.buckets).lengthOf(3);
    expect(begun.buckets[1]?.time.getTime()).equal(start + 121_000);
    const { step: _, ...stepless } = odd;
    const aligned = await house.admin<Series>('usage_series', stepless);
    expect(aligned.step).equal(5);
    expect(aligned.since.getTime() - start).equal(60_000);
    const paths = async (params: object) =>
      (await rejected(house.admin('usage_series', params))).issues.map(({ path }) => path);
    expect(await paths({ ...range, step: 8 })).eql(['step']);
    expect(await paths({ since: range.until, until: range.since })).eql(['since']);
    const longest = { since: new Date(0), until: new Date(start) };
    expect((await house.admin<Series>('usage_series', longest)).buckets.length).within(1, 101);
  });

  it('counts the last day if nothing is said', async () => {
    const { since, until } = await house.admin<Series>('usage_series');
    expect(until.getTime() - since.getTime()).within(86_400_000, 86_400_000 + 900_000);
  });

  it('ranks functions by what is asked for', async () => {
    type Ranked = readonly (Numbers & { readonly function: string })[];
    const ranked = (sort: string, limit = 3) => house.admin<Ranked>('usage_functions', { ...range, sort, limit });
    expect((await ranked('max'))[0]).include({ function: 'shop.slow', calls: 1, errors: 1, max: 5_000, p50: 5_000 });
    expect((await ranked('mean')).map(({ function: name }) => name)[0]).equal('shop.slow');
    expect(new Set((await ranked('errors', 2)).map(({ function: name }) => name))).eql(new Set(['shop.slow', '']));
    const calls = (await ranked('calls', 100)).map((one) => one.calls);
    expect(calls).eql([...Array(20).fill(50), 1, 1]);
  });

  it('writes records as CSV in which nothing is a formula, as many as wanted', async () => {
    const text = await house.admin<string>('usage_csv', { ...range });
    const lines = text.split('\r\n');
    expect(lines[0]).equal('time,request_id,function,protocol,client,user,address,code,gate,duration');
    expect(lines).lengthOf(1_002 + 2);
    expect(lines.at(-1)).equal('');
    expect(text).include(
      `2026-01-01T00:00:00.200Z,r200,'=cmd(),rest,,"ana, ""the first""",10.1.2.3,unknown-function,,1`,
    );
    const times = lines.slice(1, -1).map((line) => line.split(',')[0] ?? '');
    expect(times).eql([...times].sort().reverse());
    expect((await house.admin<string>('usage_csv', { ...range, limit: 7 })).split('\r\n')).lengthOf(9);
    expect((await rejected(house.admin('usage_csv', { limit: 50_001 }))).issues.map(({ path }) => path)).eql(['limit']);
  });

  it('pages through more records than one look finds', async () => {
    const time = start + 10 * hour;
    await store.audit.write(
      Array.from({ length: 11_000 }, (_, i) => ({ ...call(0), time: time + (i % 3), requestId: `p${i}` })),
    );
    const text = await house.admin<string>('usage_csv', {
      since: new Date(time),
      until: new Date(time + 9),
      limit: 50_000,
    });
    const ids = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[1]);
    expect(ids).lengthOf(11_000);
    expect(new Set(ids).size).equal(11_000);
  });

  it('follows calls by the cursor', async () => {
    type Records = readonly { readonly cursor: string; readonly request_id: string }[];
    const [last] = await house.admin<Records>('audit', { limit: 1, user: 'follower' });
    expect(last).equal(undefined);
    const before = await house.admin<Records>('audit', { after: '0', limit: 10_000 });
    const cursor = before.at(-1)?.cursor ?? '0';
    await store.audit.write([
      call(1, { requestId: 'one', user: 'follower' }),
      call(0, { requestId: 'two', user: 'follower' }),
    ]);
    const ids = async (params: object) =>
      (await house.admin<Records>('audit', { user: 'follower', ...params })).map(({ request_id: id }) => id);
    expect(await ids({ after: cursor })).eql(['one', 'two']);
    expect(await ids({ after: cursor, limit: 1 })).eql(['one']);
    expect(await ids({ protocol: 'soap' })).eql([]);
  });

  it('shows who is limited and how much of it is used', async () => {
    interface Quotas {
      readonly minute_counts: string;
      readonly minute_ends: Date;
      readonly day_ends: Date;
      readonly subjects: readonly { readonly kind: string; readonly id: string }[];
    }
    const key = await house.admin<{ readonly secret: string }>('create_key', {
      name: 'Busy',
      per_minute: 50,
      per_day: 20,
    });
    await house.admin('create_key', { name: 'Idle' });
    await house.admin('create_user', { username: 'limited', name: 'L', per_day: 7 });
    await house.admin('create_user', { username: 'free', name: 'F' });
    const headers = { 'X-API-Key': key.secret };
    for (let i = 0; i < 3; i++) {
      const { code, text } = await house.call('rest', 'test.client', { text: 'x' }, headers);
      expect(code, text).equal('ok');
    }
    const found = await house.admin<Quotas>('usage_quotas');
    expect(found.minute_counts).equal('process');
    expect(found.day_ends.getTime() % 86_400_000).equal(0);
    expect(found.minute_ends.getTime() % 60_000).equal(0);
    const [busy] = found.subjects;
    expect(busy).include({ kind: 'key', name: 'Busy', per_minute: 50, per_day: 20, used_day: 3 });
    expect(busy).property('used_minute').oneOf([0, 1, 2, 3]); // a minute may have begun meanwhile
    const other = (id: string) => found.subjects.find((one) => one.id === id);
    expect(other('limited')).eql({ kind: 'user', id: 'limited', name: 'L', per_day: 7, used_day: 0 });
    expect(other('free')).equal(undefined);
    expect(found.subjects.find(({ kind: one }) => one === 'key' && one !== busy?.id)).not.equal(undefined);
    expect(await house.admin<Quotas>('usage_quotas', { limit: 1 }))
      .property('subjects')
      .lengthOf(1);
  });
});

overDatabases('usage where counts are shared', (kind) => {
  it('shows the counts of all processes', async () => {
    const house = await openHouse({
      kind,
      shared: true,
      settings: { quotas: { addressPerMinute: 1_000, addressPerDay: 5_000 } },
    });
    try {
      await house.call('rest', 'test.open', { text: 'x' });
      const found = await house.admin<{ readonly minute_counts: string; readonly subjects: readonly object[] }>(
        'usage_quotas',
      );
      expect(found.minute_counts).equal('site');
      expect(found.subjects).lengthOf(1);
      const [address] = found.subjects;
      expect(address).include({ kind: 'address', id: '127.0.0.1', per_minute: 1_000, per_day: 5_000, used_day: 1 });
      expect(address).property('used_minute').oneOf([0, 1]); // a minute may have begun meanwhile
    } finally {
      await house.close();
    }
  });
});

describe('services/admin/tally', () => {
  it('tells percentiles within a twentieth, whatever the durations', () => {
    const durations = Array.from({ length: 5_000 }, (_, i) => 0.01 * 1.003 ** i);
    const tally = new Tally();
    for (const duration of durations) {
      const bin = Math.floor(Math.log(duration) * 10);
      tally.add({ bucket: 0, group: '', bin, calls: 1, errors: 0, duration, longest: duration });
    }
    const { p50, p95, p99, max } = tally.numbers;
    for (const [told, part] of [
      [p50, 0.5],
      [p95, 0.95],
      [p99, 0.99],
    ] as const) {
      const exact = durations[Math.ceil(part * durations.length) - 1] ?? 0;
      expect((told ?? 0) / exact, String(part)).within(1 / 1.06, 1.06);
    }
    expect(max).closeTo(durations.at(-1) ?? 0, 0.001);
  });
});

describe('cells of CSV', () => {
  it('are quoted where they must be, and never a formula', () => {
    const cells = {
      plain: 'plain',
      '=1': "'=1",
      '+1': "'+1",
      '-1': "'-1",
      '@x': "'@x",
      '\tx': "'\tx",
      '\r=': '"\'\r="',
    };
    for (const [text, cell] of Object.entries(cells)) expect(csvCell(text), text).equal(cell);
    expect(csvCell('a,b')).equal('"a,b"');
    expect(csvCell('=a,"b"')).equal('"\'=a,""b"""');
    expect(csvCell('')).equal('');
  });
});
