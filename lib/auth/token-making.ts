import type { CredentialLimits, TokenRecord } from '../store/records.ts';
import type { Custody } from './custody.ts';
import type { Doer } from './key.ts';
import { checkedLimits } from './key-limits.ts';
import { hashOf, newSecret } from './secret.ts';

export interface NewToken extends Partial<CredentialLimits> {
  readonly userId: number;
  readonly name: string;
  readonly serviceId?: number | undefined;
  /** Whether every answer brings a fresh one. */
  readonly renewing?: boolean;
}

/** A token with its text, which is shown this once. */
export interface IssuedToken {
  readonly record: TokenRecord;
  readonly secret: string;
}

/**
 * Makes a token of a user.
 * @param now milliseconds since 1970
 * @throws Fault `invalid-params` for limits that are wrong
 */
export async function createToken(
  custody: Custody,
  token: NewToken,
  now: number,
  doer: Doer = {},
): Promise<IssuedToken> {
  const { userId, name, serviceId, renewing = false } = token;
  const limits = checkedLimits(token);
  const secret = newSecret('pwt_');
  const hash = hashOf(secret);
  const record = await custody.store.tokens.create({
    ...limits,
    hash,
    userId,
    name,
    serviceId,
    renewing,
    created: now,
  });
  custody.event({ ...doer, kind: 'token-created', subject: String(record.id) });
  return { record, secret };
}

/**
 * Puts a fresh token in the place of one: it lives as long as that one was made for.
 * @param now milliseconds since 1970
 * @returns undefined where the old one is no more
 */
export async function replaceToken(custody: Custody, old: TokenRecord, now: number): Promise<IssuedToken | undefined> {
  const { id, validFrom, validUntil, renewing } = old;
  const secret = newSecret('pwt_');
  const lifetime = validUntil === undefined ? undefined : validUntil - (validFrom ?? old.created);
  const ends = lifetime === undefined ? {} : { validUntil: now + lifetime };
  const fresh = { ...ends, renewing, hash: hashOf(secret), created: now };
  const record = await custody.store.tokens.renew(id, fresh, graceEnd(custody, old, now));
  return record && { record, secret };
}

/** When a token ends that is renewed now: not before the call that it came with has passed. */
export function graceEnd({ settings }: Custody, { validUntil }: TokenRecord, now: number): number {
  const grace = Math.max(settings().logins.renewalGrace * 1_000, 1);
  return Math.min(now + grace, validUntil ?? Infinity);
}
