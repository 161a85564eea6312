import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { logIn } from '../../../lib/auth/login.ts';
import { Passwords } from '../../../lib/auth/password.ts';
import { hashOf } from '../../../lib/auth/secret.ts';
import type { UserRecord } from '../../../lib/store/records.ts';
import { rejected } from '../caught.ts';
import { addUser, cheapHashes, day, now, type TestCustody, testCustody } from './memory-custody.ts';

const right = { username: 'ana', password: 'right', address: '192.0.2.7', requestId: 'r7', now };

describe('auth/login', () => {
  let custody: TestCustody;
  let cheap: ReturnType<typeof cheapHashes>;

  async function setUp(user: Partial<UserRecord> = {}, logins: object = {}) {
    custody = testCustody({ logins });
    cheap = cheapHashes();
    const record = await addUser(custody, { password: await cheap.hashes.hash('right'), ...user });
    cheap.computed = 0;
    return record;
  }

  const attempt = (more: Partial<typeof right> = {}) => logIn(custody, { ...right, ...more }, cheap.hashes);

  it('lets in who knows the password, whatever the case of the name', async () => {
    await setUp();
    expect((await attempt({ username: 'ANA' }))?.record.username).equal('Ana');
    expect(custody.events).deep.equal([{ kind: 'login', actor: 'Ana', address: '192.0.2.7', requestId: 'r7' }]);
  });

  it('answers unknown users as it answers wrong passwords, after the same work', async () => {
    await setUp();
    expect(await attempt({ password: 'wrong' })).equal(undefined);
    expect(cheap.computed).equal(1);
    expect(await attempt({ username: 'bob' })).equal(undefined);
    expect(cheap.computed).equal(2);
    const reads = custody.store.calls.filter((call) => call === 'users.byName');
    expect(reads).length(2);
  });

  it('notes failures by name for users and by a mark for names that nobody has', async () => {
    await setUp();
    await attempt({ password: 'wrong' });
    await attempt({ username: 'my-password-in-the-wrong-field' });
    const [known, unknown] = custody.events;
    expect(known).deep.equal({ kind: 'login-failed', actor: 'Ana', address: '192.0.2.7', requestId: 'r7' });
    expect(unknown?.actor).equal(`unknown:${custody.mark('my-password-in-the-wrong-field')}`);
    expect(unknown?.actor).not.contain(hashOf('my-password-in-the-wrong-field').slice(0, 16));
    expect(JSON.stringify(custody.events)).not.contain('wrong-field');
  });

  it('refuses suspended, unconfirmed, expired and future users after the hash', async () => {
    const states = [
      { state: 'suspended' },
      { state: 'unconfirmed' },
      { validUntil: now - day },
      { validFrom: now + day },
    ] as const;
    for (const user of states) {
      await setUp(user);
      expect(await attempt(), JSON.stringify(user)).equal(undefined);
      expect(cheap.computed).equal(1);
      expect(custody.events[0]?.kind).equal('login-failed');
    }
    await setUp({ validUntil: now + day, validFrom: now - day });
    expect((await attempt())?.record.username).equal('Ana');
  });

  it('refuses users without a password, and names and passwords without end', async () => {
    await setUp({ password: undefined });
    expect(await attempt()).equal(undefined);
    expect(await attempt({ password: '' })).equal(undefined);
    const before = cheap.computed;
    expect(await attempt({ password: 'x'.repeat(2_000) })).equal(undefined);
    expect(await attempt({ username: 'x'.repeat(2_000) })).equal(undefined);
    expect(cheap.computed).equal(before);
  });

  it('counts attempts per account before it hashes, wherever they come from', async () => {
    await setUp({}, { perAccount: 3, perAddress: 100 });
    for (let i = 0; i < 3; i++) await attempt({ password: 'wrong', address: `192.0.2.${i}` });
    const fault = await rejected(attempt({ username: 'aNa', now: now + 1 }));
    expect(fault.code).equal('rate-limited');
    expect(fault.retryAfter).within(1, 60);
    expect(cheap.computed).equal(3);
    expect((await attempt({ now: now + 60_000 }))?.record.username).equal('Ana');
  });

  it('counts attempts per address, a whole IPv6 network as one', async () => {
    await setUp({}, { perAccount: 100, perAddress: 2 });
    for (const username of ['a', 'b']) await attempt({ username, address: '2001:db8:1:2::1' });
    expect((await rejected(attempt({ username: 'c', address: '2001:db8:1:2:ffff::9' }))).code).equal('rate-limited');
    expect(await attempt({ username: 'c', address: '2001:db8:1:3::1' })).equal(undefined);
    for (const username of ['d', 'e']) await attempt({ username, address: '::ffff:192.0.2.9' });
    expect((await rejected(attempt({ username: 'f', address: '192.0.2.9' }))).code).equal('rate-limited');
  });

  it('does not count an attempt of a refused address against the account', async () => {
    await setUp({}, { perAccount: 2, perAddress: 1 });
    await attempt({ password: 'wrong' });
    for (let i = 0; i < 5; i++) await rejected(attempt({ password: 'wrong' }));
    expect((await attempt({ address: '192.0.2.8' }))?.record.username).equal('Ana');
  });

  it('lets nobody in while it cannot count', async () => {
    await setUp();
    custody.store.away = true;
    expect((await rejected(attempt())).code).equal('unavailable');
    expect(cheap.computed).equal(0);
  });

  it('brings old hashes up to the present cost', async () => {
    const old = await setUp();
    const weak = (old.password ?? '').replace('$15$', '$14$');
    await custody.store.users.update(old.id, { password: weak });
    expect(await attempt()).not.equal(undefined);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const fresh = await custody.store.users.find(old.id);
    expect(fresh?.password).match(/^scrypt\$15\$/);
    expect(await attempt()).not.equal(undefined);
  });

  it('leaves a password alone that was changed while the old one was hashed anew', async () => {
    const old = await setUp();
    await custody.store.users.update(old.id, { password: (old.password ?? '').replace('$15$', '$14$') });
    let begun = 0;
    let proceed: () => void = () => {};
    const slow = new Passwords({
      derive: async (password, salt, length) => {
        if (++begun > 1)
          await new Promise<void>((resolve) => {
            proceed = resolve;
          });
        return createHash('sha512').update(salt).update(password).digest().subarray(0, length);
      },
    });
    expect(await logIn(custody, right, slow)).not.equal(undefined);
    expect(begun).equal(2);
    await custody.store.users.update(old.id, { password: 'changed' });
    proceed();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await custody.store.users.find(old.id))?.password).equal('changed');
  });
});
