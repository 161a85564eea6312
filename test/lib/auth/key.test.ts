import { expect } from 'chai';
import fc from 'fast-check';
import { stillHolds } from '../../../lib/auth/identity.ts';
import { createKey, keyAuthenticator, type NewKey, rotateKey } from '../../../lib/auth/key.ts';
import { createSeal } from '../../../lib/auth/seal.ts';
import { caught, rejected } from '../caught.ts';
import { day, noUses, now, presented, proofOf, testCustody } from './memory-custody.ts';

async function setUp(key: Partial<NewKey> = {}) {
  const custody = testCustody();
  const { record, secret } = await createKey(custody, { name: 'App', ...key }, now, { actor: 'cli' });
  const authenticator = keyAuthenticator(custody, noUses);
  const prove = (text: string, at = now) => proofOf(authenticator, presented({ 'x-api-key': text }, { now: at }));
  return { custody, record, secret, authenticator, prove, sent: `${record.id}.${secret}` };
}

describe('auth/key', () => {
  it('proves the program whose key it is', async () => {
    const { prove, sent, record } = await setUp();
    const proof = await prove(sent);
    expect(proof?.client).deep.equal({ id: record.id, name: 'App' });
    expect(proof?.user).equal(undefined);
  });

  it('waits for nothing once the key has been read', async () => {
    const { prove, sent, authenticator } = await setUp();
    await prove(sent);
    expect(authenticator.verify(sent, presented({}))).not.instanceOf(Promise);
  });

  it('keeps no secret: a hash alone, and a sealed one for signing', async () => {
    const { custody, secret } = await setUp({ signing: true });
    const [key] = await custody.store.keys.list();
    expect(JSON.stringify(key)).not.contain(secret.slice(4));
    expect(custody.seal.open(key?.secrets[0]?.sealed ?? '')).equal(secret);
    expect((await setUp()).record.secrets[0]).not.have.property('sealed');
    expect(JSON.stringify(custody.events)).not.contain(secret);
  });

  it('refuses the secret of a signing key', async () => {
    const { prove, sent } = await setUp({ signing: true });
    expect(await prove(sent)).equal(undefined);
  });

  it('refuses what is wrong, foreign, truncated or garbage, without throwing', async () => {
    const { prove, sent, record, secret, custody } = await setUp();
    const other = await createKey(custody, { name: 'Other' }, now);
    const wrong = [
      `${record.id}.${other.secret}`,
      `${other.record.id}.${secret}`,
      sent.slice(0, -1),
      `${sent}x`,
      `${sent}, ${sent}`,
      `${record.id}.`,
      record.id,
      `.${secret}`,
      '',
      'x'.repeat(100_000),
      `${record.id}.${'x'.repeat(100_000)}`,
      `${'z'.repeat(20)}.${secret}`,
    ];
    for (const text of wrong) expect(await prove(text), text.slice(0, 80)).equal(undefined);
    await fc.assert(fc.asyncProperty(fc.string(), async (text) => (await prove(text)) === undefined));
    await fc.assert(fc.asyncProperty(fc.string(), async (text) => (await prove(`${record.id}.${text}`)) === undefined));
  });

  it('finds no key where there is no header', async () => {
    const { authenticator } = await setUp();
    expect(authenticator.find(presented({ authorization: 'Bearer x' }))).equal(undefined);
  });

  it('refuses a revoked key', async () => {
    const { prove, sent, record, custody } = await setUp();
    expect(await prove(sent)).not.equal(undefined);
    await custody.store.keys.update(record.id, { revoked: now });
    expect(await prove(sent)).equal(undefined);
  });

  it('takes both secrets while a rotation overlaps, and ends the old one in time even where it is remembered', async () => {
    const { prove, sent, record, custody } = await setUp();
    const rotated = await rotateKey(custody, record.id, 60, now);
    const fresh = `${record.id}.${rotated?.secret}`;
    expect(await prove(fresh)).not.equal(undefined);
    const old = await prove(sent, now + 59_999);
    expect(old?.limits.validUntil).equal(now + 60_000);
    expect(await prove(sent, now + 60_000)).equal(undefined);
    expect(await prove(fresh, now + 60_000)).not.equal(undefined);
    expect((await prove(fresh))?.limits.validUntil).equal(undefined);
    const identity = { proofs: old === undefined ? [] : [old], grants: [], scopes: undefined, repeatable: true };
    expect(caught(() => stillHolds(identity, presented({}, { now: now + 60_000 }))).code).equal('invalid-credentials');
  });

  it('ends the old secret no later than the key', async () => {
    const { prove, sent, record, custody } = await setUp({ validUntil: now + 10_000 });
    await rotateKey(custody, record.id, 60, now);
    expect((await prove(sent))?.limits.validUntil).equal(now + 10_000);
  });

  it('seals the new secret of a signing key', async () => {
    const { record, custody } = await setUp({ signing: true });
    const rotated = await rotateKey(custody, record.id, 60, now);
    const sealed = rotated?.record.secrets.map((secret) => custody.seal.open(secret.sealed ?? ''));
    expect(sealed).length(2);
    expect(sealed?.[1]).equal(rotated?.secret);
  });

  it('rotates no key that is unknown, revoked or over', async () => {
    const { record, custody } = await setUp({ validUntil: now + day });
    expect(await rotateKey(custody, 'unknown', 60, now)).equal(undefined);
    expect(await rotateKey(custody, record.id, 60, now + day)).equal(undefined);
    await custody.store.keys.update(record.id, { revoked: now });
    expect(await rotateKey(custody, record.id, 60, now)).equal(undefined);
    expect(custody.events.map(({ kind }) => kind)).deep.equal(['key-created']);
  });

  it('lets no key gather secrets without end', async () => {
    const { record, custody } = await setUp();
    for (let i = 0; i < 4; i++) await rotateKey(custody, record.id, 60, now);
    expect((await rejected(rotateKey(custody, record.id, 60, now))).code).equal('conflict');
    expect(await rotateKey(custody, record.id, 60, now + 60_000)).not.equal(undefined);
  });

  it('makes no signing key where nothing can be sealed, and says why', async () => {
    const custody = { ...testCustody(), seal: createSeal([]) };
    const fault = await rejected(createKey(custody, { name: 'App', signing: true }, now));
    expect(fault.code).equal('unavailable');
    expect(await custody.store.keys.list()).deep.equal([]);
  });

  it('refuses limits that nobody can keep', async () => {
    const custody = testCustody();
    const wrong = [{ addresses: ['10.1'] }, { validFrom: now, validUntil: now }, { perDay: -1 }, { perMinute: 1.5 }];
    for (const limits of wrong) {
      const fault = await rejected(createKey(custody, { name: 'App', ...limits }, now));
      expect(fault.code, JSON.stringify(limits)).equal('invalid-params');
    }
    expect(await custody.store.keys.list()).deep.equal([]);
  });

  it('notes uses of keys that were right', async () => {
    const { sent, record, custody } = await setUp();
    const noted: unknown[] = [];
    const authenticator = keyAuthenticator(custody, { key: (...use) => noted.push(use) });
    await proofOf(authenticator, presented({ 'x-api-key': sent }));
    await proofOf(authenticator, presented({ 'x-api-key': `${sent}x` }));
    expect(noted).deep.equal([[record.id, now, '192.0.2.7']]);
  });
});
