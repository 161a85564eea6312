import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import { CatalogError, createCatalog } from '../../lib/catalog.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { Descriptor } from '../../lib/descriptor.ts';
import { fn, type Parts, problems } from './catalog-problems.ts';

const bad = (value: unknown) => value as Descriptor;
const Empty = t.object('Empty', {});

/** What is wrong, what the message must start with (function and path), and what it must say. */
const single: readonly (readonly [what: string, parts: Parts, start: string, says: RegExp])[] = [
  ['an empty name', { name: '' }, ': name:', /words/],
  ['a name with a dash', { name: 'a-b' }, 'a-b: name:', /words/],
  ['a name with a leading digit', { name: 'a.1b' }, 'a.1b: name:', /letter/],
  ['a name with two dots', { name: 'a..b' }, 'a..b: name:', /words/],
  ['a name with a line break', { name: 'a\n' }, 'a\n: name:', /words/],
  ['a name of 101 characters', { name: 'a'.repeat(101) }, `${'a'.repeat(101)}: name:`, /100/],
  ['rpc.*', { name: 'rpc.discover' }, 'rpc.discover: name:', /reserved/],
  ['system.*', { name: 'system.listMethods' }, 'system.listMethods: name:', /reserved/],
  ['a misspelt member', { acces: { user: 'required' } } as Parts, 'a.b: acces:', /not a member/],
  [
    'a public cache of what is not public',
    { access: { user: 'required' }, cache: { mode: 'public' } },
    'a.b: cache:',
    /public/,
  ],
  ['no effect', { effect: undefined }, 'a.b: effect:', /read.*write/],
  ['a wrong effect', { effect: 'delete' }, 'a.b: effect:', /read.*write/],
  ['no description', { description: '  ' }, 'a.b: description:', /missing/],
  ['no handler', { handler: undefined }, 'a.b: handler:', /function/],
  ['a parameter name with a dash', { params: { 'a-b': t.int() } }, 'a.b: params/a-b:', /field name/],
  ['a parameter named __proto__', { params: { ['__proto__']: t.int() } }, 'a.b: params/__proto__:', /possible/],
  ['parameters that differ in case', { params: { id: t.int(), ID: t.int() } }, 'a.b: params/ID:', /case/],
  ['a parameter that is no descriptor', { params: { x: bad('string') } }, 'a.b: params/x:', /not a descriptor/],
  ['a parameter that is undefined', { params: { x: bad(undefined) } }, 'a.b: params/x:', /not a descriptor/],
  ['a foreign schema', { params: { x: bad({ kind: 'zod' }) } }, 'a.b: params/x:', /not a descriptor/],
  ['a list of nothing', { params: { x: t.list(bad(undefined)) } }, 'a.b: params/x/item:', /not a descriptor/],
  ['a map of nothing', { params: { x: t.map(bad(null)) } }, 'a.b: params/x/value:', /not a descriptor/],
  ['a nullable nothing', { returns: t.nullable(bad(undefined)) }, 'a.b: returns:', /not a descriptor/],
  ['an optional nothing', { params: { x: t.optional(bad(undefined)) } }, 'a.b: params/x:', /not a descriptor/],
  ['an optional result', { returns: t.optional(t.int()) }, 'a.b: returns:', /optional/],
  ['a result with a default', { returns: t.default(t.int(), 1) }, 'a.b: returns:', /optional/],
  ['an optional item', { params: { x: t.list(t.optional(t.int())) } }, 'a.b: params/x/item:', /optional belongs/],
  ['a default item', { params: { x: t.list(t.default(t.int(), 1)) } }, 'a.b: params/x/item:', /default belongs/],
  ['optional twice', { params: { x: t.optional(t.optional(t.int())) } }, 'a.b: params/x:', /optional belongs/],
  ['a nullable optional', { params: { x: t.nullable(t.optional(t.int())) } }, 'a.b: params/x:', /optional belongs/],
  ['nullable twice', { params: { x: t.nullable(t.nullable(t.int())) } }, 'a.b: params/x:', /nullable twice/],
  ['an empty enumeration', { params: { x: t.enum([]) } }, 'a.b: params/x:', /at least one/],
  ['an enumeration with a value twice', { params: { x: t.enum(['a', 'a']) } }, 'a.b: params/x:', /twice/],
  ['an enumeration of numbers', { params: { x: t.enum([1] as never) } }, 'a.b: params/x:', /text/],
  ['a range upside down', { params: { x: t.int({ min: 2, max: 1 }) } }, 'a.b: params/x:', /min is greater/],
  ['an int64 range upside down', { params: { x: t.int64({ min: 2n, max: 1n }) } }, 'a.b: params/x:', /min is greater/],
  [
    'a decimal range upside down',
    { params: { x: t.decimal({ min: '1.5', max: '1.49' }) } },
    'a.b: params/x:',
    /greater/,
  ],
  ['a decimal bound that is none', { params: { x: t.decimal({ min: '1e3' }) } }, 'a.b: params/x:', /decimal/],
  ['lengths upside down', { params: { x: t.string({ min: 2, max: 1 }) } }, 'a.b: params/x:', /min is greater/],
  ['a negative length', { params: { x: t.string({ max: -1 }) } }, 'a.b: params/x:', /max/],
  ['half an item', { params: { x: t.list(t.int(), { min: 0.5 }) } }, 'a.b: params/x:', /min/],
  ['a map of -1 entries', { params: { x: t.map(t.int(), { max: -1 }) } }, 'a.b: params/x:', /max/],
  ['bytes of -1', { params: { x: t.bytes({ max: -1 }) } }, 'a.b: params/x:', /max/],
  ['a bound that is not a number', { params: { x: t.float({ min: Number.NaN }) } }, 'a.b: params/x:', /min/],
  ['an int bound with a fraction', { params: { x: t.int({ min: '1' as never }) } }, 'a.b: params/x:', /min/],
  ['a bad pattern', { params: { x: t.string({ pattern: '(' }) } }, 'a.b: params/x:', /regular expression/],
  [
    'a default outside its range',
    { params: { x: t.default(t.int({ max: 5 }), 6) } },
    'a.b: params/x:',
    /default.* to 5/,
  ],
  [
    'a default of another type',
    { params: { x: t.default(t.int(), 'a' as never) } },
    'a.b: params/x:',
    /default.*whole/,
  ],
  [
    'a default outside its enumeration',
    { params: { x: t.default(t.enum(['a']), 'b' as never) } },
    'a.b: params/x:',
    /one of/,
  ],
  [
    'a default wrong inside',
    { params: { x: t.default(t.list(t.int()), [1, 'a' as never]) } },
    'a.b: params/x:',
    /at 1/,
  ],
  [
    'a field wrong deep down',
    { returns: t.list(t.object('Deep', { x: t.map(t.enum([])) })) },
    'a.b: returns/item/x/value:',
    /at least one/,
  ],
  ['a type name with a space', { returns: t.object('My Type', {}) }, 'a.b: returns:', /"My Type"/],
  ['an error code with a capital', { errors: { Bad: { number: 1 } } }, 'a.b: errors/Bad:', /small letters/],
  ['a standard error code', { errors: { conflict: { number: 1 } } }, 'a.b: errors/conflict:', /standard/],
  ['a negative error number', { errors: { 'my-error': { number: -1 } } }, 'a.b: errors/my-error:', /positive/],
  ['an error number of 33 bits', { errors: { 'my-error': { number: 2 ** 31 } } }, 'a.b: errors/my-error:', /number/],
  [
    'an error status of 200',
    { errors: { 'my-error': { number: 1, status: 200 } } },
    'a.b: errors/my-error:',
    /400 to 599/,
  ],
  [
    'error data that is no object',
    { errors: { 'my-error': { number: 1, data: t.int() as never } } },
    'a.b: errors/my-error:',
    /t.object/,
  ],
  [
    'error data wrong inside',
    { errors: { 'my-error': { number: 1, data: t.object('D', { x: t.enum([]) }) } } },
    'a.b: errors/my-error/data/x:',
    /at least one/,
  ],
  ['an alias of nothing', { params: { x: t.int() }, aliases: { z: 'y' } }, 'a.b: aliases/z:', /y is not a parameter/],
  [
    'an alias that is a parameter',
    { params: { x: t.int(), y: t.int() }, aliases: { y: 'x' } },
    'a.b: aliases/y:',
    /already/,
  ],
  ['an impossible alias', { params: { x: t.int() }, aliases: { 'x y': 'x' } }, 'a.b: aliases/x y:', /possible/],
  ['an example of nothing', { examples: [{ params: { x: 1 } }] }, 'a.b: examples/0/x:', /not known here/],
  [
    'an example that does not fit',
    { params: { x: t.int() }, examples: [{ params: { x: 1 } }, { params: { x: 'a' } }] },
    'a.b: examples/1/x:',
    /whole/,
  ],
  [
    'an example with too little',
    { params: { x: t.int() }, examples: [{ params: {} }] },
    'a.b: examples/0/x:',
    /missing/,
  ],
  [
    'an example wrong inside',
    { params: { x: t.list(t.int()) }, examples: [{ params: { x: [1, 'a'] } }] },
    'a.b: examples/0/x/1:',
    /whole/,
  ],
  ['a hint that is a text', { effect: 'write', destructive: 'no' }, 'a.b: destructive:', /true or false/],
  ['a reader that destroys', { destructive: true }, 'a.b: destructive:', /that write/],
  ['a deadline that never comes', { deadline: Infinity }, 'a.b: deadline:', /./],
  ['a body of -1 bytes', { body: -1 }, 'a.b: body:', /./],
  ['access misspelt', { access: { user: 'requird' } }, 'a.b: access:', /required/],
  ['a capability misspelt', { access: { capability: ['users:view'] } }, 'a.b: access/capability:', /not a member/],
  ['access in one word', { access: 'public' }, 'a.b: access:', /\{ client, user, capabilities \}/],
  ['access that is null', { access: null }, 'a.b: access:', /\{ client, user, capabilities \}/],
  ['params that are null', { params: null as never }, 'a.b: params:', /\{ name: t\.… \}/],
  ['params that are a list', { params: [] as never }, 'a.b: params:', /\{ name: t\.… \}/],
  ['params that are one descriptor', { params: t.string() as never }, 'a.b: params/kind:', /not a descriptor/],
  ['errors that are null', { errors: null as never }, 'a.b: errors:', /\{ code: \{ … \} \}/],
  ['aliases that are null', { aliases: null }, 'a.b: aliases:', /\{ alias: name \}/],
  ['a help that is null', { helpUrls: null }, 'a.b: helpUrls:', /list of texts/],
  ['examples that are null', { examples: null }, 'a.b: examples:', /list/],
  ['a type named null', { returns: t.object(null as never, {}) }, 'a.b: returns:', /null is not a possible type name/],
  ['a type without fields', { returns: t.list(t.object('U', null as never)) }, 'a.b: returns/item:', /fields of U/],
  ['a type with a list for fields', { params: { x: t.object('U', [] as never) } }, 'a.b: params/x:', /fields of U/],
  ['an enumeration in one word', { params: { x: t.enum('abc' as never) } }, 'a.b: params/x:', /list of texts/],
  ['an enumeration of null', { returns: t.list(t.enum(null as never)) }, 'a.b: returns/item:', /list of texts/],
  [
    'an enumeration in one word with a default',
    { params: { x: t.default(t.enum('abc' as never), 'a' as never) } },
    'a.b: params/x:',
    /list of texts/,
  ],
  [
    'a type without fields with a default',
    { params: { x: t.default(t.object('U', null as never), {} as never) } },
    'a.b: params/x:',
    /fields of U/,
  ],
  ['a capability that is no list', { access: { capabilities: 'users:view' } }, 'a.b: access:', /list of texts/],
  ['a switch that is a text', { csrf: 'no' }, 'a.b: csrf:', /true or false/],
  ['a reader by a text', { post: 'true' }, 'a.b: post:', /true or false/],
  [
    'a limit misspelt',
    { params: { x: t.string({ maxLength: 5 } as never) } },
    'a.b: params/x:',
    /maxLength.*t\.string/,
  ],
  ['a limit of another kind', { params: { x: t.bytes({ min: 1 } as never) } }, 'a.b: params/x:', /min.*t\.bytes/],
  [
    'a limit outside of what it limits',
    { params: { x: t.optional(t.int(), { max: 5 } as never) } },
    'a.b: params/x:',
    /max.*t\.optional/,
  ],
  [
    'an error status misspelt',
    { errors: { 'my-error': { number: 1, stauts: 409 } as never } },
    'a.b: errors/my-error/stauts:',
    /not a member/,
  ],
  ['an error that is a number', { errors: { 'my-error': 1 as never } }, 'a.b: errors/my-error:', /number, status/],
  ['an error that is nothing', { errors: { 'my-error': null as never } }, 'a.b: errors/my-error:', /number, status/],
  ['a weight misspelt', { quota: { wieght: 5 } }, 'a.b: quota/wieght:', /not a member/],
  ['a cache of another mode', { cache: { mode: 'shared' } }, 'a.b: cache:', /public.*private/],
  ['a cache of -1 seconds', { cache: { mode: 'private', maxAge: -1 } }, 'a.b: cache:', /maxAge.*seconds/],
  ['a deprecation that is a switch', { deprecated: true }, 'a.b: deprecated:', /since/],
  ['a deprecation without a version', { deprecated: { use: 'a.c' } }, 'a.b: deprecated:', /since/],
  ['a help that is one text', { helpUrls: 'https://example.org' }, 'a.b: helpUrls:', /list of texts/],
  ['examples that are no list', { examples: {} }, 'a.b: examples:', /list/],
  ['an example without params', { params: { x: t.int() }, examples: [{ x: 1 }] }, 'a.b: examples/0:', /params/],
];

