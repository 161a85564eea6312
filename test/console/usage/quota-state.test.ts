import { expect } from 'chai';
import type { QuotaUsage } from '../../../console/usage/contract.ts';
import { quotasCsv } from '../../../console/usage/exports.ts';
import {
  nearestOf,
  nearnessOf,
  type QuotaState,
  type QuotaWindow,
  resetText,
  statesOf,
} from '../../../console/usage/quota-state.ts';

const window = (used: number | undefined, limit: number): QuotaWindow => ({ used, limit, ends: 0 });
const state = (minute?: QuotaWindow, day?: QuotaWindow): QuotaState => ({
  key: 'k',
  kind: 'Key',
  name: 'K',
  minute,
  day,
});
const usage: QuotaUsage = {
  minute_counts: 'process',
  minute_ends: '2026-03-10T14:08:00.000Z',
  day_ends: '2026-03-11T00:00:00.000Z',
  subjects: [
    { kind: 'key', id: 'ABC', name: 'Till', per_minute: 10, per_day: 100, used_minute: 3, used_day: 90 },
    { kind: 'address', id: '2001:db8::', name: '', per_day: 100 },
  ],
};

describe('console/usage/quota-state', () => {
  it('warns from four fifths on, and at the limit', () => {
    expect([0, 79, 80, 99, 100, 130].map((used) => nearnessOf(window(used, 100)))).to.deep.equal([
      'good',
      'good',
      'warn',
      'warn',
      'bad',
      'bad',
    ]);
    expect(nearnessOf(window(undefined, 100))).to.equal('good');
  });

  it('warns of the nearer of both limits', () => {
    expect(nearestOf(state(window(90, 100), window(100, 100)))).to.equal('bad');
    expect(nearestOf(state(window(90, 100), window(1, 100)))).to.equal('warn');
    expect(nearestOf(state())).to.equal('good');
  });

  it('has a window for each limit, and calls things by their names', () => {
    const [minute, day] = [Date.parse(usage.minute_ends), Date.parse(usage.day_ends)];
    expect(statesOf(usage)).to.deep.equal([
      {
        key: 'key:ABC',
        kind: 'Key',
        name: 'Till',
        minute: { limit: 10, used: 3, ends: minute },
        day: { limit: 100, used: 90, ends: day },
      },
      {
        key: 'address:2001:db8::',
        kind: 'Address',
        name: '2001:db8::',
        minute: undefined,
        day: { limit: 100, used: 0, ends: day },
      },
    ]);
  });

  it('does not take what cannot be told for nothing', () => {
    expect(statesOf({ ...usage, minute_counts: 'unknown' })[0]?.minute?.used).to.equal(undefined);
  });

  it('tells when a window begins anew', () => {
    const seconds = [-1, 0.2, 59, 60, 61, 3_540, 3_600, 4_000];
    expect(seconds.map((one) => resetText(one * 1_000))).to.deep.equal([
      'in 0 s',
      'in 1 s',
      'in 59 s',
      'in 1 min',
      'in 2 min',
      'in 59 min',
      'in 1 h',
      'in 1 h 7 min',
    ]);
  });

  it('is exported, with empty cells where there is no limit', () => {
    expect(quotasCsv(usage).split('\r\n').slice(1)).to.deep.equal([
      'key,ABC,Till,3,10,2026-03-10T14:08:00.000Z,90,100,2026-03-11T00:00:00.000Z',
      'address,2001:db8::,,,,,,100,2026-03-11T00:00:00.000Z',
      '',
    ]);
  });
});
