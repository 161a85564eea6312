import { type AnyFunction, define, type PartialSettings, t } from '../index.ts';
import { BULK_SIZE } from './bulk-requests.ts';
import { createdUsers, userRecords } from './data.ts';
import { BATCH_SIZE } from './workloads.ts';

const CustomField = t.object('CustomField', { type: t.string(), value: t.string() });

const NewUser = t.object('NewUser', {
  username: t.string(),
  password: t.string(),
  firstname: t.string(),
  lastname: t.string(),
  email: t.string(),
  auth: t.string(),
  idnumber: t.string(),
  lang: t.string(),
  timezone: t.string(),
  mailformat: t.int(),
  suspended: t.boolean(),
  customfields: t.list(CustomField),
});

const UserRecord = t.object('UserRecord', {
  id: t.int(),
  username: t.string(),
  firstname: t.string(),
  lastname: t.string(),
  email: t.string(),
  auth: t.string(),
  lang: t.string(),
  timezone: t.string(),
  mailformat: t.int(),
  suspended: t.boolean(),
  lastaccess: t.int(),
  grade: t.float(),
  customfields: t.list(CustomField),
});

const CreatedUser = t.object('CreatedUser', { id: t.int(), username: t.string() });

const echo = define('bench.echo', {
  description: 'Answers the text it was given.',
  effect: 'read',
  params: { text: t.string() },
  returns: t.string(),
  handler: ({ text }) => text,
});

/** The capability that `guardedEcho` wants of a user. */
export const echoCapability = 'bench:echo';

/** The same work for callers who are known; of the same name, so that the requests are the same but for the credential. */
export const guardedEcho: Readonly<Record<'token' | 'key', AnyFunction>> = {
  token: define('bench.echo', {
    description: 'Answers the text it was given to users who may ask for it.',
    effect: 'read',
    access: { user: 'required', capabilities: [echoCapability] },
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => text,
  }),
  key: define('bench.echo', {
    description: 'Answers the text it was given to programs that are known.',
    effect: 'read',
    access: { client: 'required' },
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => text,
  }),
};

const createUsers = define('bench.create_users', {
  description: 'Takes users and answers their numbers.',
  effect: 'write',
  body: 64 * 1_048_576,
  params: { users: t.list(NewUser, { max: BULK_SIZE }) },
  returns: t.list(CreatedUser),
  handler: ({ users }) => createdUsers(users),
});

const records = [...userRecords()].map((record) => ({ ...record, customfields: [...record.customfields] }));

const getUsers = define('bench.get_users', {
  description: 'Answers a thousand users.',
  effect: 'read',
  params: {},
  returns: t.list(UserRecord),
  handler: () => records,
});

/** The functions of the workloads: W1 and W4, W2, W3. */
export const benchFunctions = { echo, createUsers, getUsers };

/** What one variant of our server has other than the default. */
export interface SiteVariant {
  readonly floodPerMinute?: number;
  readonly allowedHosts?: readonly string[];
  readonly addresses?: readonly string[];
  /** Days that calls are kept in the database; the default if left out. */
  readonly auditDays?: number;
}

/** Everything on; the limits that the load would meet are raised, not off. */
export const benchSettings = ({ floodPerMinute = 1e9, allowedHosts = [], addresses = [], auditDays }: SiteVariant) =>
  ({
    enablewebservices: true,
    enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap'],
    enabledwsfunctions: ['*'],
    allowedHosts: [...allowedHosts],
    addresses: [...addresses],
    limits: { batch: BATCH_SIZE, floodPerMinute },
    ...(auditDays === undefined ? {} : { audit: { days: auditDays } }),
  }) satisfies PartialSettings;
