import { expect } from 'chai';
import { barsPath, linePath, runsOf, stacked, totalsOf } from '../../../../console/usage/chart/shapes.ts';

const upsideDown = (value: number): number => 100 - value;

describe('console/usage/chart/shapes', () => {
  it('stacks each series on those below it, and takes a gap for nothing', () => {
    const series = [
      [1, 2, null],
      [10, 0, 5],
    ];
    expect(stacked(series)).to.deep.equal([
      [
        [0, 1],
        [0, 2],
        [0, 0],
      ],
      [
        [1, 11],
        [2, 2],
        [0, 5],
      ],
    ]);
    expect(totalsOf(series)).to.deep.equal([11, 2, 5]);
  });

  it('stacks nothing', () => {
    expect(stacked([])).to.deep.equal([]);
    expect(totalsOf([])).to.deep.equal([]);
  });

  it('draws one rectangle for each bar that has a height', () => {
    const path = barsPath(
      [
        [0, 10],
        [10, 10],
        [5, 20],
      ],
      30,
      upsideDown,
    );
    expect(path).to.equal('M0 90h9v10h-9zM20 80h9v15h-9z');
  });

  it('leaves no room between bars that are thin', () => {
    expect(barsPath(Array(100).fill([0, 1]), 200, upsideDown)).to.contain('M2 99h2v1h-2z');
  });

  it('breaks a line at gaps, and shows what stands alone', () => {
    expect(linePath([1, 2, null, 4, null, 6, 7], 70, upsideDown)).to.equal('M5 99L15 98M32 96h6M55 94L65 93');
    expect(linePath([null, null], 70, upsideDown)).to.equal('');
    expect(runsOf([null, 3, null, 0, 1])).to.deep.equal([
      { start: 1, values: [3] },
      { start: 3, values: [0, 1] },
    ]);
  });
});
