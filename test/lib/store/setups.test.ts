import { expect } from 'chai';
import { rejected } from '../caught.ts';
import { overDatabases } from './databases.ts';

const role = 'administrator';
const now = 1_000_000;
const person = (username: string) => ({
  username,
  name: username,
  state: 'active' as const,
  password: 'hash',
  created: now,
});

overDatabases('lib/store/setups', (opened) => {
  it('an offer is good once, until it ends, and gives user and role together', async () => {
    const { setups, users, roles } = opened().store;
    expect(await setups.isHeld(role, now)).equal(false);
    await setups.offer('one', now + 10);
    await setups.offer('two', now + 10);
    expect(await setups.isOffered('one', now + 9)).equal(true);
    expect(await setups.isOffered('one', now + 10)).equal(false);
    expect(await setups.isOffered('three', now)).equal(false);
    expect(await setups.complete('one', person('late'), role, now + 10)).equal(undefined);
    expect(await setups.complete('three', person('stranger'), role, now)).equal(undefined);
    expect(await users.count()).equal(0);
    const made = await setups.complete('one', person('Ana'), role, now);
    expect(made).include({ username: 'Ana', state: 'active' });
    expect(await users.byName('ana')).eql(made);
    expect(await roles.assignments(made?.id ?? 0)).lengthOf(1);
    expect(await setups.isHeld('Administrator', now)).equal(true);
    for (const hash of ['one', 'two']) expect(await setups.isOffered(hash, now), hash).equal(false);
  });

  it('a name that is taken, or an administrator who came another way, leaves all as it was', async () => {
    const { setups, users, roles } = opened().store;
    await users.create(person('ana'));
    await setups.offer('one', now + 10);
    expect(await rejected(setups.complete('one', person('ANA'), role, now))).include({ code: 'conflict' });
    expect(await rejected(setups.complete('one', person('bob'), 'nobody', now))).include({ code: 'conflict' });
    expect(await setups.isOffered('one', now)).equal(true);
    const bob = await users.create({ ...person('bob'), validUntil: now + 5 });
    const known = (await roles.list()).find(({ name }) => name === role);
    await roles.assign({ userId: bob.id, roleId: known?.id ?? 0, context: '/' });
    expect(await rejected(setups.complete('one', person('cleo'), role, now))).include({ code: 'conflict' });
    expect(await users.count()).equal(2);
    expect(await setups.isHeld(role, now + 5)).equal(false);
    await users.update(bob.id, { state: 'suspended' });
    expect(await setups.isHeld(role, now)).equal(false);
    await roles.unassign({ userId: bob.id, roleId: known?.id ?? 0, context: '/' });
    await users.update(bob.id, { state: 'active' });
    await roles.assign({ userId: bob.id, roleId: known?.id ?? 0, context: '/course/5' });
    expect(await setups.isHeld(role, now)).equal(false);
  });

  it('of many who use one at the same time, in several processes, one is the administrator', async () => {
    const stores = [opened().store, await opened().another(), await opened().another()];
    await opened().store.setups.offer('one', now + 10);
    const made = await Promise.all(
      Array.from({ length: 9 }, (_, i) => stores[i % 3]?.setups.complete('one', person(`user${i}`), role, now)),
    );
    expect(made.filter((user) => user !== undefined)).lengthOf(1);
    expect(await opened().store.users.count()).equal(1);
  });

  it('an offer that has ended is swept away', async () => {
    const { setups, sweep } = opened().store;
    await setups.offer('one', now + 10);
    await sweep(now + 10);
    expect(await setups.isOffered('one', now)).equal(false);
  });
});
