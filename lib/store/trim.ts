import { setImmediate as breath } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import { cutAddress } from '../audit/cut-address.ts';
import { type Database, jsonRows } from './database.ts';
import type { Audit } from './store.ts';
import type { Tables } from './tables.ts';

/** Rows of one step: others get their turn between steps. */
const step = 500;

/** Removes what is too old, and cuts addresses in what is older than `cutBefore`. */
export async function trimRecords(
  database: Database,
  { before, eventsBefore, cutBefore }: Parameters<Audit['trim']>[0],
): Promise<void> {
  for (const [table, end] of [
    ['audit', before],
    ['events', eventsBefore],
  ] as const) {
    await remove(database, table, 'id', 'time', end);
    while (await database.write((trx) => cutSome(trx, database, table, cutBefore))) await breath();
  }
}

/** Removes what is older than the newest records, by their numbers; nothing where no most is named. */
export async function keepNewest(
  database: Database,
  table: 'audit' | 'events',
  most: number | undefined,
): Promise<void> {
  if (most === undefined) return;
  const from = sql.table(table);
  await database.run((db) => sql`delete from ${from} where id <= (select max(id) from ${from}) - ${most}`.execute(db));
}

/** Removes what has expired: nonces, counts, outcomes, sessions. */
export async function sweep(database: Database, now: number): Promise<void> {
  await remove(database, 'nonces', 'name', 'expires', now + 1);
  await remove(database, 'counters', 'name', 'expires', now + 1);
  await remove(database, 'outcomes', 'scope', 'expires', now + 1);
  await remove(database, 'sessions', 'hash', 'validUntil', now + 1);
}

async function remove(
  database: Database,
  table: keyof Tables,
  key: string,
  column: string,
  before: number,
): Promise<void> {
  const [from, id, time] = [sql.table(table), sql.ref(key), sql.ref(column)];
  const old = sql`select ${id} from ${from} where ${time} < ${before} limit ${step}`;
  for (;;) {
    // the time once more: a row may have been made anew since it was selected
    const removed = sql`delete from ${from} where ${id} in (${old}) and ${time} < ${before}`;
    const { numAffectedRows = 0n } = await database.run((db) => removed.execute(db));
    if (numAffectedRows < step) return;
    await breath();
  }
}

/**
 * Cuts the addresses of the next few rows, in the order in which they were written; a mark remembers how far that went.
 * @returns whether there may be more
 */
async function cutSome(
  trx: Transaction<Tables>,
  database: Database,
  table: 'audit' | 'events',
  cutBefore: number,
): Promise<boolean> {
  const name = `${table}-cut`;
  const mark = await trx.selectFrom('marks').select('value').where('name', '=', name).executeTakeFirst();
  const rows = await trx
    .selectFrom(table)
    .select(['id', 'time', 'address'])
    .where('id', '>', mark?.value ?? 0)
    .orderBy('id')
    .limit(step)
    .execute();
  const end = rows.findIndex(({ time }) => time >= cutBefore);
  const old = end === -1 ? rows : rows.slice(0, end);
  const last = old.at(-1)?.id;
  if (last === undefined) return false;
  const cut = old.flatMap(({ id, address }) => (address === null ? [] : [[id, cutAddress(address)]]));
  const target = sql.table(table);
  await sql`update ${target} set address = one.value ->> 1 from ${jsonRows(database.dialect, cut)}
    where ${target}.id = cast(one.value ->> 0 as bigint)`.execute(trx);
  await trx
    .insertInto('marks')
    .values({ name, value: last })
    .onConflict((held) => held.column('name').doUpdateSet({ value: last }))
    .execute();
  return old.length === step;
}
