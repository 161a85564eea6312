import { Fault } from '../fault.ts';
import type { Store } from './store.ts';

/** Gives what notes the milliseconds of one operation, and whether it failed. */
export type Timing = (operation: string) => (milliseconds: number, failed: boolean) => void;

/** The groups of a store's tables. */
type Table = {
  readonly [Name in keyof Store]: Store[Name] extends string | ((...args: never) => unknown) ? never : Name;
}[keyof Store];

/** The same store, whose operations are timed by the names of their tables and their own. */
export function timed(store: Store, times: Timing): Store {
  const tables = Object.entries(store).flatMap(([name, table]) =>
    typeof table === 'object' ? [[name, timedTable(name, table, times)]] : [],
  );
  return { ...store, ...(Object.fromEntries(tables) as Pick<Store, Table>) };
}

function timedTable(name: string, table: object, times: Timing): object {
  return Object.fromEntries(
    Object.entries(table).map(([operation, work]) => [
      operation,
      typeof work === 'function' ? timedWork(work as Work, times(`${name}.${operation}`)) : work,
    ]),
  );
}

type Work = (...args: readonly unknown[]) => unknown;

function timedWork(work: Work, note: ReturnType<Timing>): Work {
  return (...args) => {
    const started = performance.now();
    const result = work(...args);
    if (result instanceof Promise) {
      result.then(
        () => note(performance.now() - started, false),
        (reason: unknown) => note(performance.now() - started, !isAnswer(reason)),
      );
    }
    return result;
  };
}

/** A name that is taken is an answer, and not a failure of the store. */
function isAnswer(reason: unknown): boolean {
  return reason instanceof Fault && reason.code === 'conflict';
}
