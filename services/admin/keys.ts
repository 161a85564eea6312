import { createKey, rotateKey } from '../../lib/auth/key.ts';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { KeyRecord } from '../../lib/store/records.ts';
import { held, shown } from './form.ts';
import { type AdminHouse, changed, conflict, doer, guarded, missing } from './house.ts';
import { checkLimits, limitChanges, limitFields, limitParams, validityParams } from './limits.ts';
import { label, secret, userNamed, usernames } from './names.ts';

const right = 'admin:keys';
const notes = t.string({ max: 10_000 });
const owner = t.string({ max: 100, description: 'The user who may renew it.' });
const signing = t.boolean({ description: 'Whether it signs requests instead of being sent along.' });
const named = { id: t.string({ max: 100, description: 'Its public id.' }) };

const AdminKey = t.object('AdminKey', {
  id: t.string(),
  name: t.string(),
  notes,
  signing,
  owner: t.optional(owner),
  ...limitFields,
  secrets: t.list(t.object('AdminKeySecret', { id: t.int(), ...validityParams }), {
    description: 'Those that work: two while a rotation overlaps.',
  }),
  created: t.datetime(),
  revoked: t.optional(t.datetime()),
  last_used: t.optional(t.datetime()),
  last_address: t.optional(t.string()),
});

const AdminKeySecret = t.object('AdminNewKey', {
  key: AdminKey,
  secret: t.describe(secret, 'Shown this once: what is sent as X-API-Key; of a signing key, what it signs with.'),
});

/** A key as callers see it; `names` has those of the users who own keys. */
function view(key: KeyRecord, names: ReadonlyMap<number, string>, now = Date.now()) {
  const working = key.secrets.filter(({ validUntil }) => validUntil === undefined || now < validUntil);
  const secrets = working.map(({ id, validFrom, validUntil }) => ({
    id,
    ...(validFrom !== undefined && { valid_from: new Date(validFrom) }),
    ...(validUntil !== undefined && { valid_until: new Date(validUntil) }),
  }));
  const owned = key.owner === undefined ? undefined : names.get(key.owner);
  return shown(AdminKey, { ...key, owner: undefined, secrets: undefined }, { secrets, owner: owned });
}

/** What a client program sends; a signing key's secret is never sent. */
function issued(record: KeyRecord, text: string, names: ReadonlyMap<number, string>) {
  return { key: view(record, names), secret: record.signing ? text : `${record.id}.${text}` };
}

async function keyOf({ custody }: AdminHouse, id: string): Promise<KeyRecord> {
  const key = await custody.store.keys.find(id);
  if (key === undefined) throw missing('id', 'is no key');
  return key;
}

function create(house: AdminHouse) {
  return define('admin.create_key', {
    description: 'Makes a key for a client program. Its secret is shown this once.',
    effect: 'write',
    sensitive: true,
    ...guarded(right),
    params: {
      name: label,
      notes: t.default(notes, ''),
      signing: t.default(signing, false),
      owner: t.optional(owner),
      ...limitParams,
    },
    returns: AdminKeySecret,
    handler: async ({ owner: who, ...rest }, call) => {
      const key = held(rest);
      checkLimits(key, house);
      const user = who === undefined ? undefined : await userNamed(house, who, 'owner');
      const made = { ...key, ...(user !== undefined && { owner: user.id }) };
      const { record, secret: text } = await createKey(house.custody, made, Date.now(), doer(call));
      return issued(record, text, await usernames(house));
    },
  });
}

function list(house: AdminHouse) {
  return define('admin.list_keys', {
    description: 'Lists all keys, also those that are revoked.',
    effect: 'read',
    ...guarded(right),
    returns: t.list(AdminKey, { max: 1_000_000 }),
    handler: async () => {
      const names = await usernames(house);
      return (await house.custody.store.keys.list()).map((key) => view(key, names));
    },
  });
}

function show(house: AdminHouse) {
  return define('admin.show_key', {
    description: 'Shows a key, without its secret.',
    effect: 'read',
    ...guarded(right),
    params: named,
    returns: AdminKey,
    handler: async ({ id }) => view(await keyOf(house, id), await usernames(house)),
  });
}

function update(house: AdminHouse) {
  return define('admin.update_key', {
    description: 'Changes what is given of a key; null takes a value away.',
    effect: 'write',
    ...guarded(right),
    params: {
      ...named,
      name: t.optional(label),
      notes: t.optional(notes),
      owner: t.optional(t.nullable(owner)),
      ...limitChanges,
    },
    returns: AdminKey,
    handler: async ({ id, owner: who, ...rest }, call) => {
      const key = await keyOf(house, id);
      const user = typeof who === 'string' ? await userNamed(house, who, 'owner') : undefined;
      const change = { ...held(rest), ...(who !== undefined && { owner: user?.id }) };
      const next = { ...key, ...change } as KeyRecord;
      checkLimits(next, house);
      await house.custody.store.keys.update(id, change);
      await changed(house, call, 'key-changed', id);
      return view(next, await usernames(house));
    },
  });
}

function rotate(house: AdminHouse) {
  return define('admin.rotate_key', {
    description: 'Gives a key a new secret, shown this once; the old one still works for some time.',
    effect: 'write',
    sensitive: true,
    ...guarded(right),
    params: {
      ...named,
      overlap: t.optional(
        t.int({
          min: 0,
          max: 31_536_000,
          description: 'Seconds that the old secret still works; else as the settings say.',
        }),
      ),
    },
    returns: AdminKeySecret,
    handler: async ({ id, overlap = house.settings.current().logins.keyOverlap }, call) => {
      await keyOf(house, id);
      const made = await rotateKey(house.custody, id, overlap, Date.now(), doer(call));
      if (made === undefined) throw conflict('A key that is revoked or has ended is not rotated');
      await house.refresh();
      return issued(made.record, made.secret, await usernames(house));
    },
  });
}

function revoke(house: AdminHouse) {
  return define('admin.revoke_key', {
    description: 'Ends a key for good.',
    effect: 'write',
    ...guarded(right),
    params: named,
    returns: t.boolean({ description: 'Whether it was good until now.' }),
    handler: async ({ id }, call) => {
      if ((await keyOf(house, id)).revoked !== undefined) return false;
      await house.custody.store.keys.update(id, { revoked: Date.now() });
      await changed(house, call, 'key-revoked', id);
      return true;
    },
  });
}

/** Functions about keys. */
export function keyFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [create, list, show, update, rotate, revoke].map((make) => make(house) as AnyFunction);
}
