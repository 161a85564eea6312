import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/**
 * What secrets begin with, so that people and scanners of leaked secrets know them: keys, tokens, sessions, their CSRF
 * tokens, app passwords, and invitations to administer.
 */
export type SecretPrefix = 'pwk_' | 'pwt_' | 'pws_' | 'pwc_' | 'pwa_' | 'pwi_';

/** A new secret: 192 random bits as text that needs no escaping anywhere. */
export function newSecret(prefix: SecretPrefix): string {
  return prefix + randomBytes(24).toString('base64url');
}

/** Our secrets, or most of one, and JSON Web Tokens, in the middle of something else. */
const secrets = /pw[ktscai]_[A-Za-z0-9_-]{12,}|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_.-]+/g;

/** What a caller has chosen freely, without the secrets that were put there by mistake: fit to be written down. */
export function withoutSecrets(text: string): string {
  return text.slice(0, 1_000).replace(secrets, '(secret)');
}

const idCharacters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new public id of a key: 20 letters and digits. */
export function newKeyId(): string {
  return Array.from({ length: 20 }, () => idCharacters[randomInt(idCharacters.length)]).join('');
}

/** SHA-256 in hex: secrets of full entropy need no slow hash. */
export function hashOf(secret: string): string {
  return hash('sha256', secret);
}

/** Whether two hashes are the same, in a time that does not tell how much of them is. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
