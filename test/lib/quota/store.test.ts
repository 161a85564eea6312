import { expect } from 'chai';
import { createQuota } from '../../../lib/quota/create-quota.ts';
import { readSettings } from '../../../lib/settings.ts';
import { openStore } from '../../../lib/store/open.ts';
import type { Store } from '../../../lib/store/store.ts';

const settings = readSettings({ quotas: { strict: true } });

describe('quotas in a database', () => {
  let store: Store;
  before(async () => {
    store = await openStore('sqlite::memory:');
  });
  after(() => store.close());

  it('admit exactly the limits of the minute and of the day, from two processes', async () => {
    const parts = { settings: () => settings, perMinute: store.counters, perDay: store.counters };
    const quotas = [createQuota(parts), createQuota(parts)] as const;
    const now = Date.now();
    for (const subject of [
      { name: 'key:a', perMinute: 30 },
      { name: 'key:b', perDay: 40 },
      { name: 'key:c', perMinute: 60, perDay: 50 },
    ]) {
      const calls = Array.from({ length: 80 }, async (_, n) => quotas[n % 2 === 0 ? 0 : 1].take([subject], 1, now));
      const ends = await Promise.allSettled(calls);
      expect(ends.filter(({ status }) => status === 'fulfilled')).length(
        Math.min(subject.perMinute ?? 99, subject.perDay ?? 99),
      );
      const codes = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason.code)] : []));
      expect([...new Set(codes)].filter((code) => !/^(rate-limited|quota-exceeded)$/.test(code))).deep.equal([]);
    }
  });

  it('admit no more to a message that began in the minute before', async () => {
    const ago = Date.now() - 60_000;
    const subject = { name: 'key:late', perMinute: 1 };
    const [one, other] = [0, 1].map(() => createQuota({ settings: () => settings, perMinute: store.counters }));
    await one?.take([subject], 1, ago);
    const end = await Promise.resolve(other?.take([subject], 1, ago)).catch((reason: unknown) => reason);
    expect(end).include({ code: 'rate-limited' });
  });
});
