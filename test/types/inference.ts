import { type CallContext, type Client, define, type Infer, t, type User } from '../../index.ts';

/** Compiles only if two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_: Same<A, B>): void {}

const Point = t.object('Point', { x: t.int(), label: t.optional(t.string()) });
const kinds = {
  string: t.string({ min: 1 }),
  boolean: t.boolean(),
  int: t.int({ max: 5 }),
  int64: t.int64(),
  float: t.float(),
  decimal: t.decimal(),
  date: t.date(),
  datetime: t.datetime(),
  bytes: t.bytes(),
  enum: t.enum(['red', 'green']),
  list: t.list(t.int64()),
  map: t.map(t.boolean()),
  object: Point,
  nullable: t.nullable(t.string()),
  optional: t.optional(t.int()),
  default: t.default(t.enum(['a', 'b']), 'a'),
  optionalNullable: t.optional(t.nullable(t.int())),
  defaultNullable: t.default(t.nullable(t.int()), null),
};

same<Infer<typeof Point>['x'], number>(true);
same<Infer<typeof Point>['label'], string | undefined>(true);
same<Infer<typeof kinds.enum>, 'red' | 'green'>(true);

define('types.kinds', {
  description: 'Every kind in a handler.',
  effect: 'read',
  params: kinds,
  returns: t.object('Result', kinds),
  handler: (params) => {
    same<typeof params.string, string>(true);
    same<typeof params.boolean, boolean>(true);
    same<typeof params.int, number>(true);
    same<typeof params.int64, bigint>(true);
    same<typeof params.float, number>(true);
    same<typeof params.decimal, string>(true);
    same<typeof params.date, string>(true);
    same<typeof params.datetime, Date>(true);
    same<typeof params.bytes, Uint8Array>(true);
    same<typeof params.enum, 'red' | 'green'>(true);
    same<typeof params.list, readonly bigint[]>(true);
    same<typeof params.map, Readonly<Record<string, boolean>>>(true);
    same<typeof params.object, Infer<typeof Point>>(true);
    same<typeof params.nullable, string | null>(true);
    same<typeof params.optional, number | undefined>(true);
    same<typeof params.default, 'a' | 'b'>(true);
    same<typeof params.optionalNullable, number | null | undefined>(true);
    same<typeof params.defaultNullable, number | null>(true);
    // @ts-expect-error: not a parameter
    params.nothing;
    // @ts-expect-error: parameters are not for writing
    params.int = 5;
    // @ts-expect-error: lists are not for writing
    params.list.push(1n);
    return params;
  },
});

define('types.errors', {
  description: 'Declared errors with their data.',
  effect: 'read',
  errors: {
    gone: { number: 1, data: t.object('Gone', { id: t.int64(), kind: t.enum(['a', 'b']) }) },
    plain: { number: 2 },
  },
  handler: (_, call) => {
    if (call.requestId === '1') call.fail('gone', { id: 1n, kind: 'a' });
    if (call.requestId === '2') call.fail('gone', { id: 1n, kind: 'a' }, 'It is gone');
    if (call.requestId === '3') call.fail('plain');
    if (call.requestId === '4') call.fail('plain', undefined, 'In words');
    // @ts-expect-error: not declared
    if (call.requestId === '5') call.fail('lost');
    // @ts-expect-error: the data is missing
    if (call.requestId === '6') call.fail('gone');
    // @ts-expect-error: number is not bigint
    if (call.requestId === '7') call.fail('gone', { id: 1, kind: 'a' });
    // @ts-expect-error: not one of the enumeration
    if (call.requestId === '8') call.fail('gone', { id: 1n, kind: 'c' });
    // @ts-expect-error: more than was declared
    if (call.requestId === '9') call.fail('gone', { id: 1n, kind: 'a', more: 1 });
    // @ts-expect-error: no data was declared
    if (call.requestId === '10') call.fail('plain', { id: 1n });
    return undefined;
  },
});

define('types.no_errors', {
  description: 'No errors at all.',
  effect: 'read',
  // @ts-expect-error: nothing is declared
  handler: (_, call) => call.fail('gone'),
});

define('types.everybody', {
  description: 'Asks nobody who calls.',
  effect: 'read',
  handler: (_, call) => {
    same<typeof call.user, undefined>(true);
    same<typeof call.client, undefined>(true);
    return undefined;
  },
});

define('types.user', {
  description: 'Asks for a user, takes a client.',
  effect: 'read',
  access: { user: 'required', client: 'optional', capabilities: ['user:view'] },
  handler: (_, call) => {
    same<typeof call.user, User>(true);
    same<typeof call.client, Client | undefined>(true);
    // @ts-expect-error: perhaps there is no client
    call.client.id;
    same<typeof call.signal, AbortSignal>(true);
    return undefined;
  },
});

/** A helper takes the call of any function. */
export function note(call: CallContext): string {
  return `${call.function} ${call.user?.username ?? 'nobody'}`;
}
