interface Waiting {
  /** By the clock that never jumps. */
  readonly at: number;
  readonly expire: () => void;
}

/**
 * Deadlines of calls in flight. All of one length share a queue in order of time and one timer, so that a call costs a
 * set entry and not a timer of its own.
 */
export class Deadlines {
  readonly #queues = new Map<number, Set<Waiting>>();

  /** Calls `expire` after so many milliseconds unless the returned function is called before. */
  add(milliseconds: number, expire: () => void): () => void {
    const waiting = { at: performance.now() + milliseconds, expire };
    let queue = this.#queues.get(milliseconds);
    if (queue === undefined) {
      queue = new Set();
      this.#queues.set(milliseconds, queue);
      this.#arm(milliseconds, queue, milliseconds);
    }
    queue.add(waiting);
    return () => queue.delete(waiting);
  }

  #arm(milliseconds: number, queue: Set<Waiting>, wait: number): void {
    setTimeout(() => this.#ring(milliseconds, queue), wait).unref();
  }

  #ring(milliseconds: number, queue: Set<Waiting>): void {
    const now = performance.now();
    for (const waiting of queue) {
      if (waiting.at > now) break;
      queue.delete(waiting);
      waiting.expire();
    }
    const [first] = queue;
    if (first === undefined) this.#queues.delete(milliseconds);
    else this.#arm(milliseconds, queue, Math.max(1, first.at - now));
  }
}
