import type { Database } from './database.ts';
import type { AppPasswordRecord } from './records.ts';
import { recordOf, rowOf } from './row.ts';
import type { AppPasswords } from './store.ts';

const columns = ['userId', 'name', 'hash', 'sealed', 'validFrom', 'validUntil', 'created', 'revoked'] as const;

export function appPasswordsTable(database: Database): AppPasswords {
  return {
    create: (password) =>
      database.publish(async (trx) => {
        const row = rowOf(password, columns);
        const { id } = await trx.insertInto('appPasswords').values(row).returning('id').executeTakeFirstOrThrow();
        return recordOf<AppPasswordRecord>({ id, ...row });
      }),
    of: (userId) =>
      database.run(async (db) => {
        const passwords = db
          .selectFrom('appPasswords')
          .select(['id', ...columns])
          .where('userId', '=', userId);
        return (await passwords.orderBy('id').execute()).map((row) => recordOf<AppPasswordRecord>(row));
      }),
    revoke: (id, at) =>
      database.publish(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('appPasswords')
          .set({ revoked: at })
          .where('id', '=', id)
          .where('revoked', 'is', null)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
  };
}
