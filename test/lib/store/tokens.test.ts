import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import type { TokenRecord } from '../../../lib/store/records.ts';
import { rejected } from '../caught.ts';
import { overDatabases } from './databases.ts';
import { aToken, aUser, raised } from './records.ts';

overDatabases('tokens', (opened) => {
  it('give back what was kept, by hash, user and service', async () => {
    const { store } = opened();
    const { id: ana } = await store.users.create(aUser('ana'));
    const { id: bo } = await store.users.create(aUser('bo'));
    const whole = { renewing: true, addresses: ['::1'], validUntil: 8, perDay: 3, lastUsed: 4, lastAddress: 'x' };
    const made = await store.tokens.create(aToken(ana, 'aa', whole));
    const other = await store.tokens.create(aToken(bo, 'bb'));
    expect(await store.tokens.byHash('aa')).to.deep.equal(made);
    expect(made).to.deep.equal({ ...aToken(ana, 'aa', whole), id: made.id });
    expect(await store.tokens.byHash('cc')).to.equal(undefined);
    expect(await store.tokens.list()).to.deep.equal([made, other]);
    expect(await store.tokens.list({ userId: bo })).to.deep.equal([other]);
    expect(await store.tokens.list({ serviceId: 1 })).to.deep.equal([]);
  });

  it('are one of a hash, and somebody’s', async () => {
    const { store } = opened();
    const { id } = await store.users.create(aUser('ana'));
    await store.tokens.create(aToken(id, 'aa'));
    expect((await rejected(store.tokens.create(aToken(id, 'aa')))).code).to.equal('conflict');
    expect((await rejected(store.tokens.create(aToken(id + 1, 'bb')))).code).to.equal('invalid-params');
  });

  it('are changed, but not whose they are', async () => {
    const { store } = opened();
    const { id } = await store.users.create(aUser('ana'));
    const made = await store.tokens.create(aToken(id, 'aa', { validUntil: 5 }));
    const limits = { perDay: 3, addresses: ['::1'], renewing: true, name: 'b' };
    const change = { ...made, hash: 'bb', userId: 99, revoked: 7, validUntil: undefined, ...limits } as object;
    const { validUntil: _, ...rest } = made;
    expect(await store.tokens.update(made.id, change)).to.deep.equal({ ...rest, ...limits });
    expect(await store.tokens.byHash('aa')).to.deep.equal({ ...rest, ...limits });
    expect(await store.tokens.find(made.id)).to.deep.equal({ ...rest, ...limits });
    expect(await store.tokens.update(made.id + 1, { name: 'c' })).to.equal(undefined);
    expect(await store.tokens.find(made.id + 1)).to.equal(undefined);
  });

  it('are changed with those that took their place, but only the newest lives longer for it', async () => {
    const { store } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    const first = await store.tokens.create(aToken(userId, 'aa', { perDay: 3 }));
    await store.tokens.renew(first.id, aToken(userId, 'bb', { validUntil: 5_000 }), 600);
    await store.tokens.create(aToken(userId, 'cc', { validUntil: 5_000 }));
    const held = (name: string) => store.tokens.byHash(name).then((token) => token ?? aToken(0, ''));
    expect(await held('bb')).to.include({ perDay: 3 });
    const change = { validUntil: 9_000, perDay: undefined, protocols: ['rest'], renewing: true };
    const newest = await store.tokens.update(first.id, change);
    expect(newest).to.deep.equal(await held('bb'));
    expect(newest).to.deep.include({ validUntil: 9_000, protocols: ['rest'], renewing: true });
    expect(await held('aa')).to.deep.include({ validUntil: 600, protocols: ['rest'], renewing: false });
    for (const hash of ['aa', 'bb']) expect(await held(hash)).not.to.have.property('perDay');
    await store.tokens.update(first.id, { validUntil: 500, renewing: false });
    for (const hash of ['aa', 'bb']) expect(await held(hash)).to.include({ validUntil: 500, renewing: false });
    await store.tokens.update(newest?.id ?? 0, { validUntil: undefined });
    expect((await held('aa')).validUntil).to.equal(500);
    expect((await held('bb')).validUntil).to.equal(undefined);
    expect(await held('cc')).to.deep.include({ validUntil: 5_000, protocols: [] });
  });

  it('that are renewed at the moment of a change or of their end are not missed', async () => {
    const { store, another } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    const other = await another();
    for (let round = 0; round < 20; round++) {
      const made = await store.tokens.create(aToken(userId, `${round}`, { renewing: true }));
      let last: TokenRecord | undefined = made;
      const renewing = (async () => {
        for (let i = 0; last !== undefined; i++) {
          await setImmediate(); // SQLite answers at once: others must have their turn
          last = await other.tokens.renew(last.id, aToken(userId, `${round} ${i}`, { renewing: true }), 9_000);
        }
      })();
      await store.tokens.update(made.id, { addresses: ['::1'] });
      const line = async () =>
        (await store.tokens.list()).filter(({ id, origin }) => id === made.id || origin === made.id);
      for (const { addresses } of await line()) expect(addresses).to.deep.equal(['::1']);
      await store.tokens.revoke(made.id, 7);
      await renewing;
      for (const { revoked } of await line()) expect(revoked).to.equal(7);
    }
  });

  it('are renewed both or neither', async () => {
    const { store } = opened();
    const { id } = await store.users.create(aUser('ana'));
    const old = await store.tokens.create(aToken(id, 'aa', { validUntil: 900 }));
    const fresh = await store.tokens.renew(old.id, aToken(id, 'bb', { validUntil: 5_000 }), 600);
    expect(await store.tokens.byHash('bb')).to.deep.equal(fresh);
    expect(fresh?.origin).to.equal(old.id);
    expect((await store.tokens.byHash('aa'))?.validUntil).to.equal(600);
    await store.tokens.renew(old.id, aToken(id, 'cc'), 800);
    expect((await store.tokens.byHash('aa'))?.validUntil).to.equal(600);
    await rejected(store.tokens.renew(fresh?.id ?? 0, aToken(id, 'aa'), 700));
    expect((await store.tokens.byHash('bb'))?.validUntil).to.equal(5_000);
    expect(await store.tokens.renew(999, aToken(id, 'dd'), 700)).to.equal(undefined);
    expect(await store.tokens.byHash('dd')).to.equal(undefined);
  });

  it('are not renewed once they are revoked', async () => {
    const { store } = opened();
    const { id } = await store.users.create(aUser('ana'));
    const old = await store.tokens.create(aToken(id, 'aa'));
    await store.tokens.revoke(old.id, 5);
    expect(await store.tokens.renew(old.id, aToken(id, 'bb'), 700)).to.equal(undefined);
    expect(await store.tokens.list()).to.have.length(1);
  });

  it('that renew themselves are renewed once, whoever comes first', async () => {
    const { store, another } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    const old = await store.tokens.create(aToken(userId, 'aa', { renewing: true }));
    const other = await another();
    const renewed = await Promise.all(
      ['bb', 'cc', 'dd', 'ee'].map((hash, i) =>
        (i % 2 === 0 ? store : other).tokens.renew(old.id, aToken(userId, hash, { renewing: true }), 700),
      ),
    );
    expect(renewed.filter((token) => token !== undefined)).to.have.length(1);
    expect((await store.tokens.byHash('aa'))?.renewing).to.equal(false);
    expect(await store.tokens.list()).to.have.length(2);
  });

  it('are revoked with all that took their place', async () => {
    const { store } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    const first = await store.tokens.create(aToken(userId, 'aa'));
    const second = await store.tokens.renew(first.id, aToken(userId, 'bb'), 900);
    await store.tokens.renew(second?.id ?? 0, aToken(userId, 'cc'), 900);
    const stranger = await store.tokens.create(aToken(userId, 'dd'));
    expect(await store.tokens.revoke(second?.id ?? 0, 5)).to.equal(true);
    for (const hash of ['aa', 'bb', 'cc']) expect((await store.tokens.byHash(hash))?.revoked).to.equal(5);
    expect((await store.tokens.byHash('dd'))?.revoked).to.equal(undefined);
    expect(await store.tokens.revoke(second?.id ?? 0, 6)).to.equal(false);
    expect(await store.tokens.revoke(stranger.id + 1, 6)).to.equal(false);
  });

  it('note their last use, and raise the revision only when changed', async () => {
    const { store } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    let id = 0;
    expect(await raised(store, async () => ({ id } = await store.tokens.create(aToken(userId, 'aa'))))).to.equal(0);
    expect(await raised(store, () => store.tokens.touch([{ id, at: 5, address: '::1' }]))).to.equal(0);
    expect((await store.tokens.byHash('aa'))?.lastUsed).to.equal(5);
    expect(await raised(store, () => store.tokens.renew(id, aToken(userId, 'bb'), 9))).to.equal(1);
    expect(await raised(store, () => store.tokens.update(id, { name: 'x' }))).to.equal(1);
  });
});
