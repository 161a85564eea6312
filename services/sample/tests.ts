import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '../../lib/builders.ts';
import { define } from '../../lib/define.ts';

export const echo = define('test.echo', {
  description: 'Answers the text that was sent.',
  effect: 'read',
  params: { string: t.string({ description: 'Any text.' }) },
  returns: t.string(),
  examples: [{ params: { string: 'hello' } }],
  handler: ({ string }) => string,
});

export const greet = define('test.greet', {
  description: 'Greets somebody.',
  effect: 'read',
  params: {
    name: t.string({ min: 1, max: 100, description: 'Whom to greet.' }),
    greeting: t.default(t.string({ max: 100 }), 'Hello', { description: 'How to greet.' }),
  },
  returns: t.string(),
  examples: [{ params: { name: 'Ana' } }, { params: { name: 'Ana', greeting: 'Olá' } }],
  handler: ({ name, greeting }) => `${greeting}, ${name}!`,
});

export const add = define('test.add', {
  description: 'Adds two whole numbers; the sum must fit into 32 bits too.',
  effect: 'read',
  params: { a: t.int(), b: t.int() },
  returns: t.int(),
  errors: { 'sum-too-large': { number: 1001, status: 422, message: 'The sum does not fit into 32 bits' } },
  examples: [{ params: { a: 2, b: 3 } }],
  handler: ({ a, b }, call) => {
    const sum = a + b;
    return sum === (sum | 0) ? sum : call.fail('sum-too-large');
  },
});

const Refusal = t.object('Refusal', {
  reason: t.string({ description: 'The reason that was sent.' }),
  attempts: t.int({ description: 'How often it would be worth to try again.' }),
});

export const fail = define('test.fail', {
  description: 'Always fails, with an error that it declares: to see what a client makes of one.',
  effect: 'read',
  params: { reason: t.string({ max: 200 }) },
  returns: t.string(),
  errors: { 'test-refused': { number: 1002, status: 409, message: 'The test was refused', data: Refusal } },
  examples: [{ params: { reason: 'because' } }],
  handler: ({ reason }, call) => call.fail('test-refused', { reason, attempts: 3 }),
});

export const slow = define('test.sleep', {
  description: 'Answers after some milliseconds.',
  effect: 'read',
  params: { ms: t.int({ min: 0, max: 60_000, description: 'Milliseconds to wait.' }) },
  returns: t.int({ description: 'The milliseconds that were asked for.' }),
  examples: [{ params: { ms: 10 } }],
  handler: async ({ ms }, call) => {
    await sleep(ms, undefined, { signal: call.signal });
    return ms;
  },
});
