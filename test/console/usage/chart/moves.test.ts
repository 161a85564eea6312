import { expect } from 'chai';
import { movedTo } from '../../../../console/usage/chart/moves.ts';

describe('console/usage/chart/moves', () => {
  it('moves along time by arrows, tenths and to the ends, and not beyond them', () => {
    expect(movedTo('ArrowLeft', 5, 100)).to.equal(4);
    expect(movedTo('ArrowRight', 5, 100)).to.equal(6);
    expect(movedTo('PageDown', 5, 100)).to.equal(0);
    expect(movedTo('PageUp', 5, 100)).to.equal(15);
    expect(movedTo('Home', 5, 100)).to.equal(0);
    expect(movedTo('End', 5, 100)).to.equal(99);
    expect(movedTo('ArrowRight', 99, 100)).to.equal(99);
  });

  it('begins at the newest bucket', () => {
    expect(movedTo('ArrowLeft', undefined, 100)).to.equal(98);
  });

  it('leaves other keys alone, and charts without buckets', () => {
    expect(movedTo('Tab', 5, 100)).to.equal(undefined);
    expect(movedTo('End', undefined, 0)).to.equal(undefined);
  });
});
