import type { Presented } from '../../../../lib/auth/authenticator.ts';
import type { Custody } from '../../../../lib/auth/custody.ts';
import { Directory } from '../../../../lib/auth/directory.ts';
import { createMark } from '../../../../lib/auth/mark.ts';
import { createSeal } from '../../../../lib/auth/seal.ts';
import { hashOf } from '../../../../lib/auth/secret.ts';
import { type PartialSettings, readSettings } from '../../../../lib/settings.ts';
import type { KeyRecord, KeySecretRecord, UserRecord } from '../../../../lib/store/records.ts';
import { type MemoryStore, memoryStore } from '../memory-store.ts';

/** The time of every test: 2026-03-01T12:00:00Z. */
export const noon = Date.UTC(2026, 2, 1, 12);
export const keyId = 'abcdefghij0123456789';
export const secret = 'pwk_a secret with % and ü';

/** What authenticators stand on, in memory. */
export interface House extends Custody {
  readonly store: MemoryStore;
}

export function house(settings: PartialSettings = {}): House {
  const store = memoryStore();
  const directory = new Directory(store, () => []);
  const seal = createSeal(['a secret of the site that is long enough']);
  const read = readSettings(settings);
  return { store, directory, seal, mark: createMark([]), settings: () => read, event: () => {} };
}

type NewSecret = Omit<KeySecretRecord, 'id'>;

export function secretOf({ seal }: House, text: string, validity: Partial<NewSecret> = {}): NewSecret {
  return { hash: hashOf(text), sealed: seal.seal(text), ...validity };
}

const plainKey = {
  id: keyId,
  name: 'Import',
  notes: '',
  signing: true,
  created: 0,
  addresses: [],
  protocols: [],
  functions: [],
};

/** Puts a signing key into the store. */
export function putKey(at: House, change: Partial<KeyRecord> = {}, first = secretOf(at, secret)): Promise<KeyRecord> {
  return at.store.keys.create({ ...plainKey, ...change }, first);
}

/** A house with one signing key. */
export async function signingHouse(settings: PartialSettings = {}): Promise<House> {
  const made = house(settings);
  await putKey(made);
  return made;
}

/** Puts a user into the store. */
export function putUser({ store }: House, change: Partial<UserRecord> = {}): Promise<UserRecord> {
  return store.users.create({ username: 'ana', name: 'Ana', state: 'active', created: 0, ...change });
}

/** A request as authenticators see it; headers are given as they came. */
export function presented(
  change: Partial<Omit<Presented, 'headers' | 'body'>> & { readonly body?: string | Buffer } = {},
): Presented {
  const { rawHeaders = [], body = '', ...rest } = change;
  const headers: Record<string, string> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = [rawHeaders[i]?.toLowerCase(), rawHeaders[i + 1]];
    const first = name === 'authorization' || name === 'content-type'; // of these Node keeps the first alone
    if (headers[name] === undefined) headers[name] = value;
    else if (!first) headers[name] += `, ${value}`;
  }
  return {
    method: 'POST',
    origin: 'https://api.example.org',
    path: '/jsonrpc',
    query: '',
    message: undefined,
    address: '192.0.2.1',
    protocol: 'jsonrpc',
    requestId: 'r1',
    now: noon,
    ...rest,
    headers,
    rawHeaders,
    body: Buffer.from(body),
  };
}
