import { define, t } from '../../index.ts';

const effect = 'read' as const;
const description = 'Results and definitions.';
const User = t.object('User', { id: t.int64(), name: t.optional(t.string()), mood: t.enum(['good', 'bad']) });

define('types.sync', { description, effect, returns: t.int(), handler: () => 5 });
define('types.async', { description, effect, returns: User, handler: async (_) => ({ id: 1n, mood: 'good' }) });
define('types.wide', {
  description,
  effect,
  returns: t.list(User),
  handler: () => [{ id: 1n, mood: 'good' as const, secret: 1 }],
});
define('types.nothing', { description, effect, handler: () => undefined });
define('types.nothing_async', { description, effect, handler: async () => undefined });
define('types.nothing_said', { description, effect, handler: (_) => {} });
define('types.nothing_said_async', { description, effect, handler: async (_) => {} });
define('types.nullable', { description, effect, returns: t.nullable(t.int()), handler: () => null });
define('types.default_left_out', {
  description,
  effect,
  returns: t.object('Page', { size: t.default(t.int(), 5) }),
  // @ts-expect-error: a result says its defaults
  handler: () => ({}),
});

// @ts-expect-error: text is not a number
define('types.a', { description, effect, returns: t.int(), handler: () => 'x' });
// @ts-expect-error: nothing is not a number
define('types.b', { description, effect, returns: t.int(), handler: () => undefined });
// @ts-expect-error: nothing is not a number, later either
define('types.c', { description, effect, returns: t.int(), handler: async () => {} });
// @ts-expect-error: a field is missing
define('types.d', { description, effect, returns: User, handler: () => ({ id: 1n }) });
// @ts-expect-error: number is not bigint
define('types.e', { description, effect, returns: User, handler: () => ({ id: 1, mood: 'good' }) });
// @ts-expect-error: not one of the enumeration
define('types.f', { description, effect, returns: User, handler: () => ({ id: 1n, mood: 'soso' }) });
// @ts-expect-error: null where nothing says so
define('types.g', { description, effect, returns: t.int(), handler: () => null });
// @ts-expect-error: something where nothing is declared
define('types.h', { description, effect, handler: () => 5 });
// @ts-expect-error: text is not a Date
define('types.i', { description, effect, returns: t.datetime(), handler: () => '2026-01-01T00:00:00Z' });
// @ts-expect-error: text is not bytes
define('types.j', { description, effect, returns: t.bytes(), handler: () => 'AAE=' });
// @ts-expect-error: the effect is missing
define('types.k', { description, handler: () => undefined });
// @ts-expect-error: no such effect
define('types.l', { description, effect: 'delete', handler: () => undefined });
// @ts-expect-error: a parameter is a descriptor
define('types.m', { description, effect, params: { a: 'string' }, handler: () => undefined });
// @ts-expect-error: no such access
define('types.n', { description, effect, access: { user: 'maybe' }, handler: () => undefined });
// @ts-expect-error: misspelt
define('types.o', { description, effect, acces: { user: 'required' }, handler: () => undefined });
// @ts-expect-error: the data of an error is an object type
define('types.p', { description, effect, errors: { gone: { number: 1, data: t.int() } }, handler: () => undefined });
// @ts-expect-error: the handler is missing
define('types.q', { description, effect });

// @ts-expect-error: a default of another type
t.default(t.int(), 'x');
// @ts-expect-error: a default outside its enumeration
t.default(t.enum(['a']), 'b');
// @ts-expect-error: a bigint has bigint bounds
t.int64({ min: 1 });
// @ts-expect-error: a decimal has text bounds
t.decimal({ min: 1 });
// @ts-expect-error: numbers have no pattern
t.int({ pattern: 'x' });
// @ts-expect-error: an enumeration is of texts
t.enum([1, 2]);
// @ts-expect-error: descriptors are frozen
t.int().kind = 'string';
