import type { Kysely } from 'kysely';
import { updateRow } from './by-id.ts';
import type { Database } from './database.ts';
import type { KeyRecord, KeySecretRecord } from './records.ts';
import { changeOf, recordOf, rowOf } from './row.ts';
import type { Keys } from './store.ts';
import type { Tables } from './tables.ts';
import { noteUses } from './uses.ts';

const limits = ['validFrom', 'validUntil', 'perMinute', 'perDay', 'addresses', 'protocols', 'functions'] as const;
const times = ['revoked', 'lastUsed', 'lastAddress'] as const;
const changeable = ['name', 'notes', 'signing', 'owner', ...limits, ...times] as const;
const columns = ['id', ...changeable, 'created'] as const;
const secretColumns = ['hash', 'sealed', 'validFrom', 'validUntil'] as const;

export function keysTable(database: Database): Keys {
  const select = (id?: string) =>
    database.run(async (db) => {
      let keys = db.selectFrom('keys').select(columns).orderBy('created').orderBy('id');
      let secrets = db
        .selectFrom('keySecrets')
        .select(['id', 'keyId', ...secretColumns])
        .orderBy('id');
      if (id !== undefined) {
        keys = keys.where('id', '=', id);
        secrets = secrets.where('keyId', '=', id);
      }
      return join(await keys.execute(), await secrets.execute());
    });
  return {
    create: (key, secret) =>
      database.write(async (trx) => {
        const row = rowOf(key, columns);
        await trx.insertInto('keys').values(row).execute();
        const secrets = [await addSecret(trx, key.id, secret)];
        return { ...recordOf<Omit<KeyRecord, 'secrets'>>(row), secrets };
      }, 'There is a key of this id already'),
    find: async (id) => (id.includes('\0') ? undefined : (await select(id))[0]),
    list: () => select(),
    update: (id, change) => updateRow(database, 'keys', id, changeOf<Omit<KeyRecord, 'secrets'>>(change, changeable)),
    rotate: (id, secret, until) =>
      database.publish(async (trx) => {
        const held = await trx.selectFrom('keys').select('id').where('id', '=', id).executeTakeFirst();
        if (held === undefined) return false;
        await trx
          .updateTable('keySecrets')
          .set({ validUntil: until })
          .where('keyId', '=', id)
          .where((row) => row.or([row('validUntil', 'is', null), row('validUntil', '>', until)]))
          .execute();
        await addSecret(trx, id, secret);
        return true;
      }),
    touch: (uses) => noteUses(database, 'keys', uses),
  };
}

async function addSecret(
  db: Kysely<Tables>,
  keyId: string,
  secret: Omit<KeySecretRecord, 'id'>,
): Promise<KeySecretRecord> {
  const row = rowOf(secret, secretColumns);
  const { id } = await db
    .insertInto('keySecrets')
    .values({ keyId, ...row })
    .returning('id')
    .executeTakeFirstOrThrow();
  return recordOf<KeySecretRecord>({ id, ...row });
}

function join(
  keys: readonly { readonly id: string }[],
  secrets: readonly { readonly keyId: string }[],
): readonly KeyRecord[] {
  const found = new Map<string, KeySecretRecord[]>(keys.map(({ id }) => [id, []]));
  for (const { keyId, ...secret } of secrets) found.get(keyId)?.push(recordOf<KeySecretRecord>(secret));
  return keys.map((row) => ({ ...recordOf<Omit<KeyRecord, 'secrets'>>(row), secrets: found.get(row.id) ?? [] }));
}
