import { expect } from 'chai';
import { MemoryCounts } from '../../../lib/quota/memory-counts.ts';

describe('counts in memory', () => {
  it('never hold more subjects than their bound, and one for each sort', () => {
    const counts = new MemoryCounts(60_000, 10);
    counts.enter(60_000);
    const distinct = new Set<object>();
    for (let n = 0; n < 1_000; n++) {
      distinct.add(counts.of(`address:${n}`));
      distinct.add(counts.of(`key:${n}`));
    }
    expect(distinct.size).equal(12);
    counts.note('user:1', 5);
    expect(counts.known('user:1'), 'nothing is noted beyond the bound').equal(0);
  });

  it('raise what is known and never lower it', () => {
    const counts = new MemoryCounts(60_000);
    counts.enter(60_000);
    counts.note('key:a', 5);
    counts.note('key:a', 3);
    expect(counts.known('key:a')).equal(5);
    counts.enter(120_000);
    expect(counts.known('key:a')).equal(0);
  });
});
