import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { define } from '../../../lib/define.ts';
import { Issues } from '../../../lib/issues.ts';
import { readNamed, readPositional, withoutAliases } from '../../../lib/json/arguments.ts';
import { parseJson } from '../../../lib/json/parse.ts';

const fn = define('test.arguments', {
  description: 'Takes.',
  effect: 'read',
  params: { first: t.int(), second: t.default(t.string(), 'two'), constructor: t.optional(t.int64()) },
  aliases: { erste: 'first', eins: 'first' },
  handler: () => undefined,
});
const limits = { jsonDepth: 100, numberDigits: 1_000 };

function read(text: string): { readonly value: Record<string, unknown>; readonly paths: readonly string[] } {
  const parsed = parseJson(text, limits);
  const issues = new Issues();
  const value = Array.isArray(parsed.value)
    ? readPositional(fn, parsed.value, parsed, issues)
    : readNamed(fn, parsed.value as Record<string, unknown>, parsed, issues);
  return { value, paths: issues.list.map(({ path, code }) => `${path} ${code}`) };
}

describe('lib/json/arguments', () => {
  it('reads by name and by position, trailing ones left out', () => {
    expect(read('{"first":1}').value).eql({ first: 1, second: 'two' });
    expect(read('[1]').value).eql({ first: 1, second: 'two' });
    expect(read('[1,"b","5"]').value).eql({ first: 1, second: 'b', constructor: 5n });
    expect(read('[]').value).eql({ second: 'two' });
  });

  it('refuses what is too much, with its place', () => {
    expect(read('[1,"b",5,6,7]').paths).eql(['3 unknown', '4 unknown']);
    expect(read('{"first":1,"other":2,"__proto__":3,"toString":4}').paths).eql([
      'other unknown',
      '__proto__ unknown',
      'toString unknown',
    ]);
  });

  it('takes aliases, but not beside the name', () => {
    expect(read('{"erste":1}')).eql({ value: { first: 1, second: 'two' }, paths: [] });
    expect(read('{"erste":1,"first":2}').paths).eql(['first duplicate']);
    expect(read('{"erste":1,"eins":2}').paths).eql(['first duplicate']);
  });

  it('never takes inherited names for given ones', () => {
    expect(Object.hasOwn(read('{"first":1}').value, 'constructor')).equal(false);
    const issues = new Issues();
    const named = withoutAliases(fn, JSON.parse('{"__proto__":{"polluted":1}}') as Record<string, unknown>, issues);
    expect(Object.hasOwn(named, '__proto__')).equal(true);
    expect((named as { polluted?: unknown }).polluted).equal(undefined);
  });
});
