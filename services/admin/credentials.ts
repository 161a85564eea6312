import type { Authenticator, Proof } from '../../lib/auth/authenticator.ts';
import type { Member } from '../../lib/auth/directory.ts';
import type { Chain } from '../../lib/auth/identity.ts';
import { keyProof, userProof } from '../../lib/auth/proof.ts';
import { hashOf } from '../../lib/auth/secret.ts';
import { validityText } from '../../lib/gates/verdicts-caller-reasons.ts';
import type { SupposedCredential } from '../../lib/gates/verdicts-supposition.ts';
import type { CredentialLimits, KeyRecord, TokenRecord, UserRecord, Validity } from '../../lib/store/records.ts';
import { type AdminHouse, missing } from './house.ts';
import { userNamed } from './names.ts';

const counts = ({ validFrom, validUntil }: Validity, now: number): boolean =>
  (validFrom === undefined || validFrom <= now) && (validUntil === undefined || now < validUntil);

function keyFlaw({ custody: { seal } }: AdminHouse, key: KeyRecord, now: number): string | undefined {
  const { id, revoked, signing } = key;
  if (revoked !== undefined) return `The key ${id} was revoked at ${new Date(revoked).toISOString()}`;
  const valid = key.secrets.filter((secret) => counts(secret, now));
  if (valid.length === 0) return `No secret of the key ${id} is valid now`;
  if (!signing || valid.some(({ sealed }) => sealed !== undefined && seal.open(sealed) !== undefined)) return undefined;
  return `POLYWIRE_SECRET as it is here does not open the secret of the key ${id}`;
}

/** A key that is sent along, or one that signs, by the first authenticator of the chain that does. */
export async function keyCredential(
  house: AdminHouse,
  id: string,
  chain: Chain,
  now: number,
): Promise<SupposedCredential> {
  const key = await house.custody.store.keys.find(id);
  if (key === undefined) throw missing('key', 'is no key');
  const signs = chain.find(({ authenticator: { name } }) => name === 'signature' || name === 'oauth1');
  const authenticator = key.signing ? (signs?.authenticator.name ?? 'signature') : 'key';
  return {
    authenticator,
    kind: 'client',
    label: `the key ${id}`,
    authorization: authenticator === 'oauth1',
    proof: keyProof(key),
    flaw: keyFlaw(house, key, now),
  };
}

function memberFlaw({ record }: Member, now: number): string | undefined {
  if (record.state !== 'active') return `The user ${record.username} is ${record.state}`;
  return counts(record, now) ? undefined : `The user ${record.username} is valid ${validityText(record)} only`;
}

/** What would be proven, were the user able to call at all. */
function proofOf({ record, grants }: Member, now: number, limits?: CredentialLimits): Proof {
  const able: UserRecord = { ...record, state: 'active', validFrom: undefined, validUntil: undefined };
  return userProof({ record, grants }, now, limits) ?? (userProof({ record: able, grants }, now, limits) as Proof);
}

async function memberOf({ custody }: AdminHouse, record: UserRecord): Promise<Member> {
  const { roles } = custody.store;
  const known = await roles.list();
  const grants = (await roles.assignments(record.id)).map(({ roleId, context }) => ({
    context,
    capabilities: new Set(known.find((role) => role.id === roleId)?.capabilities ?? []),
  }));
  return { record, grants };
}

async function tokenOf({ custody }: AdminHouse, given: string): Promise<TokenRecord> {
  const { tokens } = custody.store;
  const token = /^[0-9]{1,15}$/.test(given) ? await tokens.find(Number(given)) : await tokens.byHash(hashOf(given));
  if (token === undefined) throw missing('token', 'There is no such token');
  return token;
}

/** @param given the number of a token or its text */
export async function tokenCredential(house: AdminHouse, given: string, now: number): Promise<SupposedCredential> {
  const token = await tokenOf(house, given);
  const { id, serviceId, perMinute, perDay, revoked } = token;
  const user = await house.custody.store.users.find(token.userId);
  if (user === undefined) throw missing('token', 'is of no user');
  const member = await memberOf(house, user);
  const proof = proofOf(member, now, token);
  return {
    authenticator: 'token',
    kind: 'user',
    label: `the token ${id} of ${member.record.username}`,
    authorization: true,
    proof: {
      ...proof,
      subjects: [{ name: `token:${id}`, perMinute, perDay }, ...proof.subjects],
      ...(serviceId !== undefined && { serviceId }),
    },
    flaw:
      revoked === undefined
        ? memberFlaw(member, now)
        : `The token ${id} was revoked at ${new Date(revoked).toISOString()}`,
  };
}

/** Stands for a user who is known by whatever the site takes. */
const someProof: Authenticator = { name: 'user', kind: 'user', find: () => undefined, verify: () => undefined };

/** A user by name, and the chain in which an authenticator knows users: the one that is required, or one that stands for all. */
export async function userCredential(
  house: AdminHouse,
  name: string,
  chain: Chain,
  now: number,
): Promise<{ readonly credential: SupposedCredential; readonly chain: Chain }> {
  const member = await memberOf(house, await userNamed(house, name));
  const required = chain.find(
    ({ authenticator, importance }) =>
      importance === 'required' && authenticator.kind === 'user' && authenticator.name !== 'token',
  );
  return {
    credential: {
      authenticator: (required?.authenticator ?? someProof).name,
      kind: 'user',
      label: `the user ${member.record.username}`,
      proof: proofOf(member, now),
      flaw: memberFlaw(member, now),
    },
    chain: required === undefined ? [...chain, { authenticator: someProof, importance: 'sufficient' }] : chain,
  };
}
