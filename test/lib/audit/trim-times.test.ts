import { expect } from 'chai';
import { trimTimes } from '../../../lib/audit/trim-times.ts';

describe('what the audit no longer keeps', () => {
  const now = Date.UTC(2026, 10, 21);

  it('is as old as the settings say', () => {
    expect(trimTimes({ days: 90, addressDays: 30 }, now)).deep.equal({
      before: Date.UTC(2026, 7, 23),
      eventsBefore: Date.UTC(2026, 7, 23),
      cutBefore: Date.UTC(2026, 9, 22),
    });
  });

  it('is not every event where no calls are kept', () => {
    expect(trimTimes({ days: 0, addressDays: 0 }, now)).deep.equal({
      before: now,
      eventsBefore: Date.UTC(2025, 10, 21),
      cutBefore: now,
    });
  });
});
