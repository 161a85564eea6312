import { Fault } from '../../../lib/fault.ts';
import type { SharedCounters } from '../../../lib/quota/shared-counts.ts';

/** Counts as a store has them, which a test can take away. */
export interface FakeCounters extends SharedCounters {
  away: boolean;
  /** Names that were asked for, in order. */
  readonly asked: string[];
  readonly counts: Map<string, number>;
  /** Runs while a count is being asked for. */
  meanwhile: (() => Promise<void>) | undefined;
}

export function fakeCounters(): FakeCounters {
  const counters: FakeCounters = {
    away: false,
    asked: [],
    counts: new Map(),
    meanwhile: undefined,
    take: async (name, amount, limit, expires) => {
      counters.asked.push(name);
      await counters.meanwhile?.();
      if (counters.away) throw new Fault('unavailable', 'The store is away');
      if (!(expires > 0)) throw new Error('a count must expire');
      const held = counters.counts.get(name) ?? 0;
      const taken = held + amount <= limit;
      if (taken) counters.counts.set(name, held + amount);
      return { taken, count: taken ? held + amount : held };
    },
  };
  return counters;
}
