import type { Counters } from '../store/store.ts';

/** Counts that several processes share. */
export type SharedCounters = Pick<Counters, 'take'>;

type Tally = Awaited<ReturnType<Counters['take']>>;

/**
 * Asks for counts that live elsewhere and may be out of reach. While they are, one call at a time tries whether they are
 * back and the others do not wait.
 */
export class SharedCounts {
  readonly #counters: SharedCounters;
  readonly #onProblem: (reason: unknown) => void;
  #down = false;
  #trying = false;

  /** @param onProblem hears of each outage once */
  constructor(counters: SharedCounters, onProblem: (reason: unknown) => void) {
    this.#counters = counters;
    this.#onProblem = onProblem;
  }

  /** As `Counters.take`; undefined if the count cannot be had now. */
  async take(name: string, amount: number, limit: number, expires: number): Promise<Tally | undefined> {
    if (this.#down && this.#trying) return undefined;
    const trying = this.#down;
    if (trying) this.#trying = true;
    try {
      const tally = await this.#counters.take(name, amount, limit, expires);
      this.#down = false;
      return tally;
    } catch (reason) {
      if (!this.#down) this.#onProblem(reason);
      this.#down = true;
      return undefined;
    } finally {
      if (trying) this.#trying = false;
    }
  }
}
