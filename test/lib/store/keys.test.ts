import { expect } from 'chai';
import { rejected } from '../caught.ts';
import { overDatabases } from './databases.ts';
import { aKey, aSecret, aUser, raised } from './records.ts';

overDatabases('keys', (opened) => {
  it('give back what was kept', async () => {
    const { store } = opened();
    const { id: owner } = await store.users.create(aUser('ana'));
    const limits = { addresses: ['10.0.0.1'], protocols: ['soap'], functions: ['a.*', 'b'], perMinute: 5, perDay: 9 };
    const made = await store.keys.create(
      aKey('K1', { ...limits, signing: true, owner, validFrom: 1, validUntil: 2 }),
      aSecret('h1', { sealed: 'sealed' }),
    );
    expect(await store.keys.find('K1')).to.deep.equal(made);
    expect(made.secrets).to.have.length(1);
    expect(made.secrets[0]).to.deep.equal({ ...aSecret('h1', { sealed: 'sealed' }), id: made.secrets[0]?.id });
    await store.users.remove(owner);
    const { owner: _, ...free } = made;
    expect(await store.keys.find('K1')).to.deep.equal(free);
  });

  it('are one of an id, made whole or not at all', async () => {
    const { keys } = opened().store;
    await keys.create(aKey('K1'), aSecret('h1'));
    expect((await rejected(keys.create(aKey('K1'), aSecret('h2')))).code).to.equal('conflict');
    expect((await rejected(keys.create(aKey('K2'), aSecret(null as never)))).code).to.equal('invalid-params');
    expect((await keys.list()).map(({ id, secrets }) => [id, secrets.length])).to.deep.equal([['K1', 1]]);
    for (const id of ['k1', 'K2', '', '\0', '\ud800']) expect(await keys.find(id)).to.equal(undefined);
  });

  it('are changed and revoked', async () => {
    const { keys } = opened().store;
    const made = await keys.create(aKey('K1', { perDay: 5 }), aSecret('h1'));
    expect(await keys.update('K1', { revoked: 77, perDay: undefined, functions: ['x'] })).to.equal(true);
    const { perDay: _, ...rest } = made;
    expect(await keys.find('K1')).to.deep.equal({ ...rest, revoked: 77, functions: ['x'] });
    expect(await keys.update('K2', { revoked: 77 })).to.equal(false);
  });

  it('are rotated: secrets before end at the latest when told, never later than before', async () => {
    const { keys } = opened().store;
    await keys.create(aKey('K1'), aSecret('h1'));
    expect(await keys.rotate('K1', aSecret('h2'), 500)).to.equal(true);
    expect(await keys.rotate('K1', aSecret('h3', { validUntil: 9_000 }), 700)).to.equal(true);
    const found = await keys.find('K1');
    expect(found?.secrets.map(({ hash, validUntil }) => [hash, validUntil])).to.deep.equal([
      ['h1', 500],
      ['h2', 700],
      ['h3', 9_000],
    ]);
    expect(await keys.rotate('K2', aSecret('h4'), 700)).to.equal(false);
  });

  it('note their last use and address, never an earlier one', async () => {
    const { keys } = opened().store;
    await keys.create(aKey('K1'), aSecret('h1'));
    await keys.create(aKey('K2'), aSecret('h2'));
    await keys.touch([]);
    await keys.touch([
      { id: 'K1', at: 2_000_000_000_000, address: '10.0.0.1' },
      { id: 'K1', at: 1_000, address: '10.0.0.9' },
      { id: 'K3', at: 1_000, address: '10.0.0.9' },
    ]);
    await keys.touch([{ id: 'K1', at: 1_999_999_999_999, address: '10.0.0.2' }]);
    const [one, two] = await keys.list();
    expect([one?.lastUsed, one?.lastAddress]).to.deep.equal([2_000_000_000_000, '10.0.0.1']);
    expect(two?.lastUsed).to.equal(undefined);
  });

  it('raise the revision when changed, not when made or used', async () => {
    const { store } = opened();
    expect(await raised(store, () => store.keys.create(aKey('K1'), aSecret('h')))).to.equal(0);
    expect(await raised(store, () => store.keys.touch([{ id: 'K1', at: 5, address: 'a' }]))).to.equal(0);
    expect(await raised(store, () => store.keys.update('K1', { revoked: 1 }))).to.equal(1);
    expect(await raised(store, () => store.keys.rotate('K1', aSecret('i'), 1))).to.equal(1);
  });
});
