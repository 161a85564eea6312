import type { Layer, Look, Timeline } from './chart/layer.ts';
import { totalsOf, type Values } from './chart/shapes.ts';
import type { SeriesAnswer, UsageSeries } from './contract.ts';
import { countText, durationText, percentText } from './number-text.ts';
import type { Grouping } from './view.ts';

const looks: readonly Look[] = [1, 2, 3, 4, 5];

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/**
 * The buckets of an answer, from which of them on there are records, and which is not over yet.
 * @param now when the answer was asked for
 */
export function timelineOf(answer: UsageSeries, now = Number.POSITIVE_INFINITY): Timeline {
  const since = Date.parse(answer.since);
  const step = answer.step * 1_000;
  const count = answer.latency.p50.length;
  const first = answer.recorded_since === undefined ? Number.POSITIVE_INFINITY : Date.parse(answer.recorded_since);
  const recorded = Math.min(count, Math.max(0, Math.floor((first - since) / step)));
  const open = Math.max(0, Math.floor((now - since) / step));
  return { since, step, count, recorded, open };
}

/** What the legend calls a series. */
export function seriesTitle({ name, label, other }: SeriesAnswer, by: Grouping): string {
  if (other) return 'All others';
  if (by !== 'caller') return name;
  if (name === '') return 'Nobody known';
  return label === undefined || label === '' ? name.replace(/^user:/, '') : label;
}

/** What is drawn before the first record: nothing. */
function withGap(values: readonly number[], recorded: number): Values {
  return recorded === 0 ? values : values.map((value, i) => (i < recorded ? null : value));
}

/** The layers of calls or of errors by a grouping; a series has the same look in both. */
export function groupLayers(
  answer: UsageSeries,
  by: Grouping,
  what: 'calls' | 'errors',
  linkTo: (series: SeriesAnswer) => string | undefined = () => undefined,
): readonly Layer[] {
  const { recorded } = timelineOf(answer);
  return answer.series
    .map((series, i) => ({
      name: series.other ? 'other' : `=${series.name}`,
      title: seriesTitle(series, by),
      look: series.other ? 6 : (looks[i % looks.length] ?? 6),
      values: withGap(series[what], recorded),
      whole: countText(sum(series[what])),
      link: series.other ? undefined : linkTo(series),
    }))
    .filter(({ name }) => what === 'calls' || by !== 'outcome' || name !== '=ok');
}

/** The share of calls that ended in an error; a gap where there was no call. */
export function errorRate({ series }: UsageSeries): Values {
  const calls = totalsOf(series.map((one) => one.calls));
  const errors = totalsOf(series.map((one) => one.errors));
  return calls.map((count, i) => (count === 0 ? null : (errors[i] ?? 0) / count));
}

/** The one layer of the error rate. */
export function rateLayers(answer: UsageSeries): readonly Layer[] {
  const { calls, errors } = answer.totals;
  const whole = calls === 0 ? '–' : percentText(errors / calls);
  return [{ name: 'rate', title: 'Error rate', look: 2, values: errorRate(answer), whole }];
}

/** The layers of the percentiles of durations. */
export function latencyLayers({ latency, totals }: UsageSeries): readonly Layer[] {
  const text = (value: number | undefined): string => (value === undefined ? '–' : durationText(value));
  return [
    { name: 'p50', title: 'p50 (median)', look: 1, values: latency.p50, whole: text(totals.p50) },
    { name: 'p95', title: 'p95', look: 3, values: latency.p95, whole: text(totals.p95) },
    { name: 'p99', title: 'p99', look: 5, values: latency.p99, whole: text(totals.p99) },
  ];
}

/** Whether there is nothing in a chart. */
export function isBlank(layers: readonly Layer[]): boolean {
  return layers.every(({ values }) => values.every((value) => value === null || value === 0));
}
