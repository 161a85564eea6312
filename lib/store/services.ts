import { removeRow, updateRow } from './by-id.ts';
import type { Database } from './database.ts';
import type { ServiceRecord, ServiceUserRecord } from './records.ts';
import { changeOf, nameKey, newNameKey, recordOf, rowOf } from './row.ts';
import type { Services } from './store.ts';

const columns = ['name', 'description', 'enabled', 'restricted', 'capability', 'functions'] as const;
const userColumns = ['userId', 'validFrom', 'validUntil', 'addresses'] as const;
const taken = 'There is a service of this name already';

export function servicesTable(database: Database): Services {
  return {
    create: (service) =>
      database.publish(async (trx) => {
        const row = rowOf(service, columns);
        const { id } = await trx
          .insertInto('services')
          .values({ ...row, nameKey: nameKey(service.name) })
          .returning('id')
          .executeTakeFirstOrThrow();
        const users = service.users.map((user) => rowOf(user, userColumns));
        if (users.length > 0) {
          await trx
            .insertInto('serviceUsers')
            .values(users.map((user) => ({ serviceId: id, ...user })))
            .execute();
        }
        return { ...recordOf<Omit<ServiceRecord, 'users'>>({ id, ...row }), users: users.map(userOf) };
      }, taken),
    list: () => listServices(database),
    update: (id, change) => {
      const row = { ...changeOf<Omit<ServiceRecord, 'users'>>(change, columns), ...newNameKey(change.name) };
      return updateRow(database, 'services', id, row, taken);
    },
    remove: (id) => removeRow(database, 'services', id),
    ...membership(database),
  };
}

const userOf = (row: object): ServiceUserRecord => recordOf<ServiceUserRecord>(row);

function membership(database: Database): Pick<Services, 'putUser' | 'removeUser'> {
  return {
    putUser: (serviceId, user) =>
      database.publish(async (trx) => {
        const row = rowOf({ validFrom: undefined, validUntil: undefined, ...user }, userColumns);
        await trx
          .insertInto('serviceUsers')
          .values({ serviceId, ...row })
          .onConflict((held) => held.columns(['serviceId', 'userId']).doUpdateSet(row))
          .execute();
      }),
    removeUser: (serviceId, userId) =>
      database.publish(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('serviceUsers')
          .where('serviceId', '=', serviceId)
          .where('userId', '=', userId)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
  };
}

async function listServices(database: Database): Promise<readonly ServiceRecord[]> {
  return database.run(async (db) => {
    const services = await db
      .selectFrom('services')
      .select(['id', ...columns])
      .orderBy('nameKey')
      .execute();
    const users = await db
      .selectFrom('serviceUsers')
      .select(['serviceId', ...userColumns])
      .orderBy('userId')
      .execute();
    const members = new Map<number, ServiceUserRecord[]>(services.map(({ id }) => [id, []]));
    for (const { serviceId, ...user } of users) members.get(serviceId)?.push(userOf(user));
    return services.map((row) => ({
      ...recordOf<Omit<ServiceRecord, 'users'>>(row),
      users: members.get(row.id) ?? [],
    }));
  });
}
