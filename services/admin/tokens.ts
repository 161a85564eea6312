import { createToken } from '../../lib/auth/token-making.ts';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import { held, shown } from './form.ts';
import { type AdminHouse, changed, doer, guarded, missing } from './house.ts';
import { checkLimits, limitFields, limitParams } from './limits.ts';
import { label, secret, serviceNamed, userNamed, usernames } from './names.ts';
import { outranks } from './rank.ts';

const right = 'admin:tokens';
const user = t.string({ max: 100, description: 'The user whose it is.' });
const service = t.string({ max: 100, description: 'The service that it belongs to.' });
const renewing = t.boolean({ description: 'Whether every answer brings a fresh one.' });

const AdminToken = t.object('AdminToken', {
  id: t.int(),
  user,
  name: t.string(),
  service: t.optional(service),
  renewing,
  ...limitFields,
  created: t.datetime(),
  revoked: t.optional(t.datetime()),
  last_used: t.optional(t.datetime()),
  last_address: t.optional(t.string()),
});

const AdminTokenSecret = t.object('AdminNewToken', { token: AdminToken, secret });

function create(house: AdminHouse) {
  return define('admin.create_token', {
    description: 'Makes a token of a user, shown this once.',
    effect: 'write',
    sensitive: true,
    ...guarded(right),
    params: { user, name: label, service: t.optional(service), renewing: t.default(renewing, false), ...limitParams },
    returns: AdminTokenSecret,
    handler: async ({ user: who, service: where, ...rest }, call) => {
      const token = held(rest);
      checkLimits(token, house);
      const owner = await userNamed(house, who);
      await outranks(house, call, owner);
      const belongs = where === undefined ? undefined : await serviceNamed(house, where);
      const made = { ...token, userId: owner.id, serviceId: belongs?.id };
      const { record, secret: text } = await createToken(house.custody, made, Date.now(), doer(call));
      return { token: shown(AdminToken, record, { user: owner.username, service: belongs?.name }), secret: text };
    },
  });
}

function list(house: AdminHouse) {
  return define('admin.list_tokens', {
    description: 'Lists the tokens of all users, of one user, of one service.',
    effect: 'read',
    ...guarded(right),
    params: { user: t.optional(user), service: t.optional(service) },
    returns: t.list(AdminToken, { max: 1_000_000 }),
    handler: async ({ user: who, service: where }) => {
      const { services, tokens } = house.custody.store;
      const owner = who === undefined ? undefined : await userNamed(house, who);
      const belongs = where === undefined ? undefined : await serviceNamed(house, where);
      const found = await tokens.list({
        ...(owner !== undefined && { userId: owner.id }),
        ...(belongs !== undefined && { serviceId: belongs.id }),
      });
      const names = await usernames(house);
      const places = new Map((await services.list()).map(({ id, name }) => [id, name]));
      return found.map((token) =>
        shown(AdminToken, token, {
          user: names.get(token.userId) ?? '',
          service: token.serviceId === undefined ? undefined : places.get(token.serviceId),
        }),
      );
    },
  });
}

function revoke(house: AdminHouse) {
  return define('admin.revoke_token', {
    description: 'Ends a token for good, and those that took its place.',
    effect: 'write',
    ...guarded(right),
    params: { id: t.int() },
    returns: t.boolean({ description: 'Whether any of them was good until now.' }),
    handler: async ({ id }, call) => {
      const { tokens } = house.custody.store;
      if (!(await tokens.list()).some((token) => token.id === id)) throw missing('id', 'There is no such token');
      const ended = await tokens.revoke(id, Date.now());
      if (ended) await changed(house, call, 'token-revoked', String(id));
      return ended;
    },
  });
}

/** Functions about tokens. */
export function tokenFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [create, list, revoke].map((make) => make(house) as AnyFunction);
}
