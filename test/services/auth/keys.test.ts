import { expect } from 'chai';
import { createKey, keyAuthenticator } from '../../../lib/auth/key.ts';
import { keyProof } from '../../../lib/auth/proof.ts';
import { addUser, day, noUses, presented, proofOf } from '../../lib/auth/memory-custody.ts';
import { rejected } from '../../lib/caught.ts';
import { call, identityOf, identityOfUser, withUser } from './call.ts';

interface Renewed {
  readonly key: string;
  readonly secret: string;
  readonly expires?: Date;
  readonly overlap: Date;
}

async function setUp() {
  const { custody, record: user } = await withUser();
  const validUntil = Date.now() + day;
  const { record, secret } = await createKey(custody, { name: 'App', owner: user.id, validUntil }, Date.now());
  const works = async (text: string) => {
    const request = presented({ 'x-api-key': text }, { now: Date.now() });
    return (await proofOf(keyAuthenticator(custody, noUses), request)) !== undefined;
  };
  return { custody, user, record, secret, works, validUntil };
}

describe('services/auth/renewkey', () => {
  it('gives the key that calls a new secret; the old one works on for a while, the key ends when it did', async () => {
    const { custody, record, secret, works, validUntil } = await setUp();
    const me = identityOf(keyProof(record));
    const renewed: Renewed = await call(custody, 'auth.renewkey', { key: record.id }, me);
    expect(await works(renewed.secret)).equal(true);
    expect(await works(`${record.id}.${secret}`)).equal(true);
    expect(renewed.expires?.getTime()).equal(validUntil);
    expect(renewed.overlap.getTime()).within(Date.now() + 6 * day, Date.now() + 7 * day);
    const { kind, actor, subject } = custody.events.at(-1) ?? {};
    expect({ kind, actor, subject }).deep.equal({ kind: 'key-rotated', actor: record.id, subject: record.id });
    expect(JSON.stringify(custody.events)).not.contain(renewed.secret);
  });

  it('does the same for the user who owns the key', async () => {
    const { custody, user, record, works } = await setUp();
    const me = await identityOfUser(custody, user.id);
    const renewed: Renewed = await call(custody, 'auth.renewkey', { key: record.id }, me);
    expect(await works(renewed.secret)).equal(true);
  });

  it('refuses keys of others and unknown ones alike', async () => {
    const { custody, record } = await setUp();
    const other = await addUser(custody, { username: 'bob' });
    const mine = await createKey(custody, { name: 'Mine' }, Date.now());
    const faults = [];
    for (const me of [await identityOfUser(custody, other.id), identityOf(keyProof(mine.record))]) {
      for (const key of [record.id, 'unknown']) {
        const { code, message } = await rejected(call(custody, 'auth.renewkey', { key }, me));
        faults.push(`${code} ${message}`);
      }
    }
    expect(new Set(faults)).deep.equal(new Set(['forbidden This is not a key of yours']));
    expect((await custody.store.keys.find(record.id))?.secrets).length(1);
  });

  it('wants to know who calls', async () => {
    const { custody, record } = await setUp();
    expect((await rejected(call(custody, 'auth.renewkey', { key: record.id }))).code).equal('unauthenticated');
  });

  it('does not bring back keys that have ended', async () => {
    const { custody, record } = await setUp();
    await custody.store.keys.update(record.id, { validUntil: Date.now() - 1 });
    const me = identityOf(keyProof(record));
    const fault = await rejected(call(custody, 'auth.renewkey', { key: record.id }, me));
    expect(fault).include({ code: 'forbidden', message: 'This key has ended' });
  });
});
