import { expect } from 'chai';
import fc from 'fast-check';
import { basicAuthenticator } from '../../../lib/auth/basic.ts';
import { LoginMemory } from '../../../lib/auth/login-memory.ts';
import { addUser, cheapHashes, now, presented, proofOf, testCustody } from './memory-custody.ts';

const basic = (pair: string | Buffer) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

async function setUp() {
  const custody = testCustody({ logins: { perAccount: 10_000, perAddress: 10_000 } });
  const cheap = cheapHashes();
  const user = await addUser(custody, { username: 'zoë', password: await cheap.hashes.hash('pass:wörd') });
  cheap.computed = 0;
  return { custody, cheap, user, authenticator: basicAuthenticator(custody, cheap.hashes) };
}

describe('auth/basic', () => {
  it('reads names and passwords in UTF-8; the password may have colons', async () => {
    const { authenticator, user } = await setUp();
    const proof = await proofOf(authenticator, presented(basic('zoë:pass:wörd')));
    expect(proof?.user).deep.equal({ id: String(user.id), username: 'zoë' });
    expect(await proofOf(authenticator, presented(basic('zoë:pass:word')))).equal(undefined);
  });

  it('hashes a password that was right once a minute, a wrong one each time', async () => {
    const { authenticator, cheap } = await setUp();
    const request = (at: number) => presented(basic('zoë:pass:wörd'), { now: at });
    for (const at of [now, now + 1, now + 59_999])
      expect(await proofOf(authenticator, request(at))).not.equal(undefined);
    expect(cheap.computed).equal(1);
    await proofOf(authenticator, request(now + 60_000));
    expect(cheap.computed).equal(2);
    for (let i = 0; i < 2; i++) await proofOf(authenticator, presented(basic('zoë:wrong')));
    expect(cheap.computed).equal(4);
  });

  it('answers without waiting where the password was right a moment ago', async () => {
    const { authenticator } = await setUp();
    const request = presented(basic('zoë:pass:wörd'));
    await proofOf(authenticator, request);
    expect(authenticator.verify(authenticator.find(request) ?? '', request)).not.instanceOf(Promise);
  });

  it('forgets a right password as soon as users change', async () => {
    const { authenticator, custody, user } = await setUp();
    const request = presented(basic('zoë:pass:wörd'));
    expect(await proofOf(authenticator, request)).not.equal(undefined);
    await custody.store.users.update(user.id, { state: 'suspended' });
    expect(await proofOf(authenticator, request)).equal(undefined);
    await custody.store.users.update(user.id, { state: 'active', password: undefined });
    expect(await proofOf(authenticator, request)).equal(undefined);
  });

  it('is not repeatable: a connection is no reason not to ask again', async () => {
    expect((await setUp()).authenticator.repeatable).not.equal(true);
  });

  it('finds nothing in other schemes', async () => {
    const { authenticator } = await setUp();
    for (const authorization of ['Bearer x', 'Basics eDp5', 'Digest x', '']) {
      expect(authenticator.find(presented({ authorization })), authorization).equal(undefined);
    }
    expect(authenticator.find(presented({}))).equal(undefined);
  });

  it('proves nothing of garbage, and never throws', async () => {
    const { authenticator, cheap } = await setUp();
    const broken = ['Basic', 'basic ', 'BASIC !!!', 'Basic bm9jb2xvbg==', 'Basic OnB3', `Basic ${'A'.repeat(100_000)}`];
    for (const authorization of broken) {
      expect(authenticator.find(presented({ authorization })), authorization.slice(0, 20)).not.equal(undefined);
      expect(await proofOf(authenticator, presented({ authorization }))).equal(undefined);
    }
    for (const pair of [Buffer.from([0xff, 0xfe, 0x3a, 0x41]), 'a\0:b', 'a:b\n']) {
      expect(await proofOf(authenticator, presented(basic(pair)))).equal(undefined);
    }
    expect(cheap.computed).equal(0);
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await proofOf(authenticator, presented({ authorization: `Basic ${text}` }))).equal(undefined);
      }),
    );
  });

  it('refuses two Authorization headers, of which Node shows the first', async () => {
    const { authenticator } = await setUp();
    const headers = basic('zoë:pass:wörd');
    const rawHeaders = ['Authorization', headers.authorization, 'authorization', 'Bearer x'];
    expect(await proofOf(authenticator, presented(headers, { rawHeaders }))).equal(undefined);
  });
});

describe('auth/login-memory', () => {
  it('keeps nothing that was found right before a change', () => {
    let revision = 1;
    const memory = new LoginMemory(() => revision);
    const before = revision;
    revision = 2;
    memory.keep('ana', 'right', 7, now, before);
    expect(memory.find('ana', 'right', now)).equal(undefined);
    memory.keep('ana', 'right', 7, now, revision);
    expect(memory.find('ANA', 'right', now)).equal(7);
    expect(memory.find('ana', 'wrong', now)).equal(undefined);
    expect(memory.find('an', 'aright', now)).equal(undefined);
    revision = 3;
    expect(memory.find('ana', 'right', now)).equal(undefined);
  });
});
