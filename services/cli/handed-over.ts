import type { Worker } from 'node:cluster';

/** What the primary of node:cluster says to a worker with a connection for it. */
interface Handing {
  readonly act?: unknown;
  readonly seq?: unknown;
}

interface Handle {
  close(): void;
}

/**
 * The connections that the primary has handed to a worker and the worker has not taken yet. Node forgets those of a worker
 * that dies, and their callers would wait for ever; here they go on to another one.
 */
export class HandedOver {
  readonly #process: Worker['process'];
  readonly #waiting = new Map<unknown, Handle>();

  constructor({ process }: Worker) {
    this.#process = process;
    const send = process.send as (...words: unknown[]) => boolean;
    const noting = (...words: unknown[]): boolean => {
      const [word, handle] = words as [Handing | undefined, Handle | undefined];
      if (word?.act === 'newconn' && handle !== undefined) this.#waiting.set(word.seq, handle);
      return send.apply(process, words);
    };
    process.send = noting as typeof process.send;
    process.on('internalMessage', ({ ack }: { readonly ack?: unknown }) => this.#waiting.delete(ack));
  }

  /**
   * Passes on what a worker that has died did not take.
   * @param others whether there is one that takes it
   */
  passOn(others: boolean): void {
    for (const [seq, handle] of [...this.#waiting]) {
      // what a worker says that does not take a connection: Node then gives it to the next one
      if (others) this.#process.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack: seq, accepted: false }, undefined);
      else handle.close();
    }
    this.#waiting.clear();
  }
}
