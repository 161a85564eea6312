import { createServer, define, type PartialSettings, type Server, t } from '../../index.ts';
import { sampleFunctions } from '../../services/sample/index.ts';

const Price = t.object('Price', { amount: t.decimal(), currency: t.enum(['EUR', 'USD']) });
const Item = t.object('Item', {
  id: t.int64(),
  price: Price,
  tags: t.list(t.string(), { max: 5 }),
  more: t.map(t.int()),
});
const Missing = t.object('MissingItem', { id: t.int64() });
const Place = t.object('Place', { city: t.string(), floor: t.optional(t.int()) });

const item = {
  id: 9_007_199_254_740_993n,
  price: { amount: '1.50', currency: 'EUR' as const },
  tags: [],
  more: { a: 1 },
};

/** Functions whose documents have something of everything. */
export const documented = [
  ...sampleFunctions,
  define('shop.find', {
    description: 'Finds items. By their numbers, or by a word.',
    effect: 'read',
    params: {
      ids: t.list(t.int64(), { max: 10 }),
      word: t.optional(t.string({ max: 20 })),
      since: t.default(t.datetime(), new Date('2020-01-01T00:00:00Z')),
      place: t.optional(Place),
      open: t.default(t.boolean(), true),
    },
    returns: t.list(Item),
    errors: { 'no-such-item': { number: 2_001, status: 404, data: Missing } },
    examples: [{ params: { ids: [1n] } }, { params: { ids: [1n, 2n], place: { city: 'Faro', floor: 2 } } }],
    handler: ({ ids }, call) => {
      const [id = 0n] = ids;
      return id < 0n ? call.fail('no-such-item', { id }) : [{ ...item, id }];
    },
  }),
  define('shop.put', {
    description: 'Keeps an item.',
    effect: 'write',
    access: { client: 'required', user: 'optional', capabilities: ['shop:put'] },
    params: { item: Item, note: t.nullable(t.string()) },
    deprecated: { since: '2.0', use: 'shop.store' },
    helpUrls: ['https://example.org/help/put'],
    examples: [{ params: { item, note: null } }],
    handler: () => undefined,
  }),
  define('shop.clear', { description: 'Forgets everything.', effect: 'write', handler: () => undefined }),
  define('shop.raw', {
    description: 'Answers what was sent.',
    effect: 'read',
    post: true,
    params: { value: t.json(), bytes: t.default(t.bytes(), Uint8Array.of(1, 2)) },
    returns: t.json(),
    examples: [{ params: { value: { a: [1, null] } } }],
    handler: ({ value }) => value,
  }),
  define('shop.hidden', { description: 'In no document.', effect: 'read', listed: false, handler: () => undefined }),
  define('shop.off', { description: 'Switched off.', effect: 'read', handler: () => undefined }),
];

/** A server of these functions, all on but `shop.off`. */
export function documentedServer(settings: PartialSettings = {}): Promise<Server> {
  const on = documented.map(({ name }) => name).filter((name) => name !== 'shop.off');
  return createServer({
    functions: documented,
    log: false,
    settings: {
      enablewebservices: true,
      enabledwsprotocols: ['rest', 'jsonrpc'],
      enabledwsfunctions: on,
      ...settings,
    },
  });
}
