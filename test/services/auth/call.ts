import type { LoginSettings } from '../../../lib/auth/auth-settings.ts';
import type { Presented, Proof } from '../../../lib/auth/authenticator.ts';
import { type Identity, nobody } from '../../../lib/auth/identity.ts';
import { hashPassword } from '../../../lib/auth/password.ts';
import { userProof } from '../../../lib/auth/proof.ts';
import { tokenAuthenticator } from '../../../lib/auth/token.ts';
import { createCatalog } from '../../../lib/catalog.ts';
import { Deadlines } from '../../../lib/deadline.ts';
import { openScope, run } from '../../../lib/pipeline.ts';
import { readSettings } from '../../../lib/settings.ts';
import { createSite } from '../../../lib/site.ts';
import type { UserRecord } from '../../../lib/store/records.ts';
import { authFunctions } from '../../../services/auth/index.ts';
import { addUser, presented, type TestCustody, testCustody } from '../../lib/auth/memory-custody.ts';

/** The identity that proofs add up to. */
export function identityOf(...proofs: readonly (Proof | undefined)[]): Identity {
  const proven = proofs.filter((proof) => proof !== undefined);
  const { client } = proven.find((proof) => proof.client !== undefined) ?? {};
  const { user, grants = [] } = proven.find((proof) => proof.user !== undefined) ?? {};
  return { ...nobody, client, user, grants, proofs: proven };
}

/** The result of a call of one of the functions about credentials, through all gates. */
export async function call(
  custody: TestCustody,
  name: string,
  params: object,
  identity: Identity = nobody,
): Promise<never> {
  const functions = authFunctions(custody);
  const settings = readSettings({ enabledwsfunctions: functions.map((fn) => fn.name) });
  const site = createSite(createCatalog(functions), settings);
  const scope = openScope({ site, protocol: { name: 'rest' }, requestId: 'r1', deadlines: new Deadlines(), identity });
  const outcome = await run({ name, read: () => ({ ...params }) }, scope, { write: (_, value: unknown) => value });
  if (!outcome.ok) throw outcome.fault;
  return outcome.written as never;
}

/** A custody with one user, whose password is `right`. */
export async function withUser(user: Partial<UserRecord> = {}, logins: Partial<LoginSettings> = {}) {
  const custody = testCustody({ logins });
  const record = await addUser(custody, { password: await passwordHash, ...user });
  return { custody, record };
}

const passwordHash = hashPassword('right');

/** The identity of a user of the store. */
export async function identityOfUser(custody: TestCustody, id: number): Promise<Identity> {
  const member = await custody.directory.user(id);
  return identityOf(member && userProof(member, Date.now()));
}

/** The identity that a token proves now; undefined if it proves none. */
export async function identityByToken(custody: TestCustody, token: string): Promise<Identity | undefined> {
  const authenticator = tokenAuthenticator(custody, { token: () => {} });
  const request: Presented = presented({ authorization: `Bearer ${token}` }, { now: Date.now() });
  const proof = await authenticator.verify(token, request);
  return proof && identityOf(proof);
}
