import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { define, t } from '../../index.ts';

const all = { description: 'Does what no function should.', effect: 'write' } as const;

/** How often functions have run, and how often they were told that nobody waits any more. */
const counts = { ran: 0, aborted: 0 };

/** Never answers. */
export const hang = define('fault.hang', {
  ...all,
  params: {},
  returns: t.string(),
  handler: (_, call) => {
    counts.ran++;
    call.signal.addEventListener('abort', () => counts.aborted++);
    return new Promise<string>(() => {});
  },
});

/** Answers after some milliseconds with what it was given. */
export const wait = define('fault.wait', {
  ...all,
  params: { text: t.string(), ms: t.int() },
  returns: t.string(),
  handler: async ({ text, ms }) => {
    counts.ran++;
    await sleep(ms);
    return text;
  },
});

const secret = 'SECRET-4711';

/** What is no Error, and worse. */
const oddities = {
  text: () => secret,
  nothing: () => undefined,
  null: () => null,
  number: () => Number.NaN,
  symbol: () => Symbol(secret),
  function: () => () => secret,
  'a bare object': () => Object.assign(Object.create(null), { message: secret, code: 'conflict' }),
  'an object that breaks when looked at': () =>
    new Proxy(new Error(secret), {
      get: () => {
        throw new Error(secret);
      },
      getPrototypeOf: () => {
        throw new Error(secret);
      },
    }),
  'an error with itself as its cause': () => {
    const own = new Error(secret);
    own.cause = own;
    return own;
  },
  'an error whose stack is none': () => Object.assign(new Error(secret), { stack: { toString: null } }),
} as const satisfies Record<string, () => unknown>;

/** The names of what `throws` throws. */
export const oddNames = Object.keys(oddities) as readonly (keyof typeof oddities)[];

/** Throws what is no Error, at once or later. */
export const throws = define('fault.throws', {
  ...all,
  params: { what: t.enum(oddNames as [keyof typeof oddities, ...(keyof typeof oddities)[]]), later: t.boolean() },
  returns: t.string(),
  handler: ({ what, later }) => {
    counts.ran++;
    if (!later) throw oddities[what]();
    return sleep(5).then(() => {
      throw oddities[what]();
    });
  },
});

/** What goes wrong after an answer. */
export const strays = [
  'throws beside',
  'rejects beside',
  'throws an oddity beside',
  'rejects after its deadline',
] as const;

/** Answers well, and goes wrong when that is done; or far too late. */
export const straggler = define('fault.straggler', {
  ...all,
  params: { how: t.enum([...strays]) },
  returns: t.string(),
  handler: async ({ how }) => {
    counts.ran++;
    if (how === 'rejects after its deadline') {
      await sleep(900);
      throw new Error(secret);
    }
    if (how === 'rejects beside') void sleep(20).then(() => Promise.reject(new Error(secret)));
    else {
      setTimeout(() => {
        throw how === 'throws beside' ? new Error(secret) : oddities['an object that breaks when looked at']();
      }, 20);
    }
    return how;
  },
});

/** Deeper than any stack. */
function deep(): unknown {
  let value: unknown = [];
  for (let i = 0; i < 200_000; i++) value = [value];
  return value;
}

/** No end to it: every look makes more. */
function endless(): object {
  return new Proxy(
    {},
    {
      get: (_, name) => (name === 'toJSON' ? undefined : endless()),
      ownKeys: () => ['more'],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: endless() }),
    },
  );
}

function circular(): unknown {
  const value: unknown[] = [];
  value.push(value);
  return value;
}

/** Floods that no protocol can carry. */
const floods = { deep, endless, circular } as const;
export const floodNames = Object.keys(floods) as readonly (keyof typeof floods)[];

/** A result without an end. */
export const flood = define('fault.flood', {
  ...all,
  params: { what: t.enum(floodNames as [keyof typeof floods, ...(keyof typeof floods)[]]) },
  returns: t.json(),
  handler: ({ what }) => {
    counts.ran++;
    return floods[what]() as never;
  },
});

/** So many items, of a list that says nothing of its length. */
export const list = define('fault.list', {
  ...all,
  params: { items: t.int() },
  returns: t.list(t.string()),
  handler: ({ items }) => Array.from({ length: items }, (_, i) => `item ${i}`),
});

/** A text of so many characters. */
export const text = define('fault.text', {
  ...all,
  params: { length: t.int() },
  returns: t.string(),
  handler: ({ length }) => 'x'.repeat(length),
});

/** Holds what it was given for some milliseconds. */
export const hold = define('fault.hold', {
  ...all,
  params: {
    text: t.string(),
    things: t.list(t.object('Held', { id: t.int64(), name: t.string() }), { max: 100_000 }),
    ms: t.int(),
  },
  returns: t.int(),
  handler: async ({ text: held, things, ms }) => {
    counts.ran++;
    await sleep(ms);
    return held.length + things.length;
  },
});

const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();

/** How the process is, in bytes and milliseconds: what is held is told rightly where garbage can be collected; delays of the event loop since it was last asked. */
export const health = define('fault.health', {
  ...all,
  params: {},
  returns: t.object('Health', {
    ran: t.int(),
    aborted: t.int(),
    resident: t.float(),
    peak: t.float(),
    held: t.float(),
    delay: t.float(),
  }),
  handler: () => {
    const delay = delays.percentile(99) / 1e6;
    delays.reset();
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    const peak = process.resourceUsage().maxRSS * 1_024;
    return { ...counts, resident: rss, peak, held: heapUsed + external, delay: Number.isFinite(delay) ? delay : 0 };
  },
});

/** What `SiteOptions.more` serves. */
export const functions = [hang, wait, throws, straggler, flood, list, text, hold, health] as const;
