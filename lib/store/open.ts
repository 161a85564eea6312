import { Kysely } from 'kysely';
import { Fault } from '../fault.ts';
import { appPasswordsTable } from './app-passwords.ts';
import { auditTable } from './audit.ts';
import type { Backend } from './backend.ts';
import { countersTable } from './counters.ts';
import { createDatabase, type Database, readRevision } from './database.ts';
import { fileProblem } from './file-problem.ts';
import { keysTable } from './keys.ts';
import { migrate } from './migrate.ts';
import { noncesTable } from './nonces.ts';
import { outcomesTable } from './outcomes.ts';
import { openPostgres } from './postgres.ts';
import { codeOf, unavailable } from './problem.ts';
import { rolesTable } from './roles.ts';
import { servicesTable } from './services.ts';
import { sessionsTable } from './sessions.ts';
import { settingsTable } from './settings-table.ts';
import { setupsTable } from './setups.ts';
import { asDatabase, openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { type Timing, timed } from './timed.ts';
import { tokensTable } from './tokens.ts';
import { sweep } from './trim.ts';
import { usageTable } from './usage.ts';
import { usersTable } from './users.ts';
import { watchRevision } from './watch.ts';

export interface StoreOptions {
  /** Milliseconds that a statement may take, waiting for other writers included; 5,000 if left out. */
  readonly patience?: number;
  /** The clock by which counts and outcomes expire, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Calls, and events, that a database in memory keeps: the newest; 100,000 if left out. Others keep all. */
  readonly mostRecords?: number;
  /** What notes how long an operation takes, by its name (`keys.find`). */
  readonly times?: Timing;
}

/**
 * Opens a store and brings its tables up to date.
 * @param url `sqlite:FILE`, `sqlite::memory:`, `postgres://user:password@host:port/database`
 * @throws Fault `invalid-params` for other URLs; `unavailable` that says what is missing, without passwords
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const { patience = 5_000, now = Date.now, mostRecords = 100_000, times } = options;
  const ready = /^postgres(ql)?:\/\//.test(url)
    ? await readyPostgres(url, patience)
    : await readySqlite(fileOf(url), patience);
  const store = createStore(ready, patience, now, ready.backend.inMemory ? mostRecords : undefined);
  return times === undefined ? store : timed(store, times);
}

/** A database whose tables are up to date. */
interface Ready {
  readonly backend: Backend;
  readonly kysely: Kysely<Tables>;
}

function fileOf(url: string): string {
  const [, file] = /^sqlite:(?:\/\/(?=\/))?([^?]+)$/.exec(url) ?? [];
  if (file !== undefined) return file;
  throw new Fault('invalid-params', 'A database is named as sqlite:FILE or postgres://user@host:port/database');
}

async function readySqlite(file: string, patience: number): Promise<Ready> {
  const backend = await openSqlite(file, patience);
  const kysely = new Kysely<Tables>({ dialect: backend.dialect });
  try {
    await migrate(kysely, 'sqlite', patience);
    return { backend, kysely };
  } catch (reason) {
    await kysely.destroy();
    throw fileProblem(file, asDatabase, reason);
  }
}

/** Migrations may take longer than statements may, so they have connections of their own. */
async function readyPostgres(url: string, patience: number): Promise<Ready> {
  const { dialect } = await openPostgres(url, { connecting: patience, answering: 0 });
  const kysely = new Kysely<Tables>({ dialect });
  try {
    await migrate(kysely, 'postgres', patience);
  } catch (reason) {
    throw refusedAtStart(url, reason);
  } finally {
    await kysely.destroy().catch(() => {});
  }
  const backend = await openPostgres(url, { connecting: patience, answering: patience });
  return { backend, kysely: new Kysely<Tables>({ dialect: backend.dialect }) };
}

/** Says which database it is about and, where the server said so, what is wrong. */
function refusedAtStart(url: string, reason: unknown): unknown {
  const cause = reason instanceof Fault ? reason.cause : reason;
  if (cause === undefined) return reason;
  const { host, pathname } = URL.canParse(url) ? new URL(url) : { host: '', pathname: '' };
  const code = codeOf(cause);
  const problem = starts[code] ?? (code === '' ? 'does not answer' : `answers with the error ${code}`);
  return unavailable(cause, `PostgreSQL at ${host}${pathname} ${problem}`);
}

const starts: Readonly<Record<string, string>> = {
  '28P01': 'refuses the user or the password',
  '28000': 'refuses the user or the password',
  '3D000': 'does not have this database',
  '42501': 'does not let this user make tables',
  '53300': 'has no connection left',
  '57P03': 'is starting or stopping',
  '42P07': 'holds tables of something else: use a database or a schema of its own',
};

function createStore(
  { kysely, backend }: Ready,
  patience: number,
  now: () => number,
  mostRecords: number | undefined,
): Store {
  let closed: Promise<void> | undefined;
  const watches = new Set<() => void>();
  const database = createDatabase(kysely, backend.name, patience, now, () => closed !== undefined);
  const revision = () => readRevision(database);
  return {
    dialect: backend.name,
    ...tablesOf(database, mostRecords),
    revision,
    watch: (onChange, onProblem) => {
      const stop = watchRevision({ read: revision, listen: backend.listen, onChange, onProblem });
      watches.add(stop);
      return () => {
        watches.delete(stop);
        stop();
      };
    },
    sweep: (at) => sweep(database, at),
    close: () => {
      for (const stop of watches) stop();
      watches.clear();
      closed ??= kysely.destroy();
      return closed;
    },
  };
}

function tablesOf(database: Database, mostRecords: number | undefined) {
  return {
    settings: settingsTable(database),
    users: usersTable(database),
    roles: rolesTable(database),
    services: servicesTable(database),
    keys: keysTable(database),
    tokens: tokensTable(database),
    appPasswords: appPasswordsTable(database),
    sessions: sessionsTable(database),
    nonces: noncesTable(database),
    setups: setupsTable(database),
    counters: countersTable(database),
    outcomes: outcomesTable(database),
    audit: auditTable(database, mostRecords),
    usage: usageTable(database),
  };
}
