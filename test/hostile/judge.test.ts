import { expect } from 'chai';
import { assault } from './assault.ts';
import type { Attack } from './attack.ts';
import { request } from './build.ts';
import type { Invariant, Violation } from './judge.ts';
import { SiteProcess } from './site-process.ts';

/** Misdeeds of a bad server: the invariant that must be seen broken, and no other; and what only the clock tells. */
const misdeeds: readonly (readonly [misdeed: string, seen: readonly Invariant[], byClock?: Invariant])[] = [
  ['nothing', []],
  ['wrong-probe', ['I1']],
  ['slow-probe', [], 'I1'],
  ['hang', ['I4'], 'I2'],
  ['late', ['I4'], 'I2'],
  ['memory', ['I3']],
  ['code', ['I4']],
  ['status', ['I4']],
  ['page', ['I4']],
  ['protocol', ['I4']],
  ['stack', ['I5']],
  ['path', ['I5']],
  ['secret', ['I5']],
  ['log', ['I5']],
  ['log-line', ['I5']],
  ['silence', ['log']],
  ['pollute', ['I6']],
  ['effect', ['no effect']],
  ['file', ['nothing opened']],
  ['file-at-once', ['nothing opened']],
  ['name', ['nothing opened']],
  ['connection', ['nothing opened']],
  ['block', [], 'event loop'],
];

function names(found: readonly Violation[]): readonly Invariant[] {
  return [...new Set(found.map(({ invariant }) => invariant))].sort();
}

function attackOf(misdeed: string, expects: Attack['expects'] = { fault: 'malformed' }): Attack {
  return { name: misdeed, on: ['JSON-RPC'], send: () => request('JSON-RPC', { body: misdeed }), expects };
}

describe('the judge of attacks', () => {
  let site: SiteProcess;
  before(async () => {
    site = await SiteProcess.start('bad');
  });
  after(() => site.stop());

  async function seen(attack: Attack): Promise<readonly Invariant[]> {
    const found = await assault(attack, 'JSON-RPC', site);
    return names(found);
  }

  for (const [misdeed, invariants, byClock] of misdeeds) {
    const all = byClock === undefined ? invariants : [...invariants, byClock];
    it(`sees ${misdeed} as ${all.join(' and ') || 'no fault'}`, async () => {
      const found = await assault(attackOf(misdeed), 'JSON-RPC', site);
      expect(names(found.filter(({ timing }) => !timing))).to.deep.equal(invariants);
      if (byClock !== undefined) expect(names(found.filter(({ timing }) => timing))).to.include(byClock);
    });
  }

  it('sees another answer than was expected, of whatever sort', async () => {
    const others: readonly Attack['expects'][] = [
      { result: 'x' },
      { fault: 'too-large' },
      { fault: 'malformed', status: 400 },
      { http: 400 },
      { empty: 204 },
      { page: 404 },
      { closed: 'silent' },
      { closed: 'timeout' },
      { closed: 'cut' },
      { each: [{ fault: 'malformed' }, { fault: 'malformed' }] },
      { inner: [{ fault: 'malformed' }] },
      { tally: { ok: [1, 1] } },
      { tally: { malformed: [2, 3] } },
    ];
    for (const expects of others)
      expect(await seen(attackOf('nothing', expects)), JSON.stringify(expects)).to.include('I4');
    expect(await seen(attackOf('nothing', { tally: { malformed: [1, 1] } }))).to.deep.equal([]);
  });

  it('sees that the process has died', async () => {
    const own = await SiteProcess.start('bad');
    const ending = await assault(attackOf('death'), 'JSON-RPC', own).then(
      () => 'lives',
      (reason: unknown) => String(reason),
    );
    expect(ending).to.include('has ended');
  });
});
