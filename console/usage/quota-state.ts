import type { QuotaSubject, QuotaUsage } from './contract.ts';

/** How near a limit is. */
export type Nearness = 'good' | 'warn' | 'bad';

/** A limit in its current window. */
export interface QuotaWindow {
  readonly limit: number;
  /** Undefined where it cannot be told. */
  readonly used: number | undefined;
  /** When it begins anew. */
  readonly ends: number;
}

/** Something with a limit, and its windows. */
export interface QuotaState {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly minute: QuotaWindow | undefined;
  readonly day: QuotaWindow | undefined;
}

/** From which share on a limit is near. */
const near = 0.8;

/** How near a limit is. */
export function nearnessOf({ used = 0, limit }: QuotaWindow): Nearness {
  if (used >= limit) return 'bad';
  return used >= near * limit ? 'warn' : 'good';
}

/** How near the nearer of both limits is. */
export function nearestOf({ minute, day }: QuotaState): Nearness {
  const all = [minute, day].map((window) => (window === undefined ? 'good' : nearnessOf(window)));
  return (['bad', 'warn', 'good'] as const).find((one) => all.includes(one)) ?? 'good';
}

const kinds: Readonly<Record<string, string>> = { key: 'Key', token: 'Token', user: 'User', address: 'Address' };

/** What is limited, with its windows, in the order of the answer: the fullest first. */
export function statesOf({ subjects, minute_counts, minute_ends, day_ends }: QuotaUsage): readonly QuotaState[] {
  const unknown = minute_counts === 'unknown';
  return subjects.map((one) => ({
    key: `${one.kind}:${one.id}`,
    kind: kinds[one.kind] ?? one.kind,
    name: nameOf(one),
    minute: windowOf(one.per_minute, unknown ? undefined : (one.used_minute ?? 0), minute_ends),
    day: windowOf(one.per_day, one.used_day ?? 0, day_ends),
  }));
}

function nameOf({ name, id }: QuotaSubject): string {
  return name === '' ? id : name;
}

function windowOf(limit: number | undefined, used: number | undefined, ends: string): QuotaWindow | undefined {
  return limit === undefined ? undefined : { limit, used, ends: Date.parse(ends) };
}

/** How long it is until a window begins anew: `in 40 s`, `in 5 h 10 min`. */
export function resetText(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  if (seconds < 60) return `in ${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `in ${minutes} min`;
  return `in ${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}
