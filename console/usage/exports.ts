import { bucketSpan } from './chart/layer.ts';
import type { CallRecord, FunctionUsage, QuotaUsage, UsageSeries } from './contract.ts';
import { type Cell, csvOf } from './csv.ts';
import { errorRate, seriesTitle, timelineOf } from './layers.ts';
import type { Grouping } from './view.ts';

const textTime = (time: number): string => new Date(time).toISOString();

/** The numbers of all charts, a row for each bucket; times are UTC. */
export function seriesCsv(answer: UsageSeries, by: Grouping): string {
  const timeline = timelineOf(answer);
  const { p50, p95, p99 } = answer.latency;
  const titles = answer.series.map((series) => seriesTitle(series, by));
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
  const rows = p50.map((_, i): readonly Cell[] => {
    const kept = i >= timeline.recorded;
    return [
      ...bucketSpan(timeline, i).map(textTime),
      ...answer.series.map(({ calls }) => (kept ? calls[i] : undefined)),
      ...answer.series.map(({ errors }) => (kept ? errors[i] : undefined)),
      rate[i],
      p50[i],
      p95[i],
      p99[i],
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

/** Limits and how much of them is used. */
export function quotasCsv(quotas: readonly QuotaUsage[]): string {
  return csvOf(
    ['subject', 'name', 'minute_used', 'minute_limit', 'minute_reset_s', 'day_used', 'day_limit', 'day_reset_s'],
    quotas.map(({ subject, label, minute, day }) => [
      subject,
      label,
      ...[minute, day].flatMap((window) => [window?.used, window?.limit, window?.reset]),
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

/** A file name that tells what is in it: `polywire-calls-2026-11-28.csv`. */
export function fileName(what: string, since: number): string {
  return `polywire-${what}-${textTime(since).slice(0, 10)}.csv`;
}
