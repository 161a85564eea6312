import fc from 'fast-check';
import { t } from '../../lib/builders.ts';
import { type Descriptor, type Fields, unwrap } from '../../lib/descriptor.ts';

const ends = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(100));
const lengths = fc.tuple(fc.nat(2), fc.nat(4)).map(([min, more]) => ({ min, max: min + more }));
const either = <T>(options: fc.Arbitrary<T>) => fc.option(options, { nil: undefined });
const names = fc.constantFrom(
  'a',
  'b',
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '_',
  'Z9',
  'length',
  'then',
);

const scalar: fc.Arbitrary<Descriptor> = fc.oneof(
  either(lengths).map((length) => t.string(length)),
  fc.constantFrom('^[a-z]*$', '.', '^\\p{L}+$').map((pattern) => t.string({ pattern })),
  fc.constantFrom(t.boolean(), t.date(), t.datetime(), t.json(), t.int(), t.int64(), t.float(), t.decimal(), t.bytes()),
  ends.map(([min, more]) => t.int({ min, max: min + more })),
  ends.map(([min, more]) => t.int64({ min: BigInt(min), max: BigInt(min + more) })),
  ends.map(([min, more]) => t.float({ min, max: min + more })),
  ends.map(([min, more]) => t.decimal({ min: String(min), max: `${min + more}.0` })),
  fc.nat(3).map((max) => t.bytes({ max })),
  fc
    .uniqueArray(fc.constantFrom('red', 'green', 'blue', '', 'é', '__proto__'), { minLength: 1 })
    .map((values) => t.enum(values)),
);

let types = 0;

/** Random descriptors, as deep as `depth`. */
export function descriptors(depth = 3): fc.Arbitrary<Descriptor> {
  if (depth === 0) return scalar;
  const below = descriptors(depth - 1);
  return fc.oneof(
    { maxDepth: depth },
    scalar,
    fc.tuple(below, either(lengths)).map(([item, length]) => t.list(item, length)),
    fc.tuple(below, either(fc.nat(3))).map(([value, max]) => t.map(value, max === undefined ? {} : { max })),
    fields(below).map((made) => t.object(`Type${types++}`, made)),
    below.filter(({ kind }) => kind !== 'nullable').map((inner) => t.nullable(inner)),
  );
}

/** Random fields: some of them may be left out. */
function fields(below: fc.Arbitrary<Descriptor>): fc.Arbitrary<Fields> {
  const field = fc.tuple(names, below, fc.nat(3)).map(([name, inner, how]): [string, Descriptor] => {
    if (how === 1) return [name, t.optional(inner)];
    return [name, how === 2 && inner.kind === 'boolean' ? t.default(inner as never, true as never) : inner];
  });
  return fc
    .uniqueArray(field, { selector: ([name]) => name, maxLength: 4 })
    .map((entries) => Object.fromEntries(entries));
}

const texts = fc.string({ unit: 'grapheme', maxLength: 8 });

/** Values, as handlers have them, that mostly fit a descriptor. */
export function fitting(d: Descriptor): fc.Arbitrary<unknown> {
  switch (d.kind) {
    case 'string':
      if (d.pattern !== undefined)
        return fc.string({ unit: fc.constantFrom('a', 'z', 'q'), minLength: 1, maxLength: 5 });
      return fc.string({
        unit: fc.constantFrom('a', 'é', '\u{1F600}', '"', '\n', '\u2028', '\\', '\u0000'),
        minLength: d.min ?? 0,
        maxLength: d.max ?? 60,
      });
    case 'boolean':
      return fc.boolean();
    case 'int':
      return fc.integer({ min: d.min ?? -(2 ** 31), max: d.max ?? 2 ** 31 - 1 });
    case 'int64':
      return fc.bigInt({ min: d.min ?? -(2n ** 63n), max: d.max ?? 2n ** 63n - 1n });
    case 'float':
      return fc.double({ min: d.min ?? -1e300, max: d.max ?? 1e300, noNaN: true, noDefaultInfinity: true });
    case 'decimal':
      return fc.integer({ min: Number(d.min ?? -1e9), max: Math.floor(Number(d.max ?? 1e9)) }).map((n) => `${n}.0`);
    case 'date':
      return fc
        .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 10));
    case 'datetime':
      return fc.date({
        min: new Date('0001-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59Z'),
        noInvalidDate: true,
      });
    case 'bytes':
      return fc.uint8Array({ maxLength: d.max ?? 30 });
    case 'enum':
      return fc.constantFrom(...d.values);
    case 'json':
      return fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    case 'list':
      return fc.array(fitting(d.item), { minLength: d.min ?? 0, maxLength: d.max ?? (d.min ?? 0) + 3 });
    case 'map':
      return fc.dictionary(fc.oneof(texts, fc.constantFrom('constructor', 'toString', '__proto__')), fitting(d.value), {
        maxKeys: d.max ?? 3,
        noNullPrototype: true,
      });
    case 'object':
      return fittingFields(d.fields);
    case 'nullable':
      return fc.option(fitting(d.inner), { nil: null, freq: 3 });
    case 'optional':
    case 'default':
      return fitting(d.inner);
  }
}

function fittingFields(of: Fields): fc.Arbitrary<unknown> {
  const required = Object.keys(of).filter((name) => !unwrap(of[name] as Descriptor).optional);
  const model = Object.fromEntries(Object.entries(of).map(([name, field]) => [name, fitting(field)]));
  return fc.record(model, { requiredKeys: required, noNullPrototype: true });
}

/** A descriptor with a value that fits it. */
export const described = descriptors().chain((descriptor) => fc.tuple(fc.constant(descriptor), fitting(descriptor)));

/** Values of any sort, and values that fit with something in them exchanged. */
export function mutated(d: Descriptor): fc.Arbitrary<unknown> {
  const odd = fc.constantFrom<unknown>(
    undefined,
    null,
    Number.NaN,
    Infinity,
    -0,
    5n,
    '',
    'x',
    2 ** 40,
    1.5,
    [],
    {},
    new Date(Number.NaN),
    new Uint8Array(9),
    () => 1,
    '1e3',
    2n ** 70n,
    '2024-02-30',
    '9'.repeat(2_000),
  );
  const anything = fc.oneof(odd, fc.anything({ withBigInt: true, withDate: true, withNullPrototype: false }));
  const spoiled = fc
    .tuple(fitting(d), fc.nat(), anything, fc.boolean())
    .map(([value, at, other, extra]) => spoil(value, at, other, extra));
  return fc.oneof(anything, spoiled, fitting(d));
}

function spoil(value: unknown, at: number, other: unknown, extra: boolean): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return other;
  if (Array.isArray(value)) {
    const index = value.length === 0 ? 0 : at % value.length;
    return value.length === 0 ? [other] : value.toSpliced(index, 1, spoil(value[index], at >> 2, other, extra));
  }
  const keys = Object.keys(value);
  if (extra || keys.length === 0) return { ...value, undeclared: other };
  const key = keys[at % keys.length] as string;
  const copy = { ...value } as Record<string, unknown>;
  if (at % 5 === 0) delete copy[key];
  else
    Object.defineProperty(copy, key, {
      value: spoil(copy[key], at >> 2, other, extra),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  return copy;
}
