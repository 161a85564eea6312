import { type SelectQueryBuilder, sql } from 'kysely';
import { type Database, jsonRows } from './database.ts';
import { type AuditRecord, type EventRecord, notWire, type RecordFilter, type StoredRecord } from './records.ts';
import { recordOf, storable } from './row.ts';
import type { Audit } from './store.ts';
import type { Tables } from './tables.ts';
import { keepNewest, trimRecords } from './trim.ts';

/** What is written: the number comes from the store. */
const columns = [
  'time',
  'requestId',
  'function',
  'protocol',
  'client',
  'user',
  'address',
  'code',
  'gate',
  'duration',
] as const satisfies readonly (keyof AuditRecord)[];

const eventColumns = ['time', 'kind', 'actor', 'subject', 'address', 'requestId'] as const;
const types: Partial<Record<(typeof columns)[number], string>> = { time: 'bigint', duration: 'double precision' };

/** Records of one statement. */
const most = 1_000;
/** Characters of a text, which a caller may have made up. */
const longest = 255;

/** @param mostRecords how many calls, and events, are kept: the newest; all of them if undefined */
export function auditTable(database: Database, mostRecords?: number): Audit {
  return {
    write: async (records) => {
      for (let i = 0; i < records.length; i += most) await insert(database, records.slice(i, i + most));
      await keepNewest(database, 'audit', mostRecords);
    },
    find: (filter) => findRecords(database, filter),
    event: async (event) => {
      const { time, ...texts } = event;
      const row = Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [
          name,
          text === undefined ? null : storable(text.slice(0, longest)),
        ]),
      );
      await database.run((db) =>
        db
          .insertInto('events')
          .values({ time, kind: '', ...row })
          .execute(),
      );
      await keepNewest(database, 'events', mostRecords);
    },
    events: (filter) => findEvents(database, filter),
    trim: (times) => trimRecords(database, times),
  };
}

async function insert(database: Database, records: readonly AuditRecord[]): Promise<void> {
  const rows = records.map((record) => columns.map((column) => short(record[column])));
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const values = columns.map((column, i) => {
    const type = types[column];
    return type === undefined
      ? sql`one.value ->> ${sql.lit(i)}`
      : sql`cast(one.value ->> ${sql.lit(i)} as ${sql.raw(type)})`;
  });
  // Numbers are given and seen in one order: SQLite has one writer at a time, and here one waits for the other, since a
  // number is drawn only for a row that is joined with the lock.
  const turn =
    database.dialect === 'sqlite' ? sql`` : sql` cross join (select pg_advisory_xact_lock(${sql.lit(turnLock)})) turn`;
  await database.run((db) =>
    sql`insert into audit (${names}) select ${sql.join(values)} from ${jsonRows(database.dialect, rows)}${turn}`.execute(
      db,
    ),
  );
}

/** The lock of those who write records: a number of ours among all advisory locks of the database. */
export const turnLock = 7_067_892_241;

function short<T>(value: T): T | string {
  return typeof value === 'string' && value.length > longest ? value.slice(0, longest) : value;
}

const limitOf = ({ limit = 100 }: RecordFilter): number => Math.min(Math.max(Math.trunc(limit), 1), 10_000);

function findRecords(database: Database, filter: RecordFilter): Promise<readonly StoredRecord[]> {
  const { after, before, since, until } = filter;
  return database.run(async (db) => {
    let query = db.selectFrom('audit').select(['id', ...columns]);
    for (const column of ['requestId', 'function', 'protocol', 'client', 'user', 'code'] as const) {
      const wanted = filter[column];
      if (wanted !== undefined) query = query.where(column, '=', wanted);
    }
    const earliest = since === undefined ? query : query.where('time', '>=', since);
    const latest = until === undefined ? earliest : earliest.where('time', '<', until);
    const rows = await placed(narrowed(latest, filter), after, before).limit(limitOf(filter)).execute();
    return rows.map((row) => recordOf<StoredRecord>(row));
  });
}

function narrowed<O>(
  query: SelectQueryBuilder<Tables, 'audit', O>,
  { failed, wire }: RecordFilter,
): SelectQueryBuilder<Tables, 'audit', O> {
  const bad = failed ? query.where('code', '<>', 'ok') : query;
  return wire ? bad.where('protocol', 'not in', notWire) : bad;
}

/** The order of the records, and where in it they begin. */
function placed<O>(
  query: SelectQueryBuilder<Tables, 'audit', O>,
  after: RecordFilter['after'],
  before: RecordFilter['before'],
): SelectQueryBuilder<Tables, 'audit', O> {
  if (after !== undefined) return query.where('id', '>', after).orderBy('id');
  const newest = query.orderBy('time', 'desc').orderBy('id', 'desc');
  if (before === undefined) return newest;
  const { time, id } = before;
  return newest.where('time', '<=', time).where(({ eb, or }) => or([eb('time', '<', time), eb('id', '<', id)]));
}

/** The user of a filter is the actor of an event. */
function findEvents(database: Database, filter: RecordFilter): Promise<readonly EventRecord[]> {
  return database.run(async (db) => {
    let query = db.selectFrom('events').select(eventColumns);
    if (filter.requestId !== undefined) query = query.where('requestId', '=', filter.requestId);
    if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
    if (filter.user !== undefined) query = query.where('actor', '=', filter.user);
    if (filter.since !== undefined) query = query.where('time', '>=', filter.since);
    if (filter.until !== undefined) query = query.where('time', '<', filter.until);
    const rows = await query.orderBy('time', 'desc').orderBy('id', 'desc').limit(limitOf(filter)).execute();
    return rows.map((row) => recordOf<EventRecord>(row));
  });
}
