import { expect } from 'chai';
import { clockText, dateText, inputText, inputTime, offsetText, spanText } from '../../../console/usage/clock.ts';
import { inZone } from './in-zone.ts';

const at = (text: string): number => Date.parse(text);

describe('console/usage/clock', () => {
  it('tells a stretch as shortly as it stays exact', () => {
    const cases = [
      ['2026-11-28T14:05:00Z', '2026-11-28T14:10:00Z', '28 Nov 2026, 14:05–14:10'],
      ['2026-11-28T14:05:00Z', '2026-11-28T14:05:30Z', '28 Nov 2026, 14:05:00–14:05:30'],
      ['2026-11-28T00:00:00Z', '2026-11-29T00:00:00Z', '28 Nov 2026, 00:00–24:00'],
      ['2026-12-31T12:00:00Z', '2027-01-01T12:00:00Z', '31 Dec 2026, 12:00 – 1 Jan 2027, 12:00'],
    ];
    for (const [since = '', until = '', text] of cases) expect(spanText(at(since), at(until), 'utc')).to.equal(text);
  });

  it('tells the time by the clock of the place, or by UTC', () => {
    inZone('Asia/Kathmandu', () => {
      const time = at('2026-03-01T20:30:15Z');
      expect(clockText(time, 'local', true)).to.equal('02:15:15');
      expect(dateText(time, 'local', true)).to.equal('2 Mar 2026');
      expect(offsetText(time, 'local')).to.equal('UTC+5:45');
      expect(clockText(time, 'utc')).to.equal('20:30');
      expect(dateText(time, 'utc')).to.equal('1 Mar');
      expect(offsetText(time, 'utc')).to.equal('UTC');
    });
    inZone('America/St_Johns', () => expect(offsetText(at('2026-01-01T00:00:00Z'), 'local')).to.equal('UTC−3:30'));
  });

  it('writes what a control holds and reads it back', () => {
    inZone('America/New_York', () => {
      for (const zone of ['local', 'utc'] as const) {
        const time = at('2026-07-04T01:02:00Z');
        expect(inputTime(inputText(time, zone), zone)).to.equal(time);
      }
      expect(inputText(at('2026-07-04T01:02:00Z'), 'local')).to.equal('2026-07-03T21:02');
    });
  });

  it('reads seconds, and nothing that is incomplete', () => {
    expect(inputTime('2026-07-04T01:02:03', 'utc')).to.equal(at('2026-07-04T01:02:03Z'));
    expect(inputTime('2026-07-04', 'utc')).to.equal(undefined);
    expect(inputTime('', 'utc')).to.equal(undefined);
  });
});
