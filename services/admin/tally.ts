import { t } from '../../lib/builders.ts';
import type { UsageRow } from '../../lib/store/records.ts';

const ms = (description: string) => t.optional(t.float({ description }));

/** What is told of calls that were counted together. */
export const talliedFields = {
  calls: t.int({ description: 'How many there were.' }),
  errors: t.int({ description: 'How many of them did not end well.' }),
  mean: ms('Milliseconds that a call took.'),
  p50: ms('Milliseconds that half of them did not take, within a twentieth.'),
  p95: ms('Milliseconds that 95 of 100 did not take.'),
  p99: ms('Milliseconds that 99 of 100 did not take.'),
  max: ms('Milliseconds of the longest.'),
};

/** The numbers of calls that were counted together. */
export interface Tallied {
  readonly calls: number;
  readonly errors: number;
  readonly mean?: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly max?: number;
}

/** Microseconds are enough. */
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Calls counted together, with how long they took in bins a tenth wide. */
export class Tally {
  calls = 0;
  errors = 0;
  #duration = 0;
  #longest = 0;
  readonly #bins = new Map<number, number>();

  add({ bin, calls, errors, duration, longest }: UsageRow): void {
    this.calls += calls;
    this.errors += errors;
    this.#duration += duration;
    this.#longest = Math.max(this.#longest, longest);
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + calls);
  }

  merge(other: Tally): void {
    this.calls += other.calls;
    this.errors += other.errors;
    this.#duration += other.#duration;
    this.#longest = Math.max(this.#longest, other.#longest);
    for (const [bin, calls] of other.#bins) this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + calls);
  }

  get numbers(): Tallied {
    const { calls, errors } = this;
    if (calls === 0) return { calls, errors };
    const [p50, p95, p99] = this.#percentiles([0.5, 0.95, 0.99]);
    return {
      calls,
      errors,
      mean: rounded(this.#duration / calls),
      p50,
      p95,
      p99,
      max: rounded(this.#longest),
    } as Tallied;
  }

  /** The middle of the bin in which the call of that rank is (nearest rank), and no more than the longest took. */
  #percentiles(parts: readonly number[]): readonly number[] {
    const bins = [...this.#bins].sort(([a], [b]) => a - b);
    return parts.map((part) => {
      const rank = Math.ceil(part * this.calls);
      let passed = 0;
      let found = 0;
      for (const [bin, calls] of bins) {
        found = bin;
        passed += calls;
        if (passed >= rank) break;
      }
      return rounded(Math.min(Math.exp((found + 0.5) / 10), this.#longest));
    });
  }
}
