import { createToken } from '../../lib/auth/token-making.ts';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { TokenRecord } from '../../lib/store/records.ts';
import { held, shown } from './form.ts';
import { type AdminHouse, changed, doer, guarded, missing } from './house.ts';
import { checkLimits, limitChanges, limitFields, limitParams } from './limits.ts';
import { label, secret, serviceNamed, userNamed, usernames } from './names.ts';
import { outranks } from './rank.ts';

const right = 'admin:tokens';
const user = t.string({ max: 100, description: 'The user whose it is.' });
const service = t.string({ max: 100, description: 'The service that it belongs to.' });
const renewing = t.boolean({ description: 'Whether every answer brings a fresh one.' });

const named = { id: t.int({ description: 'Its number.' }) };

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

/** A token as callers see it, with the names of its user and its service. */
function view(token: TokenRecord, names: ReadonlyMap<number, string>, places: ReadonlyMap<number, string>) {
  const { userId, serviceId } = token;
  return shown(AdminToken, token, {
    user: names.get(userId) ?? '',
    service: serviceId === undefined ? undefined : places.get(serviceId),
  });
}

async function viewOf({ custody }: AdminHouse, token: TokenRecord) {
  const { users, services } = custody.store;
  const owner = await users.find(token.userId);
  const places = new Map((await services.list()).map(({ id, name }) => [id, name]));
  return view(token, new Map(owner && [[owner.id, owner.username]]), places);
}

const unknown = () => missing('id', 'There is no such token');

/** @throws Fault `invalid-params` if there is no such token */
async function tokenOf({ custody }: AdminHouse, id: number): Promise<TokenRecord> {
  const token = await custody.store.tokens.find(id);
  if (token === undefined) throw unknown();
  return token;
}

/** The token itself, or the one that has taken its place. */
async function newestOf({ custody }: AdminHouse, token: TokenRecord): Promise<TokenRecord> {
  const first = token.origin ?? token.id;
  const tokens = await custody.store.tokens.list({ userId: token.userId });
  return tokens.findLast(({ id, origin }) => (origin ?? id) === first) ?? token;
}

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
      return found.map((token) => view(token, names, places));
    },
  });
}

function show(house: AdminHouse) {
  return define('admin.show_token', {
    description: 'Shows a token, without its text.',
    effect: 'read',
    ...guarded(right),
    params: named,
    returns: AdminToken,
    handler: async ({ id }) => viewOf(house, await tokenOf(house, id)),
  });
}

function update(house: AdminHouse) {
  return define('admin.update_token', {
    description:
      'Changes what is given of a token, and of those that took its place: the newest is shown; null takes a value away.',
    effect: 'write',
    ...guarded(right),
    params: {
      ...named,
      name: t.optional(label),
      service: t.optional(t.nullable(service)),
      renewing: t.optional(renewing),
      ...limitChanges,
    },
    returns: AdminToken,
    handler: async ({ id, service: where, ...rest }, call) => {
      const token = await newestOf(house, await tokenOf(house, id));
      const owner = await house.custody.store.users.find(token.userId);
      if (owner !== undefined) await outranks(house, call, owner);
      const belongs = typeof where === 'string' ? await serviceNamed(house, where) : undefined;
      const change = { ...held(rest), ...(where !== undefined && { serviceId: belongs?.id }) };
      checkLimits({ ...token, ...change }, house);
      const next = await house.custody.store.tokens.update(id, change);
      if (next === undefined) throw unknown();
      await changed(house, call, 'token-changed', String(id));
      return viewOf(house, next);
    },
  });
}

function revoke(house: AdminHouse) {
  return define('admin.revoke_token', {
    description: 'Ends a token for good, and those that took its place.',
    effect: 'write',
    ...guarded(right),
    params: named,
    returns: t.boolean({ description: 'Whether any of them was good until now.' }),
    handler: async ({ id }, call) => {
      const { tokens } = house.custody.store;
      await tokenOf(house, id);
      const ended = await tokens.revoke(id, Date.now());
      if (ended) await changed(house, call, 'token-revoked', String(id));
      return ended;
    },
  });
}

/** Functions about tokens. */
export function tokenFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [create, list, show, update, revoke].map((make) => make(house) as AnyFunction);
}