/** What takes the place of a function, by mistake. */
const strangers: readonly (readonly [what: string, value: unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['an empty object', {}],
  ['a function of JavaScript', () => 1],
  ['a definition that was not defined', { name: 'a.b', description: 'x', effect: 'read', handler: () => 1 }],
  ['an array', [fn({ name: 'a.b' })]],
  [
    'a definition in place of a name',
    define({ description: 'x', effect: 'read', handler: () => 1 } as never, undefined as never),
  ],
];

describe('lib/catalog', () => {
  for (const [what, parts, start, says] of single) {
    it(`refuses ${what.trim()}`, () => {
      const found = problems(fn(parts));
      expect(found, 'nothing was refused').not.empty;
      const own = found.filter((problem) => problem.startsWith(start));
      expect(own, found.join('\n')).not.empty;
      expect(
        own.some((problem) => says.test(problem)),
        found.join('\n'),
      ).equal(true);
    });
  }

  for (const [what, value] of strangers) {
    it(`refuses ${what} in place of a function`, () => {
      expect(problems(fn({ name: 'x' }), value as AnyFunction)).eql(['functions/1: is not what define(…) returns']);
    });
  }

  it('refuses what is no array of functions', () => {
    for (const value of [undefined, fn({}), {}]) {
      expect(() => createCatalog(value as never)).throws(CatalogError, /functions: must be an array/);
    }
  });

  it('refuses a name without a definition', () => {
    expect(problems(define('a.b', undefined as never))).include('a.b: description: is missing');
  });

  it('takes the longest name and every kind of field name', () => {
    expect(
      problems(
        fn({ name: 'a'.repeat(100) }),
        fn({
          name: 'A_1.b_2.C',
          params: { _: t.int(), constructor: t.int(), toString: t.optional(t.int()), x_1: t.int() },
        }),
        fn({ name: 'x', returns: Empty }),
        fn({ name: 'rpc', params: {} }),
        fn({ name: 'systems.x' }),
      ),
    ).eql([]);
  });

  it('tells all problems at once', () => {
    const found = problems(fn({ name: 'a-b', effect: 'x' }), fn({ name: 'c', params: { x: t.enum([]), y: bad(1) } }));
    expect(found).have.length(4);
    expect(new CatalogError(found).message).match(/^The catalog has 4 wrong definitions:\n {2}a-b: /);
    expect(new CatalogError(['x']).message).contain('1 wrong definition:');
  });
});
