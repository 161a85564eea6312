import { type AnyFunction, define, t } from '../../../index.ts';
import { effect } from './watch.ts';

const Point = t.object('HostilePoint', { x: t.int(), label: t.optional(t.string()) });

/** A parameter of every kind, each of a function of its own that answers what it got. */
const kinds = {
  text: t.string(),
  boolean: t.boolean(),
  int: t.int(),
  int64: t.int64(),
  float: t.float(),
  decimal: t.decimal(),
  date: t.date(),
  datetime: t.datetime(),
  bytes: t.bytes(),
  enum: t.enum(['red', 'green']),
  list: t.list(t.string()),
  ints: t.list(t.int()),
  map: t.map(t.string()),
  object: Point,
  json: t.json(),
  nullable: t.nullable(t.string()),
} as const;

const echoes = Object.entries(kinds).map(([kind, value]) =>
  define(`hostile.${kind}`, {
    description: `Answers the ${kind} that it got.`,
    effect: 'read',
    params: { value },
    returns: value,
    handler: ((params: { readonly value: unknown }) => {
      effect(`hostile.${kind}`);
      return params.value;
    }) as never,
  }),
);

const answer = (name: string, text: string): string => {
  effect(name);
  return text.slice(0, 100);
};

/** What must not happen unless it may: each run is counted. */
const effects = [
  define('hostile.mark', {
    description: 'Changes something.',
    effect: 'write',
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => answer('hostile.mark', text),
  }),
  define('hostile.user', {
    description: 'Changes something for a known person.',
    effect: 'write',
    access: { user: 'required', client: 'optional' },
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }, call) => answer('hostile.user', `${text} ${call.user.username}`),
  }),
  define('hostile.client', {
    description: 'Changes something for a known program.',
    effect: 'write',
    access: { client: 'required' },
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => answer('hostile.client', text),
  }),
  define('hostile.rule', {
    description: 'Changes something for those who rule.',
    effect: 'write',
    access: { user: 'required', capabilities: ['hostile:rule'] },
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => answer('hostile.rule', text),
  }),
  define('hostile.hidden', {
    description: 'Changes something for a known person, and is in no list.',
    effect: 'write',
    access: { user: 'required' },
    listed: false,
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => answer('hostile.hidden', text),
  }),
  define('hostile.internal', {
    description: 'Is never called from outside.',
    effect: 'write',
    internal: true,
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => answer('hostile.internal', text),
  }),
  define('hostile.off', {
    description: 'Is not among those that are on.',
    effect: 'write',
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => answer('hostile.off', text),
  }),
] as readonly AnyFunction[];

const big = 'x'.repeat(2_000_000);

const others = [
  define('hostile.throws', {
    description: 'Breaks, with what must not be told.',
    effect: 'read',
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => {
      throw new Error(`SELECT secret FROM users WHERE name = '${text}' in ${process.cwd()}`);
    },
  }),
  define('hostile.big', {
    description: 'Answers two million characters.',
    effect: 'read',
    returns: t.string(),
    handler: () => big,
  }),
  define('hostile.probe', {
    description: 'Answers the number that was sent: what is asked after each attack.',
    effect: 'read',
    params: { number: t.int() },
    returns: t.int(),
    handler: ({ number }) => number,
  }),
] as readonly AnyFunction[];

/** All functions of the site under attack. */
export const functions: readonly AnyFunction[] = [...(echoes as readonly AnyFunction[]), ...effects, ...others];

/** Those that are on. */
export const switchedOn: readonly string[] = functions.map(({ name }) => name).filter((name) => name !== 'hostile.off');
