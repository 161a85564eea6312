import { Fault } from '../fault.ts';
import type { CredentialLimits, KeyRecord, KeySecretRecord, Validity } from '../store/records.ts';
import type { Authenticator, Proof } from './authenticator.ts';
import type { Custody } from './custody.ts';
import { checkedLimits } from './key-limits.ts';
import type { UseNotes } from './key-uses.ts';
import { keyProof } from './proof.ts';
import { hashOf, newKeyId, newSecret, sameHash } from './secret.ts';

const form = /^([A-Za-z0-9]{20})\.([A-Za-z0-9_-]{1,200})$/;
/** What the secret of an unknown key is compared with: the hash of nothing that can be sent. */
const noSecrets: readonly KeySecretRecord[] = [{ id: 0, hash: hashOf('') }];
/** Secrets of one key that may be good at the same time. */
const mostSecrets = 5;

/** Client programs by `X-API-Key: <id>.<secret>`. The secrets of signing keys are never to be sent: they are refused. */
export function keyAuthenticator({ directory }: Custody, uses: Pick<UseNotes, 'key'>): Authenticator<string> {
  return {
    name: 'key',
    kind: 'client',
    headers: ['x-api-key'],
    repeatable: true,
    find: ({ headers }) => headers['x-api-key'] as string | undefined, // Node joins several into what is no key
    verify: (found, { now, address }) => {
      const [, id, secret] = form.exec(found) ?? [];
      if (id === undefined || secret === undefined) return undefined;
      const prove = (key: KeyRecord | undefined) => {
        const proof = proofOf(key, hashOf(secret), now);
        if (proof !== undefined) uses.key(id, now, address);
        return proof;
      };
      const key = directory.key(id);
      return key instanceof Promise ? key.then(prove) : prove(key);
    },
  };
}

const counts = ({ validFrom, validUntil }: Validity, now: number): boolean =>
  (validFrom === undefined || validFrom <= now) && (validUntil === undefined || now < validUntil);

function proofOf(key: KeyRecord | undefined, hash: string, now: number): Proof | undefined {
  let matching: KeySecretRecord | undefined;
  for (const secret of key?.secrets ?? noSecrets) {
    if (sameHash(secret.hash, hash) && counts(secret, now)) matching = secret;
  }
  if (key === undefined || matching === undefined || key.revoked !== undefined || key.signing) return undefined;
  return ending(keyProof(key), matching.validUntil);
}

/** A proof that is remembered must not outlive the secret. */
function ending(proof: Proof, until: number | undefined): Proof {
  if (until === undefined) return proof;
  return { ...proof, limits: { ...proof.limits, validUntil: Math.min(until, proof.limits.validUntil ?? until) } };
}

/** Who does something to a credential: for the record of events. */
export interface Doer {
  /** A user name, `cli`. */
  readonly actor?: string | undefined;
  readonly address?: string | undefined;
  readonly requestId?: string | undefined;
}

export interface NewKey extends Partial<CredentialLimits> {
  readonly name: string;
  readonly notes?: string;
  /** Whether it signs requests instead of being sent along: such keys need POLYWIRE_SECRET. */
  readonly signing?: boolean;
  /** The user who may renew it. */
  readonly owner?: number;
}

/** A key with the secret that is shown this once. */
export interface IssuedKey {
  readonly record: KeyRecord;
  readonly secret: string;
}

function newKeySecret({ seal }: Custody, signing: boolean) {
  const secret = newSecret('pwk_');
  return { secret, held: { hash: hashOf(secret), ...(signing ? { sealed: seal.seal(secret) } : {}) } };
}

/**
 * Makes a key.
 * @param now milliseconds since 1970
 * @throws Fault `invalid-params` for limits that are wrong, `unavailable` for a signing key where the site has no secret
 */
export async function createKey(custody: Custody, key: NewKey, now: number, doer: Doer = {}): Promise<IssuedKey> {
  const { name, notes = '', signing = false, owner } = key;
  const limits = checkedLimits(key);
  const { secret, held } = newKeySecret(custody, signing);
  const id = newKeyId();
  const record = await custody.store.keys.create({ ...limits, id, name, notes, signing, owner, created: now }, held);
  custody.event({ ...doer, kind: 'key-created', subject: id });
  return { record, secret };
}

/**
 * Gives a key a new secret; the ones before it still work for some time.
 * @param overlapSeconds that the old secrets still work
 * @param now milliseconds since 1970
 * @returns undefined for keys that do not exist, are revoked or have ended
 * @throws Fault `conflict` where the overlaps of earlier rotations have not ended
 */
export async function rotateKey(
  custody: Custody,
  id: string,
  overlapSeconds: number,
  now: number,
  doer: Doer = {},
): Promise<IssuedKey | undefined> {
  const { store, directory } = custody;
  const key = await store.keys.find(id);
  if (key === undefined || key.revoked !== undefined || now >= (key.validUntil ?? Infinity)) return undefined;
  if (key.secrets.filter(({ validUntil = Infinity }) => now < validUntil).length >= mostSecrets) {
    throw new Fault('conflict', 'Too many secrets of this key still work: wait until the oldest ends', { gate: 'key' });
  }
  const { secret, held } = newKeySecret(custody, key.signing);
  const done = await store.keys.rotate(id, held, now + overlapSeconds * 1_000);
  directory.forget();
  const record = done ? await store.keys.find(id) : undefined;
  if (record === undefined) return undefined;
  custody.event({ ...doer, kind: 'key-rotated', subject: id });
  return { record, secret };
}
