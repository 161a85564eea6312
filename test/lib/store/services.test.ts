import { expect } from 'chai';
import type { ServiceRecord } from '../../../lib/store/records.ts';
import { rejected } from '../caught.ts';
import { overDatabases } from './databases.ts';
import { aToken, aUser, raised } from './records.ts';

const aService = (name: string, more: Partial<ServiceRecord> = {}): Omit<ServiceRecord, 'id'> => ({
  name,
  description: '',
  enabled: true,
  restricted: false,
  functions: ['users.*'],
  users: [],
  ...more,
});

overDatabases('services', (opened) => {
  it('keep their users and functions', async () => {
    const { store } = opened();
    const ana = await store.users.create(aUser('ana'));
    const bo = await store.users.create(aUser('bo'));
    const users = [{ userId: ana.id, addresses: ['10.0.0.0/8'], validUntil: 5 }];
    const made = await store.services.create(aService('Mobile', { restricted: true, capability: 'm:use', users }));
    expect(await store.services.list()).to.deep.equal([made]);
    await store.services.putUser(made.id, { userId: bo.id, addresses: [], validFrom: 1 });
    await store.services.putUser(made.id, { userId: ana.id, addresses: [] });
    expect((await store.services.list())[0]?.users).to.deep.equal([
      { userId: ana.id, addresses: [] },
      { userId: bo.id, addresses: [], validFrom: 1 },
    ]);
    expect(await store.services.removeUser(made.id, ana.id)).to.equal(true);
    expect(await store.services.removeUser(made.id, ana.id)).to.equal(false);
    await store.users.remove(bo.id);
    expect((await store.services.list())[0]?.users).to.deep.equal([]);
  });

  it('are changed but for their users', async () => {
    const { services } = opened().store;
    const { id } = await services.create(aService('a', { capability: 'x' }));
    expect(await services.update(id, { enabled: false, capability: undefined, functions: [] })).to.equal(true);
    expect(await services.list()).to.deep.equal([{ ...aService('a', { enabled: false, functions: [] }), id }]);
    expect(await services.update(id + 1, { enabled: true })).to.equal(false);
  });

  it('have names that differ by more than case', async () => {
    const { services } = opened().store;
    await services.create(aService('Mobile'));
    const fault = await rejected(services.create(aService('MOBILE')));
    expect([fault.code, fault.message]).to.deep.equal(['conflict', 'There is a service of this name already']);
  });

  it('are made whole or not at all', async () => {
    const { services } = opened().store;
    const fault = await rejected(services.create(aService('a', { users: [{ userId: 99, addresses: [] }] })));
    expect(fault.code).to.equal('invalid-params');
    expect(await services.list()).to.deep.equal([]);
    expect((await rejected(services.putUser(7, { userId: 99, addresses: [] }))).code).to.equal('invalid-params');
  });

  it('go away with their tokens', async () => {
    const { store } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    const { id: serviceId } = await store.services.create(aService('a'));
    await store.tokens.create(aToken(userId, 'in', { serviceId }));
    await store.tokens.create(aToken(userId, 'out'));
    expect(await store.services.remove(serviceId)).to.equal(true);
    expect(await store.services.remove(serviceId)).to.equal(false);
    expect((await store.tokens.list()).map(({ hash }) => hash)).to.deep.equal(['out']);
  });

  it('raise the revision with every change', async () => {
    const { store } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    let id = 0;
    expect(await raised(store, async () => ({ id } = await store.services.create(aService('a'))))).to.equal(1);
    expect(await raised(store, () => store.services.update(id, { enabled: false }))).to.equal(1);
    expect(await raised(store, () => store.services.putUser(id, { userId, addresses: [] }))).to.equal(1);
    expect(await raised(store, () => store.services.removeUser(id, userId))).to.equal(1);
    expect(await raised(store, () => store.services.remove(id))).to.equal(1);
  });
});
