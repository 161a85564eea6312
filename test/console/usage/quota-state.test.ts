import { expect } from 'chai';
import { quotasCsv } from '../../../console/usage/exports.ts';
import { fullestFirst, nearnessOf, resetText, subjectOf } from '../../../console/usage/quota-state.ts';

const window = (used: number, limit: number) => ({ used, limit, reset: 30 });

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
    expect(nearnessOf(window(0, 0))).to.equal('bad');
  });

  it('shows the fullest first, by the fuller of both windows', () => {
    const quotas = [
      { subject: 'user:b', day: window(50, 100) },
      { subject: 'key:a', minute: window(1, 100), day: window(90, 100) },
      { subject: 'user:a', minute: window(5, 10) },
      { subject: 'user:none' },
    ];
    expect(fullestFirst(quotas).map(({ subject }) => subject)).to.deep.equal([
      'key:a',
      'user:a',
      'user:b',
      'user:none',
    ]);
  });

  it('calls things by their names', () => {
    expect(subjectOf({ subject: 'key:ABC', label: 'Till' })).to.deep.equal({ kind: 'Key', name: 'Till' });
    expect(subjectOf({ subject: 'address:2001:db8::' })).to.deep.equal({ kind: 'Address', name: '2001:db8::' });
    expect(subjectOf({ subject: 'user:ana', label: '' })).to.deep.equal({ kind: 'User', name: 'ana' });
  });

  it('tells when a window begins anew', () => {
    expect([-1, 0.2, 59, 60, 61, 3_540, 3_600, 4_000].map(resetText)).to.deep.equal([
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
    expect(quotasCsv([{ subject: 'key:ABC', label: 'Till', day: window(5, 10) }]).split('\r\n')[1]).to.equal(
      'key:ABC,Till,,,,5,10,30',
    );
  });
});
