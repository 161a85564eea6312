import type { AuditSettings } from '../auth/auth-settings.ts';

/** Milliseconds. */
export const day = 86_400_000;

/** Days that events are kept where no calls are. */
const eventDays = 365;

/** What is removed and where addresses are cut, by the settings. Without records of calls, events are kept all the same. */
export function trimTimes(
  { days, addressDays }: AuditSettings,
  now: number,
): { readonly before: number; readonly eventsBefore: number; readonly cutBefore: number } {
  const eventsBefore = now - (days === 0 ? eventDays : days) * day;
  return { before: now - days * day, eventsBefore, cutBefore: now - addressDays * day };
}
