import type { Kysely, Migration } from 'kysely';
import type { Tables } from '../tables.ts';

/** Users may have addresses of their own: null means everywhere, as for all who are there already. */
export const userAddresses: Migration = {
  up: async (db: Kysely<Tables>) => {
    await db.schema.alterTable('users').addColumn('addresses', 'text').execute();
  },
};
