import { removeRow, updateRow } from './by-id.ts';
import type { Database } from './database.ts';
import type { AssignmentRecord, RoleRecord } from './records.ts';
import { changeOf, nameKey, newNameKey, recordOf, rowOf } from './row.ts';
import type { Roles } from './store.ts';

const columns = ['name', 'description', 'capabilities'] as const;
const taken = 'There is a role of this name already';

export function rolesTable(database: Database): Roles {
  return {
    create: (role) =>
      database.publish(async (trx) => {
        const row = rowOf(role, columns);
        const { id } = await trx
          .insertInto('roles')
          .values({ ...row, nameKey: nameKey(role.name) })
          .returning('id')
          .executeTakeFirstOrThrow();
        return recordOf<RoleRecord>({ id, ...row });
      }, taken),
    list: () =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('roles')
          .select(['id', ...columns])
          .orderBy('nameKey')
          .execute();
        return rows.map((row) => recordOf<RoleRecord>(row));
      }),
    update: (id, change) => {
      const row = { ...changeOf<RoleRecord>(change, columns), ...newNameKey(change.name) };
      return updateRow(database, 'roles', id, row, taken);
    },
    remove: (id) => removeRow(database, 'roles', id),
    ...assignmentsTable(database),
  };
}

function assignmentsTable(database: Database): Pick<Roles, 'assign' | 'unassign' | 'assignments' | 'holders'> {
  return {
    assign: ({ userId, roleId, context }) =>
      database.publish(async (trx) => {
        const row = { userId, roleId, context };
        await trx
          .insertInto('assignments')
          .values(row)
          .onConflict((held) => held.columns(['userId', 'roleId', 'context']).doNothing())
          .execute();
      }),
    unassign: ({ userId, roleId, context }) =>
      database.publish(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('assignments')
          .where('userId', '=', userId)
          .where('roleId', '=', roleId)
          .where('context', '=', context)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
    assignments: (userId) =>
      database.run(
        async (db): Promise<readonly AssignmentRecord[]> =>
          db
            .selectFrom('assignments')
            .select(['userId', 'roleId', 'context'])
            .where('userId', '=', userId)
            .orderBy('context')
            .orderBy('roleId')
            .execute(),
      ),
    holders: (roleId) =>
      database.run(
        async (db): Promise<readonly AssignmentRecord[]> =>
          db
            .selectFrom('assignments')
            .innerJoin('users', 'users.id', 'assignments.userId')
            .select(['userId', 'roleId', 'context'])
            .where('roleId', '=', roleId)
            .orderBy('users.nameKey')
            .orderBy('context')
            .execute(),
      ),
  };
}
