import { t } from '../../../lib/builders.ts';
import { define } from '../../../lib/define.ts';

export const Badge = t.object('Badge', { type: t.string(), value: t.nullable(t.string()) });
export const Everything = t.object('Everything', {
  text: t.string(),
  flag: t.boolean(),
  small: t.int(),
  big: t.int64(),
  real: t.float(),
  exact: t.decimal(),
  day: t.date(),
  at: t.datetime(),
  raw: t.bytes(),
  colour: t.enum(['red', 'green']),
  badges: t.list(Badge),
  words: t.list(t.nullable(t.string())),
  grid: t.list(t.list(t.int())),
  marks: t.map(t.int()),
  people: t.map(Badge),
  any: t.json(),
  none: t.nullable(t.string()),
  maybe: t.optional(t.string()),
  preset: t.default(t.int(), 7),
});

/** Gives back what it gets. */
export const echo = define('test.echo', {
  description: 'Gives back the text.',
  effect: 'read',
  params: { text: t.string() },
  returns: t.string(),
  handler: ({ text }) => text,
});

export const echoAll = define('test.echo_all', {
  description: 'Gives back everything.',
  effect: 'read',
  params: { value: Everything },
  returns: Everything,
  handler: ({ value }) => value,
});

export const counted: { calls: number } = { calls: 0 };
export const count = define('test.count', {
  description: 'Counts its calls.',
  effect: 'write',
  params: { by: t.default(t.int(), 1), note: t.optional(t.string()) },
  handler: ({ by }) => {
    counted.calls += by;
    return undefined;
  },
});

export const fails = define('test.fails', {
  description: 'Fails as told.',
  effect: 'read',
  params: { how: t.string() },
  returns: t.nullable(t.string()),
  errors: {
    'user-not-found': {
      number: 1001,
      status: 404,
      data: t.object('Missing', { value: t.string(), tries: t.nullable(t.int()) }),
    },
    'out-of-paper': { number: 1002, status: 503 },
  },
  handler: ({ how }, call) => {
    if (how === 'missing')
      return call.fail('user-not-found', { value: 'an\u0001a & co', tries: null }, 'No such user <here>');
    if (how === 'paper') return call.fail('out-of-paper');
    if (how === 'nothing') return null;
    if (how === 'bad') return 'a\u0001b';
    throw new Error('secret /etc/passwd');
  },
});

export const all = [echo, echoAll, count, fails];
