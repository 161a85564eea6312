import type { Worker } from 'node:cluster';
import type { Snapshot } from '../../lib/observe/families.ts';
import type { Peers } from '../../lib/observe/observer.ts';
import { lasting, sum } from '../../lib/observe/sum.ts';

/** What a primary and its workers tell each other so that each of them can answer for all. */
type NumberWord =
  | { readonly polywire: 'numbers-wanted'; readonly round: number }
  | { readonly polywire: 'tell-numbers'; readonly round: number }
  | { readonly polywire: 'own-numbers'; readonly round: number; readonly snapshot: Snapshot }
  | { readonly polywire: 'all-numbers'; readonly round: number; readonly snapshots: readonly Snapshot[] };

/** Milliseconds that a primary waits for its workers; a worker waits for it a little longer. */
const patience = 2_000;
const longerPatience = 4_000;

/** A worker's side: it tells its numbers when it is asked, and asks for those of all. */
export function workerPeers(): Peers {
  const waiting = new Map<number, (snapshots: readonly Snapshot[]) => void>();
  let rounds = 0;
  const tell = (word: NumberWord): void => void process.send?.(word, undefined, undefined, () => {});
  return {
    offer: (snapshot) => {
      process.on('message', (word: NumberWord | undefined | null) => {
        if (word?.polywire === 'all-numbers') waiting.get(word.round)?.(word.snapshots);
        if (word?.polywire !== 'tell-numbers') return;
        const { round } = word;
        snapshot().then(
          (own) => tell({ polywire: 'own-numbers', round, snapshot: own }),
          () => {},
        );
      });
    },
    all: () =>
      new Promise((resolve, reject) => {
        const round = ++rounds;
        const settle = (end: () => void): void => {
          clearTimeout(late);
          waiting.delete(round);
          end();
        };
        // wrong numbers would be worse than none: a sum that falls reads as a restart of everything
        const late = setTimeout(
          () => settle(() => reject(new Error('the primary process does not tell the numbers of the workers'))),
          longerPatience,
        );
        waiting.set(round, (snapshots) => settle(() => resolve(snapshots)));
        tell({ polywire: 'numbers-wanted', round });
      }),
  };
}

/** The primary's side: the last numbers of every worker, and what has been counted by those that are no more. */
export class Ledger {
  readonly #told = new Map<Worker, Snapshot>();
  readonly #crew = new Set<Worker>();
  #departed: Promise<Snapshot> = Promise.resolve([]);
  #round = 0;
  #missing = new Set<Worker>();
  #complete: () => void = () => {};
  #gathering: Promise<void> | undefined;

  joined(worker: Worker): void {
    this.#crew.add(worker);
  }

  /** What a worker has counted, as far as it was told, stays in the sums. */
  gone(worker: Worker): void {
    const told = this.#told.get(worker);
    this.#crew.delete(worker);
    this.#told.delete(worker);
    this.#answered(worker);
    if (told === undefined) return;
    // functions can send words of their own: none of them may end the primary
    this.#departed = this.#departed.then((before) => sum([before, lasting(told)]).catch(() => before));
  }

  hear(worker: Worker, word: { readonly polywire?: unknown } | undefined | null): void {
    const { polywire, round, snapshot } = (word ?? {}) as Partial<NumberWord & { readonly snapshot: Snapshot }>;
    if (polywire === 'numbers-wanted' && round !== undefined) void this.#answer(worker, round);
    if (polywire !== 'own-numbers' || snapshot === undefined || !this.#crew.has(worker)) return;
    this.#told.set(worker, snapshot);
    if (round === this.#round) this.#answered(worker);
  }

  async #answer(worker: Worker, round: number): Promise<void> {
    this.#gathering ??= this.#gather();
    await this.#gathering;
    const snapshots = [...this.#told.values(), await this.#departed];
    say(worker, { polywire: 'all-numbers', round, snapshots });
  }

  /** Asks all, and waits for those who answer; of the others the numbers from before count. */
  async #gather(): Promise<void> {
    const round = ++this.#round;
    this.#missing = new Set(this.#crew);
    const complete = new Promise<void>((resolve) => {
      this.#complete = resolve;
    });
    for (const worker of this.#crew) say(worker, { polywire: 'tell-numbers', round });
    const late = setTimeout(this.#complete, patience);
    await complete;
    clearTimeout(late);
    this.#gathering = undefined;
  }

  #answered(worker: Worker): void {
    if (this.#missing.delete(worker) && this.#missing.size === 0) this.#complete();
  }
}

/** A worker that is about to end hears nothing any more. */
function say(worker: Worker, word: NumberWord): void {
  if (worker.isConnected()) worker.send(word, () => {});
}
