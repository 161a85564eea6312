import type { Store } from '../store/store.ts';

interface Use {
  readonly at: number;
  readonly address: string;
}

/** Credentials that are noted between two writes at most; what is beyond is noted with its next use. */
const most = 10_000;
const interval = 1_000;

/** Uses of one sort of credential that wait to be written: the latest of each. */
class Pending<Id> {
  readonly #uses = new Map<Id, Use>();

  get size(): number {
    return this.#uses.size;
  }

  note(id: Id, at: number, address: string): void {
    if (this.#uses.size < most || this.#uses.has(id)) this.#uses.set(id, { at, address });
  }

  /** Hands all over; those that cannot be written wait again, unless there are later ones. */
  async flush(touch: (uses: readonly (Use & { readonly id: Id })[]) => Promise<void>): Promise<void> {
    if (this.#uses.size === 0) return;
    const uses = [...this.#uses].map(([id, use]) => ({ id, ...use }));
    this.#uses.clear();
    try {
      await touch(uses);
    } catch {
      for (const { id, at, address } of uses) if (!this.#uses.has(id)) this.note(id, at, address);
    }
  }
}

/** Notes when keys and tokens were last used and from where: off the way of the call, many at once, never failing. */
export class UseNotes {
  readonly #store: Pick<Store, 'keys' | 'tokens'>;
  readonly #keys = new Pending<string>();
  readonly #tokens = new Pending<number>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(store: Pick<Store, 'keys' | 'tokens'>) {
    this.#store = store;
  }

  /** @param at milliseconds since 1970 */
  key(id: string, at: number, address: string): void {
    this.#keys.note(id, at, address);
    this.#wake();
  }

  /** @param at milliseconds since 1970 */
  token(id: number, at: number, address: string): void {
    this.#tokens.note(id, at, address);
    this.#wake();
  }

  /** Writes what waits now. */
  async flush(): Promise<void> {
    await this.#keys.flush((uses) => this.#store.keys.touch(uses));
    await this.#tokens.flush((uses) => this.#store.tokens.touch(uses));
  }

  /** Writes what waits, for the last time. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.flush();
  }

  #wake(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => void this.#tick(), interval).unref();
  }

  async #tick(): Promise<void> {
    await this.flush();
    this.#timer = undefined;
    if (this.#keys.size + this.#tokens.size > 0) this.#wake();
  }
}
