import { setImmediate as breath } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { notWire, type UsageFilter, type UsageRow } from './records.ts';
import type { Usage } from './store.ts';

/** Records that one statement looks at: others get their turn between statements. */
const slice = 10_000;

/** What calls are told apart by. A name that is no function's is whatever a caller made up: those are one. */
const groups = {
  function: sql<string>`case when code = 'unknown-function' then '' else "function" end`,
  protocol: sql<string>`protocol`,
  caller: sql<string>`case when "user" is not null then 'user:' || "user" when client is not null then 'key:' || client else '' end`,
  code: sql<string>`code`,
} as const;

export function usageTable(database: Database): Usage {
  return {
    oldest: () => oldestTime(database),
    read: async function* (filter) {
      for (let begin: number | undefined = filter.since; begin !== undefined && begin < filter.until; ) {
        const end = await sliceEnd(database, begin, filter.until);
        yield await readSlice(database, filter, begin, end ?? filter.until);
        begin = end;
        await breath();
      }
    },
  };
}

async function oldestTime(database: Database): Promise<number | undefined> {
  const oldest = await database.run((db) =>
    db.selectFrom('audit').select('time').orderBy('time').limit(1).executeTakeFirst(),
  );
  return oldest?.time;
}

/** Where the slice that begins at a time ends; undefined for the last one. The index of times alone is asked. */
async function sliceEnd(database: Database, begin: number, until: number): Promise<number | undefined> {
  const next = await database.run((db) =>
    db
      .selectFrom('audit')
      .select('time')
      .where('time', '>=', begin)
      .where('time', '<', until)
      .orderBy('time')
      .limit(1)
      .offset(slice)
      .executeTakeFirst(),
  );
  return next === undefined ? undefined : Math.max(next.time, begin + 1); // many may be of one millisecond
}

/**
 * Counts the calls of a slice by bucket, group and duration: on the logarithmic scale whose bins are a tenth wide, so that
 * percentiles can be told within a twentieth.
 */
function readSlice(
  database: Database,
  { since, step, by, ...filter }: UsageFilter,
  begin: number,
  end: number,
): Promise<readonly UsageRow[]> {
  const bucket = sql<number>`cast((time - cast(${since} as bigint)) / cast(${step} as bigint) as bigint)`;
  const bin = sql<number>`cast(floor(ln(case when duration > 0.001 then duration else 0.001 end) * 10) as bigint)`;
  return database.run((db) => {
    let query = db
      .selectFrom('audit')
      .select([bucket.as('bucket'), groups[by].as('group'), bin.as('bin')])
      .select(({ fn }) => [
        fn.countAll<number>().as('calls'),
        sql<number>`cast(sum(case when code = 'ok' then 0 else 1 end) as bigint)`.as('errors'),
        fn.sum<number>('duration').as('duration'),
        fn.max('duration').as('longest'),
      ])
      .where('time', '>=', begin)
      .where('time', '<', end);
    for (const column of ['function', 'protocol', 'client', 'user', 'code'] as const) {
      const wanted = filter[column];
      if (wanted !== undefined) query = query.where(column, '=', wanted);
    }
    if (filter.wire) query = query.where('protocol', 'not in', notWire);
    if (filter.failed) query = query.where('code', '<>', 'ok');
    return query.groupBy([sql`1`, sql`2`, sql`3`]).execute();
  });
}
