import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds, but not longer (on a busy machine with leeway); tells after how many milliseconds it did. */
export async function within(milliseconds: number, what: string, holds: () => Promise<boolean>): Promise<number> {
  const begin = performance.now();
  for (;;) {
    const asked = performance.now() - begin;
    if (await holds()) return asked;
    if (asked > milliseconds * leeway()) throw new Error(`after ${milliseconds} ms not yet: ${what}`);
    await sleep(10);
  }
}

/** Waits for the next minute of the clock unless there are so many milliseconds left in this one. */
export async function roomInMinute(milliseconds: number): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < milliseconds) await sleep(left + 50);
}

/** How many there are of each. */
export function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** By how much a machine may take longer than one with a core to itself: others may be at work on it too. */
export function leeway(): number {
  return (loadavg()[0] ?? 0) > availableParallelism() ? 4 : 1;
}
