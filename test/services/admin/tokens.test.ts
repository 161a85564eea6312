import { expect } from 'chai';
import { rejected } from '../../lib/caught.ts';
import { clerk, type Office, openOffice } from './office.ts';

describe('services/admin/tokens', () => {
  let office: Office;
  let url: string;
  beforeEach(async () => {
    office = await openOffice({
      enablewebservices: true,
      enabledwsprotocols: ['rest'],
      enabledwsfunctions: ['closed.*', 'auth.whoami'],
    });
    url = (await office.server.listen({ port: 0 })).url;
    await office.admin('create_user', { username: 'ana', name: 'Ana' });
    await office.admin('create_role', { name: 'tester', capabilities: ['webservice:use', 'webservice:rest'] });
    await office.admin('assign_role', { user: 'ana', role: 'tester' });
  });
  afterEach(() => office.server.close(0));

  const paths = async (work: Promise<unknown>) => (await rejected(work)).issues.map(({ path }) => path);
  const call = async (token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return fetch(`${url}/rest/closed.user`, { method: 'POST', headers, body: '{}' });
  };

  it('makes a token that works until it is revoked, at once', async () => {
    const { admin } = office;
    const { token, secret } = await admin('create_token', { user: 'ana', name: 'phone' });
    expect(token).deep.include({ user: 'ana', name: 'phone', renewing: false, addresses: [] });
    expect((await call(secret)).status).equal(200);
    expect(await admin('revoke_token', { id: token.id })).equal(true);
    expect((await call(secret)).status).equal(401);
    expect(await admin('revoke_token', { id: token.id })).equal(false);
    expect(await paths(admin('revoke_token', { id: 4_711 }))).eql(['id']);
    expect((await office.events(5)).slice(3)).eql([`token-created ${token.id}`, `token-revoked ${token.id}`]);
  });

  it('revokes the token too that has come in the place of one', async () => {
    const { admin } = office;
    const { token, secret } = await admin('create_token', { user: 'ana', name: 'phone', renewing: true });
    const fresh = (await call(secret)).headers.get('x-renewed-token') ?? '';
    expect((await call(fresh)).status).equal(200);
    await admin('revoke_token', { id: token.id });
    expect((await call(fresh)).status).equal(401);
    expect((await call(secret)).status).equal(401);
  });

  it('ends what a suspended user has, at once, and gives it back', async () => {
    const { admin } = office;
    const { secret } = await admin('create_token', { user: 'ana', name: 'phone' });
    expect((await call(secret)).status).equal(200);
    await admin('update_user', { username: 'ana', state: 'suspended' });
    expect((await call(secret)).status).equal(401);
    await admin('update_user', { username: 'ana', state: 'active' });
    expect((await call(secret)).status).equal(200);
  });

  it('lists tokens of users and services without their text', async () => {
    const { admin } = office;
    await admin('create_user', { username: 'ben', name: 'Ben' });
    await admin('create_service', { name: 'mobile', functions: ['closed.*'] });
    const mine = await admin('create_token', { user: 'ana', name: 'a', service: 'Mobile' });
    await admin('create_token', { user: 'ben', name: 'b' });
    const names = async (filter: object) =>
      (await admin('list_tokens', { ...filter })).map(({ name }: { name: string }) => name);
    expect(await names({})).have.members(['a', 'b']);
    expect(await names({ user: 'Ben' })).eql(['b']);
    expect(await names({ service: 'mobile' })).eql(['a']);
    expect(mine.token.service).equal('mobile');
    expect(JSON.stringify(await admin('list_tokens')))
      .not.include(mine.secret)
      .not.include('hash');
    expect(await paths(admin('list_tokens', { user: 'cleo' }))).eql(['user']);
    expect(await paths(admin('list_tokens', { service: 'none' }))).eql(['service']);
    expect(await paths(admin('create_token', { user: 'cleo', name: 'x' }))).eql(['user']);
    expect(await paths(admin('create_token', { user: 'ana', name: 'x', addresses: ['10.1'] }))).eql(['addresses/0']);
  });

  it('shows a token and changes what is given of it, at once; null takes a value away', async () => {
    const { admin } = office;
    await admin('create_service', { name: 'mobile', functions: ['auth.whoami'] });
    const until = new Date('2099-03-01T00:00:00Z');
    const given = { valid_until: until, per_day: 5, addresses: ['10.0.0.1'], service: 'mobile' };
    const { token, secret } = await admin('create_token', { user: 'ana', name: 'phone', ...given });
    const { id } = token;
    expect(await admin('show_token', { id })).eql(token);
    expect(JSON.stringify(await admin('show_token', { id }))).not.include('hash');
    expect((await call(secret)).status).equal(401);
    const wider = { addresses: [], service: null, valid_until: null, per_day: null, name: 'tablet' };
    const changed = await admin('update_token', { id, ...wider });
    const { service: _service, valid_until: _until, per_day: _day, ...rest } = token;
    expect(changed).eql({ ...rest, name: 'tablet', addresses: [] });
    const { last_used: _used, last_address: _address, ...shown } = await admin('show_token', { id });
    expect(shown).eql(changed);
    expect((await call(secret)).status).equal(200);
    await admin('update_token', { id, protocols: ['soap'], functions: ['closed.user'] });
    expect((await call(secret)).status).equal(403);
    await admin('update_token', { id, protocols: [], valid_until: new Date(Date.now() - 1) });
    expect((await call(secret)).status).equal(401);
    expect((await office.events(8)).slice(4)).eql([`token-created ${id}`, ...Array(3).fill(`token-changed ${id}`)]);
  });

  it('changes nothing where anything is wrong with the change', async () => {
    const { admin } = office;
    const { token } = await admin('create_token', { user: 'ana', name: 'phone', valid_until: new Date('2099-03-01') });
    const { id } = token;
    const wrong = { valid_from: new Date('2099-04-01'), addresses: ['10.1'], protocols: ['gopher'] };
    expect(await paths(admin('update_token', { id, ...wrong, functions: ['admin.*'] }))).eql([
      'valid_until',
      'addresses/0',
      'protocols/0',
      'functions/0',
    ]);
    expect(await paths(admin('update_token', { id, service: 'none' }))).eql(['service']);
    expect(await paths(admin('update_token', { id, name: '' }))).eql(['name']);
    for (const name of ['show_token', 'update_token']) expect(await paths(admin(name, { id: 4_711 }))).eql(['id']);
    expect(await admin('show_token', { id })).eql(token);
    expect((await office.events(4)).slice(3)).eql([`token-created ${id}`]);
  });

  it('changes the token too that has come in the place of one', async () => {
    const { admin } = office;
    const { token, secret } = await admin('create_token', { user: 'ana', name: 'phone', renewing: true });
    const fresh = (await call(secret)).headers.get('x-renewed-token') ?? '';
    const changed = await admin('update_token', { id: token.id, functions: ['auth.whoami'], renewing: false });
    expect(changed.id).not.equal(token.id);
    expect(await admin('show_token', { id: changed.id })).deep.include({ functions: ['auth.whoami'], renewing: false });
    for (const text of [secret, fresh]) expect((await call(text)).status).equal(403);
    await admin('update_token', { id: token.id, functions: [], valid_until: new Date('2099-03-01') });
    expect((await admin('show_token', { id: token.id })).valid_until.getTime(), 'it ends soon all the same').below(
      Date.parse('2098-01-01'),
    );
    expect((await call(fresh)).status).equal(200);
  });

  it('is for those with the capability, and changed by those only who may do all that its user may', async () => {
    const { token } = await office.admin('create_token', { user: 'ana', name: 'phone' });
    const params = { id: token.id, name: 'x', user: 'ana' };
    for (const name of ['list_tokens', 'create_token', 'show_token', 'update_token', 'revoke_token']) {
      expect((await rejected(office.admin(name, params, clerk('admin:keys')))).code, name).equal('forbidden');
    }
    const keeper = clerk('admin:tokens');
    expect(await office.admin('show_token', { id: token.id }, keeper)).eql(token);
    const change = { id: token.id, addresses: [] };
    expect((await rejected(office.admin('update_token', change, keeper))).code).equal('forbidden');
    const peer = clerk('admin:tokens', 'webservice:use', 'webservice:rest');
    expect(await office.admin('update_token', change, peer)).eql(token);
  });

  it('is never reached by GET, and never answers without a user', async () => {
    await office.admin('enable', { kind: 'function', names: ['admin.list_tokens'] });
    const role = { name: 'clerk', capabilities: ['admin:tokens'] };
    await office.admin('create_role', role);
    await office.admin('assign_role', { user: 'ana', role: 'clerk' });
    const { secret } = await office.admin('create_token', { user: 'ana', name: 'x' });
    const headers = { authorization: `Bearer ${secret}` };
    const ask = async (init: RequestInit) => (await fetch(`${url}/rest/admin.list_tokens`, init)).status;
    const post = { method: 'POST', body: '{}' };
    expect(await ask({ headers })).equal(405);
    expect(await ask({ ...post, headers: { 'content-type': 'application/json' } })).equal(401);
    expect(await ask({ ...post, headers: { ...headers, 'content-type': 'application/json' } })).equal(200);
  });
});
