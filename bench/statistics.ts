/** The middle of some numbers, and how far they lie apart. */
export interface Summary {
  readonly median: number;
  /** Half of (largest - smallest) divided by the median. */
  readonly spread: number;
}

/** Median and spread over rounds; undefined when there is no reading. */
export function summarise(readings: readonly number[]): Summary | undefined {
  const sorted = readings.filter(Number.isFinite).toSorted((a, b) => a - b);
  const [smallest, largest] = [sorted[0], sorted.at(-1)];
  if (smallest === undefined || largest === undefined) return undefined;
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return { median, spread: (largest - smallest) / 2 / median };
}
