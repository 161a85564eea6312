import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Deadlines } from '../../lib/deadline.ts';
import { leeway } from '../processes/patience.ts';

describe('lib/deadline', () => {
  it('expires each at its time, not before', async () => {
    const deadlines = new Deadlines();
    const started = performance.now();
    const ends: [string, number][] = [];
    const add = (name: string, ms: number) => deadlines.add(ms, () => ends.push([name, performance.now() - started]));
    add('a', 60);
    add('b', 20);
    await sleep(10);
    add('c', 20);
    await sleep(150);
    expect(ends.map(([name]) => name)).eql(['b', 'c', 'a']);
    for (const [i, ms] of [20, 30, 60].entries()) expect(ends[i]?.[1]).within(ms - 2, ms + 60);
  });

  it('does not expire what was cancelled, nor twice', async () => {
    const deadlines = new Deadlines();
    let expired = 0;
    const cancel = deadlines.add(10, () => expired++);
    deadlines.add(10, () => expired++);
    cancel();
    cancel();
    await sleep(50);
    expect(expired).equal(1);
    deadlines.add(10, () => expired++);
    await sleep(50);
    expect(expired).equal(2);
  });

  it('does not care when the clock jumps', async () => {
    const { now } = Date;
    const deadlines = new Deadlines();
    const ends: string[] = [];
    try {
      deadlines.add(40, () => ends.push('back'));
      Date.now = () => now() - 3_600_000;
      deadlines.add(80, () => ends.push('ahead'));
      Date.now = () => now() + 3_600_000;
      await sleep(60);
      expect(ends).eql(['back']);
      await sleep(60);
      expect(ends).eql(['back', 'ahead']);
    } finally {
      Date.now = now;
    }
  });

  it('keeps ten thousand in order at little cost', async () => {
    const deadlines = new Deadlines();
    const started = performance.now();
    let expired = 0;
    for (let i = 0; i < 10_000; i++) deadlines.add(5_000, () => expired++)();
    for (let i = 0; i < 10_000; i++) deadlines.add(5, () => expired++);
    await sleep(50);
    expect(expired).equal(10_000);
    expect(performance.now() - started).below(1_000 * leeway());
  });
});
