import { expect } from 'chai';
import { Fault } from '../../../lib/fault.ts';
import { createQuota, type QuotaParts } from '../../../lib/quota/create-quota.ts';
import type { Quota, QuotaState, QuotaSubject } from '../../../lib/quota/quota.ts';
import { readSettings } from '../../../lib/settings.ts';
import { caught, rejected } from '../caught.ts';
import { fakeCounters } from './counters.ts';

const lenient = readSettings({});
const strict = readSettings({ quotas: { strict: true } });
/** 12:00:00 UTC. */
const noon = Date.UTC(2026, 10, 21, 12);
const day = 86_400_000;

const made = (parts: Partial<QuotaParts> = {}): Quota => createQuota({ settings: () => lenient, ...parts });
const key = (perMinute?: number, perDay?: number): QuotaSubject => ({ name: 'key:k', perMinute, perDay });
const user = (perMinute?: number, perDay?: number): QuotaSubject => ({ name: 'user:1', perMinute, perDay });

/** Whether a call is admitted; anything but a refusal for its quota is passed on. */
async function admits(quota: Quota, subjects: readonly QuotaSubject[], now: number, weight = 1): Promise<boolean> {
  try {
    await quota.take(subjects, weight, now);
    return true;
  } catch (reason) {
    if (reason instanceof Fault && /^(rate-limited|quota-exceeded)$/.test(reason.code)) return false;
    throw reason;
  }
}

async function admitted(quota: Quota, subjects: readonly QuotaSubject[], now: number, calls: number): Promise<number> {
  const all = await Promise.all(Array.from({ length: calls }, () => admits(quota, subjects, now)));
  return all.filter((one) => one).length;
}

describe('quotas in memory', () => {
  it('count without waiting, and tell how the tightest limit stands', () => {
    const quota = made();
    const at = noon + 15_500;
    expect(quota.take([key(5), user(3)], 1, at)).deep.equal({ limit: 3, remaining: 2, reset: 45 });
    expect(quota.take([key(5), user(30)], 1, at)).deep.equal({ limit: 5, remaining: 3, reset: 45 });
    expect(quota.take([key(undefined, 5)], 1, at)).equal(undefined);
    expect(quota.take([], 1, at)).equal(undefined);
  });

  it('refuse beyond the limit until the next minute, and say when that is', () => {
    const quota = made();
    for (let i = 0; i < 3; i++) quota.take([key(3)], 1, noon + i);
    const fault = caught(() => quota.take([key(3)], 1, noon + 20_000));
    expect(fault).include({ code: 'rate-limited', gate: 'quota:key', retryAfter: 40 });
    expect(fault.message).contain('3 calls a minute');
    expect(caught(() => quota.take([key(3)], 1, noon + 59_999)).retryAfter).equal(1);
    expect(quota.take([key(3)], 1, noon + 60_000)).deep.equal({ limit: 3, remaining: 2, reset: 60 });
  });

  it('count a heavy call as many', () => {
    const quota = made();
    expect((quota.take([key(10)], 7, noon) as QuotaState).remaining).equal(3);
    expect(caught(() => quota.take([key(10)], 4, noon)).code).equal('rate-limited');
    expect((quota.take([key(10)], 3, noon) as QuotaState).remaining).equal(0);
    expect(caught(() => quota.take([{ name: 'key:other', perMinute: 10 }], 11, noon)).code).equal('rate-limited');
  });

  it('count a call that one subject refuses for nobody', () => {
    const quota = made();
    quota.take([user(1)], 1, noon);
    expect(caught(() => quota.take([key(2, 2), user(1)], 1, noon)).gate).equal('quota:user');
    expect((quota.take([key(2, 2)], 1, noon) as QuotaState).remaining).equal(1);
    expect((quota.take([key(2, 2)], 1, noon) as QuotaState).remaining).equal(0);
  });

  it('are not begun anew by a message that came a minute ago', () => {
    const quota = made();
    quota.take([key(1)], 1, noon + 60_000);
    expect(caught(() => quota.take([key(1)], 1, noon + 59_000)).code).equal('rate-limited');
    expect(caught(() => quota.take([key(1)], 1, noon + 61_000)).code).equal('rate-limited');
  });

  it('follow a clock that was set back', () => {
    const quota = made();
    quota.take([key(1)], 1, noon + day);
    expect(quota.take([key(1)], 1, noon)).deep.equal({ limit: 1, remaining: 0, reset: 60 });
  });

  it('keep days of UTC where a site has no store', () => {
    const quota = made();
    quota.take([key(undefined, 2)], 2, noon);
    expect(caught(() => quota.take([key(undefined, 2)], 1, noon + 3_600_000))).include({
      code: 'quota-exceeded',
      gate: 'quota:key',
      retryAfter: 11 * 3_600,
    });
    expect(quota.take([key(undefined, 2)], 1, noon + 12 * 3_600_000)).equal(undefined);
  });

  it('let subjects beyond the bound share one count with their sort only', () => {
    const quota = made({ most: 3 });
    const address = (n: number): QuotaSubject => ({ name: `address:${n}`, perMinute: 2 });
    for (let n = 1; n <= 3; n++) quota.take([address(n)], 1, noon);
    quota.take([address(4)], 1, noon);
    quota.take([address(5)], 1, noon);
    expect(caught(() => quota.take([address(6)], 1, noon)).code).equal('rate-limited');
    expect((quota.take([address(1)], 1, noon) as QuotaState).remaining).equal(0);
    expect((quota.take([key(2)], 1, noon) as QuotaState).remaining).equal(1);
  });
});

