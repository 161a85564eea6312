import { databases } from '../lib/store/databases.ts';

/** Runs a suite once for each database that there is: SQLite always, PostgreSQL where the environment names one. */
export function overDatabases(title: string, suite: (kind: 'sqlite' | 'postgres') => void): void {
  for (const kind of databases) describe(`${title}, on ${kind}`, () => suite(kind));
}
