import { isAddressRange } from '../gates/address.ts';
import { Issues } from '../issues.ts';
import type { CredentialLimits } from '../store/records.ts';

/**
 * Fills in what a key or token does not limit, and checks what it does: a range that nobody can read must not be found
 * out by the caller.
 * @throws Fault `invalid-params` naming each wrong limit
 */
export function checkedLimits(given: Partial<CredentialLimits>): CredentialLimits {
  const { addresses = [], protocols = [], functions = [], validFrom, validUntil, perMinute, perDay } = given;
  const limits = { addresses, protocols, functions, validFrom, validUntil, perMinute, perDay };
  const issues = new Issues();
  issues.collect(() => noteProblems(limits, issues));
  if (issues.list.length > 0) throw issues.fault('invalid-params', 'The limits are wrong');
  return limits;
}

function noteProblems({ addresses, validFrom, validUntil, perMinute, perDay }: CredentialLimits, issues: Issues): void {
  for (const [index, entry] of addresses.entries()) {
    if (!isAddressRange(entry)) issues.add('format', 'must be an address or a range', `addresses/${index}`);
  }
  if (validFrom !== undefined && validUntil !== undefined && validFrom >= validUntil) {
    issues.add('range', 'must be after validFrom', 'validUntil');
  }
  for (const [name, limit = 0] of Object.entries({ perMinute, perDay })) {
    if (!Number.isSafeInteger(limit) || limit < 0) issues.add('range', 'must be a whole number', name);
  }
}
