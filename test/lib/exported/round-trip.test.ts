import { expect } from 'chai';
import fc from 'fast-check';
import { type AnyFunction, type Descriptor, define, t } from '../../../index.ts';
import { definitionProblems } from '../../../lib/definition.ts';
import { exportCatalog } from '../../../lib/exported/export.ts';
import type { ExportedCatalog } from '../../../lib/exported/form.ts';
import { importCatalog } from '../../../lib/exported/import.ts';
import { narrowed } from '../../../lib/exported/narrow.ts';
import { Issues } from '../../../lib/issues.ts';
import { shownExamples } from '../../../lib/json/example.ts';
import { jsonReader } from '../../../lib/json/read.ts';
import { jsonWriter } from '../../../lib/json/write.ts';
import { schemaOf } from '../../../lib/schema.ts';
import { validator } from '../../../lib/validate.ts';
import { sampleFunctions } from '../../../services/sample/index.ts';
import { documented } from '../../protocols/documented.ts';
import { catalogs, largeCatalogs } from '../../wsdl/arbitrary.ts';
import { caught } from '../caught.ts';
import { descriptors, mutated } from '../random.ts';

/** Through JSON text and back. */
const again = (functions: readonly AnyFunction[]) =>
  importCatalog(JSON.parse(JSON.stringify(exportCatalog(functions))) as ExportedCatalog);

/** A function's data: what a copy of it must be. Examples with secrets are left out. */
function dataOf({ handler: _, context: __, ...data }: AnyFunction): object {
  return { ...data, examples: shownExamples(data) };
}

