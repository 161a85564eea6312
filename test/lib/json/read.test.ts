import { expect } from 'chai';
import fc from 'fast-check';
import { t } from '../../../lib/builders.ts';
import { joinText } from '../../../lib/chunks.ts';
import type { Descriptor } from '../../../lib/descriptor.ts';
import { Issues } from '../../../lib/issues.ts';
import { parseJson } from '../../../lib/json/parse.ts';
import { isPlainJson, jsonReader } from '../../../lib/json/read.ts';
import { jsonWriter } from '../../../lib/json/write.ts';
import { validator } from '../../../lib/validate.ts';
import { described } from '../random.ts';

const limits = { jsonDepth: 100, numberDigits: 1_000 };

function read(descriptor: Descriptor, text: string): { readonly value: unknown; readonly issues: readonly string[] } {
  const issues = new Issues();
  const value = jsonReader(descriptor)(parseJson(text, limits).value, issues);
  return { value, issues: issues.list.map(({ path, message }) => `${path}: ${message}`) };
}

/** What the way to JSON and back may change: -0, and Node's Buffer for bytes. */
function settled(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof Date || typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map(settled);
  return Object.entries(value).map(([key, item]) => [key, settled(item)]);
}

describe('lib/json round trip', () => {
  it('gives every value back that fits its descriptor (property)', () => {
    fc.assert(
      fc.property(described, ([descriptor, value]) => {
        if (!validator(descriptor).fits(value)) return;
        const text = joinText(jsonWriter(descriptor)(value));
        expect(JSON.parse(text) as unknown).not.equal(undefined);
        const back = read(descriptor, text);
        expect(back.issues, text).eql([]);
        const filled = read(descriptor, joinText(jsonWriter(descriptor)(back.value))).value;
        expect(settled(filled), text).eql(settled(back.value));
        if (
          !JSON.stringify(descriptor, (_, item: unknown) => (typeof item === 'bigint' ? 'n' : item)).includes(
            '"default"',
          )
        )
          expect(sorted(settled(back.value)), text).eql(sorted(settled(value)));
      }),
      { numRuns: 200 },
    );
  });
});

/** Fields come back in declared order: the order of the original does not count. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const items = value.map(sorted);
  const pairs =
    items.length > 0 && items.every((item) => Array.isArray(item) && item.length === 2 && typeof item[0] === 'string');
  return pairs ? items.sort((a, b) => (String((a as unknown[])[0]) < String((b as unknown[])[0]) ? -1 : 1)) : items;
}

type Row = readonly [descriptor: Descriptor, json: string, value: unknown];
const wrong = Symbol('wrong');
const rows: readonly Row[] = [
  [t.int(), '5', 5],
  [t.int(), '-0', 0],
  [t.int(), '5.0', wrong],
  [t.int(), '1e3', wrong],
  [t.int(), '"5"', wrong],
  [t.int(), 'true', wrong],
  [t.int(), 'null', wrong],
  [t.int(), '2147483648', wrong],
  [t.int(), '99999999999999999999', wrong],
  [t.int64(), '"9007199254740993"', 9_007_199_254_740_993n],
  [t.int64(), '9007199254740993', 9_007_199_254_740_993n],
  [t.int64(), '9223372036854775808', wrong],
  [t.int64(), '1e3', wrong],
  [t.int64(), '5.0', wrong],
  [t.int64(), '"007"', wrong],
  [t.int64(), '""', wrong],
  [t.float(), '1e3', 1_000],
  [t.float(), '0.1', 0.1],
  [t.float(), '0.10000000000000000001', 0.1],
  [t.float(), '1e400', wrong],
  [t.float(), '"1.5"', wrong],
  [t.decimal(), '"1.50"', '1.50'],
  [t.decimal(), '1.50', '1.50'],
  [t.decimal(), '0.0000001', '0.0000001'],
  [t.decimal(), '-0.0000001', '-0.0000001'],
  [t.decimal(), '0.10000000000000000001', '0.10000000000000000001'],
  [t.decimal(), '1e3', wrong],
  [t.decimal(), 'null', wrong],
  [t.json(), '{"a":[1,0.5,1.0,1e3,null]}', { a: [1, 0.5, 1, 1_000, null] }],
  [t.json(), '9007199254740993', wrong],
  [t.json(), '[1e400]', wrong],
  [t.json(), '0.0000001', 1e-7],
  [t.boolean(), '1', wrong],
  [t.boolean(), '"true"', wrong],
  [t.string(), '5', wrong],
  [t.string(), '5e1', wrong],
  [t.string(), '"\\u0000"', '\u0000'],
  [t.datetime(), '"2026-01-01T00:00:00"', wrong],
  [t.datetime(), '0', wrong],
  [t.bytes(), '"AA=="', new Uint8Array([0])],
  [t.bytes(), '"AA"', wrong],
  [t.bytes(), '[0]', wrong],
  [t.list(t.int()), '{}', wrong],
  [t.list(t.int()), '"1"', wrong],
  [t.map(t.int()), '[]', wrong],
  [t.map(t.int64()), '{"constructor":"5"}', { constructor: 5n }],
  [t.object('O', { a: t.int() }), '1e5', wrong],
  [t.object('O', { a: t.int() }), 'null', wrong],
  [t.nullable(t.int64()), 'null', null],
  [t.optional(t.int64()), 'null', wrong],
];

describe('lib/json/read', () => {
  for (const [descriptor, json, value] of rows) {
    it(`${value === wrong ? 'refuses' : 'reads'} ${json} as ${descriptor.kind}`, () => {
      const found = read(descriptor, json);
      if (value === wrong) expect(found.issues).not.empty;
      else expect(found).eql({ value, issues: [] });
    });
  }

  it('keeps __proto__ in maps and json as an own key', () => {
    for (const descriptor of [t.map(t.int()), t.json()]) {
      const { value } = read(descriptor, '{"__proto__":5}');
      expect(Object.hasOwn(value as object, '__proto__')).equal(true);
      expect(Object.getPrototypeOf(value)).equal(Object.prototype);
    }
  });

  it('names the path of what is wrong', () => {
    const Deep = t.object('Deep', { users: t.list(t.map(t.int64())) });
    expect(read(Deep, '{"users":[{"a":"1"},{"b":"x"}]}').issues[0]).match(/^users\/1\/b: /);
    expect(read(Deep, '{"users":[],"more":1}').issues[0]).match(/^more: /);
  });

  it('calls descriptors plain only where reading changes nothing', () => {
    expect(isPlainJson(t.object('O', { a: t.list(t.nullable(t.int())) }))).equal(true);
    for (const descriptor of [t.int64(), t.decimal(), t.datetime(), t.bytes(), t.json(), t.list(t.default(t.int(), 1))])
      expect(isPlainJson(descriptor)).equal(false);
  });
});
