import type { Settings } from '../settings.ts';
import { Limiter } from './limiter.ts';
import type { Quota } from './quota.ts';
import { type SharedCounters, SharedCounts } from './shared-counts.ts';
import { day, minute } from './window.ts';

/** What calls are counted with. */
export interface QuotaParts {
  readonly settings: () => Pick<Settings, 'quotas'>;
  /** Counts per minute of several workers or nodes (the store's, or Redis); left out, they are this process's own. */
  readonly perMinute?: SharedCounters | undefined;
  /** Counts per day: the store's. Left out where a site has none, they are this process's own. */
  readonly perDay?: SharedCounters | undefined;
  /** Hears once of each outage of shared counts. */
  readonly onProblem?: (reason: unknown) => void;
  /** Subjects that are counted apart in memory, 100,000 if left out. */
  readonly most?: number;
}

/**
 * Counts calls per minute and per day of UTC, in fixed windows. Minutes come first for all subjects, so that a call
 * refused there costs nobody's day; of several daily quotas, those before the one that refuses stay counted. A shared
 * count that cannot be had refuses the call where quotas are strict; else this process counts alone with the same limit.
 */
export function createQuota({ settings, perMinute, perDay, onProblem = () => {}, most }: QuotaParts): Quota {
  const strict = () => settings().quotas.strict;
  const shared = (counters: SharedCounters | undefined) => counters && new SharedCounts(counters, onProblem);
  const minutes = new Limiter(minute, { shared: shared(perMinute), strict, most });
  const days = new Limiter(day, { shared: shared(perDay), strict, most });
  return {
    minutes: (now) => minutes.counted(now),
    take: (subjects, weight, now) => {
      const state = minutes.take(subjects, weight, now);
      if (state instanceof Promise) {
        return state.then(async (known) => {
          await days.take(subjects, weight, now);
          return known;
        });
      }
      const counted = days.take(subjects, weight, now);
      return counted instanceof Promise ? counted.then(() => state) : state;
    },
  };
}
