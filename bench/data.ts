/** One further field of a user, as every benchmark message carries it. */
interface CustomField {
  readonly type: string;
  readonly value: string;
}

/** What `bench.create_users` takes fifty of. */
export interface NewUser {
  readonly username: string;
  readonly password: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly email: string;
  readonly auth: string;
  readonly idnumber: string;
  readonly lang: string;
  readonly timezone: string;
  readonly mailformat: number;
  readonly suspended: boolean;
  readonly customfields: readonly CustomField[];
}

/** What `bench.create_users` answers for each user. */
export interface CreatedUser {
  readonly id: number;
  readonly username: string;
}

/** What `bench.get_users` answers a thousand of. */
export interface UserRecord {
  readonly id: number;
  readonly username: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly email: string;
  readonly auth: string;
  readonly lang: string;
  readonly timezone: string;
  readonly mailformat: number;
  readonly suspended: boolean;
  readonly lastaccess: number;
  readonly grade: number;
  readonly customfields: readonly CustomField[];
}

const FIRST = ['Ana', 'Luís', 'Zoë', 'Ivan', 'Mary Jane', 'Tom & Co', "O'Neil", 'Kim'] as const;
const LAST = ['Silva', 'García', 'Müller', 'Smith', 'Li <jr>', 'Novak', 'Okafor', 'Sato'] as const;

/** The text of W1 and W4: markup and a letter outside ASCII, so that escaping and encoding are paid for. */
export const echoText = (): string => 'Hello, wörld & <friends> 0123456789';

/** The argument of W2, fifty users; or of W5, more of them. */
export const newUsers = (count = 50): readonly NewUser[] => Array.from({ length: count }, (_, index) => newUser(index));

/** The answer of W3: a thousand records. */
export const userRecords = (): readonly UserRecord[] => Array.from({ length: 1000 }, (_, index) => userRecord(index));

/** The answer of W2. */
export const createdUsers = (users: readonly NewUser[]): CreatedUser[] =>
  users.map((user, index) => ({ id: index + 1, username: user.username }));

function newUser(index: number): NewUser {
  return {
    username: `user${fourDigits(index)}`,
    password: `Pa55-word-${fourDigits(index)}`,
    firstname: at(FIRST, index),
    lastname: at(LAST, 3 * index),
    email: `user${fourDigits(index)}@example.org`,
    auth: 'manual',
    idnumber: `ID-${100_000 + index}`,
    lang: 'en',
    timezone: 'Europe/Lisbon',
    mailformat: index % 2,
    suspended: index % 7 === 0,
    customfields: [department(index), { type: 'badge', value: `B&${index}` }],
  };
}

function userRecord(index: number): UserRecord {
  return {
    id: index + 1,
    username: `user${fourDigits(index)}`,
    firstname: at(FIRST, index),
    lastname: at(LAST, 3 * index),
    email: `user${fourDigits(index)}@example.org`,
    auth: 'manual',
    lang: 'en',
    timezone: 'Europe/Lisbon',
    mailformat: index % 2,
    suspended: index % 7 === 0,
    lastaccess: 1_700_000_000 + 61 * index,
    grade: Math.round((((37 * index) % 1000) / 10) * 4) / 4 + 0.25,
    customfields: [department(index)],
  };
}

const department = (index: number): CustomField => ({ type: 'dept', value: `D${index % 9}` });
const fourDigits = (number: number): string => String(number).padStart(4, '0');
const at = (names: readonly string[], index: number): string => names[index % names.length] ?? '';
