import type { CreateTableBuilder, Kysely, Migration } from 'kysely';
import type { Tables } from '../tables.ts';

const protocols = ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'];
const roles = [
  { name: 'administrator', description: 'May do everything', capabilities: ['*'] },
  {
    name: 'caller',
    description: 'May call over every protocol',
    capabilities: ['webservice:use', ...protocols.map((name) => `webservice:${name}`)],
  },
];

/** The first tables, and the roles that every site begins with. */
export function firstTables(dialect: 'sqlite' | 'postgres'): Migration {
  return {
    up: async (db: Kysely<Tables>) => {
      await createAccounts(db, dialect);
      await createServices(db, dialect);
      await createCredentials(db, dialect);
      await createCounts(db);
      await createRecords(db, dialect);
      await db.insertInto('marks').values({ name: 'revision', value: 1 }).execute();
      for (const { name, description, capabilities } of roles) {
        const held = JSON.stringify(capabilities);
        await db.insertInto('roles').values({ name, nameKey: name, description, capabilities: held }).execute();
      }
    },
  };
}

type Dialect = Parameters<typeof firstTables>[0];
type Table<C extends string = never> = CreateTableBuilder<string, C>;

/** Numbers are never given twice: what remembers one that was removed must not find another. */
function numbered(db: Kysely<Tables>, name: string, dialect: Dialect) {
  const table = db.schema.createTable(name);
  return dialect === 'sqlite'
    ? table.addColumn('id', 'integer', (id) => id.primaryKey().autoIncrement())
    : table.addColumn('id', 'bigint', (id) => id.generatedByDefaultAsIdentity().primaryKey());
}

const validity = <C extends string>(table: Table<C>) =>
  table.addColumn('validFrom', 'bigint').addColumn('validUntil', 'bigint');

const quotas = <C extends string>(table: Table<C>) =>
  table.addColumn('perMinute', 'bigint').addColumn('perDay', 'bigint');

const named = <C extends string>(table: Table<C>) =>
  table
    .addColumn('nameKey', 'text', (key) => key.notNull().unique())
    .addColumn('name', 'text', (name) => name.notNull());

const limited = <C extends string>(table: Table<C>) =>
  quotas(validity(table))
    .addColumn('addresses', 'text', (list) => list.notNull())
    .addColumn('protocols', 'text', (list) => list.notNull())
    .addColumn('functions', 'text', (list) => list.notNull())
    .addColumn('created', 'bigint', (time) => time.notNull())
    .addColumn('revoked', 'bigint')
    .addColumn('lastUsed', 'bigint')
    .addColumn('lastAddress', 'text');

/** A column for the number of a user, a role or a service with which the row goes away. */
const belonging = <C extends string, N extends string>(table: Table<C>, column: N, owner: string) =>
  table.addColumn(column, 'bigint', (id) => id.notNull().references(`${owner}.id`).onDelete('cascade'));

async function createAccounts(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await numbered(db, 'users', dialect)
    .$call(named)
    .addColumn('username', 'text', (name) => name.notNull())
    .$call(validity)
    .$call(quotas)
    .addColumn('state', 'text', (state) => state.notNull())
    .addColumn('password', 'text')
    .addColumn('created', 'bigint', (time) => time.notNull())
    .execute();
  await numbered(db, 'roles', dialect)
    .$call(named)
    .addColumn('description', 'text', (text) => text.notNull())
    .addColumn('capabilities', 'text', (list) => list.notNull())
    .execute();
  await db.schema
    .createTable('assignments')
    .$call((table) => belonging(table, 'userId', 'users'))
    .$call((table) => belonging(table, 'roleId', 'roles'))
    .addColumn('context', 'text', (path) => path.notNull())
    .addPrimaryKeyConstraint('assignmentsKey', ['userId', 'roleId', 'context'])
    .execute();
  await index(db, 'assignments', 'roleId');
}

async function createServices(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await numbered(db, 'services', dialect)
    .$call(named)
    .addColumn('description', 'text', (text) => text.notNull())
    .addColumn('enabled', 'integer', (flag) => flag.notNull())
    .addColumn('restricted', 'integer', (flag) => flag.notNull())
    .addColumn('capability', 'text')
    .addColumn('functions', 'text', (list) => list.notNull())
    .execute();
  await db.schema
    .createTable('serviceUsers')
    .$call((table) => belonging(table, 'serviceId', 'services'))
    .$call((table) => belonging(table, 'userId', 'users'))
    .$call(validity)
    .addColumn('addresses', 'text', (list) => list.notNull())
    .addPrimaryKeyConstraint('serviceUsersKey', ['serviceId', 'userId'])
    .execute();
  await index(db, 'serviceUsers', 'userId');
}

