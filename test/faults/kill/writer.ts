import { type ChildProcess, spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import pg from 'pg';
import { openStore } from '../../../lib/store/open.ts';
import { type Seed, writeGroup } from './writes.ts';

/** What a process that writes is told. */
export interface Task {
  readonly database: string;
  readonly seed: Seed;
  /** The groups to write, from the first, included, to the last, excluded. */
  readonly groups: readonly [number, number];
  /** Groups that are written at the same time. */
  readonly lanes: number;
  /** The statement before which the process ends itself, by its number once the store is open. */
  readonly endBefore?: number;
}

/** Starts a process that says `open` once it has the store, and then `<group> <write>` for each that is acknowledged. */
export function startWriter(task: Task): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(import.meta.url), JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What was acknowledged must have left the process before anything else happens. */
function print(line: string): void {
  writeSync(1, `${line}\n`);
}

/** Ends the process as kill -9 does, before a statement: those before it have been answered, with a single lane. */
function endBefore(statement: number): void {
  let count = 0;
  const counted = <A extends unknown[], R>(work: (this: unknown, ...args: A) => R) =>
    function (this: unknown, ...args: A): R {
      if (++count === statement) process.kill(process.pid, 'SIGKILL');
      return work.apply(this, args);
    };
  const [sqlite, postgres] = [Libsql.prototype, pg.Client.prototype];
  sqlite.exec = counted(sqlite.exec) as typeof sqlite.exec;
  sqlite.prepare = counted(sqlite.prepare) as typeof sqlite.prepare;
  postgres.query = counted(postgres.query) as typeof postgres.query;
}

async function write({ database, seed, groups: [first, end], lanes, endBefore: statement }: Task): Promise<void> {
  print('opening');
  const store = await openStore(database);
  print('open');
  if (statement !== undefined) endBefore(statement);
  let next = first;
  const lane = async (): Promise<void> => {
    while (next < end) {
      const group = next++;
      await writeGroup(store, seed, group, (name) => print(`${group} ${name}`));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await store.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write(JSON.parse(process.argv[2] ?? '') as Task);
