import type { Kysely, Transaction } from 'kysely';
import { Fault } from '../fault.ts';
import type { Database } from './database.ts';
import type { UserRecord } from './records.ts';
import { nameKey, recordOf, rowOf } from './row.ts';
import type { Setups } from './store.ts';
import type { Tables } from './tables.ts';

const columns = ['username', 'name', 'state', 'password', 'created'] as const;
const taken = 'There is a user of this name already';
/** Offers are nonces that end when they are used. */
const prefix = 'setup:';

export function setupsTable(database: Database): Setups {
  return {
    offer: async (hash, expires) => {
      await database.run((db) =>
        db
          .insertInto('nonces')
          .values({ name: prefix + hash, expires })
          .execute(),
      );
    },
    isOffered: (hash, now) =>
      database.run(async (db) => {
        const offer = await db
          .selectFrom('nonces')
          .select('expires')
          .where('name', '=', prefix + hash)
          .executeTakeFirst();
        return offer !== undefined && now < offer.expires;
      }),
    isHeld: (role, now) => database.run((db) => isHeld(db, role, now)),
    complete: (hash, user, role, now) =>
      database.publish(async (trx) => {
        const ended = trx.deleteFrom('nonces').where('name', '=', prefix + hash);
        const { numDeletedRows } = await ended.where('expires', '>', now).executeTakeFirst();
        if (numDeletedRows === 0n) return undefined;
        if (await isHeld(trx, role, now)) throw new Fault('conflict', `There is an ${role} already`, { gate: 'store' });
        const record = await makeUser(trx, user, role);
        await trx.deleteFrom('nonces').where('name', 'like', `${prefix}%`).execute();
        return record;
      }, taken),
  };
}

/** Whether a user who may call has the role everywhere. */
async function isHeld(db: Kysely<Tables>, role: string, now: number): Promise<boolean> {
  const held = await db
    .selectFrom('assignments')
    .innerJoin('roles', 'roles.id', 'assignments.roleId')
    .innerJoin('users', 'users.id', 'assignments.userId')
    .select('users.id')
    .where('roles.nameKey', '=', nameKey(role))
    .where('assignments.context', '=', '/')
    .where('users.state', '=', 'active')
    .where(({ or, eb }) => or([eb('users.validFrom', 'is', null), eb('users.validFrom', '<=', now)]))
    .where(({ or, eb }) => or([eb('users.validUntil', 'is', null), eb('users.validUntil', '>', now)]))
    .limit(1)
    .executeTakeFirst();
  return held !== undefined;
}

async function makeUser(
  trx: Transaction<Tables>,
  user: Omit<UserRecord, 'id'>,
  role: string,
): Promise<UserRecord | undefined> {
  const known = trx.selectFrom('roles').select('id').where('nameKey', '=', nameKey(role));
  const { id: roleId } = await known.executeTakeFirstOrThrow(
    () => new Fault('conflict', `There is no role ${role}`, { gate: 'store' }),
  );
  const row = rowOf(user, columns);
  const { id } = await trx
    .insertInto('users')
    .values({ ...row, nameKey: nameKey(user.username) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx.insertInto('assignments').values({ userId: id, roleId, context: '/' }).execute();
  return recordOf<UserRecord>({ id, ...row });
}
