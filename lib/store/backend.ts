import type { Dialect } from 'kysely';

/** A kind of database, opened. */
export interface Backend {
  readonly name: 'sqlite' | 'postgres';
  readonly dialect: Dialect;
  /** Whether it ends with this process, and takes from its memory. */
  readonly inMemory: boolean;
  /** Where the database tells of changes by itself: calls back for each and returns what stops it. */
  readonly listen: ((heard: () => void) => () => void) | undefined;
}
