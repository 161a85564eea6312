import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { persist } from './database.ts';
import { firstTables } from './migrations/0001-tables.ts';
import { userAddresses } from './migrations/0002-user-addresses.ts';
import { unavailable } from './problem.ts';
import type { Tables } from './tables.ts';

const migrations = (dialect: 'sqlite' | 'postgres'): Record<string, Migration> => ({
  '0001-tables': firstTables(dialect),
  '0002-user-addresses': userAddresses,
});

/**
 * Brings a database up to date, one process at a time; those that come second find it done.
 * @throws Fault `unavailable` if that fails or a newer Polywire has been here
 */
export async function migrate(db: Kysely<Tables>, dialect: 'sqlite' | 'postgres', patience: number): Promise<void> {
  await persist(() => migrateOnce(db, dialect), patience);
}

async function migrateOnce(db: Kysely<Tables>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const all = migrations(dialect);
  const schema = dialect === 'postgres' ? await currentSchema(db) : undefined;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => all },
    migrationTableName: 'migrations',
    migrationLockTableName: 'migrationLock',
    ...(schema !== undefined && { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  await refuseNewer(db, all);
  throw error;
}

/** The schema in which tables are made: what is asked of others would find theirs. */
async function currentSchema(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(db);
  const schema = rows[0]?.schema;
  if (typeof schema === 'string') return schema;
  throw unavailable(undefined, 'The database has no schema to make tables in');
}

async function refuseNewer(db: Kysely<Tables>, known: Record<string, Migration>): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from migrations`.execute(db).catch(() => ({ rows: [] }));
  const newer = rows.find(({ name }) => !Object.hasOwn(known, name));
  if (newer === undefined) return;
  throw unavailable(undefined, `The database was made by a newer Polywire (it has ${newer.name}): update this one`);
}
