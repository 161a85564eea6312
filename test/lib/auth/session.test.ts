import { expect } from 'chai';
import fc from 'fast-check';
import { endSession, endSessions, sessionAuthenticator, startSession } from '../../../lib/auth/session.ts';
import { addUser, day, now, presented, proofOf, testCustody } from './memory-custody.ts';

const hour = 3_600_000;

async function setUp() {
  const custody = testCustody({ logins: { sessionSeconds: 3_600 } });
  const { id } = await addUser(custody);
  const member = await custody.directory.user(id);
  if (member === undefined) throw new Error('no user');
  const started = await startSession(custody, member, now);
  const cookie = started.cookie.slice(0, started.cookie.indexOf(';'));
  const authenticator = sessionAuthenticator(custody);
  const prove = (header: string, at = now) => proofOf(authenticator, presented({ cookie: header }, { now: at }));
  return { custody, id, member, started, cookie, authenticator, prove };
}

describe('auth/session', () => {
  it('gives a cookie that browsers keep to this host, from scripts and from other sites', async () => {
    const { started } = await setUp();
    expect(started.cookie).match(/^__Host-polywire=pws_[A-Za-z0-9_-]{32}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    expect(started.csrf).match(/^pwc_[A-Za-z0-9_-]{32}$/);
    expect(started.cookie).not.contain(started.csrf);
  });

  it('proves the user, and says what every POST must repeat', async () => {
    const { prove, cookie, started, id } = await setUp();
    const proof = await prove(cookie);
    expect(proof?.user?.id).equal(String(id));
    expect(proof?.csrf).equal(started.csrf);
    expect((await prove(`a=1; ${cookie};b="x"`))?.user?.id).equal(String(id));
  });

  it('gives each session a CSRF token of its own', async () => {
    const { custody, member, started } = await setUp();
    expect((await startSession(custody, member, now)).csrf).not.equal(started.csrf);
  });

  it('keeps a hash of the cookie only', async () => {
    const { custody, cookie } = await setUp();
    const secret = cookie.slice(cookie.indexOf('=') + 1);
    expect(await custody.store.sessions.find(secret)).equal(undefined);
    expect(custody.store.calls).contain('sessions.create');
  });

  it('is for browsers: REST, JSON-RPC and the console', async () => {
    const { authenticator, cookie } = await setUp();
    const found = (protocol: string) => authenticator.find(presented({ cookie }, { protocol })) !== undefined;
    expect(['rest', 'jsonrpc', 'console'].map(found)).deep.equal([true, true, true]);
    expect(['soap', 'xmlrpc', 'mcp'].map(found)).deep.equal([false, false, false]);
    expect(authenticator.ambient).equal(true);
    expect(authenticator.repeatable).not.equal(true);
  });

  it('takes two cookies of the name for none', async () => {
    const { prove, cookie, authenticator } = await setUp();
    expect(authenticator.find(presented({ cookie: `${cookie}; ${cookie}` }))).equal(undefined);
    expect(await prove(`__Host-polywire=x; ${cookie}`)).equal(undefined);
  });

  it('lives on while it is used, written at most once a minute', async () => {
    const { prove, cookie, custody } = await setUp();
    const extended = () => custody.store.calls.filter((call) => call === 'sessions.extend').length;
    await prove(cookie, now + 59_999);
    expect(extended()).equal(0);
    await prove(cookie, now + 60_000);
    await prove(cookie, now + 60_001);
    expect(extended()).equal(1);
    expect((await prove(cookie, now + hour + 30_000))?.user).not.equal(undefined);
    expect(await prove(cookie, now + 3 * hour)).equal(undefined);
  });

  it('ends on time', async () => {
    const { prove, cookie } = await setUp();
    expect(await prove(cookie, now + hour)).equal(undefined);
    expect((await prove(cookie, now + hour - 1))?.limits.validUntil).equal(now + hour);
  });

  it('ends with the user', async () => {
    const { prove, cookie, custody, id } = await setUp();
    await custody.store.users.update(id, { validUntil: now + 1_000 });
    expect((await prove(cookie))?.limits.validUntil).equal(now + 1_000);
    await custody.store.users.update(id, { validUntil: now - day });
    expect(await prove(cookie)).equal(undefined);
    await custody.store.users.update(id, { validUntil: undefined, state: 'suspended' });
    expect(await prove(cookie)).equal(undefined);
  });

  it('ends at once when it is ended, and takes the cookie away', async () => {
    const { prove, cookie, custody, id } = await setUp();
    expect(await prove(cookie)).not.equal(undefined);
    expect(await endSessions(custody, id)).equal(
      '__Host-polywire=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict',
    );
    expect(await prove(cookie)).equal(undefined);
    expect(await endSessions(custody, id)).contain('Max-Age=0');
  });

  it('ends alone when it is ended alone', async () => {
    const { prove, cookie, custody, member } = await setUp();
    const other = (await startSession(custody, member, now)).cookie.split(';', 1)[0] ?? '';
    const { session = '' } = (await prove(cookie)) ?? {};
    expect(cookie).not.contain(session);
    expect(await endSession(custody, session)).equal(
      '__Host-polywire=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict',
    );
    expect(await prove(cookie)).equal(undefined);
    expect((await prove(other))?.session).not.equal(session);
    expect(await endSession(custody, session), 'twice').contain('Max-Age=0');
  });

  it('goes on when extending it fails', async () => {
    const { prove, cookie, custody } = await setUp();
    Object.assign(custody.store.sessions, { extend: () => Promise.reject(new Error('away')) });
    expect(await prove(cookie, now + 120_000)).not.equal(undefined);
  });

  it('proves nothing of garbage, and never throws', async () => {
    const { prove, cookie } = await setUp();
    for (const header of ['', ';;=', '__Host-polywire', '__Host-polywire=', `${cookie}x`, cookie.slice(0, -1)]) {
      expect(await prove(header), header).equal(undefined);
    }
    expect(await prove(`__Host-polywire=${'x'.repeat(100_000)}`)).equal(undefined);
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => (await prove(`__Host-polywire=${text}`)) === undefined),
    );
    await fc.assert(fc.asyncProperty(fc.string(), async (text) => (await prove(text)) === undefined));
  });
});
