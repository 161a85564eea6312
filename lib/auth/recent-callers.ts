import { network } from '../gates/network.ts';
import type { Claim } from './login.ts';

/** Milliseconds that somebody who was right is taken for one who will be again. */
const lifetime = 60_000;
const most = 1_000;

/**
 * Who has proven a moment ago to be somebody, and from where: callers who do so with every call are not counted each time
 * as if they were guessing. It decides about counting alone; whatever they send is checked all the same.
 */
export class RecentCallers {
  readonly #until = new Map<string, number>();

  has(claim: Claim): boolean {
    const until = this.#until.get(nameOf(claim)) ?? 0;
    return claim.now < until && until - claim.now <= lifetime; // else the clock was set back
  }

  keep(claim: Claim): void {
    if (this.#until.size >= most) this.#until.clear();
    this.#until.set(nameOf(claim), claim.now + lifetime);
  }

  forget(claim: Claim): void {
    this.#until.delete(nameOf(claim));
  }
}

const nameOf = ({ username, address }: Claim): string => `${network(address)} ${username.toLowerCase()}`;
