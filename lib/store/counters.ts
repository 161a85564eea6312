import { sql } from 'kysely';
import type { Database } from './database.ts';
import { keyText } from './row.ts';
import type { Counters } from './store.ts';

/** A count that has expired is none. */
export function countersTable(database: Database): Counters {
  const read = (key: string) =>
    database.run(async (db) => {
      const counts = db.selectFrom('counters').select('count').where('name', '=', key);
      return (await counts.where('expires', '>', database.now()).executeTakeFirst())?.count ?? 0;
    });
  return {
    take: async (name, amount, limit, expires) => {
      const key = keyText(name);
      const count = await add(database, key, amount, limit, expires);
      return count === undefined ? { taken: false, count: await read(key) } : { taken: true, count };
    },
    read: (name) => read(keyText(name)),
    list: (start, end, most) =>
      database.run(async (db) => {
        const found = await db
          .selectFrom('counters')
          .select(['name', 'count'])
          .where('name', '>=', start)
          .where('name', '<', `${start}\u{7f}`) // names are plain
          .where('expires', '>', database.now())
          .where(sql<string>`substr(name, length(name) - ${sql.lit(end.length - 1)})`, '=', end)
          .orderBy('count', 'desc')
          .limit(most)
          .execute();
        return found.map(({ name, count }) => ({ name: name.slice(start.length, -end.length), count }));
      }),
  };
}

/** The count after an addition that fits, in one statement: the row is its own lock. */
async function add(
  database: Database,
  key: string,
  amount: number,
  limit: number,
  expires: number,
): Promise<number | undefined> {
  if (amount > limit) return undefined;
  const fresh = sql<boolean>`counters.expires <= cast(${database.now()} as bigint)`;
  const { rows } = await database.run((db) =>
    sql<{ count: number }>`insert into counters (name, count, expires) values (${key}, ${amount}, ${expires})
      on conflict (name) do update set
        count = case when ${fresh} then excluded.count else counters.count + excluded.count end,
        expires = case when ${fresh} then excluded.expires else counters.expires end
      where ${fresh} or counters.count + excluded.count <= cast(${limit} as bigint)
      returning count`.execute(db),
  );
  return rows[0]?.count;
}
