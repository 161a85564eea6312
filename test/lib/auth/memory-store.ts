import { Fault } from '../../../lib/fault.ts';
import type {
  AppPasswordRecord,
  AssignmentRecord,
  RoleRecord,
  ServiceRecord,
  SessionRecord,
  TokenRecord,
  UserRecord,
} from '../../../lib/store/records.ts';
import type { Store } from '../../../lib/store/store.ts';
import { least, otherTables, type World } from './memory-tables.ts';

/** A store that a test can take away. */
export interface MemoryStore extends Store {
  /** While set, every method throws Fault `unavailable`. */
  away: boolean;
  /** Names of the methods that were called, as `tokens.byHash`. */
  readonly calls: string[];
}

/** A store in memory for tests of code that stands on one: same answers, nothing kept, nothing shared. */
export function memoryStore(): MemoryStore {
  const world: World = {
    away: false,
    revision: 0,
    ids: 0,
    calls: [],
    listeners: new Set(),
    changed() {
      this.revision++;
      for (const listener of this.listeners) listener(this.revision);
    },
  };
  const { users, roles, services, tokens, sessions, appPasswords } = people(world);
  const tables = { users, roles, services, tokens, sessions, appPasswords, ...otherTables(world) };
  const guarded = Object.entries(tables).map(([name, table]) => [name, guard(world, name, table)]);
  return {
    dialect: 'sqlite',
    ...(Object.fromEntries(guarded) as typeof tables),
    calls: world.calls,
    get away() {
      return world.away;
    },
    set away(away: boolean) {
      world.away = away;
    },
    revision: async () => world.revision,
    watch: (onChange) => {
      world.listeners.add(onChange);
      return () => world.listeners.delete(onChange);
    },
    sweep: async () => {},
    close: async () => world.listeners.clear(),
  };
}

function guard<T extends object>(world: World, name: string, table: T): T {
  const methods = Object.entries(table).map(([method, work]) => [
    method,
    async (...given: unknown[]) => {
      world.calls.push(`${name}.${method}`);
      if (world.away) throw new Fault('unavailable', 'The database is away', { gate: 'store' });
      return work(...given);
    },
  ]);
  return Object.fromEntries(methods);
}

/** Rows with numbers of their own. */
function numbered<T extends { readonly id: number }>(world: World) {
  const rows = new Map<number, T>();
  return {
    rows,
    all: () => [...rows.values()],
    add(row: Omit<T, 'id'>): T {
      const made = { ...row, id: ++world.ids } as unknown as T;
      rows.set(made.id, made);
      return made;
    },
    change(id: number, change: object): boolean {
      const row = rows.get(id);
      if (row === undefined) return false;
      rows.set(id, { ...row, ...change });
      world.changed();
      return true;
    },
    drop(id: number): boolean {
      const had = rows.delete(id);
      if (had) world.changed();
      return had;
    },
  };
}

