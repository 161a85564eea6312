import { expect } from 'chai';
import fc from 'fast-check';
import {
  blankForm,
  type FieldState,
  type FormState,
  formOf,
  withItem,
  withItemChanged,
  withItemMoved,
  withoutItem,
} from '../../console/explorer/form/field-state.ts';
import { readForm } from '../../console/explorer/form/read-form.ts';
import { t } from '../../index.ts';
import type { Fields } from '../../lib/descriptor.ts';
import { Issues } from '../../lib/issues.ts';
import { jsonReader } from '../../lib/json/read.ts';
import { validator } from '../../lib/validate.ts';
import { descriptors, mutated } from '../lib/random.ts';

const Point = t.object('Point', { x: t.int(), y: t.default(t.int(), 7), label: t.optional(t.string()) });
const fields = {
  text: t.string({ min: 1 }),
  flag: t.boolean(),
  big: t.int64(),
  money: t.decimal(),
  ratio: t.float(),
  day: t.date(),
  at: t.datetime(),
  bytes: t.bytes(),
  colour: t.enum(['red', 'green']),
  points: t.list(Point, { max: 2 }),
  counts: t.map(t.int()),
  any: t.json(),
  maybe: t.nullable(t.string()),
  left: t.optional(t.list(t.int())),
};

const values = {
  text: ' kept as it is ',
  flag: true,
  big: -9_223_372_036_854_775_808n,
  money: '0.10000000000000000001',
  ratio: -0.25,
  day: '2026-02-28',
  at: new Date('2026-02-28T12:34:56.789Z'),
  bytes: Uint8Array.from([0, 255, 128]),
  colour: 'green',
  points: [
    { x: 1, label: '' },
    { x: 2, y: 3 },
  ],
  counts: { one: 1, __proto__x: 2 },
  any: { a: [1, null, 'x'] },
  maybe: null,
};

/** A form with one field changed. */
function changed(form: FormState, name: string, members: Partial<FieldState>): FormState {
  return { ...form, [name]: { ...(form[name] as FieldState), ...members } };
}

function typed(descriptor: Fields[string], text: string): ReturnType<typeof readForm> {
  const only = { it: descriptor };
  return readForm(only, changed(blankForm(only), 'it', { text, sent: true }));
}

/** The same with 0 for -0, as every writer of JSON has it. */
function unsigned(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(unsigned);
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unsigned(member)]));
}

