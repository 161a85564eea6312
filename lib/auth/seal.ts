import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Fault } from '../fault.ts';
import type { Seal } from './custody.ts';

const version = 'v1';
const nonceLength = 12;
const tagLength = 16;
const shortest = 32;

interface SealKey {
  /** Tells which of the site's secrets sealed a text, and nothing about the secret. */
  readonly id: string;
  readonly key: Buffer;
}

/** The secrets in the value of `POLYWIRE_SECRET`, separated by commas or white space. */
export function secretsIn(value: string | undefined): readonly string[] {
  return (value ?? '').split(/[\s,]+/).filter((secret) => secret !== '');
}

/** HKDF (RFC 5869): one secret gives a key and an id that have nothing to do with one another. */
function keyOf(secret: string): SealKey {
  const part = (purpose: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `polywire seal ${version} ${purpose}`, length));
  return { id: part('id', 6).toString('base64url'), key: part('key', 32) };
}

/**
 * Seals texts by AES-256-GCM (NIST SP 800-38D).
 * @param secrets the first encrypts, all decrypt; at least 32 characters each
 * @throws TypeError for secrets that are too short
 */
export function createSeal(secrets: readonly string[]): Seal {
  if (secrets.some((secret) => secret.length < shortest)) {
    throw new TypeError(`Each secret in POLYWIRE_SECRET must have at least ${shortest} characters`);
  }
  const keys = secrets.map(keyOf);
  const [first] = keys;
  return {
    able: first !== undefined,
    seal: (text) => {
      if (first === undefined) {
        throw new Fault('unavailable', 'This server cannot keep secrets that it needs back: set POLYWIRE_SECRET', {
          gate: 'seal',
        });
      }
      return encrypt(text, first);
    },
    open: (sealed) => decrypt(sealed, keys),
  };
}

function encrypt(text: string, { id, key }: SealKey): string {
  const nonce = randomBytes(nonceLength);
  const head = `${version}.${id}`;
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(head));
  const bytes = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${head}.${bytes.toString('base64url')}`;
}

function decrypt(sealed: string, keys: readonly SealKey[]): string | undefined {
  const [form, id, data = '', ...rest] = sealed.split('.');
  const known = keys.find((key) => key.id === id);
  const bytes = Buffer.from(data, 'base64url');
  if (form !== version || known === undefined || rest.length > 0 || bytes.toString('base64url') !== data)
    return undefined;
  if (bytes.length < nonceLength + tagLength) return undefined;
  const nonce = bytes.subarray(0, nonceLength);
  try {
    const decipher = createDecipheriv('aes-256-gcm', known.key, nonce, { authTagLength: tagLength })
      .setAAD(Buffer.from(`${version}.${id}`))
      .setAuthTag(bytes.subarray(-tagLength));
    return decipher.update(bytes.subarray(nonceLength, -tagLength), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined; // GCM says only that it was not sealed like this
  }
}
