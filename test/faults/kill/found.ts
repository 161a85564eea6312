import { expect } from 'chai';
import { readSettings } from '../../../lib/settings.ts';
import type { KeyRecord, ServiceRecord, TokenRecord, UserRecord } from '../../../lib/store/records.ts';
import type { Store } from '../../../lib/store/store.ts';
import { namesOf, overlap, published, type WriteName, writeNames } from './writes.ts';

/** All that a store holds, by its names. */
interface Held {
  readonly users: ReadonlyMap<string, UserRecord>;
  readonly tokens: ReadonlyMap<string, TokenRecord>;
  readonly keys: ReadonlyMap<string, KeyRecord>;
  readonly services: ReadonlyMap<string, ServiceRecord>;
  readonly functions: ReadonlySet<string>;
  readonly contexts: ReadonlySet<string>;
}

async function heldBy(store: Store): Promise<Held> {
  const users = await store.users.list();
  const contexts = await Promise.all(users.map(({ id }) => store.roles.assignments(id)));
  const settings = readSettings(await store.settings.read());
  const last = settings.enabledwsfunctions.at(-1);
  expect(settings.namespace, 'one change of settings is whole').equal(
    last === undefined ? 'urn:polywire' : `urn:${last}`,
  );
  return {
    users: new Map(users.map((user) => [user.username, user])),
    tokens: new Map((await store.tokens.list()).map((token) => [token.hash, token])),
    keys: new Map((await store.keys.list()).map((key) => [key.id, key])),
    services: new Map((await store.services.list()).map((service) => [service.name, service])),
    functions: new Set(settings.enabledwsfunctions),
    contexts: new Set(contexts.flat().map(({ context }) => context)),
  };
}

/** Whether two things that one write makes are both there or both not. */
function both(what: string, one: boolean, other: boolean): boolean {
  expect(one, what).equal(other);
  return one;
}

/** Which writes of a group are there; fails if one is there by half. */
function groupIn(held: Held, group: number): ReadonlySet<WriteName> {
  const names = namesOf(group);
  const user = held.users.get(names.user);
  const [token, fresh] = [held.tokens.get(names.token), held.tokens.get(names.fresh)];
  const key = held.keys.get(names.key);
  const service = held.services.get(names.service);
  const hashes = (key?.secrets ?? []).map(({ hash }) => hash);
  expect(hashes, `secrets of ${names.key}`).deep.equal(
    key === undefined ? [] : names.secrets.slice(0, hashes.length || 1),
  );
  if (service !== undefined) expect(service.users, names.service).length(2);
  const ended = key?.secrets[0]?.validUntil === overlap;
  const there: Readonly<Record<WriteName, boolean>> = {
    user: user !== undefined,
    assignment: held.contexts.has(names.context),
    token: token !== undefined,
    renewal: both(`renewal of ${names.token}`, fresh !== undefined, token?.validUntil === overlap),
    key: key !== undefined,
    rotation: both(`rotation of ${names.key}`, hashes.length === 2, ended),
    service: service !== undefined,
    settings: held.functions.has(names.fn),
    revocation: both(`revocation of ${names.key}`, key?.revoked === overlap, key?.notes === 'revoked'),
    suspension: both(`suspension of ${names.user}`, user?.state === 'suspended', user?.name === 'suspended'),
  };
  const found = writeNames.filter((name) => there[name]);
  expect(found, `the writes of group ${group} are there in their order`).deep.equal(writeNames.slice(0, found.length));
  return new Set(found);
}

/**
 * Looks all writes up, as `group name`. Fails for halves, for writes that are there without one before them, for records
 * that belong to no write, and for a revision that is not as many higher as there are writes to be noticed.
 * @param base the revision before the first write
 */
export async function findWrites(store: Store, groups: number, base: number): Promise<ReadonlySet<string>> {
  const held = await heldBy(store);
  const found = new Set<string>();
  let changes = 0;
  const sums = { tokens: 0, keys: 0 };
  for (let group = 0; group < groups; group++) {
    const names = groupIn(held, group);
    for (const name of names) found.add(`${group} ${name}`);
    changes += [...names].filter((name) => published.has(name)).length;
    sums.tokens += Number(names.has('token')) + Number(names.has('renewal'));
    sums.keys += Number(names.has('key'));
  }
  expect({ tokens: held.tokens.size, keys: held.keys.size }, 'nothing else is there').deep.equal(sums);
  expect((await store.revision()) - base, 'every change has raised the revision, once').equal(changes);
  return found;
}
