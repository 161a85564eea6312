import { Fault } from '../fault.ts';
import type { PartialSettings } from '../settings.ts';
import type { Database } from './database.ts';
import type { SettingsTable } from './store.ts';

/** The one row that there is. */
const id = 1;

export function settingsTable(database: Database): SettingsTable {
  const held = (db: Parameters<Parameters<Database['run']>[0]>[0]) =>
    db.selectFrom('settings').select('held').where('id', '=', id).executeTakeFirst();
  return {
    read: async () => parse(await database.run(held)),
    update: (change) =>
      database.publish(async (trx) => {
        const next = made(change, parse(await held(trx)));
        const text = JSON.stringify(next);
        await trx
          .insertInto('settings')
          .values({ id, held: text })
          .onConflict((row) => row.column('id').doUpdateSet({ held: text }))
          .execute();
        return parse({ held: text });
      }),
    importOnce: (settings) =>
      database.publish(async (trx) => {
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto('settings')
          .values({ id, held: JSON.stringify(settings) })
          .onConflict((row) => row.doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      }),
  };
}

/** What a change makes of the settings; what breaks in it is no problem of the database. */
function made(change: (held: PartialSettings) => PartialSettings, held: PartialSettings): PartialSettings {
  try {
    return change(held);
  } catch (reason) {
    throw Fault.from(reason);
  }
}

function parse(row: { readonly held: string } | undefined): PartialSettings {
  return row === undefined ? {} : (JSON.parse(row.held) as PartialSettings);
}
