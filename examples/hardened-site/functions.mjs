import { define, t } from 'polywire';

const Order = t.object('Order', {
  id: t.int64(),
  item: t.string(),
  amount: t.int(),
  placedBy: t.string(),
  state: t.enum(['open', 'cancelled']),
});

const orders = new Map([[1n, { id: 1n, item: 'tea', amount: 12, placedBy: 'ben', state: 'open' }]]);

export const findOrders = define('orders.find', {
  description: 'Finds the orders of an item.',
  effect: 'read',
  access: { client: 'required', user: 'optional' },
  params: { item: t.string({ max: 100 }) },
  returns: t.list(Order),
  handler: ({ item }) => [...orders.values()].filter((order) => order.item === item),
});

export const placeOrder = define('orders.place', {
  description: 'Places an order.',
  effect: 'write',
  access: { client: 'required', user: 'required', capabilities: ['orders:place'] },
  params: { item: t.string({ min: 1, max: 100 }), amount: t.int({ min: 1, max: 1_000 }) },
  returns: Order,
  handler: ({ item, amount }, call) => {
    const id = BigInt(orders.size + 1);
    const order = { id, item, amount, placedBy: call.user.username, state: 'open' };
    orders.set(id, order);
    return order;
  },
});

export const cancelOrder = define('orders.cancel', {
  description: 'Cancels an order.',
  effect: 'write',
  access: { client: 'required', user: 'required', capabilities: ['orders:cancel'] },
  params: { id: t.int64() },
  returns: Order,
  errors: { 'no-such-order': { number: 1001, status: 404 } },
  handler: ({ id }, call) => {
    const order = orders.get(id) ?? call.fail('no-such-order');
    const cancelled = { ...order, state: 'cancelled' };
    orders.set(id, cancelled);
    return cancelled;
  },
});

export const clearOrders = define('orders.clear', {
  description: 'Forgets all orders. It is in the catalog, and nobody has switched it on.',
  effect: 'write',
  access: { client: 'required', user: 'required', capabilities: ['orders:clear'] },
  handler: () => orders.clear(),
});
