/** What waits to be written, in its order: beyond the bound the oldest are dropped and counted. */
export class BoundedQueue<T> {
  readonly #most: number;
  readonly #items: T[] = [];
  #dropped = 0;
  #droppedEver = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#items.length;
  }

  add(items: readonly T[]): void {
    for (const item of items) this.#items.push(item);
    this.#trim();
  }

  /** Puts back what was taken and could not be written. */
  putBack(items: readonly T[]): void {
    this.#items.unshift(...items);
    this.#trim();
  }

  take(count: number): readonly T[] {
    return this.#items.splice(0, count);
  }

  /** Counts what was given up. */
  drop(count: number): void {
    this.#dropped += count;
    this.#droppedEver += count;
  }

  /** How many have ever been dropped. */
  get dropped(): number {
    return this.#droppedEver;
  }

  /** How many have been dropped since this was last asked. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  #trim(): void {
    const excess = this.#items.length - this.#most;
    if (excess > 0) this.drop(this.#items.splice(0, excess).length);
  }
}
