import { expect } from 'chai';
import { FloodLimit } from '../../../lib/gates/flood.ts';

describe('lib/gates/flood', () => {
  it('counts each address by the minute', () => {
    let now = 60_000 * 1_000 + 15_000;
    const flood = new FloodLimit(() => now);
    expect([flood.hit('a', 2), flood.hit('a', 2), flood.hit('b', 2)]).eql([0, 0, 0]);
    expect(flood.hit('a', 2)).equal(45);
    now += 44_500;
    expect(flood.hit('a', 2)).equal(1);
    now += 500;
    expect(flood.hit('a', 2)).equal(0);
  });

  it('bounds its memory: addresses beyond share one count', () => {
    const flood = new FloodLimit(() => 0);
    for (let i = 0; i < 100_000; i++) flood.hit(`a${i}`, 10);
    for (let i = 0; i < 10; i++) expect(flood.hit(`b${i}`, 10)).equal(0);
    expect(flood.hit('b-new', 10)).above(0);
    expect(flood.hit('a5', 10)).equal(0);
  });
});
