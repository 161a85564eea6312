import { type AnyFunction, type Descriptor, define, t } from '../../index.ts';
import { type Shape, shapes } from '../clients/edges.ts';

/** A function that answers what it gets, a value of one kind. */
function echoOf({ name, descriptor, values }: Shape): AnyFunction {
  return define(`kinds.echo_${name}`, {
    description: `Answers what it gets: ${name}.`,
    effect: 'read',
    params: { value: descriptor },
    returns: descriptor,
    examples: Object.entries(values).map(([description, value]) => ({ description, params: { value } })),
    handler: ({ value }) => value as never,
  }) as unknown as AnyFunction;
}

/** A function that answers all its parameters, wrapped in every way or limited in every way. */
function answerAll(name: string, fields: Readonly<Record<string, Descriptor>>, example: object): AnyFunction {
  const All = t.object(`All_${name}`, { ...fields });
  return define(`kinds.${name}`, {
    description: 'Answers all its parameters.',
    effect: 'read',
    params: fields,
    returns: All,
    examples: [{ params: example as Readonly<Record<string, unknown>> }],
    handler: (params) => params as never,
  }) as unknown as AnyFunction;
}

const wrapped = {
  nullable: t.nullable(t.string()),
  nullable_moment: t.nullable(t.datetime()),
  optional: t.optional(t.int()),
  both: t.optional(t.nullable(t.float())),
  text: t.default(t.string(), 'text'),
  digits: t.default(t.int64(), 7n),
  bytes: t.default(t.bytes(), Uint8Array.of(0, 255)),
  list: t.default(t.list(t.nullable(t.int())), [1, null]),
};

const limited = {
  text: t.string({ min: 2, max: 10 }),
  word: t.string({ pattern: '^[a-z]{1,8}$' }),
  int: t.int({ min: -5, max: 5 }),
  float: t.float({ min: 0, max: 1 }),
  bytes: t.bytes({ max: 9 }),
  list: t.list(t.enum(['a', 'b']), { min: 1, max: 3 }),
  map: t.map(t.boolean(), { max: 2 }),
};

/** Functions that answer what they get: every kind of value at its edges, wrapped and limited. */
export const kindFunctions: readonly AnyFunction[] = [
  ...shapes.map(echoOf),
  answerAll('wrapped', wrapped, { nullable: null, nullable_moment: null }),
  answerAll('limited', limited, {
    text: 'ab',
    word: 'word',
    int: 5,
    float: 0.5,
    bytes: Uint8Array.of(1, 2, 3),
    list: ['a'],
    map: { one: true },
  }),
  define('kinds.nothing', { description: 'Takes nothing, gives nothing.', effect: 'write', handler: () => undefined }),
];
