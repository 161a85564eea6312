import { expect } from 'chai';
import fc from 'fast-check';
import { lasting, paceOf, spanOf, stepText, trendSpan } from '../../../console/usage/range.ts';
import { inZone } from './in-zone.ts';

const now = Date.parse('2026-03-10T14:07:09.123Z');
const iso = (time: number): string => new Date(time).toISOString();
const count = ({ since, until, step }: { since: number; until: number; step: number }): number =>
  (until - since) / step;

describe('console/usage/range', () => {
  it('has whole buckets, to the one that is not over yet', () => {
    const { since, until, step } = spanOf('hour', now, 'utc');
    expect([iso(since), iso(until), step]).to.deep.equal([
      '2026-03-10T13:07:00.000Z',
      '2026-03-10T14:08:00.000Z',
      60_000,
    ]);
  });

  it('has steps that people count in', () => {
    const steps = lasting.map(({ name }) => stepText(spanOf(name, now, 'utc').step));
    expect(steps).to.deep.equal(['1 minute', '15 minutes', '2 hours', '12 hours']);
  });

  it('begins days at midnight of the zone', () => {
    inZone('America/New_York', () => {
      const range = { since: Date.parse('2026-01-10T12:00:00Z'), until: Date.parse('2026-04-20T12:00:00Z') };
      expect(iso(spanOf(range, now, 'local').since)).to.equal('2026-01-10T05:00:00.000Z');
      expect(iso(spanOf(range, now, 'utc').since)).to.equal('2026-01-10T00:00:00.000Z');
    });
  });

  it('has 30 to 400 buckets, which hold the whole range, however short or long it is', () => {
    const year = 365 * 86_400_000;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 * year }), fc.integer({ min: 1, max: 20 * year }), (since, length) => {
        const span = spanOf({ since, until: since + length }, now, 'utc');
        expect(count(span)).to.be.within(30, 400);
        expect(Number.isInteger(count(span)) && span.step % 1_000 === 0).to.equal(true);
        expect(span.since).to.be.at.most(since);
        expect(span.until).to.be.at.least(since + length);
      }),
    );
  });

  it('draws small pictures with fewer buckets of whole steps', () => {
    const span = spanOf('week', now, 'utc');
    const small = trendSpan(span);
    expect(Math.ceil(count(small))).to.be.within(20, 48);
    expect(small.step % span.step).to.equal(0);
    expect([small.since, small.until]).to.deep.equal([span.since, span.until]);
  });

  it('asks anew more seldom where buckets are long', () => {
    expect(lasting.map(({ name }) => paceOf(spanOf(name, now, 'utc')))).to.deep.equal([
      15_000, 225_000, 300_000, 300_000,
    ]);
  });
});
