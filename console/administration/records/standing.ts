/** What decides whether something counts now, as records have it. */
export interface Counted {
  readonly revoked?: string;
  readonly valid_from?: string;
  readonly valid_until?: string;
  /** Of users. */
  readonly state?: string;
  /** Of services. */
  readonly enabled?: boolean;
}

/** Whether something counts now, in a word. */
export interface Standing {
  readonly tone: 'good' | 'warn' | 'bad' | 'off';
  readonly word: string;
  /** Whether it works now. */
  readonly works: boolean;
}

const day = 86_400_000;
/** Within so many days of its end something is about to end. */
const soon = 14;

/** Units with their sizes, each from how much time on it is used. */
const units: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, size: number, from: number])[] = [
  ['year', 365.25 * day, 700 * day],
  ['month', 30.44 * day, 100 * day],
  ['day', day, 1.5 * day],
  ['hour', 3_600_000, 5_400_000],
  ['minute', 60_000, 60_000],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** How far a moment is from now: `in 3 days`, `2 hours ago`. */
export function distance(moment: string, now: number): string {
  const away = Date.parse(moment) - now;
  for (const [unit, size, from] of units) {
    if (Math.abs(away) >= from) return relative.format(Math.round(away / size), unit);
  }
  return away < 0 ? 'just now' : 'in a moment';
}

const states: Readonly<Record<string, Standing>> = {
  suspended: { tone: 'bad', word: 'Suspended', works: false },
  unconfirmed: { tone: 'warn', word: 'Unconfirmed', works: false },
};

/** Whether something counts now: revoked, ended, not begun, about to end, or simply active. */
export function standingOf(record: Counted, now: number): Standing {
  const { revoked, valid_from: from, valid_until: until, state, enabled } = record;
  if (revoked !== undefined) return { tone: 'off', word: 'Revoked', works: false };
  const told = state === undefined ? undefined : states[state];
  if (told !== undefined) return told;
  if (enabled === false) return { tone: 'off', word: 'Disabled', works: false };
  if (until !== undefined && Date.parse(until) <= now) return { tone: 'bad', word: 'Ended', works: false };
  if (from !== undefined && Date.parse(from) > now)
    return { tone: 'warn', word: `Begins ${distance(from, now)}`, works: false };
  if (until === undefined) return { tone: 'good', word: enabled === true ? 'Enabled' : 'Active', works: true };
  const near = Date.parse(until) - now < soon * day;
  return { tone: near ? 'warn' : 'good', word: `Ends ${distance(until, now)}`, works: true };
}

/** How many calls something may make, in words. */
export function quotaText(perMinute: number | undefined, perDay: number | undefined): string {
  const limits = [...(perMinute ? [`${perMinute} a minute`] : []), ...(perDay ? [`${perDay} a day`] : [])];
  if (limits.length > 0) return limits.join(', ');
  return perMinute === 0 || perDay === 0 ? 'not limited' : 'as the settings say';
}
