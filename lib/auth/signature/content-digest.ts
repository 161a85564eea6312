import { createHash, timingSafeEqual } from 'node:crypto';
import { isInnerList, readDictionary } from './structured-fields.ts';

/** The algorithms of RFC 9530 §5 that are good for something, by their names in Node. */
const algorithms = new Map([
  ['sha-256', 'sha256'],
  ['sha-512', 'sha512'],
]);

/**
 * Whether a Content-Digest (RFC 9530 §2) fits a body: all digests in it that we know, and at least one.
 * @param header all values of the header, joined by commas
 */
export function contentDigestFits(header: string, body: Uint8Array): boolean {
  const digests = readDictionary(header);
  if (digests === undefined) return false;
  let fitting = 0;
  for (const [name, member] of digests) {
    const algorithm = algorithms.get(name);
    if (algorithm === undefined) continue;
    if (isInnerList(member) || !(member.value instanceof Buffer)) return false;
    const digest = createHash(algorithm).update(body).digest();
    if (digest.length !== member.value.length || !timingSafeEqual(digest, member.value)) return false;
    fitting++;
  }
  return fitting > 0;
}

/** Makes a Content-Digest. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}
