import type { Kysely } from 'kysely';
import { updateRow } from './by-id.ts';
import type { Database } from './database.ts';
import type { TokenRecord } from './records.ts';
import { changeOf, recordOf, rowOf } from './row.ts';
import type { Tokens } from './store.ts';
import type { Tables } from './tables.ts';
import { noteUses } from './uses.ts';

const limits = ['validFrom', 'validUntil', 'perMinute', 'perDay', 'addresses', 'protocols', 'functions'] as const;
const times = ['revoked', 'lastUsed', 'lastAddress'] as const;
const changeable = ['serviceId', 'name', 'renewing', ...limits, ...times] as const;
const columns = ['hash', 'userId', 'origin', ...changeable, 'created'] as const;
const taken = 'There is such a token already';

export function tokensTable(database: Database): Tokens {
  return {
    create: (token) => database.write((trx) => addToken(trx, token), taken),
    byHash: (hash) =>
      database.run(async (db) => {
        const row = await db
          .selectFrom('tokens')
          .select(['id', ...columns])
          .where('hash', '=', hash)
          .executeTakeFirst();
        return row && recordOf<TokenRecord>(row);
      }),
    list: ({ userId, serviceId } = {}) =>
      database.run(async (db) => {
        let tokens = db
          .selectFrom('tokens')
          .select(['id', ...columns])
          .orderBy('id');
        if (userId !== undefined) tokens = tokens.where('userId', '=', userId);
        if (serviceId !== undefined) tokens = tokens.where('serviceId', '=', serviceId);
        return (await tokens.execute()).map((row) => recordOf<TokenRecord>(row));
      }),
    update: (id, change) => updateRow(database, 'tokens', id, changeOf<TokenRecord>(change, changeable)),
    renew: (id, fresh, until) => {
      const keep = fresh.renewing ? database.write : database.publish;
      return keep((trx) => replace(trx, id, fresh, until), taken);
    },
    revoke: (id, at) => database.publish((trx) => revokeLine(trx, id, at)),
    touch: (uses) => noteUses(database, 'tokens', uses),
  };
}

/** Ends the old token first: of two that would replace it, the second finds it changed. */
async function replace(
  trx: Kysely<Tables>,
  id: number,
  fresh: Omit<TokenRecord, 'id'>,
  until: number,
): Promise<TokenRecord | undefined> {
  const { numUpdatedRows } = await trx
    .updateTable('tokens')
    .set((row) => ({
      renewing: 0,
      validUntil: row
        .case()
        .when(row.or([row('validUntil', 'is', null), row('validUntil', '>', until)]))
        .then(until)
        .else(row.ref('validUntil'))
        .end(),
    }))
    .where('id', '=', id)
    .where('revoked', 'is', null)
    .where('renewing', '=', Number(fresh.renewing))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return undefined;
  const { origin } = await trx.selectFrom('tokens').select('origin').where('id', '=', id).executeTakeFirstOrThrow();
  return addToken(trx, { ...fresh, origin: origin ?? id });
}

/** Ends all tokens of one origin. */
async function revokeLine(trx: Kysely<Tables>, id: number, at: number): Promise<boolean> {
  const held = await trx.selectFrom('tokens').select('origin').where('id', '=', id).executeTakeFirst();
  if (held === undefined) return false;
  const first = held.origin ?? id;
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
