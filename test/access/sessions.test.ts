import { expect } from 'chai';
import type { Dialect } from '../../client/index.ts';
import { define, t } from '../../index.ts';
import { overDatabases } from './databases.ts';
import { type House, openHouse } from './house.ts';

const header = define('more.header', {
  description: 'Adds a header to its answer.',
  effect: 'write',
  params: { name: t.string(), value: t.string() },
  handler: ({ name, value }, call) => call.header(name, value),
});

const list = define('more.list', {
  description: 'Lists what the caller may see.',
  effect: 'write',
  returns: t.list(t.string()),
  handler: (_, call) => call.functions().map(({ name }) => name),
});

overDatabases('browser sessions', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({
      kind,
      more: [header, list],
      settings: { logins: { perAddress: 1_000, perAccount: 1_000 } },
    });
  });
  after(() => house.close());

  it('a browser session calls by REST and JSON-RPC only, and with its CSRF token', async () => {
    const username = 'browsing';
    await house.admin('create_user', { username, name: 'B', password: 'right-password' });
    await house.admin('assign_role', { user: username, role: 'caller' });
    const login = { username, password: 'right-password' };
    for (const dialect of ['rest', 'jsonrpc'] as const) {
      const begun = await house.call(dialect, 'auth.startsession', login);
      expect(begun.code, begun.text).equal('ok');
      const { csrf } = begun.value as { readonly csrf: string };
      const set = begun.headers.get('set-cookie') ?? '';
      expect(set).match(/^__Host-polywire=pws_[^;]+; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
      expect(begun.text).not.include('pws_');
      const session = { Cookie: `other=1; ${set.split(';', 1)[0]}` };
      const good = { ...session, 'X-CSRF-Token': csrf };
      const call = async (over: Dialect, headers: Record<string, string>) =>
        (await house.call(over, 'test.user', { text: 'x' }, headers)).code;
      expect(await call(dialect, good)).equal('ok');
      expect(await call(dialect, session)).equal('csrf');
      expect(await call(dialect, { ...session, 'X-CSRF-Token': `${csrf}x` })).equal('csrf');
      expect(await call(dialect, { ...session, Authorization: 'Bearer pwt_wrong' })).equal('invalid-credentials');
      for (const other of ['xmlrpc', 'soap', 'soap12', 'mcp'] as const) {
        expect(await call(other, good)).equal('unauthenticated');
      }
      const ended = await house.call(dialect, 'auth.endsessions', {}, good);
      expect(ended.code, ended.text).equal('ok');
      expect(ended.headers.get('set-cookie')).match(/^__Host-polywire=; Max-Age=0;/);
      expect(await call(dialect, good)).equal('unauthenticated');
    }
    for (const other of ['xmlrpc', 'soap', 'soap12', 'mcp'] as const) {
      expect((await house.call(other, 'auth.startsession', login)).code).equal('forbidden');
    }
    const wrong = await house.call('rest', 'auth.startsession', { username, password: 'wrong' });
    expect(wrong.code).equal('invalid-credentials');
    expect(wrong.headers.get('set-cookie')).equal(null);
  });

  it('ends the session of one browser alone, by its own cookie', async () => {
    const username = 'twice';
    await house.admin('create_user', { username, name: 'T', password: 'right-password' });
    await house.admin('assign_role', { user: username, role: 'caller' });
    const { secret } = await house.admin<{ readonly secret: string }>('create_token', { user: username, name: 'T' });
    const bearer = { Authorization: `Bearer ${secret}` };
    const browser = async (dialect: Dialect) => {
      const begun = await house.call(dialect, 'auth.startsession', { username, password: 'right-password' });
      const { csrf } = begun.value as { readonly csrf: string };
      return { Cookie: (begun.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '', 'X-CSRF-Token': csrf };
    };
    for (const dialect of ['rest', 'jsonrpc'] as const) {
      const [here, there] = [await browser(dialect), await browser(dialect)];
      const code = async (headers: Readonly<Record<string, string>>) =>
        (await house.call(dialect, 'test.user', { text: 'x' }, headers)).code;
      const end = (headers: Readonly<Record<string, string>>) => house.call(dialect, 'auth.endsession', {}, headers);
      expect((await end({ Cookie: here.Cookie })).code).equal('csrf');
      expect((await end({ Cookie: here.Cookie, 'X-CSRF-Token': there['X-CSRF-Token'] })).code).equal('csrf');
      for (const headers of [bearer, { ...bearer, ...here }]) {
        const refused = await end(headers);
        expect([refused.code, refused.message]).eql([
          'forbidden',
          'There is no session to end: this call comes by none',
        ]);
        expect(refused.headers.get('set-cookie')).equal(null);
      }
      expect((await end({})).code).equal('unauthenticated');
      expect([await code(here), await code(there)]).eql(['ok', 'ok']);
      const ended = await end(here);
      expect(ended.code, ended.text).equal('ok');
      expect(ended.headers.get('set-cookie')).equal(
        '__Host-polywire=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict',
      );
      expect([await code(here), await code(there), await code(bearer)]).eql(['unauthenticated', 'ok', 'ok']);
      expect((await end(here)).code).equal('unauthenticated');
    }
    for (const dialect of ['xmlrpc', 'soap', 'soap12', 'mcp'] as const) {
      expect((await house.call(dialect, 'auth.endsession', {}, await browser('rest'))).code).equal('unauthenticated');
      expect((await house.call(dialect, 'auth.endsession', {}, bearer)).code).equal('forbidden');
    }
    const events = await house.admin<readonly { readonly actor?: string }[]>('events', { kind: 'session-ended' });
    expect(events.map(({ actor }) => actor)).eql([username, username]);
  });

  it('a handler may add headers, but not those of the protocol or broken ones', async () => {
    const answer = await house.call('soap', 'more.header', { name: 'X-Place', value: 'here' });
    expect(answer.code, answer.text).equal('ok');
    expect(answer.headers.get('x-place')).equal('here');
    for (const [name, value] of [
      ['Content-Length', '1'],
      ['content-type', 'text/html'],
      ['Transfer-Encoding', 'chunked'],
      ['X Place', 'x'],
      ['X-Place', 'a\r\nSet-Cookie: b=c'],
    ]) {
      const refused = await house.call('rest', 'more.header', { name, value });
      expect(refused.code, name).equal('internal');
      expect(refused.headers.get('set-cookie')).equal(null);
    }
  });

  it('a cookie that is no session opens neither lists for known callers nor a chain that requires one', async () => {
    const garbage = { Cookie: `__Host-polywire=pws_${'x'.repeat(32)}` };
    await house.admin('update_settings', { changes: { documents: 'authenticated' } });
    expect((await house.call('rest', 'more.list', {}, garbage)).code).equal('unauthenticated');
    expect((await house.call('rest', 'more.list', {})).code).equal('unauthenticated');
    const authenticators = [{ name: 'session', importance: 'required' }];
    await house.admin('update_settings', { changes: { documents: 'public', authenticators } });
    expect((await house.call('rest', 'test.open', { text: 'x' }, garbage)).code).equal('unauthenticated');
    expect((await house.call('rest', 'test.open', { text: 'x' })).code).equal('unauthenticated');
    await house.admin('update_settings', { changes: { authenticators: null } });
    expect((await house.call('rest', 'test.open', { text: 'x' }, garbage)).code).equal('ok');
  });
});
