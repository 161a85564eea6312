import { expect } from 'chai';
import { t } from '../../lib/builders.ts';
import { type Descriptor, unwrap } from '../../lib/descriptor.ts';

const all: readonly Descriptor[] = [
  t.string({ min: 1, max: 2, pattern: '^a' }),
  t.boolean(),
  t.int({ min: 0 }),
  t.int64({ max: 9n }),
  t.float(),
  t.decimal({ min: '0' }),
  t.date(),
  t.datetime(),
  t.bytes({ max: 4 }),
  t.enum(['a', 'b']),
  t.list(t.int(), { max: 3 }),
  t.map(t.int()),
  t.object('Point', { x: t.int() }),
  t.json(),
  t.nullable(t.int()),
  t.optional(t.int()),
  t.default(t.int(), 5),
];

describe('lib/builders', () => {
  for (const descriptor of all) {
    it(`makes frozen plain data of kind ${descriptor.kind}`, () => {
      expect(Object.isFrozen(descriptor)).equal(true);
      expect(Object.keys(descriptor)).not.contain('~standard').and.not.contain('~type');
      expect(Object.getPrototypeOf(descriptor)).equal(Object.prototype);
      expect(() => Object.assign(descriptor, { kind: 'json' })).throw(TypeError);
    });
  }

  it('has every kind once', () => {
    expect(new Set(all.map(({ kind }) => kind)).size).equal(17);
    expect(Object.keys(t)).have.length(18);
  });

  it('freezes the fields of objects and the values of enumerations, and copies what it is given', () => {
    const fields: Record<string, Descriptor> = { x: t.int() };
    const values = ['a', 'b'];
    const object = t.object('Point', fields);
    const list = t.enum(values);
    fields['y'] = t.int();
    values.push('c');
    expect(Object.keys(object.fields)).eql(['x']);
    expect(list.values).eql(['a', 'b']);
    expect(Object.isFrozen(object.fields)).equal(true);
    expect(Object.isFrozen(list.values)).equal(true);
  });

  it('keeps limits and notes', () => {
    expect(t.string({ min: 1, max: 9, pattern: 'x', description: 'd', sensitive: true })).eql({
      kind: 'string',
      min: 1,
      max: 9,
      pattern: 'x',
      description: 'd',
      sensitive: true,
    });
  });

  it('describes a descriptor anew without touching the old one', () => {
    const Point = t.object('Point', { x: t.int() });
    const described = t.describe(Point, 'Where it is.');
    expect(described.description).equal('Where it is.');
    expect(Point.description).equal(undefined);
    expect(described.fields).equal(Point.fields);
    expect(described['~standard'].validate({ x: 1 })).eql({ value: { x: 1 } });
  });

  it('does not let one call change the default of the next', () => {
    const list = t.default(t.list(t.string()), ['a']);
    expect(() => (list.value as string[]).push('b')).throw(TypeError);
    const object = t.default(t.json(), { deep: { list: [1] } });
    expect(() => ((object.value as { deep: { list: number[] } }).deep.list[0] = 2)).throw(TypeError);
  });
});

describe('lib/descriptor unwrap', () => {
  it('takes wrappers off in any order', () => {
    const inner = t.int();
    expect(unwrap(inner)).eql({ core: inner, nullable: false, optional: false, fallback: undefined });
    expect(unwrap(t.optional(t.nullable(inner)))).eql({
      core: inner,
      nullable: true,
      optional: true,
      fallback: undefined,
    });
    expect(unwrap(t.nullable(t.default(inner, 3)))).eql({
      core: inner,
      nullable: true,
      optional: true,
      fallback: { value: 3 },
    });
    expect(unwrap(t.default(t.nullable(inner), null)).fallback).eql({ value: null });
  });
});
