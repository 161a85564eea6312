import { expect } from 'chai';
import fc from 'fast-check';
import { isPlainNumber, JsonNumber } from '../../../lib/json/number.ts';
import { type JsonLimits, scanJson as scanBytes } from '../../../lib/json/scan.ts';

const scanJson = (text: string, limits: JsonLimits) => scanBytes(Buffer.from(text), limits);

import { caught } from '../caught.ts';

const limits = { jsonDepth: 3, numberDigits: 5 };

describe('lib/json/scan', () => {
  it('counts the names of all objects (property)', () => {
    const count = (value: unknown): number =>
      typeof value !== 'object' || value === null
        ? 0
        : Object.values(value).reduce<number>(
            (sum, item) => sum + count(item),
            Array.isArray(value) ? 0 : Object.keys(value).length,
          );
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(scanJson(JSON.stringify(value), { jsonDepth: 100, numberDigits: 100 }).members).equal(count(value));
      }),
    );
  });

  it('tells whether JSON.parse loses nothing', () => {
    for (const text of ['[1,2.5,-3]', '123', '0.5', '"1e5"', '{"a":"9007199254740993"}'])
      expect(scanJson(text, { jsonDepth: 9, numberDigits: 99 }).plain, text).equal(true);
    for (const text of ['1.0', '1e5', '-0', '0.0000001', '9007199254740993', '[1,{"a":1E1}]'])
      expect(scanJson(text, { jsonDepth: 9, numberDigits: 99 }).plain, text).equal(false);
  });

  it('keeps its limits to the letter', () => {
    expect(scanJson('[[[12345]]]', limits).members).equal(0);
    expect(caught(() => scanJson('[[[[', limits)).message).contain('3 levels');
    expect(caught(() => scanJson('123456', limits)).message).contain('5 characters');
    expect(scanJson('"[[[[123456"', limits)).eql({ members: 0, plain: true });
    expect(scanJson('"\\"[[[["', limits)).eql({ members: 0, plain: true });
  });

  it('ends on text that does not', () => {
    for (const text of ['"', '"\\', '"abc', '{"a', '-', '["\\"']) expect(() => scanJson(text, limits)).not.throw();
  });
});

describe('lib/json/number', () => {
  it('calls a token plain only if String() gives it back (property)', () => {
    const token = fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.nat(1e9),
        fc.option(fc.string({ unit: fc.constantFrom('0', '1', '9'), minLength: 1, maxLength: 14 })),
      )
      .map(
        ([sign, whole, fraction]) => `${sign}${whole % 3 === 0 ? 0 : whole}${fraction === null ? '' : `.${fraction}`}`,
      );
    fc.assert(
      fc.property(token, (text) => {
        if (isPlainNumber(text, 0, text.length)) expect(String(Number(text))).equal(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('knows which digits a double carries exactly', () => {
    for (const text of ['1.0', '1e3', '0.10', '100', '1E+2', '0.0', '-0', '1e-7', '5e-324', '123456789012345680000'])
      expect(new JsonNumber(text).exact, text).equal(true);
    for (const text of [
      '9007199254740993',
      '0.10000000000000000001',
      '1e400',
      '-1e400',
      '1e-400',
      '3.00000000000000000001',
    ])
      expect(new JsonNumber(text).exact, text).equal(false);
  });
});
