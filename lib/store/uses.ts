import { sql } from 'kysely';
import { type Database, jsonRows } from './database.ts';

/** A key or a token was used. */
interface Use {
  readonly id: string | number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly address: string;
}

/** Notes the last use of each key or token, unless a later one has been noted. */
export async function noteUses(database: Database, table: 'keys' | 'tokens', uses: readonly Use[]): Promise<void> {
  const last = new Map<string | number, Use>();
  for (const use of uses) if (use.at >= (last.get(use.id)?.at ?? 0)) last.set(use.id, use);
  if (last.size === 0) return;
  // in the order of their ids, so that two processes never wait for each other
  const rows = [...last.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, at, address }) => [id, at, address]);
  const type = sql.raw(table === 'keys' ? 'text' : 'bigint');
  const held = sql.table(table);
  await database.run((db) =>
    sql`update ${held} set "lastUsed" = cast(one.value ->> 1 as bigint), "lastAddress" = one.value ->> 2
      from ${jsonRows(database.dialect, rows)}
      where ${held}.id = cast(one.value ->> 0 as ${type})
      and (${held}."lastUsed" is null or ${held}."lastUsed" < cast(one.value ->> 1 as bigint))`.execute(db),
  );
}