/** Users and all that belongs to them. */
function people(world: World): Pick<Store, 'users' | 'roles' | 'services' | 'tokens' | 'sessions' | 'appPasswords'> {
  const users = numbered<UserRecord>(world);
  const tokens = numbered<TokenRecord>(world);
  const services = numbered<ServiceRecord>(world);
  const passwords = numbered<AppPasswordRecord>(world);
  const sessions = new Map<string, SessionRecord>();
  const byName = (name: string) => users.all().find((user) => user.username.toLowerCase() === name.toLowerCase());
  const dropOf = <T extends { readonly userId: number }>(rows: Map<unknown, T>, userId: number) => {
    for (const [key, row] of rows) if (row.userId === userId) rows.delete(key);
  };
  return {
    users: {
      create: async (user) => {
        if (byName(user.username) !== undefined) throw new Fault('conflict', 'There is a user of this name');
        return users.add(user);
      },
      find: async (id) => users.rows.get(id),
      byName: async (name) => byName(name),
      list: async () => users.all(),
      update: async (id, change) => users.change(id, change),
      remove: async (id) => {
        for (const rows of [tokens.rows, passwords.rows, sessions]) dropOf(rows as Map<unknown, TokenRecord>, id);
        return users.drop(id);
      },
      count: async () => users.rows.size,
    },
    roles: roleTable(world),
    services: {
      create: async (service) => services.add(service),
      list: async () => services.all(),
      update: async (id, change) => services.change(id, change),
      remove: async (id) => {
        for (const token of tokens.all()) if (token.serviceId === id) tokens.rows.delete(token.id);
        return services.drop(id);
      },
      putUser: async (id, user) => {
        const held = services.rows.get(id)?.users.filter(({ userId }) => userId !== user.userId) ?? [];
        services.change(id, { users: [...held, user] });
      },
      removeUser: async (id, userId) => {
        const held = services.rows.get(id)?.users ?? [];
        services.change(id, { users: held.filter((user) => user.userId !== userId) });
        return held.some((user) => user.userId === userId);
      },
    },
    tokens: tokenTable(tokens),
    sessions: {
      create: async (session) => void sessions.set(session.hash, session),
      find: async (hash) => sessions.get(hash),
      extend: async (hash, validUntil) => {
        const held = sessions.get(hash);
        if (held !== undefined) sessions.set(hash, { ...held, validUntil });
        return held !== undefined;
      },
      remove: async (hash) => sessions.delete(hash),
      removeOf: async (userId) => dropOf(sessions, userId),
    },
    appPasswords: {
      create: async (password) => passwords.add(password),
      of: async (userId) => passwords.all().filter((password) => password.userId === userId),
      revoke: async (id, at) => passwords.change(id, { revoked: at }),
    },
  };
}

function roleTable(world: World): Store['roles'] {
  const roles = numbered<RoleRecord>(world);
  let assignments: readonly AssignmentRecord[] = [];
  const same = (a: AssignmentRecord, b: AssignmentRecord) =>
    a.userId === b.userId && a.roleId === b.roleId && a.context === b.context;
  const without = (gone: AssignmentRecord) => assignments.filter((one) => !same(one, gone));
  return {
    create: async (role) => roles.add(role),
    list: async () => roles.all(),
    update: async (id, change) => roles.change(id, change),
    remove: async (id) => roles.drop(id),
    assign: async (assignment) => {
      assignments = [...without(assignment), assignment];
      world.changed();
    },
    unassign: async (assignment) => {
      const left = without(assignment);
      const had = left.length < assignments.length;
      assignments = left;
      world.changed();
      return had;
    },
    assignments: async (userId) => assignments.filter((one) => one.userId === userId),
    holders: async (roleId) => assignments.filter((one) => one.roleId === roleId),
  };
}

function tokenTable(tokens: ReturnType<typeof numbered<TokenRecord>>): Store['tokens'] {
  const { rows } = tokens;
  return {
    create: async (token) => tokens.add(token),
    find: async (id) => rows.get(id),
    byHash: async (hash) => tokens.all().find((token) => token.hash === hash),
    list: async ({ userId, serviceId } = {}) =>
      tokens
        .all()
        .filter((token) => userId === undefined || token.userId === userId)
        .filter((token) => serviceId === undefined || token.serviceId === serviceId),
    update: async (id, change) => {
      tokens.change(id, change);
      return rows.get(id);
    },
    renew: async (id, fresh, until) => {
      const old = rows.get(id);
      if (old === undefined || old.revoked !== undefined || old.renewing !== fresh.renewing) return undefined;
      rows.set(id, { ...old, renewing: false, validUntil: least(old.validUntil, until) });
      const { validFrom: _from, validUntil: _until, lastUsed: _used, lastAddress: _address, ...kept } = old;
      return tokens.add({ ...kept, ...fresh, origin: old.origin ?? id });
    },
    revoke: async (id, at) => {
      const first = rows.get(id)?.origin ?? id;
      const line = tokens.all().filter((token) => token.id === first || token.origin === first);
      const good = line.filter(({ revoked }) => revoked === undefined);
      for (const token of good) tokens.change(token.id, { revoked: at });
      return good.length > 0;
    },
    touch: async (uses) => {
      for (const { id, at, address } of uses) {
        const held = rows.get(id);
        if (held !== undefined) rows.set(id, { ...held, lastUsed: at, lastAddress: address });
      }
    },
  };
}
