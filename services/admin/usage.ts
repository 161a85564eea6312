import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { Infer } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import type { UsageFilter, UsageGroup } from '../../lib/store/records.ts';
import { narrowed, word } from './audit.ts';
import { type AdminHouse, check, guarded } from './house.ts';
import { Tally, talliedFields } from './tally.ts';

const right = 'admin:audit';
/** Milliseconds that are looked at if nothing is said. */
const usual = 86_400_000;
/** Buckets at most, and about how many there are if no step is said. */
const mostBuckets = 400;
const usualBuckets = 100;
/** Groups that are told apart; all beyond are counted together, so that memory stays bounded. */
const mostGroups = 2_000;
/** Seconds that people like. */
const steps = [1, 5, 10, 30, 60, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 604_800, 2_592_000];

/** Which calls are looked at. */
export const usageRange = {
  since: t.optional(t.datetime({ description: 'From then on; 24 hours before until if left out.' })),
  until: t.optional(t.datetime({ description: 'Until then, excluded; now if left out.' })),
  function: word('The name of a function.'),
  protocol: word('The name of a protocol.'),
  client: word('The id of a key.'),
  user: word('The name of a user.'),
  code: word('ok, or the code of an error.'),
  ...narrowed,
};

interface Range {
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

/** The time that is looked at, in milliseconds since 1970. */
export function timesOf({ since, until }: Range): { readonly since: number; readonly until: number } {
  const end = until?.getTime() ?? Date.now() + 1;
  const begin = since?.getTime() ?? end - usual;
  check((issues) => {
    if (begin >= end) issues.add('range', 'must be before until', 'since');
  });
  return { since: begin, until: end };
}

const by = t.default(t.enum(['function', 'protocol', 'caller', 'code']), 'protocol', {
  description: 'What calls are told apart by. The caller is the user, else the key, else nobody.',
});

const seriesFields = {
  ...talliedFields,
  series: t.list(t.int(), { max: mostBuckets + 1, description: 'Calls in each bucket.' }),
  error_series: t.list(t.int(), { max: mostBuckets + 1, description: 'Those that did not end well.' }),
};

const AdminUsageGroup = t.object('AdminUsageGroup', {
  name: t.string(),
  kind: t.optional(t.enum(['user', 'key'], { description: 'Of a caller: what the name is of.' })),
  label: t.optional(t.string({ description: 'What a key is called.' })),
  ...seriesFields,
});

const AdminUsageSeries = t.object('AdminUsageSeries', {
  since: t.datetime(),
  until: t.datetime(),
  step: t.int({ description: 'Seconds of a bucket.' }),
  total: t.object('AdminUsageTotal', talliedFields),
  buckets: t.list(t.object('AdminUsageBucket', { time: t.datetime(), ...talliedFields }), { max: mostBuckets + 1 }),
  recorded_since: t.optional(t.datetime({ description: 'When the oldest record was made that is kept.' })),
  audit_days: t.int({ description: 'Days that records are kept; 0 if none are made.' }),
  groups: t.list(AdminUsageGroup),
  other: t.optional(t.object('AdminUsageOther', seriesFields)),
});

const AdminUsageFunction = t.object('AdminUsageFunction', {
  function: t.string(),
  ...talliedFields,
  series: t.optional(seriesFields.series),
});

/** Calls of one group, bucket by bucket. */
interface Group {
  readonly tally: Tally;
  readonly calls: number[];
  readonly errors: number[];
}

interface Counted {
  readonly total: Tally;
  readonly buckets: readonly Tally[];
  readonly groups: ReadonlyMap<string, Group>;
  /** What was beyond the groups that are told apart. */
  readonly rest: Group;
}

const newGroup = (length: number): Group => ({
  tally: new Tally(),
  calls: Array(length).fill(0),
  errors: Array(length).fill(0),
});

/** @throws Fault once nobody waits any more */
async function count({ custody }: AdminHouse, filter: UsageFilter, signal: AbortSignal): Promise<Counted> {
  const length = Math.ceil((filter.until - filter.since) / filter.step);
  const buckets = Array.from({ length }, () => new Tally());
  const total = new Tally();
  const groups = new Map<string, Group>();
  const rest = newGroup(length);
  const groupOf = (name: string): Group => {
    const known = groups.get(name);
    if (known !== undefined) return known;
    if (groups.size >= mostGroups) return rest;
    const fresh = newGroup(length);
    groups.set(name, fresh);
    return fresh;
  };
  for await (const rows of custody.store.usage.read(filter)) {
    if (signal.aborted) throw Fault.from(signal.reason);
    for (const row of rows) {
      total.add(row);
      buckets[row.bucket]?.add(row);
      const { tally, calls, errors } = groupOf(row.group);
      tally.add(row);
      calls[row.bucket] = (calls[row.bucket] ?? 0) + row.calls;
      errors[row.bucket] = (errors[row.bucket] ?? 0) + row.errors;
    }
  }
  return { total, buckets, groups, rest };
}

function shownGroup({ tally, calls, errors }: Group) {
  return { ...tally.numbers, series: calls, error_series: errors };
}

function merge(groups: readonly Group[], length: number): Group {
  const all = newGroup(length);
  for (const { tally, calls, errors } of groups) {
    all.tally.merge(tally);
    for (const [i, value] of calls.entries()) all.calls[i] = (all.calls[i] ?? 0) + value;
    for (const [i, value] of errors.entries()) all.errors[i] = (all.errors[i] ?? 0) + value;
  }
  return all;
}

/** @throws Fault `invalid-params` for more buckets than anybody can look at */
function stepOf(given: number | undefined, since: number, until: number): number {
  const seconds = (until - since) / 1_000;
  const step = given ?? steps.find((one) => seconds / one <= usualBuckets) ?? Math.ceil(seconds / usualBuckets);
  check((issues) => {
    if (seconds / step > mostBuckets) issues.add('range', `makes more than ${mostBuckets} buckets`, 'step');
  });
  return step;
}

/** Since when there are records, and for how long they are kept. */
async function recordedBy({ custody }: AdminHouse) {
  const oldest = await custody.store.usage.oldest();
  return {
    ...(oldest === undefined ? {} : { recorded_since: new Date(oldest) }),
    audit_days: custody.settings().audit.days,
  };
}

type Named = Pick<Infer<typeof AdminUsageGroup>, 'name' | 'kind' | 'label'>;

/** What groups are called: callers with what they are, keys with their names. */
async function namerOf({ custody }: AdminHouse, group: UsageGroup): Promise<(group: string) => Named> {
  if (group !== 'caller') return (name) => ({ name });
  const labels = new Map((await custody.store.keys.list()).map(({ id, name }) => [id, name]));
  return (caller) => {
    if (caller === '') return { name: '' };
    const kind = caller.startsWith('key:') ? 'key' : 'user';
    const name = caller.slice(kind.length + 1);
    const label = kind === 'key' ? labels.get(name) : undefined;
    return { name, kind, ...(label === undefined ? {} : { label }) };
  };
}

function usageSeries(house: AdminHouse) {
  return define('admin.usage_series', {
    description: 'Counts calls over time, and how long they took: all of them, and the largest groups.',
    effect: 'read',
    ...guarded(right),
    params: {
      ...usageRange,
      step: t.optional(t.int({ min: 1, description: 'Seconds of a bucket.' })),
      by,
      top: t.default(t.int({ min: 1, max: 50 }), 8, { description: 'Groups that are told apart.' }),
    },
    returns: AdminUsageSeries,
    handler: async ({ step: given, by: group, top, ...range }, call) => {
      const { since: from, until } = timesOf(range);
      const step = stepOf(given, from, until);
      // who says how long a bucket is says where the first one begins too: days are not those of UTC everywhere
      const since = given === undefined ? Math.floor(from / (step * 1_000)) * step * 1_000 : from;
      const filter = { ...range, since, until, step: step * 1_000, by: group as UsageGroup };
      const { total, buckets, groups, rest } = await count(house, filter, call.signal);
      const ranked = [...groups].sort(([, a], [, b]) => b.tally.calls - a.tally.calls);
      const namer = await namerOf(house, group);
      const other = merge([...ranked.slice(top).map(([, one]) => one), rest], buckets.length);
      return {
        since: new Date(since),
        until: new Date(until),
        step,
        total: total.numbers,
        buckets: buckets.map((one, i) => ({ time: new Date(since + i * step * 1_000), ...one.numbers })),
        ...(await recordedBy(house)),
        groups: ranked.slice(0, top).map(([name, one]) => ({ ...namer(name), ...shownGroup(one) })),
        ...(other.tally.calls === 0 ? {} : { other: shownGroup(other) }),
      };
    },
  });
}

function usageOfFunctions(house: AdminHouse) {
  return define('admin.usage_functions', {
    description: 'Counts the calls of each function, and how long they took: the greatest first.',
    effect: 'read',
    ...guarded(right),
    params: {
      ...usageRange,
      sort: t.default(t.enum(['calls', 'errors', 'mean', 'p50', 'p95', 'p99', 'max']), 'calls'),
      limit: t.default(t.int({ min: 1, max: mostGroups }), 100),
      step: t.optional(t.int({ min: 1, description: 'Seconds of a bucket of series; without it there is none.' })),
    },
    returns: t.list(AdminUsageFunction),
    handler: async ({ sort, limit, step, ...range }, call) => {
      const times = timesOf(range);
      const length = step === undefined ? times.until - times.since : step * 1_000;
      if (step !== undefined) stepOf(step, times.since, times.until);
      const filter = { ...range, ...times, step: length, by: 'function' as const };
      const { groups } = await count(house, filter, call.signal);
      return [...groups]
        .map(([name, { tally, calls }]) => ({
          function: name,
          ...tally.numbers,
          ...(step === undefined ? {} : { series: calls }),
        }))
        .sort((a, b) => (b[sort] ?? 0) - (a[sort] ?? 0))
        .slice(0, limit);
    },
  });
}

/** Functions that count calls out of the records of them. */
export function usageFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [usageSeries, usageOfFunctions].map((make) => make(house) as AnyFunction);
}
