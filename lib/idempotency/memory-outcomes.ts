import { Fault } from '../fault.ts';
import type { Outcomes } from '../store/store.ts';

interface Entry {
  readonly args: string;
  readonly expires: number;
  outcome: string | undefined;
}

export interface MemoryOutcomesLimits {
  /** Keys that are kept at once. */
  readonly keys?: number;
  /** Characters that all outcomes may have together. */
  readonly characters?: number;
  readonly now?: () => number;
}

/**
 * Outcomes in the memory of the process, for sites without a database. When there is no room the call is refused before it
 * begins: to forget an outcome would be to carry its call out twice.
 */
export function memoryOutcomes({
  keys = 100_000,
  characters = 64 * 1_048_576,
  now = Date.now,
}: MemoryOutcomesLimits = {}): Outcomes {
  const entries = new Map<string, Entry>();
  let used = 0;
  const forget = (scope: string): void => {
    used -= entries.get(scope)?.outcome?.length ?? 0;
    entries.delete(scope);
  };
  /** All are kept equally long, so the oldest are the first to go. */
  const sweep = (): void => {
    const at = now();
    for (const [scope, { expires }] of entries) {
      if (expires > at) return;
      forget(scope);
    }
  };
  return {
    begin: async (scope, args, expires) => {
      sweep();
      const held = entries.get(scope);
      if (held !== undefined) return { args: held.args, outcome: held.outcome };
      if (entries.size >= keys || used >= characters) {
        throw new Fault('unavailable', 'No more Idempotency-Keys can be kept now', { gate: 'idempotency' });
      }
      entries.set(scope, { args, expires, outcome: undefined });
      return undefined;
    },
    finish: async (scope, outcome) => {
      const entry = entries.get(scope);
      if (entry === undefined || entry.outcome !== undefined) return;
      entry.outcome = outcome;
      used += outcome.length;
    },
    abandon: async (scope) => {
      if (entries.get(scope)?.outcome === undefined) entries.delete(scope);
    },
  };
}
