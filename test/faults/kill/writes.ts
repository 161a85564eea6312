import type { PartialSettings } from '../../../lib/settings.ts';
import type { Store } from '../../../lib/store/store.ts';
import { aKey, aSecret, aToken, aUser } from '../../lib/store/records.ts';

/** When the first secret and the first token of a group end, once there is another. */
export const overlap = 2_000_000_000_000;

/** The names of what a group of writes makes. */
export const namesOf = (group: number) => ({
  user: `user-${group}`,
  context: `/group/${group}`,
  token: `token-${group}`,
  fresh: `fresh-${group}`,
  key: `key${String(group).padStart(17, '0')}`,
  secrets: [`first-${group}`, `second-${group}`] as const,
  service: `service-${group}`,
  fn: `group.f${group}`,
});

/** Who and what is there before the first group. */
export interface Seed {
  readonly userId: number;
  readonly roleId: number;
}

interface Ids {
  userId: number;
  tokenId: number;
}

type Write = (store: Store, seed: Seed, group: number, ids: Ids) => Promise<unknown>;

/** What a change of settings makes of them: two members that belong together. */
const withGroup = (held: PartialSettings, group: number): PartialSettings => ({
  ...held,
  enabledwsfunctions: [...(held.enabledwsfunctions ?? []), namesOf(group).fn],
  namespace: `urn:${namesOf(group).fn}`,
});

/** The writes of a group, in their order: each begins when the one before is acknowledged. */
export const writes = {
  user: async (store, _seed, group, ids) => {
    ids.userId = (await store.users.create(aUser(namesOf(group).user))).id;
  },
  assignment: (store, { roleId }, group, { userId }) =>
    store.roles.assign({ userId, roleId, context: namesOf(group).context }),
  token: async (store, _seed, group, ids) => {
    ids.tokenId = (await store.tokens.create(aToken(ids.userId, namesOf(group).token))).id;
  },
  renewal: (store, _seed, group, { userId, tokenId }) =>
    store.tokens.renew(tokenId, aToken(userId, namesOf(group).fresh), overlap),
  key: (store, _seed, group, { userId }) =>
    store.keys.create(aKey(namesOf(group).key, { owner: userId }), aSecret(namesOf(group).secrets[0])),
  rotation: (store, _seed, group) => store.keys.rotate(namesOf(group).key, aSecret(namesOf(group).secrets[1]), overlap),
  service: (store, seed, group, { userId }) => {
    const users = [seed.userId, userId].map((id) => ({ userId: id, addresses: ['10.0.0.1'] }));
    const { service: name } = namesOf(group);
    return store.services.create({ name, description: '', enabled: true, restricted: true, functions: ['a.*'], users });
  },
  settings: (store, _seed, group) => store.settings.update((held) => withGroup(held, group)),
  revocation: (store, _seed, group) => store.keys.update(namesOf(group).key, { revoked: overlap, notes: 'revoked' }),
  suspension: (store, _seed, _group, { userId }) =>
    store.users.update(userId, { state: 'suspended', name: 'suspended' }),
} as const satisfies Record<string, Write>;

export type WriteName = keyof typeof writes;
/** Their names, in their order. */
export const writeNames = Object.keys(writes) as readonly WriteName[];

/** Those that others must notice, so that each raises the revision by one. */
export const published: ReadonlySet<WriteName> = new Set(
  writeNames.filter((name) => name !== 'token' && name !== 'key'),
);

/** Carries the writes of a group out, one after the other. */
export async function writeGroup(
  store: Store,
  seed: Seed,
  group: number,
  acknowledge: (name: WriteName) => void,
): Promise<void> {
  const ids: Ids = { userId: 0, tokenId: 0 };
  for (const name of writeNames) {
    await writes[name](store, seed, group, ids);
    acknowledge(name);
  }
}
