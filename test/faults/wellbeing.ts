import { expect } from 'chai';
import { callOver, dialects, type Ending } from '../processes/call-over.ts';
import { leeway, within } from '../processes/patience.ts';
import { open } from '../processes/site-functions.ts';

/** The module of functions that misbehave, for processes to serve. */
export const misbehaving = new URL('./misbehaving.js', import.meta.url).href;

/** Milliseconds that a right answer may take after any fault. */
const soon = 500;

/** Calls of which one must be soon: the machine itself may hold up the others. */
const tries = 4;

/** What must hold after every fault: a right call is answered rightly, soon, over every protocol. */
export async function expectWell(url: string): Promise<void> {
  for (const dialect of dialects) {
    let quickest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < tries && quickest >= soon; i++) {
      const begin = performance.now();
      const { code, value } = await callOver(url, dialect, open, { text: `after ${dialect}` });
      quickest = Math.min(quickest, performance.now() - begin);
      expect({ code, value }, dialect).deep.equal({ code: 'ok', value: `after ${dialect}` });
    }
    expect(quickest, `milliseconds of a right call over ${dialect}`).below(soon * leeway());
  }
}

/** What must hold of whatever is answered: nothing of our inside, nor of a handler's. */
export function expectClean(text: string): void {
  expect(text).not.match(/node_modules|\.[jt]s:\d| {4}at |SECRET-4711/);
}

/** What must hold of whatever was refused: the log tells of it, under the id that the caller was told. */
export async function expectNoted(log: () => string, endings: readonly Pick<Ending, 'headers'>[]): Promise<void> {
  const ids = endings.map(({ headers }) => headers.get('x-request-id'));
  await within(2_000, 'the log tells of it', async () => {
    const text = log();
    return ids.every((id) => id !== null && text.includes(`"requestId":"${id}"`));
  });
}

/** What must not be in any log: something that nobody caught. */
export function expectCaught(log: string): void {
  expect(log).not.match(/unhandled|uncaught/i);
}
