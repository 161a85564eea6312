import { expect } from 'chai';
import type { UsageSeries } from '../../../console/usage/contract.ts';
import { seriesCsv } from '../../../console/usage/exports.ts';
import {
  errorRate,
  groupLayers,
  isBlank,
  latencyLayers,
  rateLayers,
  seriesTitle,
  timelineOf,
} from '../../../console/usage/layers.ts';

const answer: UsageSeries = {
  since: '2026-03-10T14:00:00.000Z',
  until: '2026-03-10T14:04:00.000Z',
  step: 60,
  recorded_since: '2026-03-10T14:01:30.000Z',
  audit_days: 90,
  series: [
    { name: 'ok', other: false, calls: [0, 6, 0, 1], errors: [0, 0, 0, 0] },
    { name: 'forbidden', other: false, calls: [0, 2, 0, 0], errors: [0, 2, 0, 0] },
    { name: '', other: true, calls: [0, 0, 0, 1], errors: [0, 0, 0, 1] },
  ],
  latency: { p50: [null, 1, null, 2], p95: [null, 10, null, 20], p99: [null, 11, null, 1_500] },
  totals: { calls: 10, errors: 3, p50: 1.5, p95: 18, p99: 1_500 },
};

describe('console/usage/layers', () => {
  it('knows the buckets, the first that was recorded and the one that is not over', () => {
    const since = Date.parse(answer.since);
    expect(timelineOf(answer, since + 200_000)).to.deep.equal({ since, step: 60_000, count: 4, recorded: 1, open: 3 });
    const { recorded_since: _, ...unrecorded } = answer;
    expect(timelineOf(unrecorded).recorded).to.equal(4);
    expect(timelineOf({ ...answer, recorded_since: '2020-01-01T00:00:00Z' }).recorded).to.equal(0);
  });

  it('has a layer for each series, in the same look for calls and for errors, and a gap before the first record', () => {
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

  it('leads to each series but not to the rest', () => {
    const links = groupLayers(answer, 'outcome', 'calls', ({ name }) => `/${name}`).map(({ link }) => link);
    expect(links).to.deep.equal(['/ok', '/forbidden', undefined]);
  });

  it('names callers by what their keys are called', () => {
    const title = (name: string, label?: string): string =>
      seriesTitle({ name, other: false, calls: [], errors: [], ...(label === undefined ? {} : { label }) }, 'caller');
    expect(title('key:ABC', 'Till')).to.equal('Till');
    expect(title('key:ABC')).to.equal('key:ABC');
    expect(title('user:ana')).to.equal('ana');
    expect(title('')).to.equal('Nobody known');
  });

  it('has an error rate where there were calls, and none where there were none', () => {
    expect(errorRate(answer)).to.deep.equal([null, 0.25, null, 0.5]);
    expect(rateLayers(answer)[0]?.whole).to.equal('30 %');
    expect(rateLayers({ ...answer, totals: { calls: 0, errors: 0 } })[0]?.whole).to.equal('–');
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
    expect(isBlank(groupLayers({ ...answer, series: [] }, 'outcome', 'calls'))).to.equal(true);
  });

  it('is exported with empty cells where nothing was recorded', () => {
    expect(seriesCsv(answer, 'outcome').split('\r\n').slice(0, 3)).to.deep.equal([
      'from_utc,until_utc,calls: ok,calls: forbidden,calls: All others,errors: ok,errors: forbidden,errors: All others,error_rate,p50_ms,p95_ms,p99_ms',
      '2026-03-10T14:00:00.000Z,2026-03-10T14:01:00.000Z,,,,,,,,,,',
      '2026-03-10T14:01:00.000Z,2026-03-10T14:02:00.000Z,6,2,0,0,2,0,0.25,1,10,11',
    ]);
  });
});
