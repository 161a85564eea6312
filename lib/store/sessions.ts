import type { Database } from './database.ts';
import type { SessionRecord } from './records.ts';
import { recordOf, rowOf } from './row.ts';
import type { Sessions } from './store.ts';

const columns = ['hash', 'userId', 'csrf', 'created', 'validUntil'] as const;

export function sessionsTable(database: Database): Sessions {
  return {
    create: async (session) => {
      const row = rowOf(session, columns);
      await database.run((db) => db.insertInto('sessions').values(row).execute(), 'There is such a session already');
    },
    find: (hash) =>
      database.run(async (db) => {
        const row = await db.selectFrom('sessions').select(columns).where('hash', '=', hash).executeTakeFirst();
        return row && recordOf<SessionRecord>(row);
      }),
    extend: (hash, validUntil) =>
      database.run(async (db) => {
        const extended = db.updateTable('sessions').set({ validUntil }).where('hash', '=', hash);
        return (await extended.executeTakeFirst()).numUpdatedRows > 0n;
      }),
    remove: (hash) =>
      database.run(async (db) => {
        const removed = db.deleteFrom('sessions').where('hash', '=', hash);
        return (await removed.executeTakeFirst()).numDeletedRows > 0n;
      }),
    removeOf: async (userId) => {
      await database.run((db) => db.deleteFrom('sessions').where('userId', '=', userId).execute());
    },
  };
}
