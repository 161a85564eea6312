import { expect } from 'chai';
import fc from 'fast-check';
import { stillHolds } from '../../../lib/auth/identity.ts';
import { hashOf } from '../../../lib/auth/secret.ts';
import { renewedHeader, tokenAuthenticator } from '../../../lib/auth/token.ts';
import { createToken, type NewToken } from '../../../lib/auth/token-making.ts';
import type { UserRecord } from '../../../lib/store/records.ts';
import { caught, rejected } from '../caught.ts';
import { addUser, day, noUses, now, presented, proofOf, testCustody } from './memory-custody.ts';

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function setUp(token: Partial<NewToken> = {}, user: Partial<UserRecord> = {}) {
  const custody = testCustody({ logins: { renewalGrace: 60 } });
  const { id } = await addUser(custody, user);
  const { record, secret } = await createToken(custody, { userId: id, name: 'T', ...token }, now);
  const authenticator = tokenAuthenticator(custody, noUses);
  const prove = (text: string, at = now) => proofOf(authenticator, presented(bearer(text), { now: at }));
  return { custody, id, record, secret, authenticator, prove };
}

describe('auth/token', () => {
  it('proves the user whose token it is, and counts both', async () => {
    const { prove, secret, id, record } = await setUp({ perDay: 9, serviceId: 3 }, { perMinute: 5 });
    const proof = await prove(secret);
    expect(proof?.user).deep.equal({ id: String(id), username: 'Ana' });
    expect(proof?.serviceId).equal(3);
    expect(proof?.subjects).deep.equal([
      { name: `token:${record.id}`, perMinute: undefined, perDay: 9 },
      { name: `user:${id}`, perMinute: 5, perDay: undefined },
    ]);
  });

  it('waits for nothing once token and user have been read', async () => {
    const { prove, secret, authenticator } = await setUp();
    await prove(secret);
    expect(authenticator.verify(secret, presented({}))).not.instanceOf(Promise);
  });

  it('keeps no secret: a hash alone', async () => {
    const { custody, secret } = await setUp();
    const [held] = await custody.store.tokens.list();
    expect(held?.hash).equal(hashOf(secret));
    expect(JSON.stringify([held, custody.events])).not.contain(secret);
  });

  it('refuses tokens that are revoked, and of users who may not come in', async () => {
    const { prove, secret, record, custody, id } = await setUp();
    await custody.store.users.update(id, { validUntil: now + day });
    expect((await prove(secret))?.limits.validUntil).equal(now + day);
    await custody.store.users.update(id, { validUntil: now - day });
    expect(await prove(secret)).equal(undefined);
    await custody.store.users.update(id, { validUntil: undefined, state: 'suspended' });
    expect(await prove(secret)).equal(undefined);
    await custody.store.users.update(id, { state: 'active' });
    expect(await prove(secret)).not.equal(undefined);
    await custody.store.tokens.revoke(record.id, now);
    expect(await prove(secret)).equal(undefined);
  });

  it('leaves JWTs and other schemes to others', async () => {
    const { authenticator } = await setUp();
    const find = (authorization: string) => authenticator.find(presented({ authorization }));
    expect(find('Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2ln')).equal(undefined);
    expect(find('Basic eDp5')).equal(undefined);
    expect(find('Bearers x')).equal(undefined);
    expect(find('bearer  pwt_x ')).equal('pwt_x');
    expect(find('Bearer eyJ')).equal('eyJ');
    expect(find('Bearer')).equal('');
  });

  it('proves nothing of garbage, and never throws', async () => {
    const { prove, secret } = await setUp();
    for (const text of ['', secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), 'x'.repeat(100_000), 'eyJ.x']) {
      expect(await prove(text), text.slice(0, 40)).equal(undefined);
    }
    await fc.assert(fc.asyncProperty(fc.string(), async (text) => (await prove(text)) === undefined));
  });

  it('refuses two Authorization headers, of which Node shows the first', async () => {
    const { authenticator, secret } = await setUp();
    const headers = bearer(secret);
    const rawHeaders = ['Authorization', headers.authorization, 'AUTHORIZATION', headers.authorization];
    expect(await proofOf(authenticator, presented(headers, { rawHeaders }))).equal(undefined);
  });

  it('tells that the store is away', async () => {
    const { prove, secret, custody } = await setUp();
    custody.store.away = true;
    expect((await rejected(prove(secret))).code).equal('unavailable');
  });
});

