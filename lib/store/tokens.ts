import { expressionBuilder, type Kysely, type Updateable } from 'kysely';
import type { Database } from './database.ts';
import type { TokenRecord } from './records.ts';
import { changeOf, recordOf, rowOf } from './row.ts';
import type { FreshToken, Tokens } from './store.ts';
import type { Tables } from './tables.ts';
import { noteUses } from './uses.ts';

const limits = ['validFrom', 'validUntil', 'perMinute', 'perDay', 'addresses', 'protocols', 'functions'] as const;
const changeable = ['serviceId', 'name', 'renewing', ...limits] as const;
const columns = ['hash', 'userId', 'origin', ...changeable, 'created', 'revoked', 'lastUsed', 'lastAddress'] as const;
const all = ['id', ...columns] as const;
/** What a token takes over from the one whose place it takes, as it is then. */
const handedOn = ['userId', 'serviceId', 'name', 'perMinute', 'perDay', 'addresses', 'protocols', 'functions'] as const;
const taken = 'There is such a token already';

export function tokensTable(database: Database): Tokens {
  return {
    create: (token) => database.write((trx) => addToken(trx, token), taken),
    find: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('tokens').select(all).where('id', '=', id).executeTakeFirst();
        return row && recordOf<TokenRecord>(row);
      }),
    byHash: (hash) =>
      database.run(async (db) => {
        const row = await db.selectFrom('tokens').select(all).where('hash', '=', hash).executeTakeFirst();
        return row && recordOf<TokenRecord>(row);
      }),
    list: ({ userId, serviceId } = {}) =>
      database.run(async (db) => {
        let tokens = db.selectFrom('tokens').select(all).orderBy('id');
        if (userId !== undefined) tokens = tokens.where('userId', '=', userId);
        if (serviceId !== undefined) tokens = tokens.where('serviceId', '=', serviceId);
        return (await tokens.execute()).map((row) => recordOf<TokenRecord>(row));
      }),
    update: (id, change) =>
      database.publish(async (trx) => {
        const first = await holdLine(database, trx, id);
        return first === undefined ? undefined : changeLine(trx, first, changeOf<TokenRecord>(change, changeable));
      }),
    renew: (id, fresh, until) => {
      const keep = fresh.renewing ? database.write : database.publish;
      return keep((trx) => replace(database, trx, id, fresh, until), taken);
    },
    revoke: (id, at) => database.publish((trx) => revokeLine(database, trx, id, at)),
    touch: (uses) => noteUses(database, 'tokens', uses),
  };
}

/**
 * Keeps all tokens of one origin to a transaction, so that none takes the place of another meanwhile and is missed.
 * SQLite has one writer at a time anyway.
 * @returns the first of them
 */
async function holdLine({ dialect }: Database, trx: Kysely<Tables>, id: number): Promise<number | undefined> {
  const held = await trx.selectFrom('tokens').select('origin').where('id', '=', id).executeTakeFirst();
  if (held === undefined) return undefined;
  const first = held.origin ?? id;
  if (dialect === 'postgres') await trx.selectFrom('tokens').select('id').where('id', '=', first).forUpdate().execute();
  return first;
}

/** Ends the old token first: of two that would replace it, the second finds it changed. */
async function replace(
  database: Database,
  trx: Kysely<Tables>,
  id: number,
  fresh: FreshToken,
  until: number,
): Promise<TokenRecord | undefined> {
  const origin = await holdLine(database, trx, id);
  const held = await trx
    .updateTable('tokens')
    .set({ renewing: 0, validUntil: earlier(until) })
    .where('id', '=', id)
    .where('revoked', 'is', null)
    .where('renewing', '=', Number(fresh.renewing))
    .returning(handedOn)
    .executeTakeFirst();
  if (held === undefined) return undefined;
  const { hash, renewing, created, validUntil } = fresh;
  const kept = recordOf<Pick<TokenRecord, (typeof handedOn)[number]>>(held);
  return addToken(trx, { ...kept, hash, renewing, created, validUntil, origin });
}

/** The end that a token has, or another that comes before it. */
function earlier(until: number) {
  const eb = expressionBuilder<Tables, 'tokens'>();
  return eb
    .case()
    .when(eb.or([eb('validUntil', 'is', null), eb('validUntil', '>', until)]))
    .then(until)
    .else(eb.ref('validUntil'))
    .end();
}

/** Changes all tokens of one origin, but lets none live longer that another has taken the place of. */
async function changeLine(
  trx: Kysely<Tables>,
  first: number,
  change: Updateable<Tables['tokens']>,
): Promise<TokenRecord> {
  const line = trx
    .selectFrom('tokens')
    .select('id')
    .where((row) => row.or([row('id', '=', first), row('origin', '=', first)]));
  const { id } = await line.orderBy('id', 'desc').executeTakeFirstOrThrow();
  const { validUntil, renewing, ...others } = change;
  await trx
    .updateTable('tokens')
    .set((row) => ({
      ...others,
      ...(typeof validUntil === 'number' && { validUntil: earlier(validUntil) }),
      renewing: renewing === 0 ? 0 : row.ref('renewing'),
    }))
    .where('id', 'in', line)
    .where('id', '<', id)
    .execute();
  const changed = trx.updateTable('tokens').set({ id, ...change }); // never empty
  return recordOf<TokenRecord>(await changed.where('id', '=', id).returning(all).executeTakeFirstOrThrow());
}

/** Ends all tokens of one origin. */
async function revokeLine(database: Database, trx: Kysely<Tables>, id: number, at: number): Promise<boolean> {
  const first = await holdLine(database, trx, id);
  if (first === undefined) return false;
  const { numUpdatedRows } = await trx
    .updateTable('tokens')
    .set({ revoked: at })
    .where((row) => row.or([row('id', '=', first), row('origin', '=', first)]))
    .where('revoked', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function addToken(db: Kysely<Tables>, token: Omit<TokenRecord, 'id'>): Promise<TokenRecord> {
  const row = rowOf(token, columns);
  const { id } = await db.insertInto('tokens').values(row).returning('id').executeTakeFirstOrThrow();
  return recordOf<TokenRecord>({ id, ...row });
}
