import { day, fieldsOf, hour, minute, second, timeOf, type Zone } from './clock.ts';

/** A stretch of time in buckets of equal length: milliseconds. */
export interface Span {
  readonly since: number;
  readonly until: number;
  readonly step: number;
}

/** Stretches that end now. */
export const lasting = [
  { name: 'hour', title: 'Last hour', length: hour },
  { name: 'day', title: 'Last day', length: day },
  { name: 'week', title: 'Last week', length: 7 * day },
  { name: 'month', title: 'Last month', length: 30 * day },
] as const;

export type Lasting = (typeof lasting)[number]['name'];

/** A stretch that ends now, or one between two times. */
export type Range = Lasting | { readonly since: number; readonly until: number };

const lengths = [1, 2, 5, 10, 15, 30]
  .map((count) => count * second)
  .concat([1, 2, 5, 10, 15, 30].map((count) => count * minute))
  .concat([1, 2, 3, 6, 12].map((count) => count * hour))
  .concat([1, 2, 7, 14, 28, 91].map((count) => count * day));

/** Buckets that a chart has at least where the range allows it, and at most. */
const fewest = 60;
const most = 400;
/** What a range lasts at least, so that it has thirty buckets. */
const shortest = 30 * second;

/** How long a bucket is: as long as possible with sixty of them. */
export function stepFor(length: number): number {
  const fine = lengths.filter((step) => length / step >= fewest).at(-1) ?? second;
  return length / fine <= most - 1 ? fine : Math.ceil(length / (most - 1) / day) * day;
}

/** The time at or before `time` where a bucket begins, by the zone's own clock. */
export function alignedDown(time: number, step: number, zone: Zone): number {
  const fields = fieldsOf(time, zone);
  if (step >= day) return timeOf({ ...fields, hour: 0, minute: 0, second: 0 }, zone);
  const seconds = fields.hour * 3_600 + fields.minute * 60 + fields.second;
  const begun = Math.floor((seconds * second) / step) * (step / second);
  return timeOf({ ...fields, hour: 0, minute: 0, second: begun }, zone);
}

/** The buckets of a range: whole ones, from the one in which it begins to the one in which it ends. */
export function spanOf(range: Range, now: number, zone: Zone): Span {
  const { since, until } = typeof range === 'string' ? lastly(range, now) : range;
  const length = Math.max(until - since, shortest);
  const step = stepFor(length);
  const start = alignedDown(since, step, zone);
  const count = Math.min(most, Math.max(1, Math.ceil((since + length - start) / step)));
  return { since: start, until: start + count * step, step };
}

function lastly(name: Lasting, now: number): { readonly since: number; readonly until: number } {
  const length = lasting.find((one) => one.name === name)?.length ?? hour;
  return { since: now - length, until: now };
}

const units = [
  { length: day, one: 'day' },
  { length: hour, one: 'hour' },
  { length: minute, one: 'minute' },
  { length: second, one: 'second' },
];

/** The length of a bucket in words: `1 minute`, `15 minutes`. */
export function stepText(step: number): string {
  const unit = units.find(({ length }) => step % length === 0) ?? { length: second, one: 'second' };
  const count = Math.round(step / unit.length);
  return `${count} ${unit.one}${count === 1 ? '' : 's'}`;
}

/** Bars of a small picture of a range, at most. */
const trendBars = 48;

/** The same stretch in buckets so long that a small picture of it can be drawn. */
export function trendSpan({ since, until, step }: Span): Span {
  const count = Math.round((until - since) / step);
  return { since, until, step: step * Math.ceil(count / trendBars) };
}

/** Milliseconds after which a stretch that ends now is drawn anew: often where its buckets are short. */
export function paceOf({ step }: Span): number {
  return Math.min(300 * second, Math.max(15 * second, step / 4));
}
