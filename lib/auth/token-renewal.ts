import type { Custody } from './custody.ts';
import { graceEnd, type IssuedToken, replaceToken } from './token-making.ts';

/** A token whose answers bring a fresh one. */
export interface Renewal {
  /** What is to be sent: undefined where another process has sent it. */
  readonly fresh: IssuedToken | undefined;
  /** When the old token ends. */
  readonly until: number;
}

const most = 10_000;

/**
 * Renews tokens, each once: requests that come with the old token while it still works are told the same fresh one.
 * It is known to this process only, and only for as long as the old one works.
 */
class TokenRenewals {
  readonly #custody: Custody;
  readonly #renewals = new Map<string, Promise<Renewal | undefined>>();

  constructor(custody: Custody) {
    this.#custody = custody;
  }

  /**
   * @param hash of the old token
   * @returns undefined for a token that is no more
   */
  renew(hash: string, now: number): Promise<Renewal | undefined> {
    return this.#renewals.get(hash) ?? this.#once(hash, now);
  }

  /** One at a time for each token; one that fails is not remembered. */
  async #once(hash: string, now: number): Promise<Renewal | undefined> {
    const running = this.#begin(hash, now);
    this.#renewals.delete(hash);
    if (this.#renewals.size >= most) this.#renewals.delete(this.#renewals.keys().next().value as string);
    this.#renewals.set(hash, running);
    try {
      const renewal = await running;
      if (renewal?.fresh !== undefined) this.#forgetAfter(hash, renewal.until - now);
      else this.#renewals.delete(hash);
      return renewal;
    } catch (reason) {
      this.#renewals.delete(hash);
      throw reason;
    }
  }

  #forgetAfter(hash: string, delay: number): void {
    setTimeout(() => this.#renewals.delete(hash), Math.min(delay, 2 ** 31 - 1)).unref();
  }

  /** Reads the token anew: another process may have renewed it. */
  async #begin(hash: string, now: number): Promise<Renewal | undefined> {
    const held = await this.#custody.store.tokens.byHash(hash);
    if (held === undefined || held.revoked !== undefined) return undefined;
    if (!held.renewing) return { fresh: undefined, until: held.validUntil ?? Infinity };
    const until = graceEnd(this.#custody, held, now);
    return { fresh: await replaceToken(this.#custody, held, now), until };
  }
}

const renewals = new WeakMap<Custody, TokenRenewals>();

/** The renewals of this process: those that verify tokens and those that revoke them share them. */
export function renewalsOf(custody: Custody): TokenRenewals {
  let known = renewals.get(custody);
  if (known === undefined) {
    known = new TokenRenewals(custody);
    renewals.set(custody, known);
  }
  return known;
}
