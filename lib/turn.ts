import { Fault } from './fault.ts';

/** Milliseconds of work at a stretch; then everything else that waits has its turn. */
export const turnLength = 10;

/** What waits for a turn, in order. */
const waiting: (() => void)[] = [];

function callNext(): void {
  const next = waiting.shift();
  if (waiting.length > 0) setImmediate(callNext);
  next?.();
}

/**
 * Waits until everything else that waits has had its turn. Of several who wait here one goes on in each round of the event
 * loop, so that many large calls hold others up no longer than one.
 */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(callNext);
  });
}

/** The turns in which the work of one large call is done. */
export class Turn {
  readonly #call: { readonly gone: Fault | undefined };
  readonly #expires: number;
  #began = performance.now();
  #ends: number;

  /**
   * @param call what is set on it once nobody waits for its end any more
   * @param deadline milliseconds that all of its turns together may take
   */
  constructor(call: { readonly gone: Fault | undefined }, deadline = Number.POSITIVE_INFINITY) {
    this.#call = call;
    this.#expires = this.#began + deadline;
    this.#ends = this.#began + turnLength;
  }

  /** Whether others should have their turn. */
  isOver(): boolean {
    return performance.now() >= this.#ends;
  }

  /** Whole milliseconds until the call must have ended, at least one. */
  get left(): number {
    return Math.max(1, Math.ceil(this.#expires - performance.now()));
  }

  /**
   * Lets others have their turn, and goes on.
   * @throws Fault if the caller has gone away or the deadline has passed meanwhile
   */
  async next(): Promise<void> {
    await giveWay();
    this.check();
    this.#began = performance.now();
    this.#ends = this.#began + turnLength;
  }

  /** @throws Fault if the caller has gone away or the deadline has passed */
  check(): void {
    const { gone } = this.#call;
    if (gone !== undefined) throw gone;
    if (performance.now() < this.#expires) return;
    throw new Fault('timeout', 'The function did not answer in time', { gate: 'deadline' });
  }

  /** Adds to this turn what it has taken so far, so that work which must be done again is at most half of it. */
  allow(): void {
    const now = performance.now();
    this.#ends = Math.max(this.#ends, 2 * now - this.#began);
  }
}
