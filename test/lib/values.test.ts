import { expect } from 'chai';
import fc from 'fast-check';
import {
  bytesFit,
  compareDecimals,
  decimalFits,
  int64Fits,
  isDayText,
  isDecimalText,
  isJsonValue,
  isMoment,
} from '../../lib/values.ts';

/** A decimal as sign, digits and how many of them are a fraction, with zeros where they do not count. */
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(12), fc.nat(3), fc.nat(3), fc.boolean())
  .map(([units, scale, lead, trail, minusZero]) => {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    const whole = '0'.repeat(lead) + digits.slice(0, digits.length - scale);
    const fraction = (scale === 0 ? '' : digits.slice(-scale)) + '0'.repeat(trail);
    const sign = units < 0n || (units === 0n && minusZero) ? '-' : '';
    return {
      text: `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`,
      scaled: units * 10n ** BigInt(12 - scale),
    };
  });

describe('lib/values', () => {
  it('compares decimals as numbers of any length (property)', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const expected = a.scaled < b.scaled ? -1 : a.scaled > b.scaled ? 1 : 0;
        expect(Math.sign(compareDecimals(a.text, b.text)), `${a.text} ? ${b.text}`).equal(expected);
        expect(isDecimalText(a.text)).equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it('finds decimals equal however they are written', () => {
    for (const [a, b] of [
      ['0', '-0.00'],
      ['1', '1.0'],
      ['007', '7'],
      ['-0.10', '-0.1'],
    ] as const)
      expect(Math.abs(compareDecimals(a, b)), `${a} ${b}`).equal(0);
  });

  it('knows decimal texts', () => {
    for (const text of ['0', '-1', '1.50', '007', '9'.repeat(1_000)]) expect(isDecimalText(text), text).equal(true);
    for (const text of ['', '.5', '5.', '+1', '1e3', ' 1', '1 ', '0x1', 'NaN', '١', '9'.repeat(1_001), 5, null, '1\n'])
      expect(isDecimalText(text), String(text)).equal(false);
  });

  it('keeps ranges of decimals and bigints at their ends', () => {
    expect(decimalFits({ min: '-1.5', max: '1.50' }, '1.5')).equal(true);
    expect(decimalFits({ min: '-1.5', max: '1.50' }, '1.5000000000000000000001')).equal(false);
    expect(int64Fits({}, 2n ** 63n - 1n)).equal(true);
    expect(int64Fits({}, 2n ** 63n)).equal(false);
    expect(int64Fits({}, -(2n ** 63n))).equal(true);
    expect(int64Fits({}, -(2n ** 63n) - 1n)).equal(false);
    expect(int64Fits({ min: 1n, max: 2n }, 3n)).equal(false);
    expect(int64Fits({}, 5)).equal(false);
  });

  it('knows days that exist', () => {
    for (const day of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) expect(isDayText(day), day).equal(true);
    for (const day of [
      '2023-02-29',
      '1900-02-29',
      '0000-01-01',
      '2024-04-31',
      '2024-1-1',
      '2024-01-01Z',
      '24-01-01',
      5,
    ])
      expect(isDayText(day), String(day)).equal(false);
  });

  it('knows moments and bytes', () => {
    expect(isMoment(new Date())).equal(true);
    expect(isMoment(new Date(Number.NaN))).equal(false);
    expect(isMoment(new Date('+010000-01-01T00:00:00Z'))).equal(false);
    expect(isMoment('2024-01-01')).equal(false);
    expect(bytesFit({ max: 2 }, new Uint8Array(2))).equal(true);
    expect(bytesFit({ max: 2 }, Buffer.alloc(3))).equal(false);
    expect(bytesFit({}, [1, 2])).equal(false);
  });

  it('knows what JSON text can say as it is', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => isJsonValue(value)));
    for (const value of [
      undefined,
      Number.NaN,
      Infinity,
      5n,
      new Date(),
      () => 1,
      new Map(),
      { a: undefined },
      [undefined],
    ])
      expect(isJsonValue(value), String(value)).equal(false);
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(isJsonValue(cycle)).equal(false);
    expect(isJsonValue(nested(100))).equal(true);
    expect(isJsonValue(nested(101))).equal(false);
  });
});

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}
