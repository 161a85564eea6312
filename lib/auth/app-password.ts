import type { AppPasswordRecord, Validity } from '../store/records.ts';
import type { Custody } from './custody.ts';
import type { Doer } from './key.ts';
import { checkedLimits } from './key-limits.ts';
import { hashOf, newSecret } from './secret.ts';

/** An app password with its text, which is shown this once. */
export interface IssuedAppPassword {
  readonly record: AppPasswordRecord;
  readonly secret: string;
}

/**
 * Makes a password for one application of a user (WS-Security), so that the user's own password is never in a message.
 * @param now milliseconds since 1970
 * @throws Fault `unavailable` where the site has no secret, `invalid-params` for an end before the beginning
 */
export async function createAppPassword(
  { store, seal, event }: Custody,
  { userId, name, validFrom, validUntil }: Validity & Pick<AppPasswordRecord, 'userId' | 'name'>,
  now: number,
  doer: Doer = {},
): Promise<IssuedAppPassword> {
  checkedLimits({ validFrom, validUntil });
  const secret = newSecret('pwa_');
  const held = { hash: hashOf(secret), sealed: seal.seal(secret), created: now };
  const record = await store.appPasswords.create({ ...held, userId, name, validFrom, validUntil });
  event({ ...doer, kind: 'app-password-created', subject: String(record.id) });
  return { record, secret };
}
