import { createAppPassword } from '../../lib/auth/app-password.ts';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import { held, shown } from './form.ts';
import { type AdminHouse, changed, doer, guarded, missing } from './house.ts';
import { checkLimits, validityParams } from './limits.ts';
import { label, secret, userNamed } from './names.ts';
import { outranks } from './rank.ts';

const right = 'admin:users';
const user = t.string({ max: 100, description: 'The user whose it is.' });

const AdminAppPassword = t.object('AdminAppPassword', {
  id: t.int(),
  user,
  name: t.string(),
  ...validityParams,
  created: t.datetime(),
  revoked: t.optional(t.datetime()),
});

const AdminAppPasswordSecret = t.object('AdminNewAppPassword', { app_password: AdminAppPassword, secret });

function create(house: AdminHouse) {
  return define('admin.create_app_password', {
    description: 'Makes a password for one application of a user (WS-Security), shown this once.',
    effect: 'write',
    sensitive: true,
    ...guarded(right),
    params: { user, name: label, ...validityParams },
    returns: AdminAppPasswordSecret,
    handler: async ({ user: who, ...rest }, call) => {
      const password = held(rest);
      checkLimits(password, house);
      const owner = await userNamed(house, who);
      await outranks(house, call, owner);
      const made = { ...password, userId: owner.id };
      const { record, secret: text } = await createAppPassword(house.custody, made, Date.now(), doer(call));
      await house.refresh();
      return { app_password: shown(AdminAppPassword, record, { user: owner.username }), secret: text };
    },
  });
}

function list(house: AdminHouse) {
  return define('admin.list_app_passwords', {
    description: 'Lists the application passwords of a user.',
    effect: 'read',
    ...guarded(right),
    params: { user },
    returns: t.list(AdminAppPassword),
    handler: async ({ user: who }) => {
      const owner = await userNamed(house, who);
      const found = await house.custody.store.appPasswords.of(owner.id);
      return found.map((password) => shown(AdminAppPassword, password, { user: owner.username }));
    },
  });
}

function revoke(house: AdminHouse) {
  return define('admin.revoke_app_password', {
    description: 'Ends an application password for good.',
    effect: 'write',
    ...guarded(right),
    params: { id: t.int() },
    handler: async ({ id }, call) => {
      if (!(await house.custody.store.appPasswords.revoke(id, Date.now()))) {
        throw missing('id', 'There is no such password, or it is revoked already');
      }
      await changed(house, call, 'app-password-revoked', String(id));
    },
  });
}

/** Functions about passwords of applications. */
export function appPasswordFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [create, list, revoke].map((make) => make(house) as AnyFunction);
}
