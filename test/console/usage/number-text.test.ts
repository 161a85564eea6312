import { expect } from 'chai';
import {
  countOf,
  countText,
  durationText,
  percentText,
  shortCountText,
  shortPercentText,
} from '../../../console/usage/number-text.ts';

describe('console/usage/number-text', () => {
  it('tells counts in full, and shortly on axes', () => {
    expect([0, 999, 1_234_567].map(countText)).to.deep.equal(['0', '999', '1,234,567']);
    expect([0, 5_000, 20_000, 1_500_000].map(shortCountText)).to.deep.equal(['0', '5,000', '20K', '1.5M']);
    expect([countOf(1, 'call'), countOf(2, 'call'), countOf(0, 'box', 'boxes')]).to.deep.equal([
      '1 call',
      '2 calls',
      '0 boxes',
    ]);
  });

  it('tells durations in three digits', () => {
    const cases = { 0: '0 ms', 0.004: '< 0.01 ms', 0.4219: '0.422 ms', 12.34: '12.3 ms', 999: '999 ms', 999.7: '1 s' };
    for (const [value, text] of Object.entries(cases)) expect(durationText(Number(value))).to.equal(text);
    expect([1_254, 59_900, 119_600, 125_000].map(durationText)).to.deep.equal([
      '1.25 s',
      '59.9 s',
      '2 min',
      '2 min 5 s',
    ]);
  });

  it('never rounds something to nothing, nor nearly all to all', () => {
    expect([0, 0.0001, 0.001, 0.0349, 0.125, 0.996, 0.9999, 1].map(percentText)).to.deep.equal([
      '0 %',
      '< 0.1 %',
      '0.1 %',
      '3.5 %',
      '13 %',
      '99.6 %',
      '> 99.9 %',
      '100 %',
    ]);
    expect([0, 0.025, 0.1, 0.0005].map(shortPercentText)).to.deep.equal(['0 %', '2.5 %', '10 %', '0.05 %']);
  });
});
