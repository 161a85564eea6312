import { expect } from 'chai';
import { overDatabases } from './databases.ts';
import { dialects, type House, openHouse } from './house.ts';

const lists = ['192.0.2.7', '192.0.2.0/28', '192.0.2.5-192.0.2.9', '192.0.*.*', '::ffff:192.0.2.7'];

/** What a trusted proxy on this machine says of where a call comes from. */
const from = (address: string) => ({ 'X-Forwarded-For': address, 'X-Forwarded-Proto': 'https' });

/** Addresses as callers may have them, and whether the lists let them in. */
const callers: readonly (readonly [address: string, inside: boolean])[] = [
  ['192.0.2.7', true],
  ['::ffff:192.0.2.7', true],
  ['::FFFF:c000:0207', true],
  ['198.51.100.7, 192.0.2.7', true],
  ['192.0.2.7, 198.51.100.7', false],
  ['198.51.100.7', false],
  ['2001:db8::7', false],
  ['::192.0.2.7', false],
  ['nonsense', false],
];

let count = 0;

overDatabases('addresses', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({
      kind,
      settings: { trustedProxies: ['127.0.0.1'], logins: { perAddress: 1_000, perAccount: 1_000 } },
    });
  });
  after(() => house.close());

  async function token(more: object = {}, owner: object = {}) {
    const username = `placed${++count}`;
    await house.admin('create_user', { username, name: 'Somewhere', ...owner });
    await house.admin('assign_role', { user: username, role: 'caller' });
    const made = { user: username, name: 'test', ...more };
    const { secret } = await house.admin<{ readonly secret: string }>('create_token', made);
    return { username, headers: { Authorization: `Bearer ${secret}` } };
  }

  async function eachCaller(name: string, refused: string, headers: Readonly<Record<string, string>> = {}) {
    for (const dialect of dialects) {
      for (const [address, inside] of callers) {
        const { code, text } = await house.call(dialect, name, { text: 'x' }, { ...headers, ...from(address) });
        expect(code, `${dialect} from ${address}: ${text}`).equal(inside ? 'ok' : refused);
      }
    }
  }

  for (const list of lists) {
    it(`of keys, tokens, users and users of a service are ${list} for every protocol`, async () => {
      const addresses = [list];
      const key = await house.admin<{ readonly secret: string }>('create_key', { name: 'Placed', addresses });
      await eachCaller('test.client', 'invalid-credentials', { 'X-API-Key': key.secret });
      await eachCaller('test.user', 'invalid-credentials', (await token({ addresses })).headers);
      await eachCaller('test.user', 'invalid-credentials', (await token({}, { addresses })).headers);
      const service = `placed${++count}`;
      const functions = ['test.user'];
      await house.admin('create_service', { name: service, description: 'x', functions, restricted: true });
      const { username, headers } = await token({ service });
      await house.admin('add_service_user', { service, user: username, addresses });
      await eachCaller('test.user', 'forbidden', headers);
    });

    it(`of the site are ${list} for every protocol`, async () => {
      await house.admin('update_settings', { changes: { addresses: [list] } });
      try {
        await eachCaller('test.open', 'address-refused');
      } finally {
        await house.admin('update_settings', { changes: { addresses: null } });
      }
    });
  }

  it('of a user count beside those of the token, and for logging in', async () => {
    const { username, headers } = await token({ addresses: ['192.0.2.7', '192.0.2.8'] }, { addresses: ['192.0.2.7'] });
    await house.admin('set_password', { username, password: 'right-password' });
    for (const dialect of dialects) {
      const login = { username, password: 'right-password' };
      for (const [address, called, logged] of [
        ['192.0.2.7', 'ok', 'ok'],
        ['192.0.2.8', 'invalid-credentials', 'invalid-credentials'],
      ] as const) {
        const call = await house.call(dialect, 'test.user', { text: 'x' }, { ...headers, ...from(address) });
        expect(call.code, `${dialect} from ${address}`).equal(called);
        const got = await house.call(dialect, 'auth.gettoken', login, from(address));
        expect(got.code, `${dialect} login from ${address}`).equal(logged);
      }
    }
    await house.admin('update_user', { username, addresses: [] });
    const anywhere = await house.call('rest', 'test.user', { text: 'x' }, { ...headers, ...from('192.0.2.8') });
    expect(anywhere.code).equal('ok');
    const told = await house.admin<{ readonly user: object }>('show_user', { username });
    expect(told.user).deep.include({ addresses: [] });
  });

  it('are not what somebody says who is no proxy', async () => {
    const { secret } = await house.admin<{ readonly secret: string }>('create_key', {
      name: 'Placed',
      addresses: ['192.0.2.7'],
    });
    await house.admin('update_settings', { changes: { trustedProxies: ['192.0.2.1'] } });
    try {
      for (const dialect of dialects) {
        const headers = { 'X-API-Key': secret, ...from('192.0.2.7') };
        const { code } = await house.call(dialect, 'test.client', { text: 'x' }, headers);
        expect(code, dialect).equal('invalid-credentials');
      }
    } finally {
      await house.admin('update_settings', { changes: { trustedProxies: ['127.0.0.1'] } });
    }
  });

  it('are written strictly wherever they are written', async () => {
    const wrong = ['10.1', '0x7f.1', '0x7f.0.0.1', '010.0.0.1', '10.0.0.0/33', '10.*.1.*', 'localhost'];
    for (const entry of wrong) {
      for (const [name, params] of [
        ['create_key', { name: 'x', addresses: [entry] }],
        ['create_user', { username: 'nowhere', name: 'x', addresses: [entry] }],
        ['update_user', { username: (await token()).username, addresses: [entry] }],
        ['create_token', { user: (await token()).username, name: 'x', addresses: [entry] }],
        ['update_settings', { changes: { addresses: [entry] } }],
        ['update_settings', { changes: { trustedProxies: [entry] } }],
      ] as const) {
        const code = await house.admin(name, params).then(
          () => 'ok',
          (reason: { readonly code: string }) => reason.code,
        );
        expect(code, `${name} ${entry}`).equal('invalid-params');
      }
    }
  });
});
