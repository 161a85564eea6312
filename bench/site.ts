import { define, type PartialSettings, t } from '../index.ts';
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

const createUsers = define('bench.create_users', {
  description: 'Takes users and answers their numbers.',
  effect: 'write',
  params: { users: t.list(NewUser, { max: 100 }) },
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
}

/** Everything on; the limits that the load would meet are raised, not off. */
export const benchSettings = ({ floodPerMinute = 1e9, allowedHosts = [], addresses = [] }: SiteVariant) =>
  ({
    enablewebservices: true,
    enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap'],
    enabledwsfunctions: ['*'],
    allowedHosts: [...allowedHosts],
    addresses: [...addresses],
    limits: { batch: BATCH_SIZE, floodPerMinute },
  }) satisfies PartialSettings;
