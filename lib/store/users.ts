import type { Database } from './database.ts';
import type { UserRecord } from './records.ts';
import { changeOf, nameKey, recordOf, rowOf } from './row.ts';
import type { Users } from './store.ts';

const changeable = ['username', 'name', 'state', 'password', 'validFrom', 'validUntil', 'perMinute', 'perDay'] as const;
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
    update: (id, change) =>
      database.publish(async (trx) => {
        const { username } = change;
        const key = username === undefined ? {} : { nameKey: nameKey(username) };
        const row = { id, ...changeOf<UserRecord>(change, changeable), ...key };
        const { numUpdatedRows } = await trx.updateTable('users').set(row).where('id', '=', id).executeTakeFirst();
        return numUpdatedRows > 0n;
      }, taken),
    remove: (id) =>
      database.publish(async (trx) => {
        const { numDeletedRows } = await trx.deleteFrom('users').where('id', '=', id).executeTakeFirst();
        return numDeletedRows > 0n;
      }),
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
