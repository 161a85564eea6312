/** Where a value is drawn: `domain` onto `extent`, straight. */
export interface Scale {
  readonly domain: readonly [number, number];
  readonly extent: readonly [number, number];
}

/** The place of a value. */
export function placeOf({ domain, extent }: Scale, value: number): number {
  const [low, high] = domain;
  const [from, to] = extent;
  return high === low ? from : from + ((value - low) / (high - low)) * (to - from);
}

/** Steps that people count in, within a power of ten. */
const steps = [1, 2, 5, 10];

/**
 * Values to mark on an axis from 0 to at least `most`, in steps of 1, 2 or 5 times a power of ten.
 * @param marks how many steps there are at most
 * @param whole whether only whole numbers make sense
 */
export function niceTicks(most: number, marks: number, whole = false): readonly number[] {
  const top = Number.isFinite(most) && most > 0 ? most : 1;
  const rough = top / marks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const found = (steps.find((step) => step * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const step = whole ? Math.max(1, Math.round(found)) : found;
  const count = Math.ceil(top / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => rounded(i * step, step));
}

/** Takes away what binary fractions add: 0.30000000000000004. */
function rounded(value: number, step: number): number {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)) + 1);
  return Number(value.toFixed(Math.min(digits, 20)));
}

/** The bucket at a place of the plot, kept within the first and the last. */
export function bucketAt(place: number, width: number, count: number): number {
  if (width <= 0 || count === 0) return 0;
  return Math.min(count - 1, Math.max(0, Math.floor((place / width) * count)));
}
