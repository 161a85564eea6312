import { sql } from 'kysely';
import { type Database, jsonRows } from './database.ts';
import type { AuditRecord, EventRecord, RecordFilter } from './records.ts';
import { recordOf, storable } from './row.ts';
import type { Audit } from './store.ts';
import { trimRecords } from './trim.ts';

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

export function auditTable(database: Database): Audit {
  return {
    write: async (records) => {
      for (let i = 0; i < records.length; i += most) await insert(database, records.slice(i, i + most));
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
  await database.run((db) =>
    sql`insert into audit (${names}) select ${sql.join(values)} from ${jsonRows(database.dialect, rows)}`.execute(db),
  );
}

function short<T>(value: T): T | string {
  return typeof value === 'string' && value.length > longest ? value.slice(0, longest) : value;
}

const limitOf = ({ limit = 100 }: RecordFilter): number => Math.min(Math.max(Math.trunc(limit), 1), 10_000);

function findRecords(database: Database, filter: RecordFilter): Promise<readonly AuditRecord[]> {
  return database.run(async (db) => {
    let query = db.selectFrom('audit').select(columns);
    for (const column of ['requestId', 'function', 'client', 'user', 'code'] as const) {
      const wanted = filter[column];
      if (wanted !== undefined) query = query.where(column, '=', wanted);
    }
    if (filter.since !== undefined) query = query.where('time', '>=', filter.since);
    if (filter.until !== undefined) query = query.where('time', '<', filter.until);
    const rows = await query.orderBy('time', 'desc').orderBy('id', 'desc').limit(limitOf(filter)).execute();
    return rows.map((row) => recordOf<AuditRecord>(row));
  });
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
