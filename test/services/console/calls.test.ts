import { expect } from 'chai';
import type { PartialSettings } from '../../../index.ts';
import { overDatabases } from '../../access/databases.ts';
import { type ConsoleHouse, openConsole, password, post, sessionOf } from './house.ts';

const json = ['Content-Type', 'application/json'] as const;

overDatabases('calls of the console', (kind) => {
  const houses: ConsoleHouse[] = [];
  const open = async (settings: PartialSettings = {}) => {
    const house = await openConsole({ kind, settings: { logins: { perAddress: 1_000 }, ...settings } });
    houses.push(house);
    return house;
  };
  let house: ConsoleHouse;
  before(async () => {
    house = await open();
  });
  after(() => Promise.all(houses.map((one) => one.close())));

  it('an administrator switches all off and on again from there', async () => {
    const ana = await house.signIn('ana', 'administrator');
    expect((await house.call('shop.greet', { name: 'Ana' }, ana)).code).equal('unknown-function');
    expect((await house.call('admin.enable', { kind: 'function', names: ['shop.*'] }, ana)).code).equal('ok');
    const off = await house.call('shop.greet', { name: 'Ana' }, ana);
    expect([off.code, off.status]).eql(['service-off', 403]);
    expect((await house.call('admin.enable', { kind: 'site' }, ana)).code).equal('ok');
    expect((await house.call('shop.greet', { name: 'Ana' }, ana)).result).equal('Hello, Ana!');
    expect((await house.call('shop.greet', { name: 'Ana' })).result).equal('Hello, Ana!');
    expect((await house.call('admin.disable', { kind: 'site' }, ana)).code).equal('ok');
    expect((await house.call('console.session', {}, ana)).result.user.username).equal('ana');
    expect((await house.call('admin.disable', { kind: 'function', names: ['shop.*'] }, ana)).code).equal('ok');
  });

  it('what is wrong with the settings for other callers is not wrong there', async () => {
    const other = await open({ authenticators: [{ name: 'key', importance: 'required' }], addresses: ['192.0.2.1'] });
    const admin = await other.signIn('admin', 'administrator');
    expect((await other.call('admin.list_users', {}, admin)).code).equal('ok');
  });

  it('who is no administrator is refused, and needs no right of web services', async () => {
    const eve = await house.signIn('eve');
    expect((await house.call('admin.list_users', {}, eve)).code).equal('forbidden');
    expect((await house.call('admin.list_users')).code).equal('unauthenticated');
    expect((await house.call('console.session', {}, eve)).result.user.username).equal('eve');
    const others = ['auth.whoami', 'auth.gettoken'];
    for (const name of ['shop.inside', 'shop.nothing', 'console.nothing', 'system.listMethods', ...others])
      expect((await house.call(name, {}, eve)).code, name).equal('unknown-function');
  });

  it('a session is the only credential, and it needs its token', async () => {
    const bob = await house.signIn('bob', 'administrator');
    const [cookie, csrf] = bob;
    expect((await house.call('admin.list_users', {}, [cookie!])).code).equal('csrf');
    expect((await house.call('admin.list_users', {}, [cookie!, ['X-CSRF-Token', `${csrf![1]}x`]])).code).equal('csrf');
    expect((await house.call('console.session', {}, [cookie!])).result.csrf).equal(csrf![1]);
    expect((await house.call('console.functions', {}, [cookie!])).code).equal('ok');
    const made = await house.admin('create_token', { user: 'bob', name: 'T' });
    const token = (made as { readonly secret: string }).secret;
    expect(token).match(/^pwt_/);
    const bearer = await house.call('admin.list_users', {}, [['Authorization', `Bearer ${token}`]]);
    expect(bearer.code).equal('invalid-credentials');
    expect(bearer.headers).not.have.property('www-authenticate');
    const twice = [['Cookie', `${cookie![1]}; ${cookie![1]}`] as const, csrf!];
    expect((await house.call('admin.list_users', {}, twice)).code).equal('unauthenticated');
  });

  it('a session ends there, and its cookie with it', async () => {
    const dan = await house.signIn('dan', 'administrator');
    const ended = await house.call('auth.endsessions', {}, dan);
    expect(ended.headers['set-cookie']).match(
      /^__Host-polywire=; Max-Age=0; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
    expect((await house.call('admin.list_users', {}, dan)).code).equal('unauthenticated');
    expect((await house.call('console.session', {}, dan)).result).not.have.any.keys('user', 'csrf');
  });

  it('the session of one browser ends there, and those of others do not', async () => {
    const here = await house.signIn('eli', 'administrator');
    const there = sessionOf(await house.call('auth.startsession', { username: 'eli', password }));
    const ended = await house.call('auth.endsession', {}, here);
    expect(ended.headers['set-cookie']).match(/^__Host-polywire=; Max-Age=0;/);
    expect((await house.call('admin.list_users', {}, here)).code).equal('unauthenticated');
    expect((await house.call('admin.list_users', {}, there)).code).equal('ok');
    expect((await house.call('auth.endsession')).code).equal('unauthenticated');
  });

  it('pages of our own origin call, and no others, whatever the list of other protocols says', async () => {
    const friend = 'https://friend.example';
    const other = await open({ corsOrigins: [friend], publicUrl: 'https://api.example.org' });
    const from = (...headers: readonly (readonly [string, string])[]) => other.call('console.session', {}, headers);
    for (const refused of [
      [['Origin', friend]],
      [['Origin', 'null']],
      [['Sec-Fetch-Site', 'cross-site']],
      [['Sec-Fetch-Site', 'same-site']],
      [
        ['Sec-Fetch-Site', 'cross-site'],
        ['Sec-Fetch-Mode', 'navigate'],
        ['Sec-Fetch-Dest', 'document'],
      ],
    ] as const) {
      const answer = await from(...refused);
      expect([answer.code, answer.status], JSON.stringify(refused)).eql(['origin-refused', 403]);
      expect(answer.headers).not.have.property('access-control-allow-origin');
      expect(answer.headers).not.have.property('vary');
    }
    for (const origin of [`http://${other.host}`, 'https://api.example.org']) {
      const answer = await from(['Origin', origin], ['Sec-Fetch-Site', 'same-origin']);
      expect(answer.code, origin).equal('ok');
      expect(answer.headers).not.have.property('access-control-allow-origin');
    }
    const asked = await other.get(
      '/console/call',
      [
        ['Origin', friend],
        ['Access-Control-Request-Method', 'POST'],
      ],
      'OPTIONS',
    );
    expect(asked.status).equal(403);
    expect(asked.headers).not.have.property('access-control-allow-methods');
  });

  it('a call is JSON by POST, of a function and its parameters', async () => {
    const send = async (body: string, type = 'application/json') =>
      (await post(house.port, body, type === '' ? [] : [['Content-Type', type]])).code;
    for (const type of ['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b'])
      expect(await send('{"function":"console.session"}', type), type).equal('unsupported-media-type');
    for (const body of ['', '{', '{"function":"console.session"} x']) expect(await send(body), body).equal('malformed');
    for (const body of ['[]', 'null', '7', '{}', '{"function":7}', '{"function":"console.session","params":[]}'])
      expect(await send(body), body).equal('invalid-request');
    expect(await send('{"function":"console.session","params":{"x":1}}')).equal('invalid-params');
    const got = await house.get('/console/call');
    expect([got.status, got.headers['allow']]).eql([405, 'POST']);
    expect((await house.get('/rest/console.session')).status).equal(403);
  });

  it('calls pass the door: host, headers, HTTPS, addresses and the flood limit', async () => {
    const far = await open({
      trustedProxies: ['127.0.0.1'],
      addresses: ['198.51.100.0/24'],
      limits: { floodPerMinute: 12 },
    });
    const code = async (...headers: readonly (readonly [string, string])[]) =>
      (await far.call('console.session', {}, headers)).code;
    const from = (address: string, proto = 'https') =>
      [['X-Forwarded-For', address] as const, ['X-Forwarded-Proto', proto] as const] as const;
    expect(await code(['Host', 'evil.example'])).equal('misdirected');
    expect(await code(['Host', far.host], ['Host', far.host])).equal('malformed');
    expect(await code(...Array.from({ length: 101 }, (_, i) => [`X-${i}`, ''] as const))).equal('too-large');
    expect(await code(...from('198.51.100.9', 'http'))).equal('https-required');
    expect(await code(...from('192.0.2.1'))).equal('address-refused');
    expect(await code(...from('198.51.100.9'))).equal('ok');
    const codes = new Set<string>();
    for (let i = 0; i < 26; i++) codes.add(await code());
    expect([...codes]).have.members(['ok', 'rate-limited']);
  });

  it('answers are for nobody else, and carry the id of the request', async () => {
    const answer = await post(house.port, '{"function":"console.session"}', [json]);
    expect(answer.headers).include({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' });
    expect(JSON.parse(answer.body).requestId).equal(answer.headers['x-request-id']);
  });

  it('calls are recorded with the name of the console, and can be explained by their id', async () => {
    const fay = await house.signIn('fay', 'administrator');
    const refused = await house.call('admin.show_user', { username: 'nobody' }, fay);
    const id = refused.headers['x-request-id'];
    const explain = () => house.call('admin.explain', { request_id: id }, fay);
    let found = await explain();
    for (let i = 0; i < 100 && found.code !== 'ok'; i++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      found = await explain();
    }
    const { record } = found.result.records[0];
    expect(record).include({ protocol: 'console', function: 'admin.show_user', user: 'fay', code: 'invalid-params' });
  });

  it('counts against quotas as any call does', async () => {
    const few = await open({ quotas: { userPerMinute: 3 } });
    const gil = await few.signIn('gil', 'administrator');
    const codes: string[] = [];
    for (let i = 0; i < 8; i++) codes.push((await few.call('admin.list_roles', {}, gil)).code);
    expect(codes).include('ok').include('rate-limited');
  });

  it('is no protocol of the switches, of lists or of keys', async () => {
    const refused = async (name: string, params: object) =>
      house.admin(name, params).then(
        () => 'ok',
        (reason: { code: string }) => reason.code,
      );
    expect(await refused('enable', { kind: 'protocol', names: ['console'] })).equal('invalid-params');
    expect(await refused('create_key', { name: 'K', protocols: ['console'] })).equal('invalid-params');
  });
});
