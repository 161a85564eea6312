import { expect } from 'chai';
import { rejected } from '../../lib/caught.ts';
import { type Office, openOffice } from './office.ts';

describe('services/admin/services', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice();
    await office.admin('create_user', { username: 'ana', name: 'Ana' });
  });
  afterEach(() => office.server.close(0));

  const paths = async (work: Promise<unknown>) => (await rejected(work)).issues.map(({ path }) => path);

  it('adds, changes, shows and removes services', async () => {
    const { admin } = office;
    const made = await admin('create_service', { name: 'mobile', functions: ['open.*'], capability: 'mobile:use' });
    expect(made).deep.include({ enabled: true, restricted: false, capability: 'mobile:use', functions: ['open.*'] });
    const { capability: _, ...rest } = made;
    const changed = await admin('update_service', { name: 'Mobile', enabled: false, capability: null });
    expect(changed).eql({ ...rest, enabled: false });
    expect(await admin('show_service', { name: 'mobile' })).eql({ service: changed, users: [] });
    expect(await admin('list_services')).eql([changed]);
    const twin = await rejected(admin('create_service', { name: 'MOBILE', functions: [] }));
    expect(twin.code).equal('conflict');
    await admin('remove_service', { name: 'mobile' });
    expect(await admin('list_services')).eql([]);
    expect(await paths(admin('remove_service', { name: 'mobile' }))).eql(['name']);
  });

  for (const name of ['', 'a b', 'a/b', 'ä', 'x'.repeat(101)])
    it(`refuses the name ${JSON.stringify(name.slice(0, 10))}`, async () => {
      expect(await paths(office.admin('create_service', { name, functions: [] }))).eql(['name']);
    });

  it('lists its users, with their own addresses and times', async () => {
    const { admin } = office;
    await admin('create_service', { name: 'mobile', functions: [], restricted: true });
    const place = { service: 'mobile', user: 'ANA', addresses: ['10.0.0.0/8'] };
    await admin('add_service_user', { ...place, valid_until: new Date('2027-03-01') });
    const users = async () => (await admin('show_service', { name: 'mobile' })).users;
    expect(await users()).eql([
      { user: 'ana', addresses: ['10.0.0.0/8'], valid_from: undefined, valid_until: new Date('2027-03-01') },
    ]);
    await admin('add_service_user', { ...place, addresses: [] });
    expect(await users(), 'a second time changes the first').length(1);
    expect(await paths(admin('add_service_user', { ...place, addresses: ['10.1'] }))).eql(['addresses/0']);
    expect(await paths(admin('add_service_user', { ...place, service: 'none' }))).eql(['service']);
    expect(await admin('remove_service_user', { service: 'mobile', user: 'ana' })).equal(true);
    expect(await admin('remove_service_user', { service: 'mobile', user: 'ana' })).equal(false);
    expect((await office.events(5)).slice(2)).eql([
      'service-user-added mobile ana',
      'service-user-added mobile ana',
      'service-user-removed mobile ana',
    ]);
  });

  it('lists all functions with where they are', async () => {
    const { admin } = office;
    await admin('create_service', { name: 'mobile', functions: ['open.*'] });
    await admin('enable', { kind: 'function', names: ['open.read'] });
    const found = new Map((await admin('list_functions')).map((fn: { name: string }) => [fn.name, fn]));
    expect(found.get('open.read')).deep.include({ on: true, services: ['mobile'], user: 'none', capabilities: [] });
    expect(found.get('open.hidden')).include({ internal: true, on: false });
    expect(found.get('closed.capable')).deep.include({ user: 'required', capabilities: ['thing:do'], services: [] });
    expect(found.get('admin.list_functions')).include({ on: false, effect: 'read' });
  });
});
