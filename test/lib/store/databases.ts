import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore, type StoreOptions } from '../../../lib/store/open.ts';
import type { Store } from '../../../lib/store/store.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

const postgres = process.env['POLYWIRE_TEST_POSTGRES'];

/** The databases that there are: SQLite always, PostgreSQL where the environment names one. */
export const databases: readonly DatabaseKind[] = postgres === undefined ? ['sqlite'] : ['sqlite', 'postgres'];

/** An empty database of its own. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes an empty database: a file in a folder of its own, or a schema. */
export async function createDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  if (kind === 'postgres') return createSchema();
  const folder = mkdtempSync(join(tmpdir(), 'polywire-store-'));
  return {
    url: `sqlite:${join(folder, 'polywire.db')}`,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function createSchema(): Promise<TestDatabase> {
  const name = `polywire_test_${randomBytes(8).toString('hex')}`;
  await onPostgres(`create schema ${name}`);
  const url = new URL(postgres ?? '');
  url.searchParams.set('options', `-csearch_path=${name}`);
  return { url: url.href, drop: () => onPostgres(`drop schema ${name} cascade`) };
}

/** Carries out a statement in the database of the tests. */
export async function onPostgres(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A database for the tests of a suite, and stores on it that are closed afterwards. */
export interface Opened {
  readonly url: string;
  /** The first store. */
  readonly store: Store;
  /** Another store on the same database, as another process has it. */
  another(options?: StoreOptions): Promise<Store>;
}

/** Runs a suite on every database that there is; `opened()` is a fresh database for each test. */
export function overDatabases(title: string, suite: (opened: () => Opened, kind: DatabaseKind) => void): void {
  for (const kind of databases) {
    describe(`${title}, on ${kind}`, () => {
      let database: TestDatabase;
      let stores: Store[];
      const another = async (options?: StoreOptions) => {
        const store = await openStore(database.url, options);
        stores.push(store);
        return store;
      };
      beforeEach(async () => {
        stores = [];
        database = await createDatabase(kind);
        await another();
      });
      afterEach(async () => {
        await Promise.all(stores.map((store) => store.close()));
        await database.drop();
      });
      suite(() => ({ url: database.url, store: stores[0] as Store, another }), kind);
    });
  }
}

/** Waits until something is so, looking every few milliseconds. */
export async function until(what: () => boolean, patience = 2_000): Promise<void> {
  const end = performance.now() + patience;
  while (!what()) {
    if (performance.now() > end) throw new Error(`not so within ${patience} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
