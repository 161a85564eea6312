import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import Libsql from 'libsql';
import pg from 'pg';
import { openStore } from '../../../lib/store/open.ts';
import { createDatabase, type DatabaseKind, type TestDatabase } from '../../lib/store/databases.ts';
import { aUser } from '../../lib/store/records.ts';
import { within } from '../../processes/patience.ts';
import { findWrites } from './found.ts';
import { startWriter, type Task } from './writer.ts';
import type { Seed } from './writes.ts';

/** When a writer is killed: so many milliseconds after it has said so many lines. */
export interface Moment {
  readonly lines: number;
  readonly milliseconds: number;
}

const never: Moment = { lines: Infinity, milliseconds: 0 };

/** Runs a writer until it is killed, or ends; tells every line that it has said. */
export async function runUntil(task: Task, { lines, milliseconds }: Moment = never): Promise<readonly string[]> {
  const child = startWriter(task);
  const said: string[] = [];
  const errors: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  if (child.stdout === null) throw new Error('no stdout');
  const reader = createInterface({ input: child.stdout });
  const kill = (): void => void setTimeout(() => child.kill('SIGKILL'), milliseconds);
  reader.on('line', (line) => {
    if (said.push(line) === lines) kill();
  });
  const [code, signal] = await once(child, 'close');
  expect(errors.join('')).equal('');
  expect(signal ?? code).equal(signal === null ? 0 : 'SIGKILL');
  return said;
}

/** A database that processes are killed over. */
export class Scene {
  readonly database: TestDatabase;
  /** The database as the writers name it, so that what they have left at a server can be told. */
  readonly url: string;
  /** What is there before the first write. */
  readonly seed: Seed;
  readonly #kind: DatabaseKind;
  readonly #name: string;
  readonly #base: number;
  readonly #acknowledged: string[] = [];

  private constructor(kind: DatabaseKind, database: TestDatabase, name: string, seed: Seed, base: number) {
    this.#kind = kind;
    this.database = database;
    this.#name = name;
    this.url = kind === 'sqlite' ? database.url : `${database.url}&application_name=${name}`;
    this.seed = seed;
    this.#base = base;
  }

  static async make(kind: DatabaseKind): Promise<Scene> {
    const database = await createDatabase(kind);
    const store = await openStore(database.url);
    const { id: userId } = await store.users.create(aUser('seed'));
    const { id: roleId } = await store.roles.create({ name: 'kept', description: '', capabilities: ['a:b'] });
    const base = await store.revision();
    await store.close();
    return new Scene(kind, database, `kill-${process.pid}-${Date.now()}`, { userId, roleId }, base);
  }

  /** Notes what a writer has said, `opening` and `open` first. */
  acknowledge([, , ...writes]: readonly string[]): void {
    this.#acknowledged.push(...writes);
  }

  /**
   * Looks at what is there: all that was acknowledged, and nothing beyond what was under way.
   * @param groups how many may be there
   * @param underWay how many writes may be there that were not acknowledged
   */
  async check(groups: number, underWay: number): Promise<void> {
    await this.#settled();
    this.#sound();
    const store = await openStore(this.database.url);
    const found = await findWrites(store, groups, this.#base);
    await store.close();
    expect(
      this.#acknowledged.filter((line) => !found.has(line)),
      'acknowledged and lost',
    ).deep.equal([]);
    expect(found.size - this.#acknowledged.length, 'never acknowledged').within(0, underWay);
  }

  /** What a killed process has sent is still carried out by PostgreSQL: waits until that is over. */
  async #settled(): Promise<void> {
    if (this.#kind === 'sqlite') return;
    const client = new pg.Client({ connectionString: this.database.url });
    await client.connect();
    const left = `select 1 from pg_stat_activity where application_name = '${this.#name}'`;
    await within(5_000, 'the server has noticed', async () => (await client.query(left)).rowCount === 0);
    await client.end();
  }

  /** What SQLite itself thinks of a file that nobody has repaired. */
  #sound(): void {
    if (this.#kind === 'postgres') return;
    const file = new Libsql(this.database.url.slice('sqlite:'.length));
    expect(file.pragma('integrity_check'), 'integrity').deep.equal([{ integrity_check: 'ok' }]);
    expect(file.pragma('foreign_key_check'), 'foreign keys').deep.equal([]);
    file.close();
  }
}
