import type { CredentialLimits, KeyRecord, UserRecord } from '../store/records.ts';
import type { Proof } from './authenticator.ts';
import type { Member } from './directory.ts';

const keyProofs = new WeakMap<KeyRecord, Proof>();

/** What a proven key says: the program, what the key may be used for, and its count. The same for the same record. */
export function keyProof(key: KeyRecord): Proof {
  let proof = keyProofs.get(key);
  if (proof === undefined) {
    const { id, name, perMinute, perDay } = key;
    proof = { client: { id, name }, limits: key, subjects: [{ name: `key:${id}`, perMinute, perDay }] };
    keyProofs.set(key, proof);
  }
  return proof;
}

/** Limits that allow everything. */
const unlimited: CredentialLimits = { addresses: [], protocols: [], functions: [] };

/** Whether a moment lies in a user's validity: from `validFrom`, included, until `validUntil`, excluded. */
function isValid({ validFrom, validUntil }: UserRecord, now: number): boolean {
  return (validFrom === undefined || validFrom <= now) && (validUntil === undefined || now < validUntil);
}

/** Limits that end no later than the user does, and begin no earlier: a proof that is remembered must end in time. */
function within(limits: CredentialLimits, { validFrom, validUntil }: UserRecord): CredentialLimits {
  if (validFrom === undefined && validUntil === undefined) return limits;
  return {
    ...limits,
    validFrom: chosen(Math.max, limits.validFrom, validFrom),
    validUntil: chosen(Math.min, limits.validUntil, validUntil),
  };
}

function chosen(choose: typeof Math.min, one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : choose(one, other);
}

/**
 * What a proven user says: the person, what the roles allow, and the count.
 * @param now milliseconds since 1970
 * @param limits of the credential itself
 * @returns undefined for users who are suspended, unconfirmed, not valid yet or not any more
 */
export function userProof({ record, grants }: Member, now: number, limits = unlimited): Proof | undefined {
  if (record.state !== 'active' || !isValid(record, now)) return undefined;
  const { id, username, perMinute, perDay, addresses = [] } = record;
  return {
    user: { id: String(id), username },
    limits: within(limits, record),
    ...(addresses.length > 0 && { addresses }),
    grants,
    subjects: [{ name: `user:${id}`, perMinute, perDay }],
  };
}
