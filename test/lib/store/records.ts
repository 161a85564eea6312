import type { KeyRecord, KeySecretRecord, TokenRecord, UserRecord } from '../../../lib/store/records.ts';
import type { Store } from '../../../lib/store/store.ts';

/** A user as they are made, with what matters to a test. */
export const aUser = (username: string, more: Partial<UserRecord> = {}): Omit<UserRecord, 'id'> => ({
  username,
  name: `${username} the user`,
  state: 'active',
  created: 1_000,
  ...more,
});

const unlimited = { addresses: [], protocols: [], functions: [] };

export const aKey = (id: string, more: Partial<KeyRecord> = {}): Omit<KeyRecord, 'secrets'> => ({
  id,
  name: `key ${id}`,
  notes: '',
  signing: false,
  ...unlimited,
  created: 1_000,
  ...more,
});

export const aSecret = (hash: string, more: Partial<KeySecretRecord> = {}): Omit<KeySecretRecord, 'id'> => ({
  hash,
  ...more,
});

export const aToken = (userId: number, hash: string, more: Partial<TokenRecord> = {}): Omit<TokenRecord, 'id'> => ({
  hash,
  userId,
  name: 'a token',
  renewing: false,
  ...unlimited,
  created: 1_000,
  ...more,
});

/** By how much some work raises the revision. */
export async function raised(store: Store, work: () => Promise<unknown>): Promise<number> {
  const before = await store.revision();
  await work();
  return (await store.revision()) - before;
}
