import { setTimeout as sleep } from 'node:timers/promises';
import { define, t } from '../../index.ts';
import { createUsers } from '../../services/sample/records.ts';

/** How often each function of this file has run. */
export const ran: Record<string, number> = {};

const count = (name: string): void => {
  ran[name] = (ran[name] ?? 0) + 1;
};

/** The same users as `sample.create_users` takes. */
export const bulkParams = createUsers.params;
const body = createUsers.body ?? 0;
const CreatedUser = t.object('CreatedUser', { id: t.int(), username: t.string() });

/** What has become of one item of many: a result or an error. */
const ImportOutcome = t.object('ImportOutcome', {
  result: t.optional(CreatedUser),
  error: t.optional(t.object('ItemError', { code: t.string(), message: t.string() })),
});

/** All or nothing, but soon: the deadline passes while the users are read. */
export const hurried = define('bulk.hurried', {
  description: 'Takes users in no time.',
  effect: 'write',
  body,
  deadline: 1,
  params: bulkParams,
  returns: t.int(),
  handler: ({ users }) => {
    count('bulk.hurried');
    return users.length;
  },
});

/** Tells how many users it has been given. */
export const counted = define('bulk.counted', {
  description: 'Counts users.',
  effect: 'write',
  access: { client: 'optional', user: 'optional' },
  body,
  params: bulkParams,
  returns: t.int(),
  handler: ({ users }) => {
    count('bulk.counted');
    return users.length;
  },
});

/** One outcome for each item: every third user has a name that is taken. */
export const imported = define('bulk.imported', {
  description: 'Takes those users that can be taken, and says of each what has become of it.',
  effect: 'write',
  body,
  params: bulkParams,
  returns: t.list(ImportOutcome),
  handler: async ({ users }) => {
    count('bulk.imported');
    await sleep(1);
    return users.map(({ username }, index) =>
      index % 3 === 2
        ? { error: { code: 'taken', message: `${username} is taken` } }
        : { result: { id: index + 1, username } },
    );
  },
});

/** A long list one object deep, in and out. */
export const nested = define('bulk.nested', {
  description: 'Takes users in a group and gives them back in one.',
  effect: 'write',
  body,
  params: { group: t.object('NewGroup', { name: t.string(), ...bulkParams }) },
  returns: t.object('CreatedGroup', { name: t.string(), users: t.list(CreatedUser), size: t.int64() }),
  handler: ({ group }) => ({
    name: group.name,
    users: group.users.map(({ username }, index) => ({ id: index + 1, username })),
    size: BigInt(group.users.length),
  }),
});

/** Gives a long result whose last item does not fit. */
export const broken = define('bulk.broken', {
  description: 'Gives what it has not declared.',
  effect: 'read',
  returns: t.list(CreatedUser),
  handler: () => Array.from({ length: 20_000 }, (_, i) => ({ id: i, username: i === 19_999 ? (7 as never) : 'u' })),
});

/** Everything that the children serve. */
export const bulkFunctions = [createUsers, hurried, counted, imported, nested, broken];
