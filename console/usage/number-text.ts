const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A count in full: `12,345`. */
export function countText(value: number): string {
  return grouped.format(value);
}

/** A count for an axis: `12K`. */
export function shortCountText(value: number): string {
  return value < 10_000 ? grouped.format(value) : compact.format(value);
}

function digits(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** A stretch of milliseconds: `0.42 ms`, `12.3 ms`, `1.25 s`, `2 min 5 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds === 0) return '0 ms';
  if (milliseconds < 0.01) return '< 0.01 ms';
  if (milliseconds < 999.5) return `${digits(milliseconds)} ms`;
  if (milliseconds < 119_500) return `${digits(milliseconds / 1_000)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`;
}

/** A part of a whole between 0 and 1; what is not 0 is never shown as 0, what is not all never as all. */
export function percentText(share: number): string {
  if (share === 0) return '0 %';
  if (share < 0.0005) return '< 0.1 %';
  if (share < 1 && share >= 0.9995) return '> 99.9 %';
  const percent = share * 100;
  return `${percent < 10 ? Number(percent.toFixed(1)) : percent >= 99.5 && percent < 100 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** `1 call`, `2 calls`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${countText(value)} ${value === 1 ? one : many}`;
}

/** A part of a whole for an axis: `2.5 %`. */
export function shortPercentText(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
