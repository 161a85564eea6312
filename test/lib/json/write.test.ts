import { expect } from 'chai';
import fc from 'fast-check';
import { t } from '../../../lib/builders.ts';
import { joinText } from '../../../lib/chunks.ts';
import type { Descriptor } from '../../../lib/descriptor.ts';
import { jsonWriter as compiled } from '../../../lib/json/write.ts';

const jsonWriter = (descriptor: Descriptor) => (value: unknown) => joinText(compiled(descriptor)(value));

describe('lib/json/write', () => {
  const quote = jsonWriter(t.string());

  it('quotes as JSON.stringify does (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => quote(text) === JSON.stringify(text)),
    );
    for (const text of ['\ud800', '\udc00\ud800', '\u2028', '"\\', '\u007f', '\u0000'.repeat(60)])
      expect(quote(text)).equal(JSON.stringify(text));
  });

  it('writes declared fields only, in declared order', () => {
    const User = t.object('User', { b: t.int(), a: t.optional(t.string()), c: t.optional(t.int()) });
    const write = jsonWriter(t.list(User));
    expect(write([{ secret: 1, c: 3, a: 'x', b: 1 }, { b: 2 }])).equal('[{"b":1,"a":"x","c":3},{"b":2}]');
  });

  it('keeps commas right when the first fields are absent', () => {
    const write = jsonWriter(
      t.object('O', { a: t.optional(t.int()), b: t.optional(t.int()), c: t.int(), d: t.optional(t.int()) }),
    );
    expect(write({ c: 1 })).equal('{"c":1}');
    expect(write({ b: 2, c: 1, d: 4 })).equal('{"b":2,"c":1,"d":4}');
    expect(jsonWriter(t.object('P', { a: t.optional(t.int()), b: t.optional(t.int()) }))({ b: 1 })).equal('{"b":1}');
    expect(jsonWriter(t.object('Q', {}))({ a: 1 })).equal('{}');
  });

  it('never writes an inherited member', () => {
    const write = jsonWriter(t.object('O', { constructor: t.optional(t.string()), toString: t.optional(t.string()) }));
    expect(write({})).equal('{}');
    expect(write({ toString: 'own' })).equal('{"toString":"own"}');
  });

  it('writes -0 as 0, and defaults for what is left out of a result', () => {
    expect(jsonWriter(t.int())(-0)).equal('0');
    expect(
      jsonWriter(t.object('O', { a: t.default(t.int(), 5), b: t.default(t.nullable(t.list(t.int())), null) }))({}),
    ).equal('{"a":5,"b":null}');
  });

  it('writes a view of bytes, not the buffer below it', () => {
    expect(jsonWriter(t.bytes())(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).equal('"AgM="');
  });

  it('puts long lists away in pieces that are the same text', () => {
    const items = Array.from({ length: 20_000 }, (_, i) => ({ n: i, inner: [`é${i}`] }));
    const write = jsonWriter(
      t.map(t.list(t.object('Item', { n: t.int(), inner: t.list(t.string()) }), { max: 20_000 })),
    );
    const value = { a: items, b: [], c: items };
    expect(write(value) === JSON.stringify(value)).equal(true);
    expect(write({ a: [] })).equal('{"a":[]}');
  });

  it('starts afresh after a value that broke it', () => {
    const write = jsonWriter(t.list(t.datetime()));
    expect(() => write([new Date(0), 5])).throw(TypeError);
    expect(write([])).equal('[]');
  });

  it('takes names and texts that would be code', () => {
    const write = jsonWriter(t.object('O', { a: t.enum(["'];alert(1)//", '`{1}`', '\u2028']), _: t.map(t.json()) }));
    expect(JSON.parse(write({ a: "'];alert(1)//", _: { '"};': 1 } }))).eql({ a: "'];alert(1)//", _: { '"};': 1 } });
  });
});
