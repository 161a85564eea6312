import { t } from '../../lib/builders.ts';
import { define } from '../../lib/define.ts';

const CustomField = t.object('CustomField', {
  type: t.string({ description: 'What the field is called.' }),
  value: t.string(),
});

const NewUser = t.object('NewUser', {
  username: t.string({ min: 1, max: 100, description: 'Unique among the users.' }),
  password: t.string({ min: 1, sensitive: true }),
  firstname: t.string(),
  lastname: t.string(),
  email: t.string({ description: 'An e-mail address.' }),
  auth: t.string(),
  idnumber: t.string(),
  lang: t.string(),
  timezone: t.string({ description: 'A name of the IANA time zone database.' }),
  mailformat: t.int({ min: 0, max: 1, description: '0 plain text, 1 HTML.' }),
  suspended: t.boolean(),
  customfields: t.list(CustomField),
});

const CreatedUser = t.object('CreatedUser', { id: t.int(), username: t.string() });

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
  lastaccess: t.int({ description: 'Seconds since 1970.' }),
  grade: t.float(),
  customfields: t.list(CustomField),
});

const first = ['Ana', 'Luís', 'Zoë', 'Ivan', 'Mary Jane', 'Tom & Co', "O'Neil", 'Kim'];
const last = ['Silva', 'García', 'Müller', 'Smith', 'Li <jr>', 'Novak', 'Okafor', 'Sato'];

const pick = (names: readonly string[], index: number): string => names[index % names.length] ?? '';

const records = Array.from({ length: 1_000 }, (_, i) => ({
  id: i + 1,
  username: `user${String(i).padStart(4, '0')}`,
  firstname: pick(first, i),
  lastname: pick(last, 3 * i),
  email: `user${String(i).padStart(4, '0')}@example.org`,
  auth: 'manual',
  lang: 'en',
  timezone: 'Europe/Lisbon',
  mailformat: i % 2,
  suspended: i % 7 === 0,
  lastaccess: 1_700_000_000 + 61 * i,
  grade: Math.round((((37 * i) % 1_000) / 10) * 4) / 4 + 0.25,
  customfields: [{ type: 'dept', value: `D${i % 9}` }],
}));

const sampleUser = {
  username: 'ana',
  password: 'a-long-secret',
  firstname: 'Ana',
  lastname: 'Silva',
  email: 'ana@example.org',
  auth: 'manual',
  idnumber: 'ID-1',
  lang: 'en',
  timezone: 'Europe/Lisbon',
  mailformat: 1,
  suspended: false,
  customfields: [{ type: 'dept', value: 'D1' }],
};

export const createUsers = define('sample.create_users', {
  description: 'Takes new users and answers the ids they would get. Nothing is kept: it is a sample.',
  effect: 'write',
  body: 64 * 1_048_576,
  params: { users: t.list(NewUser, { max: 40_000, description: 'The users to create.' }) },
  returns: t.list(CreatedUser),
  examples: [{ params: { users: [sampleUser] } }],
  handler: ({ users }) => users.map((user, index) => ({ id: index + 1, username: user.username })),
});

export const getUsers = define('sample.get_users', {
  description: 'Answers 1,000 made-up users: a large result to try a client with.',
  effect: 'read',
  returns: t.list(UserRecord),
  examples: [{ params: {} }],
  handler: () => records,
});
