import { randomBytes } from 'node:crypto';
import type { Settings } from '../../settings.ts';
import type { KeyRecord, Validity } from '../../store/records.ts';
import type { Presented, Proof } from '../authenticator.ts';
import type { Custody, Seal } from '../custody.ts';
import type { UseNotes } from '../key-uses.ts';
import { keyProof } from '../proof.ts';

/** Milliseconds that the clocks of callers may differ from ours (DESIGN §8). */
export const signatureWindow = 300_000;

/** Milliseconds that nonces are kept beyond their window, for clocks of processes that share a store. */
const nonceMargin = 60_000;

/** What every scheme of signed requests comes to, once its own form has been read. */
export interface SignedRequest {
  /** The scheme's name: nonces of one scheme are not those of another. */
  readonly scheme: string;
  readonly keyId: string;
  /** When the caller says that it signed, in milliseconds since 1970. */
  readonly created: number;
  readonly nonce: string;
  /** Milliseconds that `created` may be away from `now`, either way; `signatureWindow` if left out. */
  readonly window?: number;
  /** The call, with its time in milliseconds since 1970. */
  readonly call: Pick<Presented, 'now' | 'address'>;
  /** Whether the request was signed with this secret. */
  check(secret: string): boolean;
}

/**
 * Proves the key that signed a request: the time first, then the signature under each secret that is valid, then the
 * nonce. A stranger can neither learn which keys there are nor use up the nonces of others.
 * @returns undefined for requests that are too old, too new, badly signed, or have been seen before
 * @param uses where the use of the key is noted
 * @throws Fault `unavailable` where the store cannot tell
 */
export async function verifySigned(
  custody: Custody,
  request: SignedRequest,
  uses?: Pick<UseNotes, 'key'>,
): Promise<Proof | undefined> {
  const { scheme, keyId, created, nonce, window = signatureWindow } = request;
  const { now, address } = request.call;
  if (!(Math.abs(now - created) <= window) || !/^[\w-]{1,64}$/.test(keyId)) return undefined;
  const key = await custody.directory.key(keyId);
  const secrets = secretsOf(key, custody.seal, now);
  let signed = false;
  for (const secret of secrets ?? decoyOf(custody.seal)) signed = request.check(secret) || signed;
  if (!signed || key === undefined || secrets === undefined) return undefined;
  if (!(await isFirstUse(custody, `${scheme}:${key.id}`, { nonce, created, window }))) return undefined;
  uses?.key(key.id, now, address);
  return keyProof(key);
}

/**
 * Notes a nonce for as long as its request could be repeated.
 * @returns false if it has been seen before
 * @throws Fault `unavailable` where the store cannot tell
 */
export function isFirstUse(
  { store }: Custody,
  scope: string,
  { nonce, created, window = signatureWindow }: Pick<SignedRequest, 'nonce' | 'created' | 'window'>,
): Promise<boolean> {
  return store.nonces.use(scope, nonce, created + window + nonceMargin);
}

/** The secrets by which a key may sign now; undefined if there is none. */
function secretsOf(key: KeyRecord | undefined, seal: Seal, now: number): readonly string[] | undefined {
  if (key === undefined || !key.signing || key.revoked !== undefined) return undefined;
  const secrets = key.secrets
    .filter((secret) => isValid(secret, now))
    .flatMap(({ sealed }) => (sealed === undefined ? [] : (seal.open(sealed) ?? [])))
    .filter((secret) => secret !== '');
  return secrets.length === 0 ? undefined : secrets;
}

/** From `validFrom`, included, until `validUntil`, excluded. */
export function isValid({ validFrom = -Infinity, validUntil = Infinity }: Validity, now: number): boolean {
  return validFrom <= now && now < validUntil;
}

const decoys = new WeakMap<Seal, string>();

/** A secret that nobody has, opened as others are: unknown keys take the time that known ones take. */
export function decoyOf(seal: Seal): readonly [string] {
  let decoy = decoys.get(seal);
  if (decoy === undefined) {
    const secret = randomBytes(32).toString('hex');
    decoy = seal.able ? seal.seal(secret) : secret;
    decoys.set(seal, decoy);
  }
  return [(seal.able ? seal.open(decoy) : undefined) ?? decoy];
}

/** The origins that a caller may have signed for: the one it addressed, and the public one, which a proxy may have replaced. */
export function signedOrigins({ origin }: Presented, { publicUrl }: Settings): readonly string[] {
  return publicUrl === undefined ? [origin] : [...new Set([origin, new URL(publicUrl).origin])];
}
