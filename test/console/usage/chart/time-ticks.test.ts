import { expect } from 'chai';
import fc from 'fast-check';
import { timeTicks } from '../../../../console/usage/chart/time-ticks.ts';
import { inZone } from '../in-zone.ts';

const at = (text: string): number => Date.parse(text);
const texts = (since: string, until: string, most: number, zone: 'utc' | 'local' = 'utc'): readonly string[] =>
  timeTicks(at(since), at(until), most, zone).map(({ text }) => text);

describe('console/usage/chart/time-ticks', () => {
  it('marks round times of the clock, and the beginning of days', () => {
    expect(texts('2026-03-10T14:07:00Z', '2026-03-11T14:07:00Z', 5)).to.deep.equal([
      '18:00',
      '11 Mar',
      '06:00',
      '12:00',
    ]);
    expect(texts('2026-03-10T14:07:00Z', '2026-03-10T15:07:00Z', 6)).to.deep.equal([
      '14:10',
      '14:20',
      '14:30',
      '14:40',
      '14:50',
      '15:00',
    ]);
  });

  it('marks seconds where it is near, days and years where it is far', () => {
    expect(texts('2026-03-10T14:07:00Z', '2026-03-10T14:07:30Z', 3)).to.deep.equal([
      '14:07:00',
      '14:07:10',
      '14:07:20',
    ]);
    expect(texts('2026-03-10T00:00:00Z', '2026-03-17T00:00:00Z', 4)).to.deep.equal([
      '10 Mar',
      '12 Mar',
      '14 Mar',
      '16 Mar',
    ]);
    expect(texts('2025-03-10T00:00:00Z', '2026-09-10T00:00:00Z', 4)[0]).to.equal('10 Mar 2025');
  });

  it('marks hours of the wall clock when the clocks are put back', () => {
    inZone('Europe/Berlin', () => {
      const ticks = timeTicks(at('2026-10-24T22:00:00Z'), at('2026-10-25T23:00:00Z'), 5, 'local');
      expect(ticks.map(({ text }) => text)).to.deep.equal(['25 Oct', '06:00', '12:00', '18:00']);
      expect(ticks.map(({ time }) => new Date(time).toISOString().slice(11, 16))).to.deep.equal([
        '22:00',
        '05:00',
        '11:00',
        '17:00',
      ]);
    });
  });

  it('marks nothing of nothing', () => {
    expect(timeTicks(5, 5, 4, 'utc')).to.deep.equal([]);
    expect(timeTicks(5, 9, 0, 'utc')).to.deep.equal([]);
  });

  it('never marks more than wanted, and only within the range, in order', () => {
    const year = 365 * 86_400_000;
    const times = fc.integer({ min: 0, max: 80 * year });
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1_000, max: 3 * year }),
        fc.integer({ min: 1, max: 12 }),
        (since, length, most) => {
          const found = timeTicks(since, since + length, most, 'utc').map(({ time }) => time);
          expect(found.length).to.be.at.most(most + 1);
          expect(found).to.deep.equal([...new Set(found)].sort((a, b) => a - b));
          for (const time of found) expect(time).to.be.within(since, since + length);
        },
      ),
    );
  });
});