describe('quotas in shared counts', () => {
  it('admit exactly the limit, whichever process is asked', async () => {
    const store = fakeCounters();
    const both = [made({ perMinute: store }), made({ perMinute: store })] as const;
    const counts = await Promise.all(both.map((quota) => admitted(quota, [key(10)], noon, 8)));
    expect((counts[0] as number) + (counts[1] as number)).equal(10);
    expect((await rejected(Promise.resolve(both[0].take([key(10)], 1, noon)))).retryAfter).equal(60);
  });

  it('admit exactly a day’s quota across processes', async () => {
    const store = fakeCounters();
    const both = [made({ perDay: store }), made({ perDay: store })] as const;
    const counts = await Promise.all(both.map((quota) => admitted(quota, [key(undefined, 100)], noon, 90)));
    expect((counts[0] as number) + (counts[1] as number)).equal(100);
    expect(await rejected(Promise.resolve(both[1].take([key(undefined, 100)], 1, noon)))).include({
      code: 'quota-exceeded',
      retryAfter: 12 * 3_600,
    });
  });

  it('tell how the minute stands after counting the day', async () => {
    const quota = made({ perMinute: fakeCounters(), perDay: fakeCounters() });
    expect(await quota.take([key(5, 9), user(4)], 2, noon)).deep.equal({ limit: 4, remaining: 2, reset: 60 });
    expect(await made({ perDay: fakeCounters() }).take([key(5, 9)], 2, noon)).deep.equal({
      limit: 5,
      remaining: 3,
      reset: 60,
    });
  });

  it('ask the store only for subjects with a quota of the day', async () => {
    const store = fakeCounters();
    const quota = made({ perDay: store });
    expect(quota.take([key(5)], 1, noon)).not.instanceOf(Promise);
    await quota.take([key(5), user(undefined, 9)], 1, noon);
    expect(store.asked).deep.equal([`day:user:1:${noon / day - 0.5}`]);
  });

  it('count no day for a call that the minute refuses', async () => {
    const store = fakeCounters();
    const quota = made({ perDay: store });
    expect(await admitted(quota, [key(undefined, 50), user(3, 50)], noon, 10)).equal(3);
    expect([...store.counts.values()]).deep.equal([3, 3]);
  });

  it('do not ask again for who is known to have had enough', async () => {
    const store = fakeCounters();
    const quota = made({ perMinute: store });
    await admitted(quota, [key(2)], noon, 2);
    await admits(quota, [key(2)], noon);
    expect(store.asked).length(2);
    store.counts.set([...store.counts.keys()][0] as string, 5);
    const other = made({ perMinute: store });
    expect(await admits(other, [key(6)], noon, 3)).equal(false);
    expect(await admits(other, [key(6)], noon, 3)).equal(false);
    expect(store.asked).length(3);
    expect(await admits(other, [key(6)], noon, 1), 'a lighter call still fits').equal(true);
    expect(await admits(other, [key(9)], noon, 3), 'the limit was raised').equal(true);
  });

  it('are kept beyond their window, for messages that began in it', async () => {
    const expiries: number[] = [];
    const store = fakeCounters();
    const take: typeof store.take = (name, amount, limit, expires) => {
      expiries.push(expires);
      return store.take(name, amount, limit, expires);
    };
    const quota = made({ perMinute: { take }, perDay: { take } });
    await quota.take([key(5, 5)], 1, noon);
    expect(expiries).deep.equal([noon + 60_000 + 3_600_000, noon + 13 * 3_600_000]);
  });

  it('do not take what a window said for the next', async () => {
    const store = fakeCounters();
    const quota = made({ perMinute: store });
    store.meanwhile = async () => {
      store.meanwhile = undefined;
      await quota.take([user(5)], 1, noon + 60_000);
    };
    await quota.take([key(1)], 1, noon);
    expect(await admits(quota, [key(1)], noon + 60_000)).equal(true);
  });

  it('go on in this process while the store is away, from where it was, and tell of it once', async () => {
    const store = fakeCounters();
    const problems: unknown[] = [];
    const quota = made({ perMinute: store, perDay: store, onProblem: (reason) => problems.push(reason) });
    expect(await admitted(quota, [key(10, 10)], noon, 4)).equal(4);
    store.away = true;
    expect(await admitted(quota, [key(10, 10)], noon, 20)).equal(6);
    expect(problems, 'one for minutes, one for days').length(2);
    store.away = false;
    expect(await admits(quota, [key(10, 10)], noon), 'what was counted in the outage stays counted').equal(false);
    expect(await admits(quota, [key(10, 10)], noon + day)).equal(true);
    store.away = true;
    await admits(quota, [key(10, 10)], noon + day);
    expect(problems, 'another outage').length(4);
  });

  it('let one call at a time try whether the store is back', async () => {
    const store = fakeCounters();
    const quota = made({ perMinute: store });
    store.away = true;
    await admits(quota, [key(100)], noon);
    store.asked.length = 0;
    expect(await admitted(quota, [key(100)], noon, 5)).equal(5);
    expect(store.asked).length(1);
    store.away = false;
    await admits(quota, [key(100)], noon);
    await admitted(quota, [key(100)], noon, 5);
    expect(store.asked).length(7);
  });

  it('refuse where they are strict and the store is away', async () => {
    const store = fakeCounters();
    const quota = made({ settings: () => strict, perDay: store });
    store.away = true;
    const fault = await rejected(Promise.resolve(quota.take([key(undefined, 10)], 1, noon)));
    expect(fault).include({ code: 'unavailable', gate: 'quota:key', retryAfter: 1 });
    store.away = false;
    expect(await admits(quota, [key(undefined, 10)], noon), 'recovers by itself').equal(true);
  });
});
