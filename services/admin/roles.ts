import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import { held, shown } from './form.ts';
import { type AdminHouse, changed, conflict, guarded } from './house.ts';
import { capability, contextPath, plainName, roleNamed, same, userNamed, usernames } from './names.ts';
import { administratorRole, anotherAdministrator, inTurn, mayGive } from './rank.ts';

const right = 'admin:roles';
const description = t.string({ max: 1_000 });
const capabilities = t.list(capability, { max: 1_000, description: 'What the role allows.' });
const named = { name: t.string({ max: 100 }) };

const AdminRole = t.object('AdminRole', {
  id: t.int(),
  name: t.string(),
  description,
  capabilities: t.list(t.string()),
});

const AdminRoleUsers = t.object('AdminRoleUsers', {
  role: AdminRole,
  users: t.list(t.object('AdminRoleUser', { user: t.string(), context: t.string() }), {
    max: 1_000_000,
    description: 'Who has it, and where it counts.',
  }),
});

function createRole(house: AdminHouse) {
  return define('admin.create_role', {
    description: 'Adds a role: a set of capabilities, of those that the caller has.',
    effect: 'write',
    ...guarded(right),
    params: { name: plainName, description: t.default(description, ''), capabilities },
    returns: AdminRole,
    handler: async (params, call) => {
      const { roles } = house.custody.store;
      mayGive(call, params, '/');
      if ((await roles.list()).some(({ name }) => same(name, params.name))) {
        throw conflict(`There is a role ${params.name} already`);
      }
      const role = await roles.create(params);
      await changed(house, call, 'role-created', role.name);
      return shown(AdminRole, role);
    },
  });
}

function listRoles(house: AdminHouse) {
  return define('admin.list_roles', {
    description: 'Lists all roles.',
    effect: 'read',
    ...guarded(right),
    returns: t.list(AdminRole),
    handler: async () => (await house.custody.store.roles.list()).map((role) => shown(AdminRole, role)),
  });
}

function showRole(house: AdminHouse) {
  return define('admin.show_role', {
    description: 'Shows a role and the users who have it.',
    effect: 'read',
    ...guarded(right),
    params: named,
    returns: AdminRoleUsers,
    handler: async ({ name }) => {
      const role = await roleNamed(house, name, 'name');
      const holders = await house.custody.store.roles.holders(role.id);
      const names = await usernames(house);
      const users = holders.map(({ userId, context }) => ({ user: names.get(userId) ?? '', context }));
      return { role: shown(AdminRole, role), users };
    },
  });
}

function updateRole(house: AdminHouse) {
  return define('admin.update_role', {
    description: 'Changes what is given of a role. What administrators may do does not change.',
    effect: 'write',
    ...guarded(right),
    params: { ...named, description: t.optional(description), capabilities: t.optional(capabilities) },
    returns: AdminRole,
    handler: async ({ name, ...rest }, call) => {
      const role = await roleNamed(house, name, 'name');
      const change = held(rest);
      const next = { ...role, ...change };
      if (role.name === administratorRole && rest.capabilities !== undefined) {
        throw conflict('What administrators may do cannot be changed');
      }
      mayGive(call, role, '/');
      mayGive(call, next, '/');
      await house.custody.store.roles.update(role.id, change);
      await changed(house, call, 'role-changed', role.name);
      return shown(AdminRole, next);
    },
  });
}

function removeRole(house: AdminHouse) {
  return define('admin.remove_role', {
    description: 'Removes a role and takes it from all who have it.',
    effect: 'write',
    ...guarded(right),
    params: named,
    handler: async ({ name }, call) => {
      const role = await roleNamed(house, name, 'name');
      if (role.name === administratorRole) throw conflict('The role of administrators cannot be removed');
      mayGive(call, role, '/');
      await house.custody.store.roles.remove(role.id);
      await changed(house, call, 'role-removed', role.name);
    },
  });
}

const assignment = {
  user: t.string({ max: 100, description: 'The name to log in by.' }),
  role: t.string({ max: 100 }),
  context: t.default(contextPath, '/'),
};

function assignRole(house: AdminHouse) {
  return define('admin.assign_role', {
    description: 'Gives a user a role in a context and everything below it.',
    effect: 'write',
    ...guarded(right),
    params: assignment,
    handler: async ({ user: name, role: roleName, context }, call) => {
      const user = await userNamed(house, name);
      const role = await roleNamed(house, roleName);
      mayGive(call, role, context);
      await house.custody.store.roles.assign({ userId: user.id, roleId: role.id, context });
      await changed(house, call, 'role-assigned', `${user.username} ${role.name} ${context}`);
    },
  });
}

function unassignRole(house: AdminHouse) {
  return define('admin.unassign_role', {
    description: 'Takes a role from a user in one context.',
    effect: 'write',
    ...guarded(right),
    params: assignment,
    returns: t.boolean({ description: 'Whether the user had it there.' }),
    handler: ({ user: name, role: roleName, context }, call) =>
      inTurn(house, async () => {
        const user = await userNamed(house, name);
        const role = await roleNamed(house, roleName);
        mayGive(call, role, context);
        if (role.name === administratorRole && context === '/') await anotherAdministrator(house, user);
        const had = await house.custody.store.roles.unassign({ userId: user.id, roleId: role.id, context });
        if (had) await changed(house, call, 'role-unassigned', `${user.username} ${role.name} ${context}`);
        return had;
      }),
  });
}

/** Functions about roles and who has them. */
export function roleFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [createRole, listRoles, showRole, updateRole, removeRole, assignRole, unassignRole].map(
    (make) => make(house) as AnyFunction,
  );
}
