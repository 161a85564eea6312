import { expect } from 'chai';
import fc from 'fast-check';
import type { Fault } from '../../../lib/fault.ts';
import { createQuota, type QuotaParts } from '../../../lib/quota/create-quota.ts';
import type { Quota, QuotaSubject } from '../../../lib/quota/quota.ts';
import { readSettings } from '../../../lib/settings.ts';
import { fakeCounters } from './counters.ts';

const strict = readSettings({ quotas: { strict: true } });
const noon = Date.UTC(2026, 10, 21, 12);
const day = 86_400_000;
const made = (parts: Partial<QuotaParts> = {}): Quota => createQuota({ settings: () => strict, ...parts });

describe('quotas, whatever comes', () => {
  const call = fc.record({
    who: fc.constantFrom('key:a', 'user:b', 'address:c'),
    also: fc.option(fc.constantFrom('key:a', 'user:b')),
    weight: fc.integer({ min: 1, max: 4 }),
    wait: fc.oneof(fc.constant(0), fc.nat(40_000), fc.nat(day)),
    lag: fc.oneof(fc.constant(0), fc.nat(90_000)),
    process: fc.nat(1),
    away: fc.boolean(),
  });
  const limits: Readonly<Record<string, QuotaSubject>> = {
    'key:a': { name: 'key:a', perMinute: 3, perDay: 7 },
    'user:b': { name: 'user:b', perMinute: 5, perDay: 50 },
    'address:c': { name: 'address:c', perMinute: 30, perDay: 4 },
  };

  /** Makes calls and adds up what was admitted; a late message counts in the window that has begun by then. */
  async function admitsNoMore(
    calls: readonly (typeof call extends fc.Arbitrary<infer C> ? C : never)[],
    processes: readonly Quota[],
    away: (is: boolean) => void,
  ): Promise<void> {
    const sums = new Map<string, number>();
    const latest = { perMinute: 0, perDay: 0 };
    let now = noon;
    for (const { who, also, weight, wait, lag, process, away: gone } of calls) {
      now += wait;
      away(gone);
      const subjects = [...new Set([who, also ?? who])].map((name) => limits[name] as QuotaSubject);
      const quota = processes[process % processes.length] as Quota;
      const at = processes.length > 1 ? now : now - lag;
      const code = await Promise.resolve()
        .then(() => quota.take(subjects, weight, at))
        .then(
          () => 'ok',
          (reason: unknown) => (reason as Fault).code,
        );
      expect(code).match(/^(ok|rate-limited|quota-exceeded|unavailable)$/);
      latest.perMinute = Math.max(latest.perMinute, at);
      if (code !== 'rate-limited') latest.perDay = Math.max(latest.perDay, at);
      if (code !== 'ok') continue;
      for (const subject of subjects) {
        for (const [limit, length] of [
          ['perMinute', 60_000],
          ['perDay', day],
        ] as const) {
          const window = `${subject.name} ${limit} ${Math.floor(latest[limit] / length)}`;
          sums.set(window, (sums.get(window) ?? 0) + weight);
          expect(sums.get(window), window).most(subject[limit] as number);
        }
      }
    }
  }

  it('never admit more than the limit in memory, nor with slow messages', () =>
    fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 60 }), (calls) => admitsNoMore(calls, [made()], () => {})),
      {
        numRuns: 60,
      },
    ));

  it('never admit more than the limit in two strict processes with outages', () =>
    fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 60 }), (calls) => {
        const store = fakeCounters();
        const parts = { perMinute: store, perDay: store };
        return admitsNoMore(calls, [made(parts), made(parts)], (is) => {
          store.away = is;
        });
      }),
      { numRuns: 60 },
    ));
});
