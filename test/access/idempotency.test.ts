import { expect } from 'chai';
import { define, t } from '../../index.ts';
import { overDatabases } from './databases.ts';
import { dialects, type House, openHouse } from './house.ts';

let ran = 0;
let release: (() => void) | undefined;

const Order = t.object('Order', {
  number: t.int64(),
  placed: t.datetime(),
  seal: t.bytes(),
  note: t.optional(t.string()),
});

const more = [
  define('more.order', {
    description: 'Places an order.',
    effect: 'write',
    access: { client: 'optional', user: 'optional' },
    params: { item: t.string(), amount: t.default(t.int(), 1) },
    returns: Order,
    errors: {
      'sold-out': { number: 77, status: 409, data: t.object('SoldOut', { item: t.string(), left: t.int64() }) },
    },
    handler: ({ item }, call) => {
      ran++;
      if (item === 'unicorn') return call.fail('sold-out', { item, left: 0n }, 'No unicorns are left');
      if (item === 'bug') throw new Error('a bug');
      return { number: 9_007_199_254_740_993n, placed: new Date(1_700_000_000_123), seal: Uint8Array.of(1, 2, 255) };
    },
  }),
  define('more.slow', {
    description: 'Takes its time.',
    effect: 'write',
    access: { client: 'required' },
    returns: t.int(),
    handler: () =>
      new Promise<number>((resolve) => {
        ran++;
        release = () => resolve(ran);
      }),
  }),
  define('more.secret', {
    description: 'Gives a secret.',
    effect: 'write',
    access: { client: 'required' },
    sensitive: true,
    returns: t.string(),
    handler: () => 'a secret',
  }),
];

overDatabases('Idempotency-Key', (kind) => {
  let house: House;
  let known: Record<string, string>;
  let count = 0;
  before(async () => {
    house = await openHouse({ kind, more });
    const { secret } = await house.admin<{ readonly secret: string }>('create_key', { name: 'Buyer' });
    known = { 'X-API-Key': secret };
  });
  after(() => house.close());
  beforeEach(() => {
    ran = 0;
  });

  const fresh = () => ({ ...known, 'Idempotency-Key': `order-${++count}` });

  for (const dialect of dialects) {
    it(`makes ${dialect} carry out a call once and answer it again`, async () => {
      const headers = fresh();
      const first = await house.call(dialect, 'more.order', { item: 'cup' }, headers);
      const second = await house.call(dialect, 'more.order', { item: 'cup', amount: 1 }, headers);
      expect(first.code, first.text).equal('ok');
      expect(second.value).deep.equal(first.value);
      expect(ran).equal(1);
    });

    it(`answers a declared fault again over ${dialect}`, async () => {
      const headers = fresh();
      const first = await house.call(dialect, 'more.order', { item: 'unicorn' }, headers);
      const second = await house.call(dialect, 'more.order', { item: 'unicorn' }, headers);
      expect(first).include({ code: 'sold-out', message: 'No unicorns are left' });
      expect(second).include({ code: 'sold-out', message: 'No unicorns are left', status: first.status });
      expect(ran).equal(1);
    });

    it(`refuses other arguments under the same key over ${dialect}`, async () => {
      const headers = fresh();
      await house.call(dialect, 'more.order', { item: 'cup' }, headers);
      expect((await house.call(dialect, 'more.order', { item: 'pot' }, headers)).code).equal('conflict');
      expect(ran).equal(1);
    });

    it(`refuses nobody, bad keys and functions with secret results over ${dialect}`, async () => {
      const anonymous = { 'Idempotency-Key': 'x' };
      expect((await house.call(dialect, 'more.order', { item: 'cup' }, anonymous)).code).equal('unauthenticated');
      const long = { ...known, 'Idempotency-Key': 'x'.repeat(256) };
      expect((await house.call(dialect, 'more.order', { item: 'cup' }, long)).code).equal('invalid-request');
      expect((await house.call(dialect, 'more.secret', {}, fresh())).code).equal('invalid-request');
      expect(ran).equal(0);
    });
  }

  it('gives the same outcome in whatever protocol it is asked for again', async () => {
    const headers = fresh();
    const values = [];
    for (const dialect of dialects)
      values.push((await house.call(dialect, 'more.order', { item: 'cup' }, headers)).value);
    const [first] = values as { readonly number: bigint; readonly seal: Uint8Array }[];
    expect(first?.number).equal(9_007_199_254_740_993n);
    for (const value of values as { readonly number: bigint }[]) expect(value.number).equal(first?.number);
    expect(ran).equal(1);
  });

  it('refuses a twin while the first still runs', async () => {
    const headers = fresh();
    const first = house.call('rest', 'more.slow', {}, headers);
    while (ran === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await house.call('soap', 'more.slow', {}, headers)).code).equal('conflict');
    release?.();
    expect((await first).value).equal(1);
    expect((await house.call('soap', 'more.slow', {}, headers)).value).equal(1);
    expect(ran).equal(1);
  });

  it('keeps failures too, once the function has begun', async () => {
    const headers = fresh();
    for (let i = 0; i < 2; i++) {
      expect((await house.call('rest', 'more.order', { item: 'bug' }, headers)).code).equal('internal');
    }
    expect(ran).equal(1);
  });

  it('does not keep what was refused before it began', async () => {
    const headers = fresh();
    expect((await house.call('rest', 'more.order', { item: 7 }, headers)).code).equal('invalid-params');
    expect((await house.call('rest', 'more.order', { item: 'cup' }, headers)).code).equal('ok');
  });

  it('belongs to its caller', async () => {
    const { secret } = await house.admin<{ readonly secret: string }>('create_key', { name: 'Other' });
    const headers = fresh();
    await house.call('rest', 'more.order', { item: 'cup' }, headers);
    await house.call('rest', 'more.order', { item: 'pot' }, { ...headers, 'X-API-Key': secret });
    expect(ran).equal(2);
  });

  it('survives a restart', async () => {
    const headers = fresh();
    await house.call('rest', 'more.order', { item: 'cup' }, headers);
    const again = await openHouse({ kind, more, database: house.database });
    try {
      expect((await again.call('jsonrpc', 'more.order', { item: 'cup' }, headers)).code).equal('ok');
      expect(ran).equal(1);
    } finally {
      await again.close();
    }
  });
});
