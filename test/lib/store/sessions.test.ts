import { expect } from 'chai';
import { rejected } from '../caught.ts';
import { overDatabases } from './databases.ts';
import { aUser, raised } from './records.ts';

overDatabases('sessions and passwords of applications', (opened) => {
  it('sessions are kept, extended and removed', async () => {
    const { sessions, users } = opened().store;
    const { id: userId } = await users.create(aUser('ana'));
    const session = { hash: 'aa', userId, csrf: 'c', created: 1, validUntil: 100 };
    await sessions.create(session);
    await sessions.create({ ...session, hash: 'bb' });
    await sessions.create({ ...session, hash: 'cc' });
    expect(await sessions.find('aa')).to.deep.equal(session);
    expect(await sessions.extend('aa', 200)).to.equal(true);
    expect((await sessions.find('aa'))?.validUntil).to.equal(200);
    expect(await sessions.remove('aa')).to.equal(true);
    expect(await sessions.remove('aa')).to.equal(false);
    expect(await sessions.extend('aa', 300)).to.equal(false);
    await sessions.removeOf(userId);
    expect(await sessions.find('bb')).to.equal(undefined);
    expect(await sessions.find('cc')).to.equal(undefined);
  });

  it('sessions are one of a hash, somebody’s, and no matter of the revision', async () => {
    const { store } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    const session = { hash: 'aa', userId, csrf: 'c', created: 1, validUntil: 100 };
    expect(await raised(store, () => store.sessions.create(session))).to.equal(0);
    expect((await rejected(store.sessions.create(session))).code).to.equal('conflict');
    const foreign = { ...session, hash: 'bb', userId: userId + 1 };
    expect((await rejected(store.sessions.create(foreign))).code).to.equal('invalid-params');
  });

  it('passwords of applications are kept and revoked once', async () => {
    const { store } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    const password = { userId, name: 'mail', hash: 'h', sealed: 's', created: 1, validUntil: 9 };
    const made = await store.appPasswords.create(password);
    const other = await store.appPasswords.create({ ...password, name: 'calendar' });
    expect(await store.appPasswords.of(userId)).to.deep.equal([made, other]);
    expect(await raised(store, () => store.appPasswords.revoke(made.id, 5))).to.equal(1);
    expect(await store.appPasswords.revoke(made.id, 7)).to.equal(false);
    expect(await store.appPasswords.of(userId)).to.deep.equal([{ ...made, revoked: 5 }, other]);
    expect(await store.appPasswords.of(userId + 1)).to.deep.equal([]);
  });
});