function byName(functions: readonly AnyFunction[]): readonly AnyFunction[] {
  return [...functions].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function returning(returns: Descriptor): AnyFunction {
  return define('a.b', {
    description: 'Does.',
    effect: 'read',
    returns,
    handler: () => undefined as never,
  }) as AnyFunction;
}

function readBy(descriptor: Descriptor, raw: unknown): object {
  const issues = new Issues();
  return { value: issues.collect(() => jsonReader(descriptor)(raw, issues)), issues: issues.list };
}

describe('an exported catalog', () => {
  it('gives every function back but its handler', () => {
    for (const functions of [sampleFunctions, documented])
      expect(again(functions)).to.deep.equal(byName(functions).map(dataOf));
  });

  it('gives every description, limit, default, error and wrapper back (property)', () => {
    fc.assert(
      fc.property(catalogs, (functions) => {
        fc.pre(functions.flatMap(definitionProblems).length === 0);
        expect(again(functions)).to.deep.equal(byName(functions).map(dataOf));
      }),
      { numRuns: 100 },
    );
  });

  it('reads, writes and shows what the original does (property)', () => {
    const rows = descriptors().chain((type) => fc.tuple(fc.constant(type), fc.array(mutated(type), { maxLength: 5 })));
    fc.assert(
      fc.property(rows, ([type, values]) => {
        const copy = again([returning(type)])[0]?.returns as Descriptor;
        const form = { form: 'answer', open: false, list: 9 } as const;
        expect(schemaOf(copy, form)).to.deep.equal(schemaOf(type, form));
        for (const value of values) {
          const read = readBy(type, value) as { value: unknown; issues: readonly unknown[] };
          expect(readBy(copy, value)).to.deep.equal(read);
          if (read.issues.length === 0 && validator(type).fits(read.value))
            expect(jsonWriter(copy)(read.value)).to.equal(jsonWriter(type)(read.value));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps notes of wrappers apart from those of what they wrap', () => {
    const inner = t.string({ description: 'inner', min: 1, pattern: '^a' });
    const params = {
      a: t.optional(inner, { description: 'outer', deprecated: 'since 2' }),
      b: t.optional(t.nullable(inner, { description: 'middle', sensitive: true })),
      c: t.default(t.nullable(t.int64({ min: -5n }), { deprecated: 'x' }), 9_007_199_254_740_993n, {
        description: 'c',
      }),
      d: t.default(t.nullable(t.string()), null),
      e: t.default(t.map(t.bytes({ max: 5 }), { max: 2 }), { constructor: new Uint8Array([1]) }),
      f: t.default(t.datetime(), new Date('2020-02-29T00:00:00.001Z')),
    };
    const fn = define('a.b', {
      description: 'Does.',
      effect: 'write',
      params,
      handler: () => undefined,
    }) as AnyFunction;
    expect(again([fn])).to.deep.equal([dataOf(fn)]);
  });

  it('keeps everything else that a function declares', () => {
    const fn = define('a.b', {
      description: 'Does.',
      effect: 'read',
      access: { client: 'required', user: 'optional', capabilities: ['a:b'] },
      params: { id: t.int64(), more: t.optional(t.json()) },
      errors: { gone: { number: 5, status: 410, message: 'It is gone', data: t.object('Gone', { at: t.datetime() }) } },
      examples: [{ params: { id: 2n ** 60n, more: { __proto__x: [1] } }, description: 'One.' }],
      listed: false,
      post: true,
      csrf: true,
      cache: { mode: 'public', maxAge: 5 },
      quota: { weight: 3 },
      deprecated: { since: '2.0', use: 'a.c' },
      helpUrls: ['https://example.org/'],
      idempotent: false,
      sensitive: true,
      context: () => '/',
      body: 5_000_000,
      deadline: 100,
      aliases: { number: 'id' },
      handler: () => undefined,
    }) as AnyFunction;
    expect(again([fn])).to.deep.equal([dataOf(fn)]);
  });

  it('has no internal functions, no secret examples and no secret defaults', () => {
    const secret = t.string({ sensitive: true });
    const fn = define('a.b', {
      description: 'Does.',
      effect: 'write',
      params: {
        pin: t.default(secret, 'hush-1'),
        box: t.default(t.list(secret), ['hush-2']),
        open: t.optional(t.int()),
      },
      examples: [{ params: { pin: 'hush-3' } }, { params: { open: 1 } }],
      handler: () => undefined,
    }) as AnyFunction;
    const inner = define('a.inner', {
      description: 'hush-4',
      effect: 'read',
      internal: true,
      handler: () => undefined,
    });
    const exported = exportCatalog([fn, inner as AnyFunction]);
    expect(JSON.stringify(exported)).not.to.contain('hush');
    const [copy] = importCatalog(exported);
    expect(copy?.params['pin']).to.deep.equal(t.optional(secret));
    expect(copy?.examples).to.deep.equal([{ params: { open: 1 } }]);
  });

  it('tells the fields of a type once, and again only in other words', () => {
    const User = t.object('User', { id: t.int64(), name: t.string() });
    const same = t.object('User', { id: t.int64(), name: t.string() });
    const other = t.object('User', { id: t.int64({ description: 'its number' }), name: t.string() });
    const fn = returning(
      t.list(t.object('All', { a: User, b: same, c: other, d: t.describe(User, 'the last'), e: t.optional(other) })),
    );
    const exported = exportCatalog([fn]);
    expect(Object.keys(exported.types)).to.have.members(['All', 'User']);
    const fields = exported.types['All'] ?? {};
    expect(fields['b']).to.deep.equal({ kind: 'object', name: 'User' });
    expect(fields['d']).to.deep.equal({ kind: 'object', name: 'User', description: 'the last' });
    expect(fields['c']?.fields?.['id']).to.deep.equal({ kind: 'int64', description: 'its number' });
    expect(again([fn])).to.deep.equal([dataOf(fn)]);
  });

  it('stays small: 500 functions, each with a type of its own, in less than half a megabyte', () => {
    const [functions = []] = fc.sample(largeCatalogs, { numRuns: 1, seed: 7 });
    const size = JSON.stringify(exportCatalog(functions)).length;
    expect(functions.length).to.equal(500);
    expect(size).to.be.below(500_000);
  });

  it('can be narrowed to some functions and the types that they need', () => {
    const catalog = exportCatalog(documented);
    for (const { name } of catalog.functions) {
      const part = narrowed(catalog, [name, 'no.such']);
      expect(part.functions.map((fn) => fn.name)).to.deep.equal([name]);
      expect(importCatalog(part)).to.deep.equal(importCatalog(catalog).filter((fn) => fn.name === name));
    }
    expect(Object.keys(narrowed(catalog, ['shop.find']).types)).to.have.members([
      'Item',
      'Price',
      'Place',
      'MissingItem',
    ]);
    expect(narrowed(catalog, ['shop.clear'])).to.deep.include({ types: {} });
  });

  it('refuses what no export has written', () => {
    const whole = { polywire: 2, types: {}, functions: [{ name: 'a', description: '', effect: 'read' }] };
    const broken: readonly unknown[] = [
      null,
      {},
      { ...whole, polywire: 1 },
      { ...whole, functions: undefined },
      { ...whole, functions: [null] },
      ...[
        { kind: 'constructor' },
        { kind: 'object', name: 'toString' },
        { kind: 'object', name: 'Loop' },
        { kind: 'list' },
        { kind: 'int64', min: 'x' },
        { kind: 'int', optional: true, default: 'x' },
      ].map((returns) => ({
        polywire: 2,
        types: { Loop: { again: { kind: 'list', item: { kind: 'object', name: 'Loop' } } } },
        functions: [{ ...whole.functions[0], returns }],
      })),
    ];
    for (const catalog of broken) {
      const fault = caught(() => importCatalog(catalog as ExportedCatalog));
      expect(fault, JSON.stringify(catalog)).to.include({ name: 'Fault', code: 'malformed' });
    }
    expect(importCatalog(whole as ExportedCatalog)).to.have.length(1);
  });
});
