import { expect } from 'chai';
import { rejected } from '../../lib/caught.ts';
import { clerk, type Office, openOffice } from './office.ts';

describe('services/admin/users', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice();
  });
  afterEach(() => office.server.close(0));

  const paths = async (work: Promise<unknown>) => (await rejected(work)).issues.map(({ path }) => path);
  const code = async (work: Promise<unknown>) => (await rejected(work)).code;
  const user = (username: string, more: object = {}) =>
    office.admin('create_user', { username, name: username, ...more });
  const administrator = async (username: string) => {
    await user(username);
    await office.admin('assign_role', { user: username, role: 'administrator' });
  };

  it('adds users, whose passwords nobody sees', async () => {
    const { admin } = office;
    const made = await user('Ana', { password: 'correct horse', per_day: 5, valid_until: new Date('2027-03-01') });
    expect(made).deep.include({ username: 'Ana', state: 'active', has_password: true, per_day: 5 });
    expect(await user('ben')).include({ has_password: false });
    expect((await admin('list_users')).map(({ username }: { username: string }) => username)).eql(['Ana', 'ben']);
    expect((await admin('show_user', { username: 'ANA' })).user).eql(made);
    expect(JSON.stringify(await admin('list_users'))).not.include('scrypt');
    expect(await code(user('ANA'))).equal('conflict');
  });

  it('refuses names and passwords that are none', async () => {
    expect(await paths(user('a b'))).eql(['username']);
    expect(await paths(user('a:b'))).eql(['username']);
    expect(await paths(user(''))).eql(['username', 'name']);
    expect(await paths(user('ana', { password: 'short' }))).eql(['password']);
    expect(await paths(user('ana', { valid_from: new Date(2), valid_until: new Date(1) }))).eql(['valid_until']);
    expect(await office.admin('list_users')).eql([]);
  });

  it('changes what is given of a user and takes away what is null', async () => {
    const { admin } = office;
    const made = await user('ana', { per_day: 5, per_minute: 1 });
    const changed = await admin('update_user', { username: 'ana', state: 'suspended', per_day: null });
    expect(changed).include({ state: 'suspended', per_minute: 1, id: made.id }).not.have.property('per_day');
    expect((await admin('show_user', { username: 'ana' })).user).eql(changed);
    expect(await paths(admin('update_user', { username: 'ben', state: 'active' }))).eql(['username']);
  });

  it('sets a password and takes it away', async () => {
    const { admin } = office;
    await user('ana', { password: 'correct horse' });
    await admin('set_password', { username: 'ana', password: null });
    expect((await admin('show_user', { username: 'ana' })).user.has_password).equal(false);
    await admin('set_password', { username: 'ana', password: 'battery staple' });
    expect((await admin('show_user', { username: 'ana' })).user.has_password).equal(true);
    const events = await office.events(3);
    expect(events).eql(['user-created ana', 'password-changed ana', 'password-changed ana']);
  });

  it('removes a user with what belongs to the user', async () => {
    const { admin } = office;
    await user('ana');
    await admin('create_token', { user: 'ana', name: 't' });
    await admin('remove_user', { username: 'ana' });
    expect(await admin('list_users')).eql([]);
    expect(await admin('list_tokens')).eql([]);
    expect(await paths(admin('remove_user', { username: 'ana' }))).eql(['username']);
  });

  it('never lets the last administrator go', async () => {
    const { admin } = office;
    await administrator('ana');
    await user('ben');
    const ways = (username: string): Promise<unknown>[] => [
      admin('remove_user', { username }),
      admin('update_user', { username, state: 'suspended' }),
      admin('update_user', { username, valid_until: new Date(Date.now() - 1) }),
      admin('update_user', { username, valid_from: new Date(Date.now() + 60_000) }),
      admin('unassign_role', { user: username, role: 'administrator' }),
    ];
    for (const way of ways('ana')) expect(await code(way)).equal('conflict');
    await admin('assign_role', { user: 'ben', role: 'administrator', context: '/course/5' });
    expect(await code(admin('remove_user', { username: 'ana' })), 'one of a course is not one').equal('conflict');
    await administrator('cleo');
    await admin('update_user', { username: 'cleo', state: 'suspended' });
    expect(await code(admin('remove_user', { username: 'ana' })), 'one who is suspended is not one').equal('conflict');
    expect(await admin('update_user', { username: 'ana', name: 'Ana B' })).include({ name: 'Ana B' });
    await admin('update_user', { username: 'cleo', state: 'active' });
    await admin('remove_user', { username: 'ana' });
  });

  it('lets one stay of two administrators who go at the same time', async () => {
    const { admin } = office;
    await administrator('ana');
    await administrator('ben');
    const ends = await Promise.allSettled(['ana', 'ben'].map((username) => admin('remove_user', { username })));
    expect(ends.map(({ status }) => status)).eql(['fulfilled', 'rejected']);
  });

  it('lets nobody take over who can do more', async () => {
    const { admin } = office;
    await administrator('ana');
    await user('ben');
    const caller = clerk('admin:users', 'admin:tokens', 'admin:roles', 'thing:see');
    for (const [name, params] of [
      ['set_password', { username: 'ana', password: 'mine from now on' }],
      ['update_user', { username: 'ana', name: 'x' }],
      ['remove_user', { username: 'ana' }],
      ['create_token', { user: 'ana', name: 't' }],
      ['create_app_password', { user: 'ana', name: 't' }],
      ['assign_role', { user: 'ben', role: 'administrator' }],
      ['unassign_role', { user: 'ana', role: 'administrator' }],
      ['create_role', { name: 'all', capabilities: ['*'] }],
      ['create_role', { name: 'some', capabilities: ['thing:see', 'thing:do'] }],
    ] as const) {
      expect(await code(admin(name, params, caller)), name).equal('forbidden');
    }
    await admin('set_password', { username: 'ben', password: 'new for ben' }, caller);
    await admin('create_role', { name: 'seer', capabilities: ['thing:see'] }, caller);
    expect(await code(admin('update_role', { name: 'seer', capabilities: ['thing:do'] }, caller))).equal('forbidden');
    await admin('assign_role', { user: 'ben', role: 'seer' }, caller);
    expect((await admin('create_token', { user: 'ben', name: 't' }, caller)).secret).match(/^pwt_/);
  });

  it('makes, lists and revokes application passwords', async () => {
    const { admin } = office;
    await user('ana');
    const { app_password: made, secret } = await admin('create_app_password', { user: 'ana', name: 'old client' });
    expect(secret).match(/^pwa_/);
    expect(await admin('list_app_passwords', { user: 'ana' })).eql([made]);
    await admin('revoke_app_password', { id: made.id });
    expect((await admin('list_app_passwords', { user: 'ana' }))[0].revoked).instanceOf(Date);
    expect(await paths(admin('revoke_app_password', { id: 4_711 }))).eql(['id']);
    expect(await office.events(3)).eql([
      'user-created ana',
      `app-password-created ${made.id}`,
      `app-password-revoked ${made.id}`,
    ]);
  });
});
