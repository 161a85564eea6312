import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Fault } from '../fault.ts';

/** Bytes of a password at most: whoever sends more wants us to work. */
const longest = 1_024;
const saltLength = 16;
const hashLength = 32;
/** The cost of new hashes: N = 2^15, r = 8, p = 1, which takes 32 MiB. */
const cost = { log2N: 15, r: 8, p: 1 } as const;
const form = /^scrypt\$([1-9][0-9]?)\$([1-9][0-9]?)\$([1-9][0-9]?)\$([A-Za-z0-9_-]{8,128})\$([A-Za-z0-9_-]{22,128})$/;

interface Cost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

interface StoredHash extends Cost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** scrypt (RFC 7914) as Node has it. */
type Derive = (password: string, salt: Buffer, length: number, options: ScryptOptions) => Promise<Buffer>;

const deriveByScrypt = promisify(scrypt) as Derive;

/** Reads the text form; undefined for anything else and for costs that would take more than a server has. */
function parse(text: string): StoredHash | undefined {
  const [, log2N, r, p, salt = '', hash = ''] = form.exec(text) ?? [];
  const read = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  if (!(read.log2N <= 20 && read.r <= 16 && read.p <= 16)) return undefined;
  return { ...read, salt: Buffer.from(salt, 'base64url'), hash: Buffer.from(hash, 'base64url') };
}

/** Whether a password is longer than any is allowed to be. */
export function isTooLong(password: string): boolean {
  return Buffer.byteLength(password) > longest;
}

/** Whether a stored hash has another cost than new ones have. */
export function needsRehash(stored: string): boolean {
  const read = parse(stored);
  return read === undefined || read.log2N !== cost.log2N || read.r !== cost.r || read.p !== cost.p;
}

/** Where the hashing of passwords waits its turn, so that logging in never takes the whole machine. */
export class Passwords {
  readonly #derive: Derive;
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /**
   * @param atOnce hashes that are computed at the same time
   * @param mostWaiting hashes that wait for that at most
   */
  constructor({ atOnce = 2, mostWaiting = 100, derive = deriveByScrypt } = {}) {
    this.#atOnce = atOnce;
    this.#mostWaiting = mostWaiting;
    this.#derive = derive;
  }

  /**
   * Hashes a password for the store.
   * @throws Fault `invalid-params` for one that is empty or longer than 1,024 bytes, `unavailable` where too many wait
   */
  async hash(password: string): Promise<string> {
    if (password === '' || isTooLong(password)) {
      throw new Fault('invalid-params', `A password has 1 to ${longest} bytes`, { gate: 'password' });
    }
    const salt = randomBytes(saltLength);
    const hash = await this.#compute(password, { ...cost, salt }, hashLength);
    return ['scrypt', cost.log2N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
  }

  /**
   * Whether a password is the one that was hashed. It is computed even where there is nothing to compare with, so that
   * how long it takes does not tell whether there is such a user.
   * @throws Fault `unavailable` where too many wait
   */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    if (isTooLong(password)) return false;
    const held = stored === undefined ? undefined : parse(stored);
    const against = held ?? { ...cost, salt: Buffer.alloc(saltLength), hash: Buffer.alloc(hashLength) };
    const hash = await this.#compute(password, against, against.hash.length);
    return timingSafeEqual(hash, against.hash) && held !== undefined;
  }

  async #compute(password: string, { log2N, r, p, salt }: Cost & { readonly salt: Buffer }, length: number) {
    await this.#turn();
    try {
      const N = 2 ** log2N;
      // Unicode has several spellings of one text: RFC 8265 §4.2 takes NFC
      return await this.#derive(password.normalize('NFC'), salt, length, {
        N,
        r,
        p,
        maxmem: 128 * r * (N + p + 2) + 4_096,
      });
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  /** Waits until a hash may be computed; the place of one that is done goes to the next. */
  #turn(): Promise<void> | undefined {
    if (this.#running < this.#atOnce) {
      this.#running++;
      return undefined;
    }
    if (this.#waiting.length >= this.#mostWaiting) {
      throw new Fault('unavailable', 'Too many are logging in: try again soon', { retryAfter: 5, gate: 'password' });
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** The one queue of this process. */
export const passwords = new Passwords();

/**
 * Hashes a password for the store, in this process's queue.
 * @throws Fault `invalid-params` for one that is empty or longer than 1,024 bytes, `unavailable` where too many wait
 */
export function hashPassword(password: string): Promise<string> {
  return passwords.hash(password);
}