describe('auth/token-renewal', () => {
  const fresh = async (prove: Awaited<ReturnType<typeof setUp>>['prove'], text: string, at = now) =>
    (await prove(text, at))?.headers?.[renewedHeader];

  it('brings a fresh token with the answer, and ends the old one after its grace', async () => {
    const { prove, secret, custody } = await setUp({ renewing: true, validUntil: now + day });
    const proof = await prove(secret);
    const next = proof?.headers?.[renewedHeader] ?? '';
    expect(next).match(/^pwt_/).not.equal(secret);
    expect(proof?.limits.validUntil).equal(now + 60_000);
    const identity = { proofs: proof === undefined ? [] : [proof], grants: [], scopes: undefined, repeatable: true };
    expect(stillHolds(identity, presented({}, { now: now + 59_999 }))).equal(identity);
    expect(caught(() => stillHolds(identity, presented({}, { now: now + 60_000 }))).code).equal('invalid-credentials');
    const held = await custody.store.tokens.byHash(hashOf(next));
    expect(held).include({ renewing: true, validUntil: now + day, userId: proof ? Number(proof.user?.id) : 0 });
    expect(await fresh(prove, next, now + 1_000)).match(/^pwt_/);
  });

  it('renews once for requests that come at the same time and within the grace', async () => {
    const { prove, secret, custody } = await setUp({ renewing: true });
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => fresh(prove, secret)));
    expect(new Set([one, two, three, await fresh(prove, secret, now + 59_000)]).size).equal(1);
    expect(one).match(/^pwt_/);
    expect(await custody.store.tokens.list()).length(2);
  });

  it('knows what another process has renewed', async () => {
    const { prove, secret, custody } = await setUp({ renewing: true });
    await prove(secret);
    const elsewhere = tokenAuthenticator({ ...custody }, noUses);
    const proof = await proofOf(elsewhere, presented(bearer(secret), { now: now + 1_000 }));
    expect(proof?.headers).equal(undefined);
    expect(proof?.limits.validUntil).equal(now + 60_000);
    expect(await custody.store.tokens.list()).length(2);
  });

  it('lives on for as long as it was made for, and no longer than the limits of the first', async () => {
    const { prove, secret, custody } = await setUp({
      renewing: true,
      validUntil: now + 100_000,
      addresses: ['192.0.2.0/24'],
      functions: ['test.*'],
      protocols: ['rest'],
      perDay: 3,
    });
    const next = (await fresh(prove, secret, now + 50_000)) ?? '';
    expect(await custody.store.tokens.byHash(hashOf(next))).deep.include({
      validUntil: now + 150_000,
      addresses: ['192.0.2.0/24'],
      functions: ['test.*'],
      protocols: ['rest'],
      perDay: 3,
    });
  });

  it('renews nothing for a caller from elsewhere, or too late', async () => {
    const { authenticator, secret, custody } = await setUp({
      renewing: true,
      validUntil: now + day,
      addresses: ['192.0.2.7'],
    });
    for (const more of [{ address: '198.51.100.1' }, { now: now + day }]) {
      const fault = await rejected(proofOf(authenticator, presented(bearer(secret), more)));
      expect(fault.code).equal('invalid-credentials');
    }
    expect(await custody.store.tokens.list()).length(1);
  });

  it('ends no token that could not be renewed', async () => {
    const { prove, secret, custody } = await setUp({ renewing: true });
    const { renew } = custody.store.tokens;
    Object.assign(custody.store.tokens, { renew: async () => Promise.reject(new Error('away')) });
    expect(await prove(secret).catch(() => 'failed')).equal('failed');
    Object.assign(custody.store.tokens, { renew });
    expect(await fresh(prove, secret)).match(/^pwt_/);
  });

  it('refuses a renewing token once it is revoked, although it is remembered', async () => {
    const { prove, secret, custody, record } = await setUp({ renewing: true });
    const token = await custody.store.tokens.byHash(hashOf(secret));
    await custody.directory.token(hashOf(secret));
    Object.assign(custody.store.tokens, { byHash: async () => ({ ...token, revoked: now }) });
    expect(await prove(secret)).equal(undefined);
    expect(record.revoked).equal(undefined);
  });

  it('answers the call itself even where there is no grace', async () => {
    const custody = testCustody({ logins: { renewalGrace: 0 } });
    const { id } = await addUser(custody);
    const { secret } = await createToken(custody, { userId: id, name: 'T', renewing: true }, now);
    const proof = await proofOf(tokenAuthenticator(custody, noUses), presented(bearer(secret)));
    expect(proof?.limits.validUntil).equal(now + 1);
    expect(proof?.headers?.[renewedHeader]).match(/^pwt_/);
  });
});
