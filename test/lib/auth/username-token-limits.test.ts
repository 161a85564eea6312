import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { usernameTokenAuthenticator } from '../../../lib/auth/username-token.ts';
import type { MessageCredentials } from '../../../lib/protocol.ts';
import type { EventRecord, UserRecord } from '../../../lib/store/records.ts';
import { house, noon, presented, putUser } from './signature/signing-house.ts';

const app = 'pwa_the password of an application';
let count = 0;

/** A digest with a nonce of its own. */
function digested(password = app, username = 'ana'): MessageCredentials {
  const [nonce, created] = [Buffer.from(`nonce ${++count}`), new Date(noon).toISOString()];
  const sum = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
  return { username, password: sum, digest: { nonce: nonce.toString('base64'), created } };
}

async function setUp(user: Partial<UserRecord> = {}) {
  const events: Omit<EventRecord, 'time'>[] = [];
  const at = { ...house(), event: (event: Omit<EventRecord, 'time'>) => void events.push(event) };
  for (const username of ['ana', 'bob']) {
    const { id } = await putUser(at, { username, ...user });
    await at.store.appPasswords.create({ userId: id, name: 'ERP', created: 0, hash: 'x', sealed: at.seal.seal(app) });
  }
  /** How a digest ends: `ok`, `no`, or the code of a fault. */
  const end = (message: MessageCredentials, address = '192.0.2.1', authenticator = usernameTokenAuthenticator(at)) =>
    (async () => authenticator.verify(message, presented({ message, address, now: noon })))().then(
      (proof) => (proof === undefined ? 'no' : 'ok'),
      (reason: { readonly code: string }) => reason.code,
    );
  const looks = () => at.store.calls.filter((call) => call === 'appPasswords.of').length;
  return { at, events, end, looks };
}

const times = async (many: number, work: (index: number) => Promise<string>): Promise<readonly string[]> => {
  const ends: string[] = [];
  for (let i = 0; i < many; i++) ends.push(await work(i));
  return ends;
};

describe('auth/username-token: guesses by digest', () => {
  it('are limited per account before any work, wherever they come from, and leave events up to the limit', async () => {
    const { events, end, looks } = await setUp();
    const ends = await times(13, (i) => end(digested('wrong'), `192.0.2.${i}`));
    expect(ends).deep.equal([...Array(10).fill('no'), ...Array(3).fill('rate-limited')]);
    expect(looks()).equal(10);
    expect(events).length(10);
    expect(events[0]).deep.equal({ kind: 'login-failed', actor: 'ana', address: '192.0.2.0', requestId: 'r1' });
    expect(await end(digested(), '192.0.2.99'), 'a right one of somebody new').equal('rate-limited');
    expect(await end(digested(app, 'bob'), '192.0.2.99')).equal('ok');
  });

  it('are limited per address, whomever they name', async () => {
    const { at, events, end } = await setUp();
    const ends = await times(22, (i) => end(digested('wrong', `user ${i}`)));
    expect(ends).deep.equal([...Array(20).fill('no'), ...Array(2).fill('rate-limited')]);
    expect(events.map(({ actor }) => actor)).deep.equal(
      Array.from({ length: 20 }, (_, i) => `unknown:${at.mark(`user ${i}`)}`),
    );
  });

  it('are limited together with passwords that are sent', async () => {
    const { end } = await setUp();
    await times(9, () => end(digested('wrong')));
    expect(await end({ username: 'ana', password: 'wrong' })).equal('no');
    expect(await end(digested('wrong'))).equal('rate-limited');
  });

  it('count also what is broken, out of time, repeated, or from where the user may not be', async () => {
    const { events, end } = await setUp({ addresses: ['192.0.2.0/24'] });
    const right = digested();
    expect(await end(right)).equal('ok');
    const late = { ...right, digest: { nonce: 'AAAA', created: '2020-01-01T00:00:00Z' } };
    const broken = { ...right, digest: { nonce: '', created: '' } };
    for (const one of [right, late, broken]) expect(await end(one)).equal('no');
    expect(await end(digested(), '198.51.100.1')).equal('no');
    expect(events).length(4);
  });

  it('do not limit those who are right, over many processes and accounts', async () => {
    const { events, end } = await setUp();
    const ends = await times(60, (i) => end(digested(app, i % 2 === 0 ? 'ana' : 'bob')));
    expect(new Set(ends)).deep.equal(new Set(['ok']));
    expect(events).deep.equal([]);
  });

  it('let those go on who were right a moment ago, and bound what these may guess', async () => {
    const { at, events, end, looks } = await setUp();
    const authenticator = usernameTokenAuthenticator(at);
    const own = (message: MessageCredentials) => end(message, '192.0.2.1', authenticator);
    expect(await own(digested())).equal('ok');
    await times(10, () => end(digested('wrong'), '198.51.100.1', authenticator));
    expect(await end(digested(), '198.51.100.1', authenticator)).equal('rate-limited');
    const together = await Promise.all(Array.from({ length: 40 }, () => own(digested())));
    expect(new Set(together), 'all at once').deep.equal(new Set(['ok']));
    expect(await own(digested('wrong'))).equal('rate-limited');
    const before = looks();
    expect(await own(digested())).equal('rate-limited');
    expect(looks()).equal(before);
    expect(events).length(10);
  });

  it('are refused while they cannot be counted', async () => {
    const { at, end, looks } = await setUp();
    at.store.away = true;
    expect(await end(digested())).equal('unavailable');
    expect(looks()).equal(0);
  });
});
