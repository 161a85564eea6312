import { type AnyFunction, define, t } from '../../index.ts';

/** What the administrator of the walks serves beside the samples: one for known programs, one for those who may. */
export const functions: readonly AnyFunction[] = [
  define('shop.price', {
    description: 'Says what an article costs. Only programs that have a key are told.',
    effect: 'read',
    access: { client: 'required' },
    params: {
      article: t.string({ min: 1, max: 40, description: 'Its name.' }),
      count: t.int({ min: 1, max: 1_000, description: 'How many are wanted.' }),
    },
    returns: t.decimal({ description: 'The price of all of them.' }),
    examples: [{ params: { article: 'tea', count: 3 } }],
    handler: ({ count }) => `${count * 4}.50`,
  }),
  define('shop.order', {
    description: 'Orders articles for somebody.',
    effect: 'write',
    access: { user: 'required', capabilities: ['shop:order'] },
    params: {
      lines: t.list(
        t.object('OrderLine', {
          article: t.string({ min: 1, description: 'Its name.' }),
          count: t.int({ min: 1, description: 'How many are wanted.' }),
        }),
        { min: 1 },
      ),
      express: t.optional(t.boolean()),
    },
    returns: t.object('Order', { id: t.int64({ description: 'The number of the order.' }), total: t.int() }),
    errors: { 'sold-out': { number: 700, status: 409, message: 'There is none left' } },
    examples: [{ params: { lines: [{ article: 'tea', count: 3 }] } }],
    handler: ({ lines }) => ({ id: BigInt(lines.length), total: lines.reduce((sum, { count }) => sum + count, 0) }),
  }),
] as readonly AnyFunction[];
