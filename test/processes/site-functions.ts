import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { define, t } from '../../index.ts';

/** For programs. */
export const echo = define('proc.echo', {
  description: 'For known programs.',
  effect: 'write',
  access: { client: 'required' },
  params: { text: t.string() },
  returns: t.string(),
  handler: ({ text }) => text,
});

/** For everyone. */
export const open = define('proc.open', {
  description: 'For everyone.',
  effect: 'write',
  params: { text: t.string() },
  returns: t.string(),
  handler: ({ text }) => text,
});

/** What must never be done twice: each run leaves a line in a file when it begins. */
export const order = define('proc.order', {
  description: 'Places an order.',
  effect: 'write',
  access: { client: 'required' },
  params: { ledger: t.string(), item: t.string(), ms: t.int() },
  returns: t.string(),
  handler: async ({ ledger, item, ms }) => {
    appendFileSync(ledger, `${item}\n`);
    await sleep(ms);
    return `${item} by ${process.pid}`;
  },
});

/** Everything that the processes of the tests serve. */
export const siteFunctions = [echo, open, order] as const;
