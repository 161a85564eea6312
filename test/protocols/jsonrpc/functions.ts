import { define, t } from '../../../index.ts';

/** What has been run. */
export const ran: string[] = [];
const int = t.int();
const data = t.object('RpcGone', { id: t.int64() });
const say = (name: string) => ran.push(name);
const five = { a: int, b: int, c: int, d: int, e: int };
/** Functions to be called by JSON-RPC, the specification's among them. */
export const functions = [
  define('subtract', {
    description: 'Subtracts.',
    effect: 'read',
    params: { minuend: int, subtrahend: int },
    returns: int,
    handler: ({ minuend, subtrahend }) => minuend - subtrahend,
  }),
  define('sum', {
    description: 'Adds.',
    effect: 'read',
    params: { a: int, b: int, c: int },
    returns: int,
    handler: ({ a, b, c }) => a + b + c,
  }),
  define('get_data', { description: 'Gives data.', effect: 'read', returns: t.json(), handler: () => ['hello', 5] }),
  define('update', {
    description: 'Updates.',
    effect: 'write',
    params: five,
    handler: () => void say('update') as undefined,
  }),
  define('notify_hello', {
    description: 'Hears.',
    effect: 'write',
    params: { n: int },
    handler: ({ n }) => void say(`hello ${n}`) as undefined,
  }),
  define('notify_sum', {
    description: 'Hears.',
    effect: 'write',
    params: { a: int, b: int, c: int },
    handler: () => void say('sum') as undefined,
  }),
  define('slow', {
    description: 'Takes its time.',
    effect: 'write',
    params: { text: t.string(), ms: int },
    returns: t.string(),
    handler: async ({ text, ms }) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      say(text);
      return text;
    },
  }),
  define('gone', {
    description: 'Fails.',
    effect: 'read',
    errors: { 'rpc-gone': { number: 7, message: 'Gone', data } },
    handler: (_, call) => call.fail('rpc-gone', { id: 2n ** 60n }),
  }),
  define('bad', { description: 'Breaks.', effect: 'read', returns: int, handler: () => 'x' as never }),
  define('throws', {
    description: 'Throws.',
    effect: 'read',
    handler: () => {
      throw new Error('secret');
    },
  }),
  define('late', {
    description: 'Never ends.',
    effect: 'read',
    deadline: 20,
    handler: () => new Promise<undefined>(() => {}),
  }),
  define('auth.login', {
    description: 'Not in a batch.',
    effect: 'write',
    handler: () => void say('login') as undefined,
  }),
  define('private', {
    description: 'Asks who calls.',
    effect: 'read',
    access: { user: 'required' },
    handler: () => undefined,
  }),
  define('exact', {
    description: 'Keeps digits.',
    effect: 'read',
    params: { n: t.decimal(), i: t.int64() },
    returns: t.list(t.string()),
    handler: ({ n, i }) => [n, String(i)],
  }),
];
