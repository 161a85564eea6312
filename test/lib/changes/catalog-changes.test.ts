import { expect } from 'chai';
import { type AnyFunction, type Descriptor, define, t } from '../../../index.ts';
import { catalogChanges } from '../../../lib/changes/catalog-changes.ts';
import { comparable, readComparable } from '../../../lib/changes/comparable.ts';
import { exportCatalog } from '../../../lib/exported/export.ts';
import { documented } from '../../protocols/documented.ts';
import { version1 } from './version-1.ts';

type Parts = Partial<Omit<AnyFunction, 'handler' | 'name'>>;

const fn = (parts: Parts = {}, name = 'a.b'): AnyFunction =>
  define(name, { description: 'Does.', effect: 'read', handler: () => undefined, ...(parts as object) }) as AnyFunction;

/** How catalogs are written: as they are now, and as they were in version 1. */
const forms = {
  now: exportCatalog,
  once: (functions: readonly AnyFunction[]) => ({ polywire: 1, ...comparable(functions) }),
} as const;

/** Changes as lines: where, what, and whose clients notice. */
function lines(
  before: readonly AnyFunction[],
  after: readonly AnyFunction[],
  form: keyof typeof forms = 'now',
): readonly string[] {
  const written = readComparable(JSON.stringify(forms[form](before)));
  return catalogChanges(written, comparable(after)).map(({ path, message, breaks, mayBreak }) => {
    const may = mayBreak.map((name) => `${name}?`);
    return `${path}: ${message} [${[...breaks, ...may].join(' ')}]`;
  });
}

const all = 'rest jsonrpc xmlrpc soap';
const maybe = 'rest? jsonrpc? xmlrpc? soap?';
const Item = (fields: Readonly<Record<string, Descriptor>>) => t.object('Item', fields);

/** Before, after, and what is said. */
const cases: readonly [name: string, before: Parts, after: Parts, said: readonly string[]][] = [
  ['nothing', { params: { a: t.int() } }, { params: { a: t.int() } }, []],
  ['a description', { description: 'One.' }, { description: 'Other.' }, []],
  ['GET no more', {}, { effect: 'write' }, [': is no longer called by GET [rest]', ': is a write and was a read []']],
  ['only by POST', {}, { post: true }, [': is no longer called by GET [rest]']],
  ['unlisted', {}, { listed: false }, [`: is no longer listed [${maybe}]`]],
  ['a caller wanted', {}, { access: { user: 'required' } }, [`: asks for a user: required; was no [${all}]`]],
  [
    'a capability more, one less',
    { access: { user: 'required', capabilities: ['x'] } },
    { access: { user: 'required', capabilities: ['y'] } },
    [`: needs the capability y [${all}]`, ': needs the capability x no more []'],
  ],
  ['a parameter gone', { params: { a: t.int() } }, {}, [`params/a: is gone [${all}]`]],
  ['a parameter new', {}, { params: { a: t.int() } }, [`params/a: is new [${all}]`]],
  ['an optional one at the end', {}, { params: { a: t.optional(t.int()) } }, ['params/a: is new []']],
  [
    'an optional one before others',
    { params: { a: t.int() } },
    { params: { b: t.optional(t.int()), a: t.int() } },
    ['params/b: is new []', 'params/b: stands before others that were there [xmlrpc jsonrpc?]'],
  ],
  [
    'another order',
    { params: { a: t.int(), b: t.int() } },
    { params: { b: t.int(), a: t.int() } },
    ['params: are in another order [xmlrpc jsonrpc?]'],
  ],
  ['a new name with the old as alias', { params: { a: t.int() } }, { params: { b: t.int() }, aliases: { a: 'b' } }, []],
  [
    'an alias gone',
    { params: { b: t.int() }, aliases: { a: 'b' } },
    { params: { b: t.int() } },
    ['params/a: is no longer another name of a parameter [rest jsonrpc soap]'],
  ],
  [
    'a wider kind sent',
    { params: { a: t.int() } },
    { params: { a: t.int64() } },
    ['params/a: is int64 and was int []'],
  ],
  ['a wider kind answered', { returns: t.int() }, { returns: t.int64() }, [`result: is int64 and was int [${all}]`]],
  [
    'another kind',
    { params: { a: t.string() } },
    { params: { a: t.int() } },
    [`params/a: is int and was string [${all}]`],
  ],
  [
    'a tighter range',
    { params: { a: t.int64({ max: 9_007_199_254_740_993n }) } },
    { params: { a: t.int64({ max: 9_007_199_254_740_992n }) } },
    [`params/a: is at most 9007199254740992 and was 9007199254740993 [${all}]`],
  ],
  [
    'a looser range',
    { params: { a: t.int({ min: 1 }) } },
    { params: { a: t.int() } },
    ['params/a: is at least anything and was 1 []'],
  ],
  [
    'a range of a result',
    { returns: t.int({ max: 5 }) },
    { returns: t.int({ max: 1 }) },
    ['result: is at most 1 and was 5 []'],
  ],
  [
    'a pattern',
    { params: { a: t.string() } },
    { params: { a: t.string({ pattern: '^x' }) } },
    [`params/a: matches ^x and matched anything [${all}]`],
  ],
  [
    'values of an enumeration that is sent',
    { params: { a: t.enum(['x', 'y']) } },
    { params: { a: t.enum(['y', 'z']) } },
    [`params/a: has lost the value x [${all}]`, 'params/a: has the new value z []'],
  ],
  [
    'values of an enumeration that is answered',
    { returns: t.enum(['x', 'y']) },
    { returns: t.enum(['y', 'z']) },
    ['result: has lost the value x []', 'result: has the new value z [soap rest? jsonrpc? xmlrpc?]'],
  ],
  [
    'wanted now',
    { params: { a: t.optional(t.int()) } },
    { params: { a: t.int() } },
    [`params/a: must be given [${all}]`],
  ],
  [
    'left out or null now',
    { returns: Item({ a: t.int(), b: t.int() }) },
    { returns: Item({ a: t.optional(t.int()), b: t.nullable(t.int()) }) },
    [`result/a: may be left out [${maybe}]`, `result/b: may be null [${maybe}]`],
  ],
  [
    'another default',
    { params: { a: t.default(t.int(), 1) } },
    { params: { a: t.default(t.int(), 2) } },
    [`params/a: is 2 where left out and was 1 [${maybe}]`],
  ],
  [
    'fields of what is answered, deep in a list',
    { returns: t.list(Item({ a: t.int(), b: t.int() })) },
    { returns: t.list(Item({ c: t.int(), b: t.int() })) },
    [`result/*/a: is gone [${all}]`, 'result/*/c: is new [soap?]'],
  ],
  [
    'fields of what is sent',
    { params: { v: t.map(Item({ a: t.int() })) } },
    { params: { v: t.map(Item({ a: t.int(), b: t.int(), c: t.optional(t.int()) })) } },
    [`params/v/*/b: is new [${all}]`, 'params/v/*/c: is new []'],
  ],
  [
    'the order of fields answered',
    { returns: Item({ a: t.int(), b: t.int() }) },
    { returns: Item({ b: t.int(), a: t.int() }) },
    ['result: has its fields in another order [soap]'],
  ],
  [
    'the order of fields sent',
    { params: { v: Item({ a: t.int(), b: t.int() }) } },
    { params: { v: Item({ b: t.int(), a: t.int() }) } },
    [],
  ],
  [
    'the name of a type',
    { returns: t.object('One', { a: t.int() }) },
    { returns: t.object('Two', { a: t.int() }) },
    ['result: is of type Two and was One [soap?]'],
  ],
  ['a result', {}, { returns: t.int() }, [`result: is new [${maybe}]`]],
  ['no result', { returns: t.int() }, {}, [`result: is gone [${all}]`]],
  [
    'errors',
    { errors: { a: { number: 1 }, b: { number: 2, status: 404 }, c: { number: 3, data: Item({ x: t.int() }) } } },
    { errors: { b: { number: 4, status: 410 }, c: { number: 3, data: Item({ x: t.string() }) }, d: { number: 5 } } },
    [
      `errors/a: is gone [${maybe}]`,
      'errors/b: has the number 4 and had 2 [jsonrpc xmlrpc]',
      'errors/b: has the status 410 and had 404 [rest]',
      `errors/c/data/x: is string and was int [${all}]`,
      'errors/d: is new [soap?]',
    ],
  ],
];

