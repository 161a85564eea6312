import { expect } from 'chai';
import { overDatabases } from './databases.ts';

const far = Date.now() + 3_600_000;

overDatabases('counts, nonces and outcomes', (opened) => {
  it('counts up to the limit and not beyond', async () => {
    const { counters } = opened().store;
    expect(await counters.read('a')).to.equal(0);
    expect(await counters.take('a', 2, 5, far)).to.deep.equal({ taken: true, count: 2 });
    expect(await counters.take('a', 4, 5, far)).to.deep.equal({ taken: false, count: 2 });
    expect(await counters.take('a', 3, 5, far)).to.deep.equal({ taken: true, count: 5 });
    expect(await counters.take('a', 1, 5, far)).to.deep.equal({ taken: false, count: 5 });
    expect(await counters.take('b', 6, 5, far)).to.deep.equal({ taken: false, count: 0 });
    expect(await counters.take('b', 1, 0, far)).to.deep.equal({ taken: false, count: 0 });
    expect(await counters.read('a')).to.equal(5);
  });

  it('takes back what is given back, and nothing from a count that has expired', async () => {
    let now = 1_000;
    const { counters } = await opened().another({ now: () => now });
    await counters.take('back', 5, 5, 2_000);
    expect(await counters.take('back', -1, 5, 2_000)).to.deep.equal({ taken: true, count: 4 });
    expect(await counters.take('back', 2, 5, 2_000)).to.deep.equal({ taken: false, count: 4 });
    now = 2_000;
    await counters.take('back', -1, 5, 2_000);
    expect(await counters.read('back')).to.equal(0);
    expect(await counters.take('back', 5, 5, 3_000)).to.deep.equal({ taken: true, count: 5 });
  });

  it('begins anew when a count has expired', async () => {
    let now = 1_000;
    const { counters } = await opened().another({ now: () => now });
    expect(await counters.take('a', 5, 5, 2_000)).to.deep.equal({ taken: true, count: 5 });
    now = 1_999;
    expect(await counters.take('a', 1, 5, 9_000)).to.deep.equal({ taken: false, count: 5 });
    now = 2_000;
    expect(await counters.read('a')).to.equal(0);
    expect(await counters.take('a', 1, 5, 3_000)).to.deep.equal({ taken: true, count: 1 });
    now = 2_999;
    expect(await counters.read('a')).to.equal(1);
  });

  it('admits exactly the limit of many at once from two stores', async () => {
    const { store, another } = opened();
    const other = await another();
    const takes = Array.from({ length: 100 }, (_, i) => (i % 2 ? store : other).counters.take('key:x', 1, 60, far));
    const counts = (await Promise.all(takes)).filter(({ taken }) => taken).map(({ count }) => count);
    expect(counts.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(await store.counters.read('key:x')).to.equal(60);
  });

  it('takes a nonce from one of many at once, in each scope', async () => {
    const { store, another } = opened();
    const other = await another();
    for (const scope of ['a', 'b']) {
      const uses = Array.from({ length: 30 }, (_, i) => (i % 2 ? store : other).nonces.use(scope, 'n', far));
      expect((await Promise.all(uses)).filter(Boolean)).to.have.length(1);
    }
  });

  it('tells nonces apart whatever they are made of, and scope from nonce', async () => {
    const { nonces } = opened().store;
    const long = 'x'.repeat(10_000);
    for (const nonce of ['', 'a', 'A', 'a ', 'a\0', long, `${long}y`, 'é', '日本', "'"]) {
      expect(await nonces.use('s', nonce, far), nonce.slice(0, 5)).to.equal(true);
      expect(await nonces.use('s', nonce, far), nonce.slice(0, 5)).to.equal(false);
    }
    expect(await nonces.use('s","a', '', far)).to.equal(true);
    expect(await nonces.use('s', 'a","', far)).to.equal(true);
  });

  it('lets one call of many begin, and gives the others what is held', async () => {
    const { store, another } = opened();
    const other = await another();
    const begins = Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).outcomes.begin('s', `args ${i}`, far));
    const held = (await Promise.all(begins)).map((one, i) => one ?? i);
    const first = held.find((one) => typeof one === 'number');
    expect(held.filter((one) => typeof one === 'number')).to.have.length(1);
    for (const one of held) {
      if (typeof one !== 'number') expect(one).to.deep.equal({ args: `args ${first}`, outcome: undefined });
    }
    await store.outcomes.finish('s', '{"ok":1}');
    expect(await other.outcomes.begin('s', 'x', far)).to.deep.equal({ args: `args ${first}`, outcome: '{"ok":1}' });
  });

  it('lets a call begin again that was abandoned or has expired, not one that ended', async () => {
    let now = 1_000;
    const { outcomes } = await opened().another({ now: () => now });
    expect(await outcomes.begin('s', 'a', 2_000)).to.equal(undefined);
    await outcomes.abandon('s');
    expect(await outcomes.begin('s', 'b', 2_000)).to.equal(undefined);
    await outcomes.finish('s', 'done');
    await outcomes.abandon('s');
    expect(await outcomes.begin('s', 'c', 2_000)).to.deep.equal({ args: 'b', outcome: 'done' });
    now = 2_000;
    expect(await outcomes.begin('s', 'd', 3_000)).to.equal(undefined);
    expect(await outcomes.begin('s', 'e', 3_000)).to.deep.equal({ args: 'd', outcome: undefined });
  });

  it('sweeps what has expired and nothing else', async () => {
    const { store } = opened();
    const user = { username: 'ana', name: 'ana', state: 'active', created: 1 } as const;
    const { id: userId } = await store.users.create(user);
    const session = { userId, csrf: 'c', created: 1 };
    for (const [name, expires] of [
      ['old', far],
      ['new', far + 1],
    ] as const) {
      await store.nonces.use('s', name, expires);
      await store.counters.take(name, 1, 5, expires);
      await store.outcomes.begin(name, 'a', expires);
      await store.sessions.create({ ...session, hash: name, validUntil: expires });
    }
    await store.sweep(far);
    expect(await store.nonces.use('s', 'old', far)).to.equal(true);
    expect(await store.nonces.use('s', 'new', far)).to.equal(false);
    expect(await store.counters.read('old')).to.equal(0);
    expect(await store.counters.read('new')).to.equal(1);
    expect(await store.outcomes.begin('old', 'b', far)).to.equal(undefined);
    expect(await store.outcomes.begin('new', 'b', far)).not.to.equal(undefined);
    expect(await store.sessions.find('old')).to.equal(undefined);
    expect(await store.sessions.find('new')).not.to.equal(undefined);
  });

  it('sweeps more than one step', async () => {
    const { store } = opened();
    const uses = Array.from({ length: 1_100 }, (_, i) => store.nonces.use('s', String(i), 5));
    await Promise.all(uses);
    await store.sweep(5);
    expect(await store.nonces.use('s', '0', 5)).to.equal(true);
    expect(await store.nonces.use('s', '1099', 5)).to.equal(true);
  });
});
