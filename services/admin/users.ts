import { passwords } from '../../lib/auth/password.ts';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { UserRecord } from '../../lib/store/records.ts';
import { held, shown } from './form.ts';
import { type AdminHouse, changed, guarded } from './house.ts';
import { addressRanges, checkLimits, quotaChanges, quotaParams } from './limits.ts';
import { label, userNamed, username } from './names.ts';
import { anotherAdministrator, inTurn, isUsable, outranks } from './rank.ts';

const right = 'admin:users';
const state = t.enum(['active', 'suspended', 'unconfirmed']);
export const password = t.string({ min: 8, max: 1_000, sensitive: true, description: 'At least 8 characters.' });
const addresses = t.describe(addressRanges, 'Where the user may call and log in from; empty means everywhere.');
const named = { username: t.string({ max: 100, description: 'The name to log in by, in any case.' }) };

const AdminUser = t.object('AdminUser', {
  id: t.int(),
  username: t.string(),
  name: t.string(),
  state,
  has_password: t.boolean({ description: 'Whether there is a password to log in by.' }),
  ...quotaParams,
  addresses,
  created: t.datetime(),
});

const AdminUserRoles = t.object('AdminUserRoles', {
  user: AdminUser,
  roles: t.list(t.object('AdminUserRole', { role: t.string(), context: t.string() })),
});

const view = (user: UserRecord) =>
  shown(AdminUser, user, { has_password: user.password !== undefined, addresses: user.addresses ?? [] });

function createUser(house: AdminHouse) {
  return define('admin.create_user', {
    description: 'Adds a user, who has no role yet.',
    effect: 'write',
    ...guarded(right),
    params: {
      username,
      name: label,
      password: t.optional(password),
      state: t.default(state, 'active'),
      ...quotaParams,
      addresses: t.default(addresses, []),
    },
    returns: AdminUser,
    handler: async ({ password: given, ...rest }, call) => {
      const limits = held(rest);
      checkLimits(limits, house);
      const hash = given === undefined ? undefined : await passwords.hash(given);
      const user = await house.custody.store.users.create({ ...limits, password: hash, created: Date.now() });
      await changed(house, call, 'user-created', user.username);
      return view(user);
    },
  });
}

function listUsers(house: AdminHouse) {
  return define('admin.list_users', {
    description: 'Lists all users.',
    effect: 'read',
    ...guarded(right),
    returns: t.list(AdminUser, { max: 1_000_000 }),
    handler: async () => (await house.custody.store.users.list()).map(view),
  });
}

function showUser(house: AdminHouse) {
  return define('admin.show_user', {
    description: 'Shows a user and the roles that the user has.',
    effect: 'read',
    ...guarded(right),
    params: named,
    returns: AdminUserRoles,
    handler: async (params) => {
      const { roles } = house.custody.store;
      const user = await userNamed(house, params.username, 'username');
      const names = new Map((await roles.list()).map(({ id, name }) => [id, name]));
      const assignments = await roles.assignments(user.id);
      return {
        user: view(user),
        roles: assignments.map(({ roleId, context }) => ({ role: names.get(roleId) ?? '', context })),
      };
    },
  });
}

function updateUser(house: AdminHouse) {
  return define('admin.update_user', {
    description: 'Changes what is given of a user; null takes a value away.',
    effect: 'write',
    ...guarded(right),
    params: {
      ...named,
      name: t.optional(label),
      state: t.optional(state),
      ...quotaChanges,
      addresses: t.optional(addresses),
    },
    returns: AdminUser,
    handler: ({ username: name, ...rest }, call) =>
      inTurn(house, async () => {
        const user = await userNamed(house, name, 'username');
        await outranks(house, call, user);
        const change = held(rest);
        const next: UserRecord = { ...user, ...change };
        checkLimits(next, house);
        if (!isUsable(next, Date.now())) await anotherAdministrator(house, user);
        await house.custody.store.users.update(user.id, change);
        await changed(house, call, 'user-changed', user.username);
        return view(next);
      }),
  });
}

function setPassword(house: AdminHouse) {
  return define('admin.set_password', {
    description: 'Gives a user another password, or none by null. Sessions of the user end.',
    effect: 'write',
    ...guarded(right),
    params: { ...named, password: t.nullable(password) },
    handler: async ({ username: name, password: given }, call) => {
      const { users, sessions } = house.custody.store;
      const user = await userNamed(house, name, 'username');
      await outranks(house, call, user);
      await users.update(user.id, { password: given === null ? undefined : await passwords.hash(given) });
      await sessions.removeOf(user.id);
      await changed(house, call, 'password-changed', user.username);
    },
  });
}

function removeUser(house: AdminHouse) {
  return define('admin.remove_user', {
    description: 'Removes a user with all roles, tokens, sessions and application passwords.',
    effect: 'write',
    ...guarded(right),
    params: named,
    handler: ({ username: name }, call) =>
      inTurn(house, async () => {
        const user = await userNamed(house, name, 'username');
        await outranks(house, call, user);
        await anotherAdministrator(house, user);
        await house.custody.store.users.remove(user.id);
        await changed(house, call, 'user-removed', user.username);
      }),
  });
}

/** Functions about users. */
export function userFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [createUser, listUsers, showUser, updateUser, setPassword, removeUser].map(
    (make) => make(house) as AnyFunction,
  );
}
