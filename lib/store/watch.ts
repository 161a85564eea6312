/** Milliseconds between two looks. */
const interval = 1_000;
/** Milliseconds after which a look that is not answered is a problem. */
const patience = 2_000;

export interface WatchParts {
  readonly read: () => Promise<number>;
  /** Where the database tells of changes by itself. */
  readonly listen: ((heard: () => void) => () => void) | undefined;
  readonly onChange: (revision: number) => void;
  readonly onProblem: (reason: unknown) => void;
}

/**
 * Looks at the revision again and again, and at once when the database tells of a change.
 * @returns what stops it
 */
export function watchRevision(parts: WatchParts): () => void {
  const watch = new Watch(parts);
  const deafen = parts.listen?.(() => watch.look());
  watch.look();
  return () => {
    deafen?.();
    watch.stop();
  };
}

class Watch {
  readonly #parts: WatchParts;
  #seen: number | undefined;
  #away = false;
  #looking = false;
  #again = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** Looks now; if that is going on already, once more afterwards. */
  look(): void {
    this.#again = this.#looking;
    if (!this.#looking && !this.#stopped) void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    this.#looking = true;
    clearTimeout(this.#timer);
    try {
      const revision = await inTime(this.#parts.read());
      if (!this.#stopped) this.#found(revision);
    } catch (reason) {
      if (!this.#stopped) this.#missed(reason);
    }
    this.#looking = false;
    if (this.#stopped) return;
    if (this.#again) this.look();
    else this.#timer = setTimeout(() => this.look(), interval).unref();
  }

  #found(revision: number): void {
    if (revision === this.#seen && !this.#away) return;
    this.#seen = revision;
    this.#away = false;
    this.#parts.onChange(revision);
  }

  #missed(reason: unknown): void {
    if (this.#away) return;
    this.#away = true;
    this.#parts.onProblem(reason);
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience).unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
