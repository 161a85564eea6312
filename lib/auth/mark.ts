import { createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Stands for a name that is not to be written down: the same for the same name. */
export type Mark = (name: string) => string;

const keyLength = 32;

/**
 * Marks of names that nobody has, which may be passwords in the wrong field: HMAC-SHA-256 under a key of the site, so that
 * no word list finds them. Whoever has the secret of the site can still try words.
 * @param secrets of the site: the first makes the key (HKDF, RFC 5869); without any it is random, and this process's own
 */
export function createMark([secret]: readonly string[]): Mark {
  const key =
    secret === undefined
      ? randomBytes(keyLength)
      : Buffer.from(hkdfSync('sha256', secret, '', 'polywire mark v1', keyLength));
  return (name) => createHmac('sha256', key).update(name.toLowerCase()).digest('hex').slice(0, 16);
}
