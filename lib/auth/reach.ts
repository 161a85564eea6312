import type { CredentialLimits } from '../store/records.ts';
import type { Proof } from './authenticator.ts';

/** What a key or a token is good for. */
export interface Reach extends CredentialLimits {
  readonly serviceId?: number | undefined;
}

/**
 * Whether a proven credential allows all that another would, when it ends aside: by renewing nobody gets more than the
 * credential has that asks for it. Keys and tokens have no scopes, so whoever is narrowed by scopes reaches none.
 */
export function reaches({ limits, scopes, serviceId }: Proof, other: Reach): boolean {
  return (
    scopes === undefined &&
    (serviceId === undefined || serviceId === other.serviceId) &&
    isWithin(other.addresses, limits.addresses) &&
    isWithin(other.protocols, limits.protocols) &&
    isWithin(other.functions, limits.functions) &&
    isAtMost(other.perMinute, limits.perMinute) &&
    isAtMost(other.perDay, limits.perDay)
  );
}

/** Entry by entry, as they are written; an empty list is everything. */
function isWithin(entries: readonly string[], list: readonly string[]): boolean {
  return list.length === 0 || (entries.length > 0 && entries.every((entry) => list.includes(entry)));
}

/** 0 is no limit. */
function isAtMost(count = 0, limit = 0): boolean {
  return limit === 0 || (count > 0 && count <= limit);
}
