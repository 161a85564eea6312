/** A count that grows in place, so that a call costs one look into the map. */
export interface Count {
  value: number;
}

/** How far a time may lie behind the latest one, in milliseconds, without the clock having been set back by more than a little. */
const slack = 120_000;

/**
 * Counts of one window in the memory of this process. Subjects beyond the bound share one count with all of their sort:
 * memory stays bounded and nobody gets more than the limit.
 */
export class MemoryCounts {
  readonly #length: number;
  readonly #most: number;
  #counts = new Map<string, Count>();
  #latest = 0;
  #index = 0;

  /**
   * @param length milliseconds of a window
   * @param most subjects that are counted apart
   */
  constructor(length: number, most = 100_000) {
    this.#length = length;
    this.#most = most;
  }

  /**
   * Begins the window of a time, unless it has begun. A time that lies a little behind is counted in the window of the
   * latest one, so that a clock that is put right brings no forgotten counts back and forgets none of now; a clock that
   * was set back further is followed, or nobody would be counted anew until it has caught up.
   * @returns the number of the window
   */
  enter(now: number): number {
    if (now > this.#latest || now < this.#latest - slack) {
      this.#latest = now;
      const index = Math.floor(now / this.#length);
      if (index !== this.#index) {
        this.#index = index;
        this.#counts = new Map();
      }
    }
    return this.#index;
  }

  /** The number of the window that is being counted. */
  get index(): number {
    return this.#index;
  }

  /** Whole seconds until the next window, at least 1. */
  get left(): number {
    return Math.ceil(((this.#index + 1) * this.#length - this.#latest) / 1_000);
  }

  /** The count of a subject, or the one that it shares. */
  of(name: string): Count {
    const known = this.#counts.get(name);
    if (known !== undefined) return known;
    return this.#counts.size < this.#most ? this.#add(name) : this.#shared(sortOf(name));
  }

  /** The count that is certain for a subject of its own: 0 if it has none. */
  known(name: string): number {
    return this.#counts.get(name)?.value ?? 0;
  }

  /** All counts of the window of a time, which does not begin by that; none where another window is counted. */
  at(now: number): ReadonlyMap<string, number> {
    if (Math.floor(now / this.#length) !== this.#index) return new Map();
    return new Map([...this.#counts].map(([name, { value }]) => [name, value]));
  }

  /** Notes what others have counted for a subject, as long as there is room for it. */
  note(name: string, value: number): void {
    const count = this.#counts.get(name) ?? (this.#counts.size < this.#most ? this.#add(name) : undefined);
    if (count !== undefined && count.value < value) count.value = value;
  }

  #shared(sort: string): Count {
    return this.#counts.get(sort) ?? this.#add(sort);
  }

  #add(name: string): Count {
    const count = { value: 0 };
    this.#counts.set(name, count);
    return count;
  }
}

/** `key` of `key:<id>`. */
export function sortOf(name: string): string {
  const end = name.indexOf(':');
  return end < 0 ? name : name.slice(0, end);
}