describe('the form of a function', () => {
  it('gives the values back that it was filled with, every kind and wrapper', () => {
    expect(readForm(fields, formOf(fields, values))).to.deep.equal({ values, issues: [] });
  });

  it('gives any value back that fits its type (property)', () => {
    const rows = descriptors().chain((type) => fc.tuple(fc.constant(type), mutated(type)));
    let fitting = 0;
    fc.assert(
      fc.property(rows, ([type, raw]) => {
        const issues = new Issues();
        const value = issues.collect(() => jsonReader(type)(raw, issues));
        if (issues.list.length > 0 || value === undefined || !validator(type).fits(value)) return;
        fitting++;
        const only = { it: type };
        const { values: back, issues: found } = readForm(only, formOf(only, { it: value }));
        expect(found).to.deep.equal([]);
        expect(unsigned(back)).to.deep.equal({ it: unsigned(value) });
      }),
      { numRuns: 300, examples: [[[t.float(), -0]], [[t.list(t.json()), [{ a: -0 }]]]] },
    );
    expect(fitting).to.be.greaterThan(30);
  });

  it('says what is missing when it is empty, and sends nothing that is optional', () => {
    const { issues } = readForm(fields, blankForm(fields));
    expect(issues.map(({ path, code }) => [path, code])).to.deep.equal([
      ['text', 'length'],
      ['big', 'required'],
      ['money', 'required'],
      ['ratio', 'required'],
      ['day', 'required'],
      ['at', 'required'],
      ['colour', 'required'],
      ['any', 'required'],
    ]);
  });

  it('names what is wrong by the path of its field, as servers do', () => {
    const form = formOf(fields, { ...values, points: [{ x: 1 }, { x: 2 }] });
    const points = withItem(form['points'] as FieldState, Point);
    const wrong = withItemChanged(points, 1, ({ state, ...item }) => ({
      ...item,
      state: { ...state, fields: changed(state.fields, 'x', { text: 'two' }) },
    }));
    const { issues } = readForm(fields, changed(form, 'points', wrong));
    expect(issues).to.deep.equal([
      { path: 'points/1/x', code: 'type', message: 'must be a whole number' },
      { path: 'points/2/x', code: 'required', message: 'is missing' },
      { path: 'points', code: 'length', message: 'must have at most 2 items' },
    ]);
  });

  it('reads numbers to the digit, and refuses what servers refuse', () => {
    expect(typed(t.int64(), ' 9223372036854775807 ').values).to.deep.equal({ it: 9_223_372_036_854_775_807n });
    expect(typed(t.decimal(), '1.10').values).to.deep.equal({ it: '1.10' });
    for (const [descriptor, text] of [
      [t.int(), '1e3'],
      [t.int(), '007'],
      [t.int64(), '9223372036854775808'],
      [t.int({ max: 5 }), '6'],
      [t.float(), 'Infinity'],
      [t.decimal(), '1e5'],
      [t.date(), '2026-02-30'],
      [t.datetime(), '2026-02-28T12:34:56'],
      [t.bytes(), 'abc'],
      [t.string({ max: 2 }), '😀😀😀'],
      [t.enum(['a']), 'b'],
    ] as const) {
      expect(typed(descriptor, text).issues, text).to.have.nested.property('0.path', 'it');
    }
  });

  it('reads JSON exactly and says where it is none', () => {
    expect(typed(t.json(), '{"a": [1.5, "x"]}').values).to.deep.equal({ it: { a: [1.5, 'x'] } });
    const wrong = (text: string) => typed(t.json(), text).issues[0]?.message;
    expect(wrong('{"a": }')).to.equal('is not JSON: look at line 1, column 7');
    expect(wrong('{"a":1,"a":2}')).to.equal('a is given twice');
    expect(wrong('12345678901234567890')).to.equal('is a number that cannot be carried exactly');
    expect(wrong('['.repeat(100_000))).to.equal('must be a JSON value of at most 100 levels');
    expect(wrong(`${'['.repeat(50)}"${'['.repeat(100)}"${']'.repeat(50)}`)).to.equal(undefined);
  });

  it('refuses a key of a map that is given twice', () => {
    const only = { counts: t.map(t.int()) };
    const twice = withItem(withItem(blankForm(only)['counts'] as FieldState, t.int()), t.int());
    const filled = twice.items.reduce(
      (state, { id }) =>
        withItemChanged(state, id, (item) => ({ ...item, key: 'k', state: { ...item.state, text: '1' } })),
      twice,
    );
    expect(readForm(only, { counts: filled }).issues).to.deep.equal([
      { path: 'counts/k', code: 'duplicate', message: 'is given twice' },
    ]);
  });

  it('keeps items what they are while they are moved, taken out and added', () => {
    const only = { list: t.list(t.int()) };
    const list = formOf(only, { list: [10, 20, 30] })['list'] as FieldState;
    const moved = withItemMoved(withItemMoved(list, 0, 1), 2, 1);
    expect(readForm(only, { list: moved }).values).to.deep.equal({ list: [20, 10, 30] });
    const less = withoutItem(moved, 1);
    expect(readForm(only, { list: less }).values).to.deep.equal({ list: [10, 30] });
    const more = withItem(less, t.int());
    expect(new Set(more.items.map(({ id }) => id)).size).to.equal(3);
  });

  it('leaves defaults to the server, at every depth', () => {
    const only = { point: Point, times: t.default(t.int(), 3) };
    const form = changed(blankForm(only), 'point', { fields: changed(blankForm(Point.fields), 'x', { text: '1' }) });
    expect(readForm(only, form)).to.deep.equal({ values: { point: { x: 1 } }, issues: [] });
  });
});
