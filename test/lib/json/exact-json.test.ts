import { expect } from 'chai';
import { exactJson } from '../../../lib/json/exact-json.ts';

describe('lib/json/exact-json', () => {
  it('writes all digits of large whole numbers, and nothing else differently', () => {
    const value = {
      least: -(2 ** 63),
      beyond: 2 ** 63,
      small: [0, -1, 9_007_199_254_740_991, 0.123_456_789_012_345_68, 1.5e21, 1e-7, -(3 ** 35)],
      text: 'a "quoted" 9223372036854776000 \\',
      '9223372036854776000': true,
    };
    const text = exactJson(value);
    expect(text).to.contain('"least":-9223372036854775808,"beyond":9223372036854775808,');
    expect(text).to.contain('"a \\"quoted\\" 9223372036854776000 \\\\","9223372036854776000":true');
    expect(JSON.parse(text)).to.deep.equal(value);
    expect(JSON.parse(exactJson(value, 2))).to.deep.equal(value);
  });
});
