import { expect } from 'chai';
import { rejected } from '../../lib/caught.ts';
import { clerk, type Office, openOffice } from './office.ts';

const march = new Date('2027-03-01T00:00:00Z');
const april = new Date('2027-04-01T00:00:00Z');

describe('services/admin/keys', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice();
  });
  afterEach(() => office.server.close(0));

  const paths = async (work: Promise<unknown>) => (await rejected(work)).issues.map(({ path }) => path);

  it('makes a key with all its limits and shows its secret this once', async () => {
    const { admin } = office;
    await admin('create_user', { username: 'Dev', name: 'D' });
    const limits = {
      valid_from: new Date(0),
      valid_until: march,
      addresses: ['10.0.0.7', '192.0.2.0/24'],
      protocols: ['soap'],
      functions: ['open.read', 'closed.*'],
      per_minute: 10,
      per_day: 1_000,
    };
    const { key, secret } = await admin('create_key', { name: 'App', notes: 'n', owner: 'dev', ...limits });
    expect(key).deep.include({ name: 'App', notes: 'n', owner: 'Dev', signing: false, ...limits });
    expect(secret).match(new RegExp(`^${key.id}\\.pwk_`));
    const shown = await admin('show_key', { id: key.id });
    expect(shown).eql(key);
    expect(await admin('list_keys')).eql([key]);
    expect(JSON.stringify([shown, await admin('list_keys')]))
      .not.include(secret.split('.')[1])
      .not.include('hash');
  });

  it('gives the secret of a signing key alone, without what is sealed', async () => {
    const { key, secret } = await office.admin('create_key', { name: 'Signs', signing: true });
    expect(secret).match(/^pwk_/);
    expect(key.signing).equal(true);
    expect(JSON.stringify(key)).not.include('sealed');
  });

  it('names each limit that is wrong, and makes nothing then', async () => {
    const { admin } = office;
    const wrong = { valid_from: april, valid_until: march, addresses: ['10.0.0.1', '10.1'], protocols: ['gopher'] };
    expect(await paths(admin('create_key', { name: 'x', ...wrong, functions: ['a b', 'admin.*'] }))).eql([
      'valid_until',
      'addresses/1',
      'protocols/0',
      'functions/0',
      'functions/1',
    ]);
    expect(await paths(admin('create_key', { name: 'x', owner: 'nobody' }))).eql(['owner']);
    expect(await paths(admin('create_key', { name: '' }))).eql(['name']);
    expect(await admin('list_keys')).eql([]);
  });

  it('changes what is given and takes away what is null', async () => {
    const { admin } = office;
    const { key } = await admin('create_key', { name: 'App', valid_until: march, per_day: 5, addresses: ['10.0.0.1'] });
    const changed = await admin('update_key', { id: key.id, valid_until: null, notes: 'new', addresses: [] });
    expect(changed).eql({ ...omit(key, 'valid_until'), notes: 'new', addresses: [] });
    expect(await admin('show_key', { id: key.id })).eql(changed);
    expect(await paths(admin('update_key', { id: key.id, protocols: ['gopher'] }))).eql(['protocols/0']);
    await admin('update_key', { id: key.id, valid_until: march });
    expect(await paths(admin('update_key', { id: key.id, valid_from: april }))).eql(['valid_until']);
    expect(await paths(admin('update_key', { id: 'none', name: 'x' }))).eql(['id']);
  });

  it('rotates with an overlap, revokes once, and rotates no more', async () => {
    const { admin } = office;
    const { key, secret } = await admin('create_key', { name: 'App' });
    const rotated = await admin('rotate_key', { id: key.id, overlap: 60 });
    expect(rotated.secret)
      .match(new RegExp(`^${key.id}\\.`))
      .not.equal(secret);
    const [old, fresh] = rotated.key.secrets;
    expect(old.valid_until.getTime()).closeTo(Date.now() + 60_000, 5_000);
    expect(fresh).not.have.property('valid_until');
    const again = await admin('rotate_key', { id: key.id, overlap: 0 });
    expect(again.key.secrets, 'one that has ended is not shown').length(1);
    expect(await admin('revoke_key', { id: key.id })).equal(true);
    expect(await admin('revoke_key', { id: key.id })).equal(false);
    expect((await admin('show_key', { id: key.id })).revoked.getTime()).closeTo(Date.now(), 5_000);
    expect((await rejected(admin('rotate_key', { id: key.id }))).code).equal('conflict');
    expect(await paths(admin('rotate_key', { id: 'none' }))).eql(['id']);
    expect(await paths(admin('revoke_key', { id: 'none' }))).eql(['id']);
  });

  it('notes each change and who made it, never a secret', async () => {
    const { admin } = office;
    const { key, secret } = await admin('create_key', { name: 'App' }, clerk('admin:keys'));
    await admin('update_key', { id: key.id, notes: 'n' });
    await admin('rotate_key', { id: key.id });
    await admin('revoke_key', { id: key.id });
    expect(await office.events(4)).eql(
      ['created', 'changed', 'rotated', 'revoked'].map((what) => `key-${what} ${key.id}`),
    );
    const events = await admin('events');
    expect(events.map(({ actor }: { actor: string }) => actor)).eql(['cli', 'cli', 'cli', 'clerk']);
    expect(JSON.stringify(events)).not.include(secret.split('.')[1]);
  });

  it('is for those with the capability', async () => {
    const caller = clerk('admin:tokens');
    for (const name of ['list_keys', 'create_key', 'show_key', 'update_key', 'rotate_key', 'revoke_key']) {
      const { code } = await rejected(office.admin(name, { id: 'x', name: 'x' }, caller));
      expect(code, name).equal('forbidden');
    }
  });
});

function omit(from: object, name: string): object {
  return Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));
}
