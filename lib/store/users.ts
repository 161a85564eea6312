import { removeRow, updateRow } from './by-id.ts';
import type { Database } from './database.ts';
import type { UserRecord } from './records.ts';
import { changeOf, nameKey, newNameKey, recordOf, rowOf } from './row.ts';
import type { Users } from './store.ts';

const limits = ['validFrom', 'validUntil', 'perMinute', 'perDay', 'addresses'] as const;
const changeable = ['username', 'name', 'state', 'password', ...limits] as const;
const columns = [...changeable, 'created'] as const;
const taken = 'There is a user of this name already';

export function usersTable(database: Database): Users {
  const select = (column: 'id' | 'nameKey', value: number | string) =>
    database.run(async (db) => {
      const row = await db
        .selectFrom('users')
        .select(['id', ...columns])
        .where(column, '=', value)
        .executeTakeFirst();
      return row && recordOf<UserRecord>(row);
    });
  return {
    create: (user) =>
      database.publish(async (trx) => {
        const row = { ...rowOf(user, columns), nameKey: nameKey(user.username) };
        const { id } = await trx.insertInto('users').values(row).returning('id').executeTakeFirstOrThrow();
        return recordOf<UserRecord>({ id, ...rowOf(user, columns) });
      }, taken),
    find: (id) => select('id', id),
    byName: async (username) => (username.includes('\0') ? undefined : select('nameKey', nameKey(username))),
    list: () =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('users')
          .select(['id', ...columns])
          .orderBy('nameKey')
          .execute();
        return rows.map((row) => recordOf<UserRecord>(row));
      }),
    update: (id, change) => {
      const row = { ...changeOf<UserRecord>(change, changeable), ...newNameKey(change.username) };
      return updateRow(database, 'users', id, row, taken);
    },
    remove: (id) => removeRow(database, 'users', id),
    count: () =>
      database.run(async (db) => {
        const { count } = await db
          .selectFrom('users')
          .select((users) => users.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        return count;
      }),
  };
}
