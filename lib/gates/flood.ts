import { network } from './network.ts';

/** How many addresses are counted apart within a minute; all beyond share one count, so that memory stays bounded. */
const mostAddresses = 100_000;

/** Counts requests per address and minute. */
export class FloodLimit {
  readonly #now: () => number;
  #counts = new Map<string, number>();
  #minute = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Counts a request.
   * @returns 0 if it may pass, else the seconds until the next minute
   */
  hit(address: string, limit: number): number {
    const now = this.#now();
    const minute = Math.floor(now / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#counts = new Map();
    }
    const own = network(address);
    const key = this.#counts.size < mostAddresses || this.#counts.has(own) ? own : '';
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= limit ? 0 : Math.ceil(((minute + 1) * 60_000 - now) / 1_000);
  }
}
