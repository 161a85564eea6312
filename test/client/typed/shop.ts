import type { ClientProtocol } from '../../../client/typed/index.ts';
import { define, Fault, t } from '../../../index.ts';

/** Every protocol of the typed client. */
export const protocols: readonly ClientProtocol[] = ['jsonrpc', 'rest', 'soap', 'xmlrpc'];

/** How often handlers that change something have run. */
export const runs = { count: 0 };

const Item = t.object('ShopItem', {
  id: t.int64(),
  price: t.decimal(),
  since: t.datetime(),
  seal: t.bytes(),
  tags: t.list(t.enum(['new', 'old'])),
  note: t.optional(t.string()),
});

const Wish = t.object('ShopWish', { word: t.string(), most: t.default(t.int(), 3) });

const item = {
  id: 9_007_199_254_740_993n,
  price: '12.50',
  since: new Date('2020-02-29T12:00:00Z'),
  seal: Uint8Array.of(0, 255),
  tags: ['new' as const],
};

export const find = define('shop.items.find', {
  description: 'Finds an item.',
  effect: 'read',
  params: { id: t.int64(), wish: t.optional(Wish), open: t.default(t.boolean(), true) },
  returns: Item,
  errors: {
    'no-item': { number: 1, status: 404, data: t.object('NoItem', { id: t.int64(), since: t.datetime() }) },
    closed: { number: 2, status: 409 },
  },
  handler: ({ id, open, wish }, call) => {
    if (id < 0n) call.fail('no-item', { id, since: item.since }, 'There is none');
    if (!open) call.fail('closed');
    return { ...item, id, ...(wish && { note: `${wish.word} ${wish.most}` }) };
  },
});

export const order = define('shop.order', {
  description: 'Orders something.',
  effect: 'write',
  access: { client: 'optional', user: 'optional' },
  params: { what: t.string() },
  returns: t.int(),
  handler: ({ what }) => {
    runs.count++;
    if (what === 'nothing') throw new Fault('unavailable', 'Not now', { retryAfter: 0 });
    return runs.count;
  },
});

export const put = define('shop.put', {
  description: 'Puts something where it is already: as often as you like.',
  effect: 'write',
  idempotent: true,
  params: { what: t.string() },
  handler: () => {
    runs.count++;
  },
});

export const secret = define('shop.secret', {
  description: 'Makes a secret, which is shown once.',
  effect: 'write',
  access: { client: 'optional' },
  sensitive: true,
  returns: t.string(),
  handler: () => {
    runs.count++;
    return 'hush';
  },
});

export const slow = define('shop.slow', {
  description: 'Takes its time.',
  effect: 'read',
  returns: t.boolean(),
  handler: (_, call) =>
    new Promise<boolean>((_, reject) => call.signal.addEventListener('abort', () => reject(call.signal.reason))),
});

export const fail = define('shop.fail', {
  description: 'Fails as it is told.',
  effect: 'read',
  params: { code: t.string() },
  handler: ({ code }) => {
    throw new Fault(code as 'internal', 'As was asked');
  },
});

export const hidden = define('shop.hidden', {
  description: 'Is in no list.',
  effect: 'read',
  listed: false,
  returns: t.string(),
  handler: () => 'found',
});

export const plain = define('echo', {
  description: 'Echoes.',
  effect: 'read',
  params: { text: t.string({ max: 2_000_000 }) },
  returns: t.string(),
  handler: ({ text }) => text,
});

/** All of them. */
export const shop = [find, order, put, secret, slow, fail, hidden, plain] as const;
