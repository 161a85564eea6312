/** What was measured in each bucket; null where there was nothing to measure. */
export type Values = readonly (number | null)[];

/** How high each bucket is when all series stand on one another. */
export function totalsOf(series: readonly Values[]): readonly number[] {
  const count = Math.max(0, ...series.map((values) => values.length));
  return Array.from({ length: count }, (_, i) => series.reduce((sum, values) => sum + (values[i] ?? 0), 0));
}

/** The foot and the head of each bucket of each series, the first series at the bottom. */
export function stacked(series: readonly Values[]): readonly (readonly (readonly [number, number])[])[] {
  const heads = totalsOf(series).map(() => 0);
  return series.map((values) =>
    heads.map((foot, i) => {
      const head = foot + (values[i] ?? 0);
      heads[i] = head;
      return [foot, head] as const;
    }),
  );
}

const short = (value: number): string => String(Math.round(value * 100) / 100);

/** The path of bars: for each `[foot, head]` one rectangle, nothing where both are the same. */
export function barsPath(
  bars: readonly (readonly [number, number])[],
  width: number,
  y: (value: number) => number,
): string {
  const pitch = width / Math.max(1, bars.length);
  const gap = pitch >= 4 ? 1 : 0;
  return bars
    .map(([foot, head], i) => {
      if (head === foot) return '';
      const top = y(head);
      return `M${short(i * pitch)} ${short(top)}h${short(pitch - gap)}v${short(y(foot) - top)}h${short(gap - pitch)}z`;
    })
    .join('');
}

/** The stretches of values without a gap: the first index and what follows. */
export function runsOf(values: Values): readonly { readonly start: number; readonly values: readonly number[] }[] {
  const runs: { start: number; values: number[] }[] = [];
  let open: { start: number; values: number[] } | undefined;
  for (const [i, value] of values.entries()) {
    if (value === null) open = undefined;
    else if (open === undefined) {
      open = { start: i, values: [value] };
      runs.push(open);
    } else open.values.push(value);
  }
  return runs;
}

/** The path of a line through the middles of the buckets; it is broken at gaps, and a lone value is a dash. */
export function linePath(values: Values, width: number, y: (value: number) => number): string {
  const pitch = width / Math.max(1, values.length);
  const half = Math.min(pitch / 2, 3);
  return runsOf(values)
    .map(({ start, values: run }) => {
      const points = run.map((value, i) => `${short((start + i + 0.5) * pitch)} ${short(y(value))}`);
      if (points.length > 1) return `M${points.join('L')}`;
      const x = (start + 0.5) * pitch;
      return `M${short(x - half)} ${short(y(run[0] ?? 0))}h${short(2 * half)}`;
    })
    .join('');
}
