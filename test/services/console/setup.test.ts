import { expect } from 'chai';
import type { PartialSettings } from '../../../index.ts';
import { hashOf } from '../../../lib/auth/secret.ts';
import { openStore } from '../../../lib/store/open.ts';
import { overDatabases } from '../../access/databases.ts';
import { type ConsoleHouse, openConsole, password, sessionOf } from './house.ts';

overDatabases('the link of the first administrator', (kind) => {
  const houses: ConsoleHouse[] = [];
  const open = async (settings: PartialSettings = {}, database?: string) => {
    const house = await openConsole({ kind, settings, ...(database === undefined ? {} : { database }) });
    houses.push(house);
    return house;
  };
  after(() => Promise.all(houses.reverse().map((one) => one.close())));

  const offer = (house: ConsoleHouse) =>
    house.server.call('admin.offer_setup') as Promise<{ readonly wanted: boolean; readonly secret?: string }>;
  const secretOf = async (house: ConsoleHouse) => (await offer(house)).secret ?? '';
  const setUp = (house: ConsoleHouse, secret: string, username: string, given = password) =>
    house.call('console.setup', { secret, username, password: given });

  it('makes the administrator and signs in; a second time it is good for nothing', async () => {
    const house = await open();
    const secret = await secretOf(house);
    expect(secret).match(/^pwi_[A-Za-z0-9_-]{32}$/);
    expect((await house.call('console.session')).result.site.setup).equal(true);
    const made = await setUp(house, secret, 'ana');
    expect(made.code, made.body).equal('ok');
    expect(made.headers['set-cookie']).match(/^__Host-polywire=pws_[^;]+; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    expect(made.body).not.include('pws_');
    const session = sessionOf(made);
    expect((await house.call('console.session', {}, session)).result.user).eql({
      username: 'ana',
      fullname: 'ana',
      roles: ['administrator'],
      capabilities: ['*'],
    });
    expect((await house.call('admin.list_users', {}, session)).code).equal('ok');
    expect((await house.call('console.session')).result.site.setup).equal(false);
    const again = await setUp(house, secret, 'eve');
    expect([again.code, again.status]).eql(['invalid-credentials', 401]);
    expect(again.headers).not.have.property('set-cookie');
    expect(await offer(house)).eql({ wanted: false });
    expect((await house.call('auth.startsession', { username: 'ana', password })).code).equal('ok');
    const { result } = await house.call('admin.events', {}, session);
    const kinds = result.map(({ kind: one, actor }: { kind: string; actor?: string }) => `${one} ${actor ?? '-'}`);
    expect(kinds).include.members(['user-created ana', 'role-assigned ana', 'session-started ana', 'setup-refused -']);
  });

  it('of many who use it at the same time, at several processes, one becomes the administrator', async () => {
    const house = await open();
    const other = await open({}, house.database);
    const secret = await secretOf(house);
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, i) => setUp(i % 2 === 0 ? house : other, secret, `u${i}`)),
    );
    expect(made.map(({ code }) => code).sort()).eql([
      'invalid-credentials',
      'invalid-credentials',
      'invalid-credentials',
      'invalid-credentials',
      'invalid-credentials',
      'ok',
    ]);
    expect(await house.admin('list_users')).lengthOf(1);
  });

  it('is good at every process that serves the site, and each has a link of its own', async () => {
    const house = await open();
    const other = await open({}, house.database);
    const secrets = [await secretOf(house), await secretOf(other)] as const;
    expect(secrets[0]).not.equal(secrets[1]);
    expect((await setUp(other, secrets[0], 'ana')).code).equal('ok');
    expect((await setUp(house, secrets[1], 'eve')).code).equal('invalid-credentials');
  });

  it('ends after an hour, and is kept as a hash', async () => {
    const house = await open();
    const secret = await secretOf(house);
    const store = await openStore(house.database ?? '');
    try {
      const now = Date.now();
      expect(await store.setups.isOffered(hashOf(secret), now + 3_590_000)).equal(true);
      expect(await store.setups.isOffered(hashOf(secret), now + 3_600_001)).equal(false);
      await store.setups.offer(hashOf('pwi_old'), now - 1);
    } finally {
      await store.close();
    }
    expect((await setUp(house, 'pwi_old', 'ana')).code).equal('invalid-credentials');
    expect(await house.admin('list_users')).eql([]);
  });

  it('a wrong secret, name or password leaves the right link as it was', async () => {
    const house = await open({ logins: { perAddress: 1_000 } });
    const secret = await secretOf(house);
    for (const wrong of ['', 'x', `${secret}x`, secret.slice(0, -1), secret.toLowerCase()])
      expect((await setUp(house, wrong, 'ana')).code, wrong).equal('invalid-credentials');
    expect((await setUp(house, secret, 'ana', 'short')).code).equal('invalid-params');
    expect((await setUp(house, secret, 'a b')).code).equal('invalid-params');
    await house.admin('create_user', { username: 'taken', name: 'T' });
    expect((await setUp(house, secret, 'TAKEN')).code).equal('conflict');
    expect((await setUp(house, secret, 'ana')).code).equal('ok');
  });

  it('is no use once somebody has become administrator another way', async () => {
    const house = await open();
    const secret = await secretOf(house);
    await house.signIn('cli', 'administrator');
    expect((await setUp(house, secret, 'ana')).code).equal('conflict');
  });

  it('attempts are counted, so that nobody tries without end', async () => {
    const house = await open({ logins: { perAddress: 3 } });
    const codes: string[] = [];
    for (let i = 0; i < 8; i++) codes.push((await setUp(house, `pwi_${i}`, 'ana')).code);
    expect(codes).include('invalid-credentials').and.include('rate-limited');
  });

  it('exists for the console alone, and is offered by nobody from outside', async () => {
    const house = await open({
      enablewebservices: true,
      enabledwsprotocols: ['rest'],
      enabledwsfunctions: ['admin.offer_setup', 'console.setup', '*'],
    });
    const admin = await house.signIn('root', 'administrator');
    expect((await house.call('admin.offer_setup', {}, admin)).code).equal('unknown-function');
    expect((await house.call('console.functions', { all: true }, admin)).body).not.include('offer_setup');
    const rest = await house.get('/rest/console.setup', [['Content-Type', 'application/json']], 'POST');
    expect(rest.status).equal(404);
  });

  it('is not offered where there is no console', async () => {
    const house = await open({ console: { enabled: false } });
    expect(await offer(house)).eql({ wanted: true });
  });
});

describe('the console without a database', () => {
  it('has nobody to set up', async () => {
    const house = await openConsole();
    try {
      const answer = await house.call('console.setup', { secret: 'x', username: 'ana', password });
      expect(answer.code).equal('unknown-function');
    } finally {
      await house.close();
    }
  });
});
