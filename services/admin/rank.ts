import { userProof } from '../../lib/auth/proof.ts';
import type { RoleRecord, UserRecord } from '../../lib/store/records.ts';
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
  const now = Date.now();
  const administers = async (one: UserRecord): Promise<boolean> =>
    isUsable(one, now) &&
    (await roles.assignments(one.id)).some(({ roleId, context }) => roleId === role.id && context === '/');
  if (!(await administers(user))) return;
  for (const one of await users.list()) if (one.id !== user.id && (await administers(one))) return;
  throw conflict(`${user.username} is the last administrator`);
}

const turns = new WeakMap<AdminHouse, Promise<unknown>>();

/** Does one such change after the other: two at once would each take the other's administrator for the one who stays. */
export function inTurn<T>(house: AdminHouse, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(house) ?? Promise.resolve()).then(work, work);
  turns.set(house, turn);
  return turn;
}
