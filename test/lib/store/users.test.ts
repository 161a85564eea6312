import { expect } from 'chai';
import { rejected } from '../caught.ts';
import { overDatabases } from './databases.ts';
import { aToken, aUser, raised } from './records.ts';

overDatabases('users', (opened) => {
  it('gives back what was kept, without what was left out', async () => {
    const { users } = opened().store;
    const plain = await users.create(aUser('ana'));
    const whole = await users.create(
      aUser('Bo', {
        password: 'hash',
        validFrom: 5,
        validUntil: 2 ** 42,
        perMinute: 0,
        perDay: 7,
        state: 'suspended',
        addresses: ['::1'],
      }),
    );
    expect(await users.find(plain.id)).to.deep.equal({ ...aUser('ana'), id: plain.id });
    expect(await users.find(whole.id)).to.deep.equal(whole);
    expect(whole.validUntil).to.equal(2 ** 42);
    expect((await users.list()).map(({ username }) => username)).to.deep.equal(['ana', 'Bo']);
    expect(await users.count()).to.equal(2);
  });

  it('compares names without case, whatever the letters', async () => {
    const { users } = opened().store;
    const { id } = await users.create(aUser('Änne'));
    expect((await users.byName('ÄNNE'))?.id).to.equal(id);
    expect(await users.byName('anne')).to.equal(undefined);
    const fault = await rejected(users.create(aUser('änne')));
    expect(fault.code).to.equal('conflict');
    expect(fault.message).to.equal('There is a user of this name already');
    const other = await users.create(aUser('bo'));
    expect((await rejected(users.update(other.id, { username: 'ÄNNE' }))).code).to.equal('conflict');
    expect((await users.find(other.id))?.username).to.equal('bo');
  });

  it('changes what is named, takes away what is undefined, and keeps the rest', async () => {
    const { users } = opened().store;
    const { id } = await users.create(aUser('ana', { password: 'hash', perDay: 5 }));
    expect(await users.update(id, { username: 'eva', password: undefined })).to.equal(true);
    expect(await users.find(id)).to.deep.equal({ ...aUser('eva', { name: 'ana the user', perDay: 5 }), id });
    expect((await users.byName('EVA'))?.id).to.equal(id);
    expect(await users.byName('ana')).to.equal(undefined);
    expect(await users.update(id, {})).to.equal(true);
    expect(await users.update(id + 1, { name: 'x' })).to.equal(false);
  });

  it('changes nothing that is not to be changed, even if a whole record is given', async () => {
    const { users } = opened().store;
    const user = await users.create(aUser('ana'));
    const other = await users.create(aUser('bo'));
    await users.update(user.id, { ...user, id: other.id, created: 9, name: 'new', strange: 1 } as object);
    expect(await users.find(user.id)).to.deep.equal({ ...user, name: 'new' });
    expect(await users.find(other.id)).to.deep.equal(other);
  });

  it('refuses to take away what every user has', async () => {
    const { users } = opened().store;
    const { id } = await users.create(aUser('ana'));
    expect((await rejected(users.update(id, { name: undefined }))).code).to.equal('invalid-params');
  });

  it('removes a user with all that is theirs, and frees their keys', async () => {
    const { store } = opened();
    const { id } = await store.users.create(aUser('ana'));
    const [role] = await store.roles.list();
    await store.roles.assign({ userId: id, roleId: role?.id ?? 0, context: '/' });
    await store.tokens.create(aToken(id, 'aa'));
    await store.sessions.create({ hash: 'bb', userId: id, csrf: 'c', created: 1, validUntil: 2 });
    await store.appPasswords.create({ userId: id, name: 'mail', hash: 'h', sealed: 's', created: 1 });
    expect(await store.users.remove(id)).to.equal(true);
    expect(await store.users.remove(id)).to.equal(false);
    expect(await store.roles.assignments(id)).to.deep.equal([]);
    expect(await store.tokens.byHash('aa')).to.equal(undefined);
    expect(await store.sessions.find('bb')).to.equal(undefined);
    expect(await store.appPasswords.of(id)).to.deep.equal([]);
  });

  it('never gives a number twice', async () => {
    const { users } = opened().store;
    const { id } = await users.create(aUser('ana'));
    await users.remove(id);
    expect((await users.create(aUser('bo'))).id).to.be.above(id);
  });

  it('raises the revision with every change', async () => {
    const { store } = opened();
    let id = 0;
    expect(await raised(store, async () => ({ id } = await store.users.create(aUser('ana'))))).to.equal(1);
    expect(await raised(store, () => store.users.update(id, { state: 'suspended' }))).to.equal(1);
    expect(await raised(store, () => store.users.remove(id))).to.equal(1);
    expect(await raised(store, () => rejected(store.users.create(aUser('a', { name: null as never }))))).to.equal(0);
  });

  it('finds nobody by names and numbers that nobody can have', async () => {
    const { users } = opened().store;
    for (const name of ['', 'a\0b', '\ud800', 'x'.repeat(100_000), "' or 1=1 --"]) {
      expect(await users.byName(name), name.slice(0, 10)).to.equal(undefined);
    }
    for (const id of [0, -1, 2 ** 53 - 1]) expect(await users.find(id)).to.equal(undefined);
  });
});
