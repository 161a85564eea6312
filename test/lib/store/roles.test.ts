import { expect } from 'chai';
import { rejected } from '../caught.ts';
import { overDatabases } from './databases.ts';
import { aUser, raised } from './records.ts';

overDatabases('roles', (opened) => {
  it('begin with an administrator and a caller', async () => {
    const [administrator, caller] = await opened().store.roles.list();
    expect(administrator?.name).to.equal('administrator');
    expect(administrator?.capabilities).to.deep.equal(['*']);
    expect(caller?.name).to.equal('caller');
    expect(caller?.capabilities).to.deep.equal([
      'webservice:use',
      'webservice:rest',
      'webservice:jsonrpc',
      'webservice:xmlrpc',
      'webservice:soap',
      'webservice:mcp',
    ]);
  });

  it('are made, changed and removed', async () => {
    const { roles } = opened().store;
    const role = await roles.create({ name: 'Teacher', description: 'd', capabilities: ['a', 'b'] });
    expect((await roles.list()).at(-1)).to.deep.equal(role);
    expect((await rejected(roles.create({ ...role, name: 'TEACHER' }))).message).to.equal(
      'There is a role of this name already',
    );
    expect(await roles.update(role.id, { capabilities: [] })).to.equal(true);
    expect((await roles.list()).at(-1)).to.deep.equal({ ...role, capabilities: [] });
    expect(await roles.remove(role.id)).to.equal(true);
    expect(await roles.remove(role.id)).to.equal(false);
    expect(await roles.update(role.id, { description: 'x' })).to.equal(false);
    expect(await roles.list()).to.have.length(2);
  });

  it('are assigned in contexts, once each', async () => {
    const { store } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    const { id: roleId } = await store.roles.create({ name: 'r', description: '', capabilities: [] });
    const course = { userId, roleId, context: '/course/5' };
    for (let i = 0; i < 2; i++) await store.roles.assign(course);
    await store.roles.assign({ ...course, context: '/' });
    expect(await store.roles.assignments(userId)).to.deep.equal([{ ...course, context: '/' }, course]);
    expect(await store.roles.unassign(course)).to.equal(true);
    expect(await store.roles.unassign(course)).to.equal(false);
    await store.roles.remove(roleId);
    expect(await store.roles.assignments(userId)).to.deep.equal([]);
  });

  it('know who holds them where, in the order of names', async () => {
    const { store } = opened();
    const { id: bo } = await store.users.create(aUser('bo'));
    const { id: ana } = await store.users.create(aUser('Ana'));
    const { id: roleId } = await store.roles.create({ name: 'r', description: '', capabilities: [] });
    const { id: other } = await store.roles.create({ name: 's', description: '', capabilities: [] });
    expect(await store.roles.holders(roleId)).to.deep.equal([]);
    const held = [
      { userId: ana, roleId, context: '/' },
      { userId: ana, roleId, context: '/course/5' },
      { userId: bo, roleId, context: '/course/5' },
    ];
    for (const assignment of [...held].reverse()) await store.roles.assign(assignment);
    await store.roles.assign({ userId: bo, roleId: other, context: '/' });
    expect(await store.roles.holders(roleId)).to.deep.equal(held);
    await store.users.remove(ana);
    expect(await store.roles.holders(roleId)).to.deep.equal(held.slice(2));
  });

  it('are not assigned to nobody, and nothing is half done then', async () => {
    const { store } = opened();
    const [role] = await store.roles.list();
    const assignment = { userId: 999, roleId: role?.id ?? 0, context: '/' };
    const before = await store.revision();
    const fault = await rejected(store.roles.assign(assignment));
    expect(fault.code).to.equal('invalid-params');
    expect(await store.revision()).to.equal(before);
  });

  it('raise the revision with every change', async () => {
    const { store } = opened();
    const { id: userId } = await store.users.create(aUser('ana'));
    let roleId = 0;
    const create = () => store.roles.create({ name: 'r', description: '', capabilities: [] });
    expect(await raised(store, async () => ({ id: roleId } = await create()))).to.equal(1);
    expect(await raised(store, () => store.roles.assign({ userId, roleId, context: '/' }))).to.equal(1);
    expect(await raised(store, () => store.roles.unassign({ userId, roleId, context: '/' }))).to.equal(1);
    expect(await raised(store, () => store.roles.update(roleId, { description: 'x' }))).to.equal(1);
    expect(await raised(store, () => store.roles.remove(roleId))).to.equal(1);
  });
});
