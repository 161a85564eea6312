import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql, type Transaction } from 'kysely';
import { isContention, storeFault, unavailable } from './problem.ts';
import { storable } from './row.ts';
import type { Tables } from './tables.ts';

/** The channel on which PostgreSQL tells of a new revision. */
export const channel = 'polywire_revision';

/** What all groups of tables stand on. What they throw is a Fault. */
export interface Database {
  readonly dialect: 'sqlite' | 'postgres';
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Carries out one statement, or several that need not be one.
   * @param taken what to say where a unique name is taken
   */
  run<T>(work: (db: Kysely<Tables>) => Promise<T>, taken?: string): Promise<T>;
  /** Carries out all of `work` or nothing. */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>, taken?: string): Promise<T>;
  /** As `write`, for what others must notice: raises the revision. */
  publish<T>(work: (trx: Transaction<Tables>) => Promise<T>, taken?: string): Promise<T>;
}

/**
 * @param patience milliseconds to try again for while other writers are in the way
 * @param isClosed whether the store has been closed
 */
export function createDatabase(
  kysely: Kysely<Tables>,
  dialect: Database['dialect'],
  patience: number,
  now: () => number,
  isClosed: () => boolean,
): Database {
  const run: Database['run'] = async (work, taken) => {
    if (isClosed()) throw unavailable(undefined, 'The store is closed');
    return persist(() => work(kysely), patience, taken);
  };
  const write: Database['write'] = (work, taken) => run((db) => db.transaction().execute(work), taken);
  return {
    dialect,
    now,
    run,
    write,
    publish: (work, taken) =>
      write(async (trx) => {
        await raise(trx, dialect); // first: its row is the lock that puts such changes in a line
        return work(trx);
      }, taken),
  };
}

/**
 * Tries again, without holding the event loop, while other writers are in the way.
 * @throws Fault
 */
export async function persist<T>(work: () => Promise<T>, patience: number, taken?: string): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (reason) {
      if (!isContention(reason) || performance.now() > end) throw storeFault(reason, taken);
    }
    await sleep(2 + Math.random() * 18);
  }
}

async function raise(trx: Transaction<Tables>, dialect: Database['dialect']): Promise<void> {
  await trx
    .updateTable('marks')
    .set((mark) => ({ value: mark('value', '+', 1) }))
    .where('name', '=', 'revision')
    .execute();
  if (dialect === 'postgres') await sql`select pg_notify(${channel}, '')`.execute(trx);
}

/** The revision as it stands. */
export async function readRevision(database: Database): Promise<number> {
  const { value } = await database.run((db) =>
    db.selectFrom('marks').select('value').where('name', '=', 'revision').executeTakeFirstOrThrow(),
  );
  return value;
}

/** How JSON writes what `storable` replaces. */
const odd = /\\u(0000|d[89a-f])/;

/** Rows of a JSON text of arrays, as `one.value`: the way to hand many rows to one statement. */
export function jsonRows(dialect: Database['dialect'], rows: readonly (readonly unknown[])[]) {
  let text = JSON.stringify(rows);
  if (odd.test(text)) text = JSON.stringify(rows, (_, value) => (typeof value === 'string' ? storable(value) : value));
  return dialect === 'sqlite'
    ? sql<{ value: string }>`json_each(${text})`.as<'one'>(sql`one`)
    : sql<{ value: string }>`json_array_elements(${text}::json)`.as<'one'>(sql`one`);
}
