import { expect } from 'chai';
import type { Group, UsageSeries } from '../../../console/usage/contract.ts';
import { seriesCsv } from '../../../console/usage/exports.ts';
import {
  errorRate,
  filterValue,
  groupLayers,
  groupTitle,
  isBlank,
  isFresh,
  latencyLayers,
  rateLayers,
  timelineOf,
} from '../../../console/usage/layers.ts';
import type { Grouping } from '../../../console/usage/view.ts';

const bucket = (minute: number, calls: number, errors: number, p50?: number, p95?: number, p99?: number) => ({
  time: `2026-03-10T14:0${minute}:00.000Z`,
  calls,
  errors,
  ...(p50 === undefined || p95 === undefined || p99 === undefined ? {} : { p50, p95, p99 }),
});

const answer: UsageSeries = {
  since: '2026-03-10T14:00:00.000Z',
  until: '2026-03-10T14:04:00.000Z',
  step: 60,
  recorded_since: '2026-03-10T14:01:30.000Z',
  audit_days: 90,
  total: { calls: 10, errors: 3, p50: 1.5, p95: 18, p99: 1_500 },
  buckets: [bucket(0, 0, 0), bucket(1, 8, 2, 1, 10, 11), bucket(2, 0, 0), bucket(3, 2, 1, 2, 20, 1_500)],
  groups: [
    { name: 'ok', calls: 7, errors: 0, series: [0, 6, 0, 1], error_series: [0, 0, 0, 0] },
    { name: 'forbidden', calls: 2, errors: 2, series: [0, 2, 0, 0], error_series: [0, 2, 0, 0] },
  ],
  other: { calls: 1, errors: 1, series: [0, 0, 0, 1], error_series: [0, 0, 0, 1] },
};

describe('console/usage/layers', () => {
  it('knows the buckets, the first that was recorded and the one that is not over', () => {
    const since = Date.parse(answer.since);
    expect(timelineOf(answer, since + 200_000)).to.deep.equal({ since, step: 60_000, count: 4, recorded: 1, open: 3 });
    const { recorded_since: _, ...unrecorded } = answer;
    expect(timelineOf(unrecorded).recorded).to.equal(4);
    expect(timelineOf({ ...answer, recorded_since: '2020-01-01T00:00:00Z' }).recorded).to.equal(0);
  });

  it('has a layer for each group, in the same look for calls and for errors, and a gap before the first record', () => {
    const calls = groupLayers(answer, 'outcome', 'calls');
    expect(calls.map(({ title, look, whole, values }) => [title, look, whole, values])).to.deep.equal([
      ['ok', 1, '7', [null, 6, 0, 1]],
      ['forbidden', 2, '2', [null, 2, 0, 0]],
      ['All others', 6, '1', [null, 0, 0, 1]],
    ]);
    const errors = groupLayers(answer, 'outcome', 'errors');
    expect(errors.map(({ title, look }) => [title, look])).to.deep.equal([
      ['forbidden', 2],
      ['All others', 6],
    ]);
    expect(groupLayers(answer, 'function', 'errors')).to.have.length(3);
  });

  it('leads to each group but not to the rest', () => {
    const links = groupLayers(answer, 'outcome', 'calls', (group) => filterValue(group, 'outcome'));
    expect(links.map(({ link }) => link)).to.deep.equal(['ok', 'forbidden', undefined]);
  });

  it('names callers by what their keys are called, and filters by what they are', () => {
    const told = (more: Partial<Group>, by: Grouping = 'caller') => {
      const group = { calls: 0, errors: 0, series: [], error_series: [], ...more };
      return [groupTitle(group, by), filterValue(group, by)];
    };
    expect(told({ name: 'ABC', kind: 'key', label: 'Till' })).to.deep.equal(['Till', 'key:ABC']);
    expect(told({ name: 'ABC', kind: 'key', label: '' })).to.deep.equal(['ABC', 'key:ABC']);
    expect(told({ name: 'ana', kind: 'user' })).to.deep.equal(['ana', 'user:ana']);
    expect(told({ name: '' })).to.deep.equal(['Nobody known', undefined]);
    expect(told({ name: '' }, 'function')).to.deep.equal(['Unknown functions', undefined]);
    expect(told({})).to.deep.equal(['All others', undefined]);
  });

  it('has an error rate where there were calls, and none where there were none', () => {
    expect(errorRate(answer)).to.deep.equal([null, 0.25, null, 0.5]);
    expect(rateLayers(answer)[0]?.whole).to.equal('30 %');
    expect(rateLayers({ ...answer, total: { calls: 0, errors: 0 } })[0]?.whole).to.equal('–');
  });

  it('has three percentiles', () => {
    expect(latencyLayers(answer).map(({ title, whole }) => [title, whole])).to.deep.equal([
      ['p50 (median)', '1.5 ms'],
      ['p95', '18 ms'],
      ['p99', '1.5 s'],
    ]);
  });

  it('tells whether there is anything to draw', () => {
    expect(isBlank(groupLayers(answer, 'outcome', 'calls'))).to.equal(false);
    expect(isBlank([])).to.equal(true);
    const quiet = { name: 'ok', calls: 0, errors: 0, series: [0, 0, 0, 0], error_series: [0, 0, 0, 0] };
    const { other: _, ...named } = answer;
    expect(isBlank(groupLayers({ ...named, groups: [quiet] }, 'outcome', 'calls'))).to.equal(true);
  });

  it('knows a site that nobody has called yet', () => {
    const total = { calls: 0, errors: 0 };
    expect(isFresh(answer)).to.equal(false);
    expect(isFresh({ ...answer, total })).to.equal(true);
    expect(isFresh({ ...answer, total, recorded_since: '2026-03-10T13:59:59.000Z' })).to.equal(false);
    const { recorded_since: _, ...unrecorded } = answer;
    expect(isFresh({ ...unrecorded, total })).to.equal(true);
  });

  it('is exported with empty cells where nothing was recorded', () => {
    expect(seriesCsv(answer, 'outcome').split('\r\n').slice(0, 3)).to.deep.equal([
      'from_utc,until_utc,calls: ok,calls: forbidden,calls: All others,errors: ok,errors: forbidden,errors: All others,error_rate,p50_ms,p95_ms,p99_ms',
      '2026-03-10T14:00:00.000Z,2026-03-10T14:01:00.000Z,,,,,,,,,,',
      '2026-03-10T14:01:00.000Z,2026-03-10T14:02:00.000Z,6,2,0,0,2,0,0.25,1,10,11',
    ]);
  });
});
