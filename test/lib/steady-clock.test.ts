import { expect } from 'chai';
import { steadyClock } from '../../lib/steady-clock.ts';
import { openStore } from '../../lib/store/open.ts';

const hour = 3_600_000;
const tenMinutes = 600_000;

describe('lib/steady-clock', () => {
  it('goes on as time does, believes a jump ahead the second time, and follows one back at once', () => {
    let [now, elapsed] = [1_000_000_000, 0];
    const clock = steadyClock(
      () => now,
      () => elapsed,
    );
    const moved = (real: number, jump: number): number => {
      elapsed += real;
      now += real + jump;
      return clock();
    };
    expect(moved(tenMinutes, 0)).equal(now);
    expect(moved(tenMinutes, hour)).equal(now - hour);
    expect(moved(tenMinutes, 0)).equal(now);
    expect(moved(tenMinutes, -2 * hour)).equal(now);
    expect(moved(tenMinutes, hour)).equal(now - hour);
    expect(moved(tenMinutes, -hour)).equal(now);
  });

  it('keeps nonces that a jump ahead makes look old', async () => {
    const store = await openStore('sqlite::memory:');
    let now = Date.now();
    const clock = steadyClock(() => now);
    const expires = now + tenMinutes;
    expect(await store.nonces.use('signature', 'n', expires)).equal(true);
    now += hour;
    await store.sweep(clock());
    now -= hour;
    expect(await store.nonces.use('signature', 'n', expires)).equal(false);
    now += hour;
    clock();
    await store.sweep(clock());
    expect(await store.nonces.use('signature', 'n', expires), 'it is forgotten in the end').equal(true);
    await store.close();
  });
});
