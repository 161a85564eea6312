import { t } from '../../lib/builders.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { define } from '../../lib/define.ts';

const Point = t.object('Point', { x: t.float(), y: t.float() }, { description: 'A place in the plane.' });

const User = t.object(
  'User',
  {
    id: t.int64({ description: 'The number of the user.', min: 1n }),
    username: t.string({ min: 1, max: 100, pattern: '^[a-z\\u{e9}\\users]+$' }),
    role: t.enum(['teacher', 'student', 'a b', '1st'], { description: 'What the user may do.' }),
    joined: t.datetime(),
    birthday: t.optional(t.nullable(t.date())),
    photo: t.optional(t.bytes({ max: 1000 })),
    home: t.nullable(Point),
    tags: t.list(t.string({ max: 20 }), { max: 5 }),
  },
  { description: 'Somebody who may log in.' },
);

const Missing = t.object('Missing', { value: t.string(), seen: t.list(t.int64()) });

/** Every kind, every wrapper, nested lists, maps and objects, errors with and without data, odd texts. */
export const sample: readonly AnyFunction[] = [
  define('echo', {
    description: 'Says it again: <b>&amp; "quoted" ]]> \u0001 &foo; it\r\nall.',
    effect: 'read',
    params: { text: t.string({ description: 'What to say, < & " ]]> included \u0000' }) },
    returns: t.string(),
    handler: ({ text }) => text,
  }),
  define('users.get_users', {
    description: 'Finds users by one field',
    effect: 'read',
    params: {
      field: t.enum(['id', 'username', 'email']),
      values: t.list(t.string({ max: 10 }), { max: 100 }),
      limit: t.default(t.int({ min: 1, max: 500 }), 50, { description: 'How many' }),
      since: t.optional(t.datetime()),
    },
    returns: t.list(User),
    errors: {
      'user-not-found': { number: 1001, status: 404, message: 'There is no such user.', data: Missing },
      'too-curious': { number: 1002 },
    },
    deprecated: { since: '2.0', use: 'users.find' },
    helpUrls: ['https://example.org/help?a=1&b=2'],
    handler: () => [],
  }),
  define('kinds.all', {
    description: 'Takes one of everything /* or */ not; \\ \\users \\u0041 %s {@code} @param @brief <PRE> ??/',
    effect: 'write',
    params: {
      boolean: t.boolean(),
      int: t.int({ min: -5 }),
      int64: t.default(t.int64(), 9007199254740993n),
      float: t.nullable(t.float()),
      decimal: t.decimal({ max: '10.5' }),
      date: t.date({ deprecated: 'use datetime' }),
      datetime: t.default(t.datetime(), new Date(0)),
      bytes: t.default(t.bytes(), new Uint8Array([1, 2])),
      json: t.json(),
      secret: t.default(t.string({ sensitive: true }), 'hush'),
      users: t.optional(t.nullable(t.list(t.nullable(User)))),
      matrix: t.list(t.list(t.list(t.float()))),
      nullables: t.list(t.nullable(t.string())),
      scores: t.map(t.int()),
      maps: t.map(t.nullable(t.map(t.list(User)))),
      colours: t.list(t.enum(['red', 'green', 'blue'])),
      moods: t.map(t.enum(['good', 'bad'])),
      dates: t.list(t.datetime()),
      blobs: t.list(t.bytes()),
      jsons: t.list(t.json()),
    },
    returns: t.map(t.list(Point)),
    errors: { 'user-not-found': { number: 1001, status: 404, data: Missing } },
    handler: () => ({}),
  }),
  define('ping', { description: 'Does nothing.', effect: 'read', handler: () => undefined }),
  define('colour.next', {
    description: 'The colour after.',
    effect: 'read',
    returns: t.nullable(t.enum(['red', 'green', 'lines\nand\ttabs'])),
    handler: () => null,
  }),
];
