import { accessSync, closeSync, constants, openSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SqliteAdapter, type SqliteDatabase, SqliteDialect, SqliteDriver } from 'kysely';
import type Libsql from 'libsql';
import { Fault } from '../fault.ts';
import type { Backend } from './backend.ts';
import { persist } from './database.ts';
import { fileProblem } from './file-problem.ts';
import { unavailable } from './problem.ts';

/** Milliseconds that SQLite itself waits for another writer: the event loop stands still meanwhile. */
const held = 10;

const forWriting = 'opened for writing';
/** As `fileProblem` says it. */
export const asDatabase = 'opened as an SQLite database';

/**
 * A database in a file, or in memory for `:memory:`. Only its owner may read a file that is made here.
 * @throws Fault `unavailable` that says what is missing
 */
export async function openSqlite(file: string, patience: number): Promise<Backend> {
  const Database = await load();
  const path = file === ':memory:' ? file : prepareFile(file);
  try {
    const database = new Database(path);
    await persist(async () => configure(database), patience);
    return { name: 'sqlite', dialect: new Dialect(database), inMemory: path === ':memory:', listen: undefined };
  } catch (cause) {
    throw fileProblem(file, asDatabase, cause);
  }
}

async function load(): Promise<typeof Libsql> {
  try {
    return (await import('libsql')).default;
  } catch (cause) {
    throw unavailable(
      cause,
      'SQLite needs the package libsql and its binary for this platform: npm install libsql --include=optional',
    );
  }
}

/** The file's full path; the file is made where there is none. */
function prepareFile(file: string): string {
  const path = resolve(file);
  try {
    if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) {
      throw unavailable(undefined, `${file} cannot be made: there is no folder ${dirname(file)}`);
    }
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) make(path);
    else if (!found.isFile()) throw unavailable(undefined, `${file} cannot be ${forWriting}: ${kindOf(found)}`);
    else accessSync(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw fileProblem(file, forWriting, cause);
  }
  return path;
}

const kindOf = (found: Stats): string => (found.isDirectory() ? 'it is a folder' : 'it is no file');

/**
 * Makes an empty file. A file that exists is never opened here: to close it again would drop every lock that this process
 * has on it (fcntl(2)), those of an open database too.
 */
function make(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== 'EEXIST') throw reason;
  }
}

function configure(database: Libsql.Database): void {
  database.exec(`pragma busy_timeout = ${held}`);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = normal');
  database.exec('pragma foreign_keys = on');
}

class Dialect extends SqliteDialect {
  readonly #database: Libsql.Database;

  constructor(database: Libsql.Database) {
    super({ database: careful(database) });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new Driver(this.#database);
  }

  override createAdapter(): SqliteAdapter {
    return new Adapter();
  }
}

class Adapter extends SqliteAdapter {
  /** It is, and makes a migration one transaction, which is the lock. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Transactions write, so they take the lock at once: one that reads first may not get it later. */
class Driver extends SqliteDriver {
  readonly #database: Libsql.Database;

  constructor(database: Libsql.Database) {
    super({ database: careful(database) });
    this.#database = database;
  }

  override async beginTransaction(): Promise<void> {
    this.#database.exec('begin immediate');
  }

  override async commitTransaction(): Promise<void> {
    this.#database.exec('commit');
  }

  override async rollbackTransaction(): Promise<void> {
    if (this.#database.inTransaction) this.#database.exec('rollback');
  }
}

/**
 * Works around two things of libsql: it ends the process when it is given a boolean, so it gets nothing but what it knows;
 * and a statement that found the database busy stays under way, so that no transaction can end until it is collected as
 * garbage. So statements that write have the lock before they begin.
 */
function careful(database: Libsql.Database): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (text) => {
      const statement = database.prepare(text);
      const locked = writes.test(text) ? <T>(work: () => T) => withLock(database, work) : <T>(work: () => T) => work();
      return {
        reader: statement.reader,
        all: (values) => locked(() => statement.all(values.map(bindable))),
        run: (values) => locked(() => statement.run(values.map(bindable)) as Libsql.RunResult),
        iterate: (values) => statement.iterate(values.map(bindable)),
      };
    },
  };
}

const writes = /^\s*(insert|update|delete)/i;

function withLock<T>(database: Libsql.Database, work: () => T): T {
  if (database.inTransaction) return work();
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (reason) {
    if (database.inTransaction) database.exec('rollback');
    throw reason;
  }
}

function bindable(value: unknown): unknown {
  if (value === null || typeof value === 'string' || Number.isFinite(value)) return value;
  throw new Fault('invalid-params', 'A value cannot be stored', { cause: new TypeError(typeof value), gate: 'store' });
}
