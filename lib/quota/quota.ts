import type { QuotaLimits } from '../store/records.ts';

/** Whose calls are counted, and how many there may be. */
export interface QuotaSubject extends QuotaLimits {
  /** `key:<id>`, `token:<id>`, `user:<id>`, `address:<address>`. */
  readonly name: string;
}

/** How the tightest of the per-minute limits stands after a call: what RateLimit headers tell. */
export interface QuotaState {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window begins anew. */
  readonly reset: number;
}

/** Counts calls against limits. */
export interface Quota {
  /**
   * Counts a call for each subject.
   * @param weight how many calls this one counts as
   * @param now milliseconds since 1970
   * @returns without a promise where only counts in memory are asked; undefined where nothing is limited
   * @throws Fault `rate-limited` or `quota-exceeded` with `retryAfter`; `unavailable` where a strict count cannot be had
   */
  take(
    subjects: readonly QuotaSubject[],
    weight: number,
    now: number,
  ): QuotaState | undefined | Promise<QuotaState | undefined>;
  /** What this process knows to have been counted for each subject in the minute of `now`. */
  minutes(now: number): ReadonlyMap<string, number>;
}