async function createCredentials(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('keys')
    .addColumn('id', 'text', (id) => id.primaryKey())
    .addColumn('name', 'text', (name) => name.notNull())
    .addColumn('notes', 'text', (text) => text.notNull())
    .addColumn('signing', 'integer', (flag) => flag.notNull())
    .addColumn('owner', 'bigint', (id) => id.references('users.id').onDelete('set null'))
    .$call(limited)
    .execute();
  await index(db, 'keys', 'owner');
  await numbered(db, 'keySecrets', dialect)
    .addColumn('keyId', 'text', (id) => id.notNull().references('keys.id').onDelete('cascade'))
    .addColumn('hash', 'text', (hash) => hash.notNull())
    .addColumn('sealed', 'text')
    .$call(validity)
    .execute();
  await index(db, 'keySecrets', 'keyId');
  await numbered(db, 'tokens', dialect)
    .addColumn('hash', 'text', (hash) => hash.notNull().unique())
    .$call((table) => belonging(table, 'userId', 'users'))
    .addColumn('serviceId', 'bigint', (id) => id.references('services.id').onDelete('cascade'))
    .addColumn('name', 'text', (name) => name.notNull())
    .addColumn('renewing', 'integer', (flag) => flag.notNull())
    .addColumn('origin', 'bigint')
    .$call(limited)
    .execute();
  await index(db, 'tokens', 'userId');
  await index(db, 'tokens', 'serviceId');
  await index(db, 'tokens', 'origin');
  await createPasswordsAndSessions(db, dialect);
}

async function createPasswordsAndSessions(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await numbered(db, 'appPasswords', dialect)
    .$call((table) => belonging(table, 'userId', 'users'))
    .addColumn('name', 'text', (name) => name.notNull())
    .addColumn('hash', 'text', (hash) => hash.notNull())
    .addColumn('sealed', 'text', (sealed) => sealed.notNull())
    .$call(validity)
    .addColumn('created', 'bigint', (time) => time.notNull())
    .addColumn('revoked', 'bigint')
    .execute();
  await index(db, 'appPasswords', 'userId');
  await db.schema
    .createTable('sessions')
    .addColumn('hash', 'text', (hash) => hash.primaryKey())
    .$call((table) => belonging(table, 'userId', 'users'))
    .addColumn('csrf', 'text', (csrf) => csrf.notNull())
    .addColumn('created', 'bigint', (time) => time.notNull())
    .addColumn('validUntil', 'bigint', (time) => time.notNull())
    .execute();
  await index(db, 'sessions', 'userId');
  await index(db, 'sessions', 'validUntil');
}

async function createCounts(db: Kysely<Tables>): Promise<void> {
  const keyed = (table: string, key = 'name') =>
    db.schema.createTable(table).addColumn(key, 'text', (text) => text.primaryKey());
  const expiring = <C extends string>(table: Table<C>) =>
    table.addColumn('expires', 'bigint', (time) => time.notNull());
  await keyed('marks')
    .addColumn('value', 'bigint', (value) => value.notNull())
    .execute();
  await db.schema
    .createTable('settings')
    .addColumn('id', 'integer', (id) => id.primaryKey())
    .addColumn('held', 'text', (json) => json.notNull())
    .execute();
  await keyed('nonces').$call(expiring).execute();
  await keyed('counters')
    .addColumn('count', 'bigint', (count) => count.notNull())
    .$call(expiring)
    .execute();
  await keyed('outcomes', 'scope')
    .addColumn('args', 'text', (args) => args.notNull())
    .addColumn('outcome', 'text')
    .$call(expiring)
    .execute();
  for (const table of ['nonces', 'counters', 'outcomes']) await index(db, table, 'expires');
}

async function createRecords(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await numbered(db, 'audit', dialect)
    .addColumn('time', 'bigint', (time) => time.notNull())
    .addColumn('requestId', 'text', (id) => id.notNull())
    .addColumn('function', 'text', (name) => name.notNull())
    .addColumn('protocol', 'text', (name) => name.notNull())
    .addColumn('client', 'text')
    .addColumn('user', 'text')
    .addColumn('address', 'text', (address) => address.notNull())
    .addColumn('code', 'text', (code) => code.notNull())
    .addColumn('gate', 'text')
    .addColumn('duration', 'double precision', (duration) => duration.notNull())
    .execute();
  await index(db, 'audit', 'time');
  await index(db, 'audit', 'requestId');
  await numbered(db, 'events', dialect)
    .addColumn('time', 'bigint', (time) => time.notNull())
    .addColumn('kind', 'text', (kind) => kind.notNull())
    .addColumn('actor', 'text')
    .addColumn('subject', 'text')
    .addColumn('address', 'text')
    .addColumn('requestId', 'text')
    .execute();
  await index(db, 'events', 'time');
}

async function index(db: Kysely<Tables>, table: string, column: string): Promise<void> {
  await db.schema
    .createIndex(`${table}By${column[0]?.toUpperCase()}${column.slice(1)}`)
    .on(table)
    .column(column)
    .execute();
}
