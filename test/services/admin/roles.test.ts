import { expect } from 'chai';
import { rejected } from '../../lib/caught.ts';
import { clerk, type Office, openOffice } from './office.ts';

describe('services/admin/roles', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice();
    await office.admin('create_user', { username: 'ana', name: 'Ana' });
  });
  afterEach(() => office.server.close(0));

  const paths = async (work: Promise<unknown>) => (await rejected(work)).issues.map(({ path }) => path);
  const code = async (work: Promise<unknown>) => (await rejected(work)).code;

  it('adds, changes and removes roles', async () => {
    const { admin } = office;
    const role = await admin('create_role', { name: 'teacher', capabilities: ['course:grade', 'course:view'] });
    expect(role).deep.include({ name: 'teacher', description: '', capabilities: ['course:grade', 'course:view'] });
    const changed = await admin('update_role', { name: 'Teacher', capabilities: ['course:view'] });
    expect(changed).eql({ ...role, capabilities: ['course:view'] });
    const names = async () => (await admin('list_roles')).map(({ name }: { name: string }) => name);
    expect(await names()).include.members(['administrator', 'teacher']);
    expect(await code(admin('create_role', { name: 'TEACHER', capabilities: [] }))).equal('conflict');
    await admin('remove_role', { name: 'teacher' });
    expect(await names())
      .include('administrator')
      .not.include('teacher');
    expect(await paths(admin('remove_role', { name: 'teacher' }))).eql(['name']);
  });

  for (const capability of ['', 'a b', '**', 'a*', ':a', 'a:', 'ä'])
    it(`refuses the capability ${JSON.stringify(capability)}`, async () => {
      expect(await paths(office.admin('create_role', { name: 'x', capabilities: [capability] }))).eql([
        'capabilities/0',
      ]);
    });

  it('leaves the role of administrators as it is', async () => {
    const { admin } = office;
    for (const name of ['administrator', 'ADMINISTRATOR']) {
      expect(await code(admin('remove_role', { name }))).equal('conflict');
      expect(await code(admin('update_role', { name, capabilities: [] }))).equal('conflict');
    }
    expect(await admin('update_role', { name: 'administrator', description: 'All' })).include({ description: 'All' });
  });

  it('gives a role in a context and takes it back there', async () => {
    const { admin } = office;
    await admin('create_role', { name: 'teacher', capabilities: ['course:view'] });
    await admin('assign_role', { user: 'ana', role: 'teacher' });
    await admin('assign_role', { user: 'ana', role: 'teacher', context: '/course/5' });
    const roles = async () => (await admin('show_user', { username: 'ana' })).roles;
    expect(await roles()).eql([
      { role: 'teacher', context: '/' },
      { role: 'teacher', context: '/course/5' },
    ]);
    expect(await admin('unassign_role', { user: 'ana', role: 'teacher' })).equal(true);
    expect(await admin('unassign_role', { user: 'ana', role: 'teacher' })).equal(false);
    expect(await roles()).eql([{ role: 'teacher', context: '/course/5' }]);
    expect(await office.events(5)).eql([
      'user-created ana',
      'role-created teacher',
      'role-assigned ana teacher /',
      'role-assigned ana teacher /course/5',
      'role-unassigned ana teacher /',
    ]);
  });

  it('shows a role with all who have it, and where', async () => {
    const { admin } = office;
    await admin('create_user', { username: 'Aaron', name: 'Aaron' });
    const role = await admin('create_role', { name: 'teacher', capabilities: ['course:view'] });
    expect(await admin('show_role', { name: 'TEACHER' })).eql({ role, users: [] });
    await admin('assign_role', { user: 'ana', role: 'teacher', context: '/course/5' });
    await admin('assign_role', { user: 'ana', role: 'teacher' });
    await admin('assign_role', { user: 'aaron', role: 'teacher', context: '/course/6' });
    await admin('assign_role', { user: 'aaron', role: 'administrator' });
    const users = [
      { user: 'Aaron', context: '/course/6' },
      { user: 'ana', context: '/' },
      { user: 'ana', context: '/course/5' },
    ];
    expect(await admin('show_role', { name: 'teacher' }, clerk('admin:roles'))).eql({ role, users });
    expect(await paths(admin('show_role', { name: 'none' }))).eql(['name']);
    expect(await code(admin('show_role', { name: 'teacher' }, clerk('admin:users')))).equal('forbidden');
    await admin('remove_user', { username: 'ana' });
    expect((await admin('show_role', { name: 'teacher' })).users).eql(users.slice(0, 1));
  });

  for (const context of ['', 'course/5', '/course/5/', '//', '/a b', '/course/*'])
    it(`refuses the context ${JSON.stringify(context)}`, async () => {
      const assignment = { user: 'ana', role: 'administrator', context };
      expect(await paths(office.admin('assign_role', assignment))).eql(['context']);
    });

  it('names users and roles that do not exist', async () => {
    expect(await paths(office.admin('assign_role', { user: 'ben', role: 'administrator' }))).eql(['user']);
    expect(await paths(office.admin('assign_role', { user: 'ana', role: 'none' }))).eql(['role']);
  });
});
