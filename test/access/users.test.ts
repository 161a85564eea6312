import { expect } from 'chai';
import { overDatabases } from './databases.ts';
import { calls, dialects, type House, openHouse, protocolOf } from './house.ts';

const day = 86_400_000;
let count = 0;

overDatabases('users and their tokens', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind, settings: { logins: { perAddress: 1_000, perAccount: 1_000 } } });
  });
  after(() => house.close());
  beforeEach(() => {
    calls.length = 0;
  });

  /** A user who may call over every protocol, and a token. */
  async function user(more: object = {}, token: object = {}) {
    const username = `user${++count}`;
    await house.admin('create_user', { username, name: 'A User', password: 'right-password', ...more });
    await house.admin('assign_role', { user: username, role: 'caller' });
    const made = await house.admin<{ readonly token: { readonly id: number }; readonly secret: string }>(
      'create_token',
      { user: username, name: 'test', ...token },
    );
    return { username, id: made.token.id, headers: { Authorization: `Bearer ${made.secret}` }, secret: made.secret };
  }

  for (const dialect of dialects) {
    it(`are known by a token over ${dialect}`, async () => {
      const { username, headers } = await user();
      const ending = await house.call(dialect, 'test.user', { text: 'hi' }, headers);
      expect(ending).include({ code: 'ok', value: `hi ${username}` });
      expect((await house.call(dialect, 'test.user', { text: 'hi' })).code).equal('unauthenticated');
    });

    it(`get a token for name and password over ${dialect}, and lose it`, async () => {
      const { username } = await user();
      const got = await house.call(dialect, 'auth.gettoken', { username, password: 'right-password' });
      expect(got.code, got.text).equal('ok');
      const { token } = got.value as { readonly token: string };
      const headers = { Authorization: `Bearer ${token}` };
      expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code).equal('ok');
      expect((await house.call(dialect, 'auth.revoketoken', { token }, headers)).code).equal('ok');
      expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code).equal('invalid-credentials');
    });

    it(`are told the same over ${dialect} whether the name or the password was wrong`, async () => {
      const { username } = await user();
      const wrong = await house.call(dialect, 'auth.gettoken', { username, password: 'wrong' });
      const unknown = await house.call(dialect, 'auth.gettoken', {
        username: 'nobody-of-that-name',
        password: 'wrong',
      });
      expect(wrong).include({ code: 'invalid-credentials' });
      expect(unknown).include({ code: wrong.code, message: wrong.message, status: wrong.status });
    });

    it(`need the capabilities of web services and of ${dialect}`, async () => {
      const { username, headers } = await user();
      await house.admin('unassign_role', { user: username, role: 'caller' });
      expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code).equal('forbidden');
      const role = `only-use-${++count}`;
      await house.admin('create_role', { name: role, description: 'x', capabilities: ['webservice:use'] });
      await house.admin('assign_role', { user: username, role });
      expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code).equal('forbidden');
      await house.admin('update_role', {
        name: role,
        capabilities: ['webservice:use', `webservice:${protocolOf(dialect)}`],
      });
      expect((await house.call(dialect, 'test.user', { text: 'x' }, headers)).code).equal('ok');
    });

    it(`have capabilities in contexts and below over ${dialect}`, async () => {
      const { username, headers } = await user();
      const role = `viewer-${++count}`;
      await house.admin('create_role', { name: role, description: 'x', capabilities: ['course:view'] });
      expect((await house.call(dialect, 'test.course', { course: 5 }, headers)).code).equal('forbidden');
      await house.admin('assign_role', { user: username, role, context: '/course/5' });
      expect((await house.call(dialect, 'test.course', { course: 5 }, headers)).code).equal('ok');
      for (const course of [6, 55, 50]) {
        expect((await house.call(dialect, 'test.course', { course }, headers)).code).equal('forbidden');
      }
      await house.admin('assign_role', { user: username, role, context: '/course' });
      expect((await house.call(dialect, 'test.course', { course: 6 }, headers)).code).equal('ok');
      expect((await house.call(dialect, 'test.course', { course: 13 }, headers)).code, 'call.require').equal(
        'forbidden',
      );
    });
  }

  it('are refused while they are suspended or unconfirmed, and once they have expired', async () => {
    const at = (offset: number) => new Date(Date.now() + offset);
    const cases: readonly [object, string][] = [
      [{ state: 'suspended' }, 'invalid-credentials'],
      [{ state: 'unconfirmed' }, 'invalid-credentials'],
      [{ valid_until: at(day) }, 'ok'],
      [{ valid_until: at(-day) }, 'invalid-credentials'],
      [{ valid_from: at(day) }, 'invalid-credentials'],
    ];
    for (const [more, code] of cases) {
      const { username, headers } = await user(more);
      expect((await house.call('rest', 'test.user', { text: 'x' }, headers)).code, JSON.stringify(more)).equal(code);
      const login = await house.call('rest', 'auth.gettoken', { username, password: 'right-password' });
      expect(login.code, JSON.stringify(more)).equal(code);
    }
  });

  it('are refused at once when they are suspended', async () => {
    const { username, headers } = await user();
    expect((await house.call('rest', 'test.user', { text: 'x' }, headers)).code).equal('ok');
    await house.admin('update_user', { username, state: 'suspended' });
    expect((await house.call('rest', 'test.user', { text: 'x' }, headers)).code).equal('invalid-credentials');
    await house.admin('update_user', { username, state: 'active' });
    expect((await house.call('rest', 'test.user', { text: 'x' }, headers)).code).equal('ok');
  });

  it('are known beside a program, and refused where either is wrong', async () => {
    const { headers } = await user();
    const { secret } = await house.admin<{ readonly secret: string }>('create_key', { name: 'Robot' });
    const both = { ...headers, 'X-API-Key': secret };
    expect((await house.call('soap', 'test.user', { text: 'x' }, both)).code).equal('ok');
    const half = { ...headers, 'X-API-Key': `${secret}x` };
    expect((await house.call('soap', 'test.user', { text: 'x' }, half)).code).equal('invalid-credentials');
    const other = { Authorization: 'Bearer pwt_wrong', 'X-API-Key': secret };
    expect((await house.call('soap', 'test.client', { text: 'x' }, other)).code).equal('invalid-credentials');
  });

  it('are refused with credentials of a scheme that nobody here knows', async () => {
    for (const Authorization of [
      'Negotiate abc',
      'Digest username="a"',
      'Bearer',
      'Bearer a b',
      'bearer-pwt_x',
      'x'.repeat(9_000),
    ]) {
      const ending = await house.call('rest', 'test.open', { text: 'x' }, { Authorization });
      expect(ending.code, Authorization.slice(0, 40)).equal('invalid-credentials');
    }
    expect(calls).deep.equal([]);
  });

  it('may be told who they are', async () => {
    const { username, headers } = await user();
    const ending = await house.call('jsonrpc', 'auth.whoami', {}, headers);
    expect(ending.code, ending.text).equal('ok');
    expect(JSON.stringify(ending.value)).include(username);
  });

  it('never find their secrets in answers or faults', async () => {
    const { secret, headers } = await user();
    for (const dialect of dialects) {
      for (const name of ['test.user', 'test.nowhere', 'auth.whoami']) {
        expect((await house.call(dialect, name, { text: 'x' }, headers)).text).not.include(secret);
      }
    }
  });
});
