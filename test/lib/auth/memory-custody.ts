import { createHash } from 'node:crypto';
import type { Presented, Proof } from '../../../lib/auth/authenticator.ts';
import type { Custody } from '../../../lib/auth/custody.ts';
import { Directory } from '../../../lib/auth/directory.ts';
import { createMark } from '../../../lib/auth/mark.ts';
import { Passwords } from '../../../lib/auth/password.ts';
import { createSeal } from '../../../lib/auth/seal.ts';
import { type PartialSettings, readSettings } from '../../../lib/settings.ts';
import type { EventRecord, RoleRecord, UserRecord } from '../../../lib/store/records.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';

/** The moment at which these tests take place. */
export const now = 1_700_000_000_000;
export const day = 86_400_000;

/** A custody over a store in memory, with what a test looks at. */
export interface TestCustody extends Custody {
  readonly store: MemoryStore;
  readonly events: Omit<EventRecord, 'time'>[];
}

export function testCustody(
  settings: PartialSettings = {},
  secrets: readonly string[] = ['s'.repeat(32)],
): TestCustody {
  const store = memoryStore();
  const roles: RoleRecord[] = [{ id: 1, name: 'reader', description: '', capabilities: ['user:view'] }];
  const directory = new Directory(store, () => roles);
  store.watch(
    () => directory.forget(),
    () => {},
  );
  const events: Omit<EventRecord, 'time'>[] = [];
  const read = readSettings(settings);
  return {
    store,
    directory,
    settings: () => read,
    seal: createSeal(secrets),
    mark: createMark(secrets),
    event: (event) => void events.push(event),
    events,
  };
}

/** A user of the store, active and for ever if nothing else is said. */
export function addUser({ store }: TestCustody, user: Partial<UserRecord> = {}): Promise<UserRecord> {
  return store.users.create({ username: 'Ana', name: 'Ana', state: 'active', created: now, ...user });
}

/** What an authenticator sees of a request. */
export function presented(headers: Readonly<Record<string, string>>, more: Partial<Presented> = {}): Presented {
  return {
    method: 'POST',
    origin: 'https://api.example.org',
    path: '/rest/test.echo',
    query: '',
    headers,
    rawHeaders: Object.entries(headers).flat(),
    body: Buffer.alloc(0),
    message: undefined,
    address: '192.0.2.7',
    protocol: 'rest',
    requestId: 'r7',
    now,
    ...more,
  };
}

/** Notes no uses. */
export const noUses = { key: () => {}, token: () => {} };

/** Hashes that cost nothing, and how many were computed. */
export function cheapHashes(): { readonly hashes: Passwords; computed: number } {
  const made = {
    computed: 0,
    hashes: new Passwords({
      derive: async (password, salt, length) => {
        made.computed++;
        return createHash('sha512').update(salt).update(password).digest().subarray(0, length);
      },
    }),
  };
  return made;
}

/** What an authenticator makes of a request: its proof, or undefined where it finds or proves nothing. */
export async function proofOf(
  authenticator: { find(request: Presented): unknown; verify(found: never, request: Presented): unknown },
  request: Presented,
): Promise<Proof | undefined> {
  const found = authenticator.find(request);
  return found === undefined ? undefined : ((await authenticator.verify(found as never, request)) as Proof | undefined);
}
