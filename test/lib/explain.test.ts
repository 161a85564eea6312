import { expect } from 'chai';
import fc from 'fast-check';
import { t } from '../../lib/builders.ts';
import type { Descriptor } from '../../lib/descriptor.ts';
import { Issues, invalid } from '../../lib/issues.ts';
import { paramsValidator, validator } from '../../lib/validate.ts';
import { leeway } from '../processes/patience.ts';
import { described, descriptors, mutated } from './random.ts';

function problems(descriptor: Descriptor, value: unknown, open = false): readonly string[] {
  const issues = new Issues();
  issues.collect(() => validator(descriptor, { open }).issues(value, issues));
  return issues.list.map(({ path, code }) => (path === '' ? code : `${path} ${code}`));
}

describe('lib/explain', () => {
  it('finds something exactly where the compiled validator refuses (property)', () => {
    const cases = descriptors().chain((d) =>
      fc.tuple(fc.constant(d), fc.array(mutated(d), { minLength: 1, maxLength: 4 }), fc.boolean()),
    );
    fc.assert(
      fc.property(cases, ([descriptor, values, open]) => {
        const check = validator(descriptor, { open });
        for (const value of values) {
          const found = problems(descriptor, value, open);
          expect(check.fits(value), `${fc.stringify(descriptor)} ${fc.stringify(value)}: ${found.join()}`).equal(
            found.length === 0,
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('takes what fits (property)', () => {
    fc.assert(
      fc.property(described, ([descriptor, value]) => {
        expect(problems(descriptor, value), `${fc.stringify(descriptor)} ${fc.stringify(value)}`).eql([]);
      }),
      { numRuns: 300 },
    );
  });

  it('names path and kind of each problem', () => {
    const User = t.object('User', {
      id: t.int64({ min: 1n }),
      tags: t.list(t.string({ max: 2 }), { max: 2 }),
      more: t.optional(t.map(t.int())),
    });
    expect(problems(User, { id: 0n, tags: ['a', 'abc', 'x'], more: { k: 1.5 }, x: 1 })).eql([
      'id range',
      'tags length',
      'tags/1 length',
      'more/k type',
      'x unknown',
    ]);
    expect(problems(User, {})).eql(['id required', 'tags required']);
    expect(problems(User, null)).eql(['type']);
    expect(problems(User, [])).eql(['type']);
  });

  it('passes over what a reader has reported, and over undeclared fields of results', () => {
    expect(problems(t.object('O', { a: t.int() }), { a: invalid })).eql([]);
    expect(problems(t.object('O', { a: t.int() }), { a: 1, b: 2 }, true)).eql([]);
  });

  it('never shows a value in a message', () => {
    const issues = new Issues();
    const all = t.object('O', {
      s: t.string({ max: 3 }),
      e: t.enum(['a']),
      p: t.string({ pattern: '^x' }),
      d: t.decimal(),
      t: t.date(),
      j: t.json(),
    });
    issues.collect(() =>
      validator(all).issues({ s: 'MARKER', e: 'MARKER', p: 'MARKER', d: 'MARKER', t: 'MARKER', j: undefined }, issues),
    );
    expect(issues.list).length.above(4);
    expect(JSON.stringify(issues.list)).not.contain('MARKER');
  });

  it('stops at a list of a million wrong items', () => {
    const started = performance.now();
    expect(problems(t.list(t.int(), { max: 2_000_000 }), new Array(1_000_000).fill('x'))).have.length(20);
    expect(performance.now() - started).below(500 * leeway());
  });

  it('counts code points, as the compiled validator does', () => {
    const short = validator(t.string({ max: 2 }));
    expect(short.fits('\u{1F600}\u{1F600}')).equal(true);
    expect(short.fits('\u{1F600}\u{1F600}a')).equal(false);
    expect(short.fits('\ud800\ud800')).equal(true);
    expect(problems(t.string({ max: 2 }), '\u{1F600}\u{1F600}a')).eql(['length']);
  });
});

describe('lib/validate', () => {
  it('does not take inherited names for given ones', () => {
    const check = paramsValidator({ toString: t.string(), constructor: t.string() });
    expect(check.fits({})).equal(false);
    expect(check.fits({ toString: 'a', constructor: 'b' })).equal(true);
    const none = paramsValidator({});
    expect(none.fits({})).equal(true);
    expect(none.fits(JSON.parse('{"__proto__":1}'))).equal(false);
  });

  it('limits lists whose descriptors declare no limit', () => {
    expect(validator(t.list(t.int()), { list: 3 }).fits([1, 2, 3])).equal(true);
    expect(validator(t.list(t.int()), { list: 3 }).fits([1, 2, 3, 4])).equal(false);
    expect(validator(t.list(t.int(), { max: 9 }), { list: 3 }).fits([1, 2, 3, 4])).equal(true);
    expect(validator(t.list(t.int())).fits(new Array(16_385).fill(1))).equal(false);
    expect(validator(t.map(t.int()), { list: 1 }).fits({ a: 1, b: 2 })).equal(false);
  });
});
