import { Fault } from '../fault.ts';
import { MemoryCounts, sortOf } from './memory-counts.ts';
import type { QuotaState, QuotaSubject } from './quota.ts';
import type { SharedCounts } from './shared-counts.ts';
import type { Window } from './window.ts';

interface LimiterParts {
  /** Counts shared with other processes; left out, this process counts alone. */
  readonly shared: SharedCounts | undefined;
  /** Whether a call is refused whose shared count cannot be had. */
  readonly strict: () => boolean;
  /** Subjects that are counted apart in memory. */
  readonly most?: number | undefined;
}

/**
 * Limits calls within windows of one length. What is known of shared counts is remembered until the window ends: who is
 * known to have had enough is refused without asking, and in an outage this process goes on counting from there.
 */
export class Limiter {
  readonly #window: Window;
  readonly #shared: SharedCounts | undefined;
  readonly #strict: () => boolean;
  readonly #counts: MemoryCounts;

  constructor(window: Window, { shared, strict, most }: LimiterParts) {
    this.#window = window;
    this.#shared = shared;
    this.#strict = strict;
    this.#counts = new MemoryCounts(window.length, most);
  }

  /**
   * Counts a call for each subject that this window limits. In memory it is counted for all or none; a shared count that
   * refuses leaves those asked before it counted.
   * @param now milliseconds since 1970
   * @throws Fault of the window, `unavailable`
   */
  take(
    subjects: readonly QuotaSubject[],
    weight: number,
    now: number,
  ): QuotaState | undefined | Promise<QuotaState | undefined> {
    if (!this.#limits(subjects)) return undefined;
    const index = this.#counts.enter(now);
    if (this.#shared !== undefined) return this.#ask(this.#shared, subjects, weight, index);
    return this.#count(subjects, weight);
  }

  /** What is known to have been counted for each subject in the window of `now`. */
  counted(now: number): ReadonlyMap<string, number> {
    return this.#counts.at(now);
  }

  #limits(subjects: readonly QuotaSubject[]): boolean {
    for (const subject of subjects) if (subject[this.#window.limit] !== undefined) return true;
    return false;
  }

  #count(subjects: readonly QuotaSubject[], weight: number): QuotaState | undefined {
    for (const subject of subjects) {
      const limit = subject[this.#window.limit];
      if (limit !== undefined && this.#counts.of(subject.name).value + weight > limit)
        throw this.#refusal(subject, limit);
    }
    let state: QuotaState | undefined;
    for (const subject of subjects) {
      const limit = subject[this.#window.limit];
      if (limit !== undefined) state = this.#tighter(state, limit, this.#add(subject, weight, limit));
    }
    return state;
  }

  /** Counts in memory. */
  #add(subject: QuotaSubject, weight: number, limit: number): number {
    const count = this.#counts.of(subject.name);
    if (count.value + weight > limit) throw this.#refusal(subject, limit);
    count.value += weight;
    return count.value;
  }

  async #ask(
    shared: SharedCounts,
    subjects: readonly QuotaSubject[],
    weight: number,
    index: number,
  ): Promise<QuotaState | undefined> {
    for (const subject of subjects) {
      const limit = subject[this.#window.limit];
      if (limit !== undefined && this.#counts.known(subject.name) + weight > limit) throw this.#refusal(subject, limit);
    }
    let state: QuotaState | undefined;
    for (const subject of subjects) {
      const limit = subject[this.#window.limit];
      if (limit !== undefined) {
        state = this.#tighter(state, limit, await this.#askFor(shared, subject, weight, limit, index));
      }
    }
    return state;
  }

  async #askFor(
    shared: SharedCounts,
    subject: QuotaSubject,
    weight: number,
    limit: number,
    index: number,
  ): Promise<number> {
    const { name, length } = this.#window;
    const expires = (index + 1) * length + longer; // else a process whose clock is behind would find the count forgotten
    const tally = await shared.take(`${name}:${subject.name}:${index}`, weight, limit, expires);
    if (tally === undefined) return this.#alone(subject, weight, limit);
    this.#note(subject.name, index, tally.taken ? tally.count : limit - weight + 1);
    if (!tally.taken) throw this.#refusal(subject, limit);
    return tally.count;
  }

  /** What an answer says of a window that has ended in the meantime counts no more. */
  #note(name: string, index: number, count: number): void {
    if (this.#counts.index === index) this.#counts.note(name, count);
  }

  #alone(subject: QuotaSubject, weight: number, limit: number): number {
    if (!this.#strict()) return this.#add(subject, weight, limit);
    throw new Fault('unavailable', 'Calls cannot be counted now', { gate: gateOf(subject), retryAfter: 1 });
  }

  #tighter(state: QuotaState | undefined, limit: number, count: number): QuotaState {
    const remaining = limit - count;
    if (state !== undefined && state.remaining <= remaining) return state;
    return { limit, remaining, reset: this.#counts.left };
  }

  #refusal(subject: QuotaSubject, limit: number): Fault {
    const { name, code } = this.#window;
    return new Fault(code, `The limit of ${limit} calls a ${name} is used up`, {
      gate: gateOf(subject),
      retryAfter: this.#counts.left,
    });
  }
}

/** Milliseconds that shared counts are kept beyond their window. */
const longer = 3_600_000;

const gateOf = ({ name }: QuotaSubject): string => `quota:${sortOf(name)}`;
