import { bucketSpan } from './chart/layer.ts';
import type { CallRecord, FunctionUsage, QuotaUsage, UsageSeries } from './contract.ts';
import { type Cell, csvOf } from './csv.ts';
import { errorRate, groupsOf, groupTitle, timelineOf } from './layers.ts';
import type { Grouping } from './view.ts';

const textTime = (time: number): string => new Date(time).toISOString();

/** The numbers of all charts, a row for each bucket; times are UTC. */
export function seriesCsv(answer: UsageSeries, by: Grouping): string {
  const timeline = timelineOf(answer);
  const groups = groupsOf(answer);
  const titles = groups.map((group) => groupTitle(group, by));
  const head = [
    'from_utc',
    'until_utc',
    ...titles.map((title) => `calls: ${title}`),
    ...titles.map((title) => `errors: ${title}`),
    'error_rate',
    'p50_ms',
    'p95_ms',
    'p99_ms',
  ];
  const rate = errorRate(answer);
  const rows = answer.buckets.map(({ p50, p95, p99 }, i): readonly Cell[] => {
    const kept = i >= timeline.recorded;
    return [
      ...bucketSpan(timeline, i).map(textTime),
      ...groups.map(({ series }) => (kept ? series[i] : undefined)),
      ...groups.map(({ error_series: errors }) => (kept ? errors[i] : undefined)),
      rate[i],
      p50,
      p95,
      p99,
    ];
  });
  return csvOf(head, rows);
}

/** Functions as they are shown. */
export function functionsCsv(functions: readonly FunctionUsage[]): string {
  return csvOf(
    ['function', 'calls', 'errors', 'mean_ms', 'p50_ms', 'p95_ms', 'p99_ms', 'max_ms'],
    functions.map((one) => [one.function, one.calls, one.errors, one.mean, one.p50, one.p95, one.p99, one.max]),
  );
}

/** Nothing where there is no limit. */
function windowCells(used: number | undefined, limit: number | undefined, ends: string): readonly Cell[] {
  return limit === undefined ? [undefined, undefined, undefined] : [used, limit, ends];
}

/** Limits and how much of them is used. */
export function quotasCsv({ subjects, minute_ends: minute, day_ends: day }: QuotaUsage): string {
  return csvOf(
    ['kind', 'id', 'name', 'minute_used', 'minute_limit', 'minute_ends_utc', 'day_used', 'day_limit', 'day_ends_utc'],
    subjects.map((one) => [
      one.kind,
      one.id,
      one.name,
      ...windowCells(one.used_minute, one.per_minute, minute),
      ...windowCells(one.used_day, one.per_day, day),
    ]),
  );
}

/** Records of calls. */
export function recordsCsv(records: readonly CallRecord[]): string {
  return csvOf(
    ['time', 'request_id', 'function', 'protocol', 'client', 'user', 'address', 'code', 'gate', 'duration_ms'],
    records.map((one) => [
      one.time,
      one.request_id,
      one.function,
      one.protocol,
      one.client,
      one.user,
      one.address,
      one.code,
      one.gate,
      one.duration,
    ]),
  );
}

/** How many records a CSV of the server holds: none of its cells has a line in it. */
export function recordsIn(csv: string): number {
  return Math.max(0, csv.split('\n').length - 2);
}

/** A file name that tells what is in it: `polywire-calls-2026-11-28.csv`. */
export function fileName(what: string, since: number): string {
  return `polywire-${what}-${textTime(since).slice(0, 10)}.csv`;
}
