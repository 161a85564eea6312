import type { QuotaUsage, QuotaWindow } from './contract.ts';

/** How near a limit is. */
export type Nearness = 'good' | 'warn' | 'bad';

/** From which share on a limit is near. */
const near = 0.8;

/** How near a limit is. */
export function nearnessOf({ used, limit }: QuotaWindow): Nearness {
  if (used >= limit) return 'bad';
  return used >= near * limit ? 'warn' : 'good';
}

/** How full the fuller of both windows is. */
export function fullness({ minute, day }: QuotaUsage): number {
  return Math.max(
    ...[minute, day].map((window) => (window === undefined ? 0 : window.used / Math.max(1, window.limit))),
  );
}

/** The fullest first; those that are equal by their names. */
export function fullestFirst(quotas: readonly QuotaUsage[]): readonly QuotaUsage[] {
  return quotas.toSorted((a, b) => fullness(b) - fullness(a) || (a.subject < b.subject ? -1 : 1));
}

const kinds: Readonly<Record<string, string>> = {
  key: 'Key',
  token: 'Token',
  user: 'User',
  address: 'Address',
};

/** What sort of thing a limit is on, and what it is called. */
export function subjectOf({ subject, label }: QuotaUsage): { readonly kind: string; readonly name: string } {
  const colon = subject.indexOf(':');
  const kind = kinds[subject.slice(0, colon)] ?? subject.slice(0, colon);
  return { kind, name: label === undefined || label === '' ? subject.slice(colon + 1) : label };
}

/** When a window begins anew, in words: `in 40 s`, `in 5 h 10 min`. */
export function resetText(seconds: number): string {
  if (seconds < 60) return `in ${Math.max(0, Math.ceil(seconds))} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `in ${minutes} min`;
  return `in ${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}
