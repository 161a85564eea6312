import type { Database } from './database.ts';
import { keyText } from './row.ts';
import type { Nonces } from './store.ts';

export function noncesTable(database: Database): Nonces {
  return {
    use: (scope, nonce, expires) =>
      database.run(async (db) => {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('nonces')
          .values({ name: keyText(JSON.stringify([scope, nonce])), expires })
          .onConflict((held) => held.doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      }),
  };
}
