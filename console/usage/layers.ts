import type { Layer, Look, Timeline } from './chart/layer.ts';
import type { Values } from './chart/shapes.ts';
import type { Group, UsageSeries } from './contract.ts';
import { countText, durationText, percentText } from './number-text.ts';
import type { Grouping } from './view.ts';

const looks: readonly Look[] = [1, 2, 3, 4, 5];

/**
 * The buckets of an answer, from which of them on there are records, and which is not over yet.
 * @param now when the answer was asked for
 */
export function timelineOf(answer: UsageSeries, now = Number.POSITIVE_INFINITY): Timeline {
  const since = Date.parse(answer.since);
  const step = answer.step * 1_000;
  const count = answer.buckets.length;
  const first = answer.recorded_since === undefined ? Number.POSITIVE_INFINITY : Date.parse(answer.recorded_since);
  const recorded = Math.min(count, Math.max(0, Math.floor((first - since) / step)));
  const open = Math.max(0, Math.floor((now - since) / step));
  return { since, step, count, recorded, open };
}

/** The groups of an answer, all others last. */
export function groupsOf({ groups, other }: UsageSeries): readonly Group[] {
  return other === undefined ? groups : [...groups, other];
}

/** What groups without a name are: by function, whatever is no name of one. */
const nameless: Readonly<Record<Grouping, string>> = {
  caller: 'Nobody known',
  function: 'Unknown functions',
  protocol: 'No protocol',
  outcome: 'No outcome',
};

/** What the legend calls a group. */
export function groupTitle({ name, label }: Group, by: Grouping): string {
  if (name === undefined) return 'All others';
  if (name === '') return nameless[by];
  return label === undefined || label === '' ? name : label;
}

/** What a filter calls a group; undefined where there is no filter for it. */
export function filterValue({ name, kind }: Group, by: Grouping): string | undefined {
  if (name === undefined || name === '') return undefined;
  return by === 'caller' ? `${kind === 'key' ? 'key' : 'user'}:${name}` : name;
}

/** What is drawn before the first record: nothing. */
function withGap(values: readonly number[], recorded: number): Values {
  return recorded === 0 ? values : values.map((value, i) => (i < recorded ? null : value));
}

/** The layers of calls or of errors by a grouping; a group has the same look in both. */
export function groupLayers(
  answer: UsageSeries,
  by: Grouping,
  what: 'calls' | 'errors',
  linkTo: (group: Group) => string | undefined = () => undefined,
): readonly Layer[] {
  const { recorded } = timelineOf(answer);
  return groupsOf(answer)
    .map((group, i) => ({
      name: group.name === undefined ? 'other' : `=${group.kind ?? ''}:${group.name}`,
      title: groupTitle(group, by),
      look: group.name === undefined ? 6 : (looks[i % looks.length] ?? 6),
      values: withGap(what === 'calls' ? group.series : group.error_series, recorded),
      whole: countText(group[what]),
      link: linkTo(group),
    }))
    .filter(({ title }) => what === 'calls' || by !== 'outcome' || title !== 'ok');
}

/** The share of calls that ended in an error; a gap where there was no call. */
export function errorRate({ buckets }: UsageSeries): Values {
  return buckets.map(({ calls, errors }) => (calls === 0 ? null : errors / calls));
}

/** The one layer of the error rate. */
export function rateLayers(answer: UsageSeries): readonly Layer[] {
  const { calls, errors } = answer.total;
  const whole = calls === 0 ? '–' : percentText(errors / calls);
  return [{ name: 'rate', title: 'Error rate', look: 2, values: errorRate(answer), whole }];
}

const percentiles = [
  { name: 'p50', title: 'p50 (median)', look: 1 },
  { name: 'p95', title: 'p95', look: 3 },
  { name: 'p99', title: 'p99', look: 5 },
] as const;

/** The layers of the percentiles of durations. */
export function latencyLayers({ buckets, total }: UsageSeries): readonly Layer[] {
  return percentiles.map(({ name, title, look }) => ({
    name,
    title,
    look,
    values: buckets.map((bucket) => bucket[name] ?? null),
    whole: total[name] === undefined ? '–' : durationText(total[name]),
  }));
}

/** Whether there is nothing in a chart. */
export function isBlank(layers: readonly Layer[]): boolean {
  return layers.every(({ values }) => values.every((value) => value === null || value === 0));
}

/** Whether nobody has called anything since records began, and they began within what is looked at. */
export function isFresh({ total, since, recorded_since: recorded }: UsageSeries): boolean {
  return total.calls === 0 && (recorded === undefined || Date.parse(recorded) >= Date.parse(since));
}
