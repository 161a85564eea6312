import type { Updateable } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/**
 * Changes a row, for others to notice; tells whether there is one.
 * @param taken what to say where a unique name is taken
 */
export function updateRow<T extends 'users' | 'roles' | 'services' | 'keys'>(
  database: Database,
  table: T,
  id: T extends 'keys' ? string : number,
  change: Updateable<Tables[T]>,
  taken?: string,
): Promise<boolean> {
  const row = { id, ...change } as Updateable<Tables['users']>; // never empty; Kysely wants to know of one table
  return database.publish(async (trx) => {
    const update = trx.updateTable(table as 'users').set(row);
    const { numUpdatedRows } = await update.where('id', '=', id as number).executeTakeFirst();
    return numUpdatedRows > 0n;
  }, taken);
}

/** Removes a row, for others to notice; tells whether there was one. */
export function removeRow(database: Database, table: 'users' | 'roles' | 'services', id: number): Promise<boolean> {
  return database.publish(async (trx) => {
    const { numDeletedRows } = await trx.deleteFrom(table).where('id', '=', id).executeTakeFirst();
    return numDeletedRows > 0n;
  });
}