describe('what has changed between two catalogs', () => {
  for (const [name, before, after, said] of cases) {
    it(`says it of ${name}`, () => {
      expect(lines([fn(before)], [fn(after)])).to.deep.equal(said);
      expect(lines([fn(before)], [fn(after)], 'once'), 'from a file of version 1').to.deep.equal(said);
    });
  }

  it('says it of functions that are gone and new, and leaves out internal ones', () => {
    const inner = fn({ internal: true }, 'a.inner');
    expect(lines([fn({}, 'a.old'), inner], [fn({}, 'a.new')])).to.deep.equal([': is new []', `: is gone [${all}]`]);
  });

  it('finds nothing new in what was exported in the form of version 1', () => {
    expect(catalogChanges(readComparable(version1), comparable(documented))).to.deep.equal([]);
  });

  it('says nothing of secrets', () => {
    const before = fn({ params: { pin: t.default(t.string({ sensitive: true }), '1234') } });
    const after = fn({ params: { pin: t.default(t.string({ sensitive: true }), '5678') } });
    expect([...lines([before], [after]), ...lines([before], [after], 'once')]).to.deep.equal([]);
  });

  it('takes null where it stands for what is left out', () => {
    for (const type of [t.string(), t.datetime(), t.bytes(), t.list(t.int())]) {
      const before = fn({ params: { a: t.default(t.nullable(type as Descriptor) as never, null as never) } });
      expect(lines([before], [before])).to.deep.equal([]);
    }
  });

  it('exports what a function does to the site only where it is unusual', () => {
    const kept = (parts: Parts) => Object.hasOwn(exportCatalog([fn(parts)]).functions[0] ?? {}, 'destructive');
    expect([{}, { effect: 'write' as const }].map(kept)).to.deep.equal([false, false]);
    expect(exportCatalog([fn({ effect: 'write', destructive: false })]).functions[0]).to.include({
      destructive: false,
    });
  });

  it('refuses a file that is no export', () => {
    for (const text of [
      '',
      '[]',
      '{}',
      'null',
      '{"polywire":2,"functions":[null]}',
      '{"polywire":1}',
      '{"polywire":3,"functions":[]}',
    ]) {
      expect(() => readComparable(text), text).to.throw();
    }
  });
});
