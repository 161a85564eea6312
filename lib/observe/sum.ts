import { Turn } from '../turn.ts';
import type { Aggregator, Buckets, Family, Sample, Snapshot } from './families.ts';

/** How values of the same labels become one; `omit` makes none. */
const ways: Readonly<Record<Exclude<Aggregator, 'omit'>, (values: readonly number[]) => number>> = {
  sum: total,
  first: ([first = 0]) => first,
  average: (values) => total(values) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
};

function total(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** The numbers of several processes as one: counts are added up, of what cannot be added each has its own way. */
export async function sum(snapshots: readonly Snapshot[]): Promise<Snapshot> {
  const [only] = snapshots;
  if (only !== undefined && snapshots.length === 1) return only;
  const turn = new Turn({ gone: undefined });
  const families: Family[] = [];
  for (const [first, ...rest] of grouped(snapshots.flat(), ({ name }) => name)) {
    if (turn.isOver()) await turn.next();
    if (first.aggregator !== 'omit') families.push(together([first, ...rest], ways[first.aggregator]));
  }
  return families;
}

/** What only grows, of processes that have ended: without it a sum would fall, which reads as a restart of everything. */
export function lasting(snapshot: Snapshot): Snapshot {
  return snapshot.filter(({ type }) => type === 'counter' || type === 'histogram');
}

function together(families: Group<Family>, way: (values: readonly number[]) => number): Family {
  const [family] = families;
  const samples = grouped(
    families.flatMap(({ values }) => values),
    ({ labels, metricName = '' }) => `${metricName}\n${labelKey(labels)}`,
  );
  const values = samples.map((group): Sample => ({ ...group[0], value: way(group.map(({ value }) => value)) }));
  if (family.bounds === undefined) return { ...family, values };
  const histograms = grouped(
    families.flatMap(({ buckets = [] }) => buckets),
    ({ labels }) => labelKey(labels),
  );
  return { ...family, values, buckets: histograms.map(addedUp) };
}

function addedUp(group: Group<Buckets>): Buckets {
  const [{ labels, counts }] = group;
  return {
    labels,
    counts: counts.map((_, i) => total(group.map((one) => one.counts[i] ?? 0))),
    sum: total(group.map((one) => one.sum)),
  };
}

/** Labels come in one order within a family. */
function labelKey(labels: Sample['labels']): string {
  return JSON.stringify(labels);
}

/** At least one. */
type Group<T> = readonly [T, ...T[]];

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly Group<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
