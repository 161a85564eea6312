import type { Custody } from '../../lib/auth/custody.ts';
import { userProof } from '../../lib/auth/proof.ts';
import type { RoleRecord, UserRecord } from '../../lib/store/records.ts';
import type { Store } from '../../lib/store/store.ts';
import { type AdminCall, type AdminHouse, conflict } from './house.ts';

/** Whoever has this role in `/` is an administrator; somebody always is. */
export const administratorRole = 'administrator';

/**
 * Nobody gives what they have not got: else a right over passwords or roles would be a right to everything.
 * @throws Fault `forbidden`
 */
export function mayGive(call: AdminCall, { capabilities }: Pick<RoleRecord, 'capabilities'>, context: string): void {
  for (const capability of capabilities) call.require(capability, context);
}

/**
 * Who may act in a user's place or take a user's account over must be able to do all that the user is.
 * @throws Fault `forbidden`
 */
export async function outranks({ custody }: AdminHouse, call: AdminCall, { id }: UserRecord): Promise<void> {
  const { roles } = custody.store;
  const held = await roles.assignments(id);
  if (held.length === 0) return;
  const known = await roles.list();
  for (const { roleId, context } of held) {
    const role = known.find((one) => one.id === roleId);
    if (role !== undefined) mayGive(call, role, context);
  }
}

/** Whether a user is one who can call at all. */
export function isUsable(record: UserRecord, now: number): boolean {
  return userProof({ record, grants: [] }, now) !== undefined;
}

/**
 * Refuses to take the last administrator away.
 * @throws Fault `conflict`
 */
export async function anotherAdministrator({ custody }: AdminHouse, user: UserRecord): Promise<void> {
  const { roles, users } = custody.store;
  const role = (await roles.list()).find(({ name }) => name === administratorRole);
  if (role === undefined) return;
  if (!(await administers(user, role, roles))) return;
  for (const one of await users.list()) if (one.id !== user.id && (await administers(one, role, roles))) return;
  throw conflict(`${user.username} is the last administrator`);
}

async function administers(user: UserRecord, role: RoleRecord, roles: Store['roles']): Promise<boolean> {
  if (!isUsable(user, Date.now())) return false;
  return (await roles.assignments(user.id)).some(({ roleId, context }) => roleId === role.id && context === '/');
}

const administered = new WeakMap<Custody, { readonly revision: number; readonly answer: Promise<boolean> }>();

/** Whether anybody administers the site; looked up once for each revision of the store, since anybody may ask. */
export function hasAdministrator(custody: Custody): Promise<boolean> {
  const { revision } = custody.directory;
  const known = administered.get(custody);
  if (known?.revision === revision) return known.answer;
  const answer = findAdministrator(custody.store);
  administered.set(custody, { revision, answer });
  answer.catch(() => administered.delete(custody));
  return answer;
}

/** Whether anybody administers the site now. */
export function findAdministrator({ setups }: Pick<Store, 'setups'>): Promise<boolean> {
  return setups.isHeld(administratorRole, Date.now());
}

const turns = new WeakMap<AdminHouse, Promise<unknown>>();

/** Does one such change after the other: two at once would each take the other's administrator for the one who stays. */
export function inTurn<T>(house: AdminHouse, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(house) ?? Promise.resolve()).then(work, work);
  turns.set(house, turn);
  return turn;
}
