import { expect } from 'chai';
import fc from 'fast-check';
import { bucketAt, niceTicks, placeOf } from '../../../../console/usage/chart/scale.ts';

describe('console/usage/chart/scale', () => {
  it('marks an axis in steps of 1, 2 and 5', () => {
    expect(niceTicks(190, 4)).to.deep.equal([0, 50, 100, 150, 200]);
    expect(niceTicks(0.37, 4)).to.deep.equal([0, 0.1, 0.2, 0.3, 0.4]);
    expect(niceTicks(8, 4)).to.deep.equal([0, 2, 4, 6, 8]);
  });

  it('marks whole numbers only where only they make sense', () => {
    expect(niceTicks(1, 4, true)).to.deep.equal([0, 1]);
    expect(niceTicks(3, 4, true)).to.deep.equal([0, 1, 2, 3]);
  });

  it('has an axis for nothing at all', () => {
    for (const most of [0, -3, Number.NaN, Number.POSITIVE_INFINITY]) expect(niceTicks(most, 2)[0]).to.equal(0);
    expect(niceTicks(0, 2)).to.deep.equal([0, 0.5, 1]);
  });

  it('always reaches the highest value, in no more marks than wanted, each a number that can be written shortly', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), fc.integer({ min: 1, max: 8 }), (most, marks) => {
        const ticks = niceTicks(most, marks);
        expect(ticks.at(-1)).to.be.at.least(most * (1 - 1e-6));
        expect(ticks.length).to.be.within(2, marks + 1);
        for (const tick of ticks) expect(tick.toPrecision(3)).to.satisfy((text: string) => Number(text) === tick);
      }),
    );
  });

  it('places values straight', () => {
    expect(placeOf({ domain: [0, 10], extent: [100, 0] }, 2.5)).to.equal(75);
    expect(placeOf({ domain: [3, 3], extent: [7, 9] }, 3)).to.equal(7);
  });

  it('finds the bucket under a place, within the plot', () => {
    expect([-5, 0, 9.9, 10, 99, 500].map((place) => bucketAt(place, 100, 10))).to.deep.equal([0, 0, 0, 1, 9, 9]);
    expect(bucketAt(5, 0, 10)).to.equal(0);
    expect(bucketAt(5, 100, 0)).to.equal(0);
  });
});
