import type { Custody } from '../../lib/auth/custody.ts';
import type { Member } from '../../lib/auth/directory.ts';
import { type Attempt, logIn } from '../../lib/auth/login.ts';
import { hashOf } from '../../lib/auth/secret.ts';
import { t } from '../../lib/builders.ts';
import { Fault } from '../../lib/fault.ts';
import type { TokenRecord } from '../../lib/store/records.ts';

/** A token as its user gets it, once. */
export const IssuedToken = t.object('IssuedToken', {
  token: t.string({ sensitive: true, description: 'To be sent as `Authorization: Bearer`. It is shown this once.' }),
  expires: t.optional(t.datetime({ description: 'When it ends; absent where it does not.' })),
});

/** The parameter that names a token by its text. */
export const tokenParam = t.string({ min: 1, max: 256, sensitive: true, description: 'The token itself.' });

/** What a user logs in by. */
export const loginParams = {
  username: t.string({ min: 1, max: 256 }),
  password: t.string({ min: 1, max: 1_024, sensitive: true }),
};

/**
 * The user whom a name and a password are of.
 * @throws Fault `invalid-credentials`, and as `logIn`
 */
export async function loggedIn(custody: Custody, attempt: Attempt): Promise<Member> {
  const member = await logIn(custody, attempt);
  if (member !== undefined) return member;
  throw new Fault('invalid-credentials', 'The credentials are not accepted', { gate: 'login' });
}

/** A moment as results have it. */
export function dateOf(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}

/** What a handler knows of its call and events tell. */
interface Doing {
  readonly requestId: string;
  readonly user: { readonly username: string } | undefined;
  readonly address: string;
}

/** Who does it, for the record of events. */
export function doerOf(call: Doing) {
  return { actor: call.user?.username, address: call.address, requestId: call.requestId };
}

/**
 * The user's own token that a text is.
 * @throws Fault `forbidden` for what is no token, or not this user's
 */
export async function ownToken({ store }: Custody, text: string, userId: string): Promise<TokenRecord> {
  const record = await store.tokens.byHash(hashOf(text));
  if (record !== undefined && String(record.userId) === userId) return record;
  throw new Fault('forbidden', 'This is not a token of yours', { gate: 'own-token' });
}
