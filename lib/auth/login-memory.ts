import { createHmac, randomBytes } from 'node:crypto';

/** Milliseconds that a verified password is remembered. */
const lifetime = 60_000;
const most = 1_000;

interface Verified {
  readonly userId: number;
  readonly until: number;
}

/**
 * Passwords that were right a moment ago, so that HTTP Basic does not hash one with every request. What is kept is a
 * keyed hash whose key never leaves this process; all are forgotten when something about users has changed.
 */
export class LoginMemory {
  readonly #key = randomBytes(32);
  readonly #revision: () => number;
  readonly #known = new Map<string, Verified>();
  #seen: number;

  /** @param revision grows whenever a user may have changed */
  constructor(revision: () => number) {
    this.#revision = revision;
    this.#seen = revision();
  }

  /** The user whose name and password these were within the last minute. */
  find(username: string, password: string, now: number): number | undefined {
    this.#refresh();
    const verified = this.#known.get(this.#digest(username, password));
    if (verified === undefined || now >= verified.until) return undefined;
    return verified.until - now <= lifetime ? verified.userId : undefined; // else the clock was set back
  }

  /** @param revision the one under which the password was found right */
  keep(username: string, password: string, userId: number, now: number, revision: number): void {
    this.#refresh();
    if (revision !== this.#seen) return;
    if (this.#known.size >= most) this.#known.clear();
    this.#known.set(this.#digest(username, password), { userId, until: now + lifetime });
  }

  #refresh(): void {
    const revision = this.#revision();
    if (revision !== this.#seen) this.#known.clear();
    this.#seen = revision;
  }

  #digest(username: string, password: string): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([username.toLowerCase(), password]))
      .digest('base64');
  }
}
