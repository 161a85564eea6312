import { expect } from 'chai';
import fc from 'fast-check';
import { t } from '../../lib/builders.ts';
import type { Fields } from '../../lib/descriptor.ts';
import { gradualCheck, gradualFieldsCheck, longList, mayBeLong } from '../../lib/gradual-check.ts';
import { paramsValidator, validator } from '../../lib/validate.ts';
import { descriptors, mutated } from './random.ts';
import { ShortTurn } from './short-turn.ts';

const options = { list: 5_000 };
const Item = t.object('Item', { id: t.int({ min: 0 }), tags: t.optional(t.list(t.string())) });
const items = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

describe('lib/gradual-check', () => {
  it('says what the validator says (property)', async () => {
    const cases = descriptors().chain((d) => fc.tuple(fc.constant(d), mutated(d), fc.boolean()));
    await fc.assert(
      fc.asyncProperty(cases, async ([descriptor, value, open]) => {
        const fits = validator(descriptor, { ...options, open }).fits(value);
        expect(await gradualCheck(descriptor, { ...options, open })(value, new ShortTurn())).to.equal(fits);
      }),
      { numRuns: 300 },
    );
  });

  it('takes nothing that hides its members for an empty object', async () => {
    const check = gradualCheck(t.object('Page', { items: t.optional(t.list(Item)) }), options);
    expect(await check({}, new ShortTurn())).to.equal(true);
    for (const value of [new Map(), new Date(0), Promise.resolve({})]) {
      expect(await check(value, new ShortTurn())).to.equal(false);
    }
  });

  it('looks at the items of a long list one by one', async () => {
    const check = gradualCheck(t.list(Item), options);
    const turn = new ShortTurn();
    const long = items(longList + 1);
    expect(await check(long, turn)).to.equal(true);
    expect(turn.count).to.equal(longList + 1);
    expect(await check(long.with(longList, { id: -1 }), turn)).to.equal(false);
    expect(await check(long.with(3, { id: 1, extra: 1 } as never), turn)).to.equal(false);
  });

  it('holds the limits of a long list', async () => {
    const turn = new ShortTurn();
    expect(await gradualCheck(t.list(t.int()), options)(new Array(5_001).fill(1), turn)).to.equal(false);
    expect(await gradualCheck(t.list(t.int(), { max: 6_000 }), options)(new Array(5_001).fill(1), turn)).to.equal(true);
    expect(await gradualCheck(t.list(t.int(), { min: 5_000 }), options)(new Array(4_999).fill(1), turn)).to.equal(
      false,
    );
    expect(await gradualCheck(t.list(t.int(), { max: 2_000 }), options)(new Array(2_001).fill(1), turn)).to.equal(
      false,
    );
  });

  const fields: Fields = {
    group: t.nullable(
      t.object('Group', { name: t.string(), items: t.list(Item), constructor: t.optional(t.list(Item)) }),
    ),
    also: t.optional(t.list(Item)),
    count: t.default(t.int(), 1),
  };
  const long = items(2_000);
  const cases: readonly (readonly [what: string, value: unknown])[] = [
    ['everything', { group: { name: 'x', items: long, constructor: long }, also: long, count: 2 }],
    ['no more than it must have', { group: { name: 'x', items: [] } }],
    ['null', { group: null, also: long }],
    ['a field too many', { group: null, more: 1 }],
    ['a field too many below', { group: { name: 'x', items: long, more: 1 } }],
    ['a field too few', { also: long }],
    ['a field too few below', { group: { items: long } }],
    ['a wrong item', { group: { name: 'x', items: long.with(1_999, { id: 0.5 }) } }],
    ['a wrong item of an odd name', { group: { name: 'x', items: long, constructor: long.with(7, { id: -5 }) } }],
    ['no list', { group: { name: 'x', items: { length: 2_000 } } }],
    ['no object', [long]],
    ['nothing', null],
  ];
  for (const [what, value] of cases) {
    it(`says of a record with ${what} what the validator says`, async () => {
      for (const open of [true, false]) {
        const fits = paramsValidator(fields, { ...options, open }).fits(value);
        expect(await gradualFieldsCheck(fields, { ...options, open })(value, new ShortTurn())).to.equal(fits);
      }
    });
  }

  it('knows which results may be long, and which are', () => {
    expect(mayBeLong(t.string())).to.equal(undefined);
    expect(mayBeLong(t.map(t.list(t.int())))).to.equal(undefined);
    expect(mayBeLong(t.object('Flat', { a: t.int() }))).to.equal(undefined);
    const isLong = mayBeLong(t.nullable(t.list(Item)));
    expect([isLong?.(items(longList)), isLong?.(items(longList + 1)), isLong?.(null)]).to.deep.equal([
      false,
      true,
      false,
    ]);
    const hasLong = mayBeLong(t.object('Deep', { page: t.object('Page', { items: t.list(Item), n: t.int() }) }));
    expect(hasLong?.({ page: { items: long, n: 1 } })).to.equal(true);
    expect([hasLong?.({ page: { items: [], n: 1 } }), hasLong?.(undefined), hasLong?.({})]).to.deep.equal([
      false,
      false,
      false,
    ]);
  });
});
