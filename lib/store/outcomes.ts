import type { Database } from './database.ts';
import { keyText } from './row.ts';
import type { Outcomes } from './store.ts';

export function outcomesTable(database: Database): Outcomes {
  return {
    begin: async (scope, args, expires) => {
      const key = keyText(scope);
      for (;;) {
        if (await claim(database, key, args, expires)) return undefined;
        const held = await database.run((db) =>
          db.selectFrom('outcomes').select(['args', 'outcome']).where('scope', '=', key).executeTakeFirst(),
        );
        // what was there a moment ago may have been abandoned since
        if (held !== undefined) return { args: held.args, outcome: held.outcome ?? undefined };
      }
    },
    finish: async (scope, outcome) => {
      await database.run((db) =>
        db.updateTable('outcomes').set({ outcome }).where('scope', '=', keyText(scope)).execute(),
      );
    },
    abandon: async (scope) => {
      await database.run((db) =>
        db.deleteFrom('outcomes').where('scope', '=', keyText(scope)).where('outcome', 'is', null).execute(),
      );
    },
  };
}

/** Whether the call is the first of its scope, or the first since the last one expired. */
async function claim(database: Database, scope: string, args: string, expires: number): Promise<boolean> {
  return database.run(async (db) => {
    const claimed = await db
      .insertInto('outcomes')
      .values({ scope, args, expires })
      .onConflict((held) =>
        held
          .column('scope')
          .doUpdateSet({ args, outcome: null, expires })
          .where('outcomes.expires', '<=', database.now()),
      )
      .returning('scope')
      .executeTakeFirst();
    return claimed !== undefined;
  });
}
