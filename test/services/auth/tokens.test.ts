import { expect } from 'chai';
import { hashOf } from '../../../lib/auth/secret.ts';
import { createToken } from '../../../lib/auth/token-making.ts';
import type { ServiceRecord } from '../../../lib/store/records.ts';
import { addUser, day, type TestCustody } from '../../lib/auth/memory-custody.ts';
import { rejected } from '../../lib/caught.ts';
import { call, identityByToken, identityOfUser, withUser } from './call.ts';

interface Issued {
  readonly token: string;
  readonly expires?: Date;
}

const right = { username: 'ana', password: 'right' };
const service: Omit<ServiceRecord, 'id'> = {
  name: 'Mobile',
  description: '',
  enabled: true,
  restricted: false,
  functions: [],
  users: [],
};

describe('services/auth/gettoken', () => {
  it('gives a token for name and password, which ends when the settings say', async () => {
    const { custody, record } = await withUser();
    const { token, expires }: Issued = await call(custody, 'auth.gettoken', right);
    expect(token).match(/^pwt_/);
    expect(expires?.getTime()).within(Date.now() + 89 * day, Date.now() + 90 * day);
    expect((await identityByToken(custody, token))?.user?.id).equal(String(record.id));
    expect(await custody.store.tokens.byHash(token)).equal(undefined);
    const { kind, subject, actor, requestId } = custody.events.at(-1) ?? {};
    const [held] = await custody.store.tokens.list();
    expect({ kind, subject, actor, requestId }).deep.equal({
      kind: 'token-created',
      subject: String(held?.id),
      actor: 'Ana',
      requestId: 'r1',
    });
    expect(JSON.stringify(custody.events)).not.contain(token);
  });

  it('answers strangers alike, whatever they got wrong, a service included', async () => {
    const { custody } = await withUser();
    await custody.store.services.create(service);
    const wrong = [
      { ...right, password: 'wrong' },
      { ...right, username: 'bob' },
      { ...right, password: 'wrong', service: 'Mobile' },
      { ...right, password: 'wrong', service: 'nothing' },
    ];
    for (const params of wrong) {
      const { code, message } = await rejected(call(custody, 'auth.gettoken', params));
      expect({ code, message }).deep.equal({
        code: 'invalid-credentials',
        message: 'The credentials are not accepted',
      });
    }
    expect(await custody.store.tokens.list()).deep.equal([]);
  });

  it('gives no token to users who may not come in', async () => {
    for (const user of [{ state: 'suspended' }, { validUntil: Date.now() - day }] as const) {
      const { custody } = await withUser(user);
      expect((await rejected(call(custody, 'auth.gettoken', right))).code).equal('invalid-credentials');
    }
  });

  it('limits the token to a service by its name', async () => {
    const { custody } = await withUser();
    const { id } = await custody.store.services.create(service);
    const { token }: Issued = await call(custody, 'auth.gettoken', { ...right, service: 'mobile' });
    expect((await custody.store.tokens.byHash(hashOf(token)))?.serviceId).equal(id);
  });

  it('refuses services that are not there, off, or not for this user', async () => {
    const { custody } = await withUser();
    await custody.store.services.create({ ...service, name: 'off', enabled: false });
    await custody.store.services.create({ ...service, name: 'others', restricted: true });
    await custody.store.services.create({ ...service, name: 'able', capability: 'mobile:use' });
    for (const name of ['nothing', 'off', 'others', 'able']) {
      const { code, message } = await rejected(call(custody, 'auth.gettoken', { ...right, service: name }));
      expect({ code, message }, name).deep.equal({ code: 'forbidden', message: 'You may not use this service' });
    }
    expect(await custody.store.tokens.list()).deep.equal([]);
  });

  it('is limited, per account', async () => {
    const { custody } = await withUser({}, { perAccount: 1 });
    const codes: string[] = [];
    for (let i = 0; i < 3; i++) {
      const fault = await rejected(call(custody, 'auth.gettoken', { ...right, password: 'wrong' }));
      codes.push(fault.code); // a minute may begin in between, but not two
    }
    expect(codes[0]).equal('invalid-credentials');
    expect(codes).contain('rate-limited');
  });

  it('lets nobody in while attempts cannot be counted', async () => {
    const { custody } = await withUser();
    custody.store.away = true;
    expect((await rejected(call(custody, 'auth.gettoken', right))).code).equal('unavailable');
  });
});

describe('services/auth/renewtoken, revoketoken', () => {
  async function issue(custody: TestCustody, userId: number, more: object = {}) {
    const now = Date.now();
    return createToken(custody, { userId, name: 'T', validUntil: now + day, ...more }, now);
  }

  it('puts a fresh token in the place of one, which ends after its grace', async () => {
    const { custody, record } = await withUser();
    const { secret, record: old } = await issue(custody, record.id, { functions: ['auth.renewtoken'] });
    const me = await identityByToken(custody, secret);
    const { token }: Issued = await call(custody, 'auth.renewtoken', { token: secret }, me);
    const fresh = await custody.store.tokens.byHash(hashOf(token));
    expect(fresh?.functions).deep.equal(['auth.renewtoken']);
    expect(fresh?.validUntil).within(Date.now() + day - 10_000, Date.now() + day);
    const held = await custody.store.tokens.byHash(old.hash);
    expect(held?.validUntil).within(Date.now() + 50_000, Date.now() + 60_000);
    expect(custody.events.at(-1)?.kind).equal('token-renewed');
    const known = await identityByToken(custody, secret);
    expect(known?.proofs[0]?.limits.validUntil).equal(held?.validUntil);
  });

  it('renews and revokes nothing of others, nothing unknown, nothing for nobody', async () => {
    const { custody, record } = await withUser();
    const other = await addUser(custody, { username: 'bob' });
    const { secret } = await issue(custody, other.id);
    const me = await identityOfUser(custody, record.id);
    for (const name of ['auth.renewtoken', 'auth.revoketoken']) {
      const faults = [];
      for (const token of [secret, 'pwt_unknown', '\0']) {
        const { code, message } = await rejected(call(custody, name, { token }, me));
        faults.push(`${code} ${message}`);
      }
      expect(new Set(faults)).deep.equal(new Set(['forbidden This is not a token of yours']));
      expect((await rejected(call(custody, name, { token: secret }))).code).equal('unauthenticated');
    }
    expect(await identityByToken(custody, secret)).not.equal(undefined);
    expect(await custody.store.tokens.list()).length(1);
  });

  it('does not bring back what has ended', async () => {
    const { custody, record } = await withUser();
    const me = await identityOfUser(custody, record.id);
    const revoked = await issue(custody, record.id);
    await custody.store.tokens.revoke(revoked.record.id, Date.now());
    const { secret } = await createToken(custody, { userId: record.id, name: 'T', validUntil: 2 }, 1);
    for (const token of [revoked.secret, secret]) {
      expect((await rejected(call(custody, 'auth.renewtoken', { token }, me))).code).equal('forbidden');
    }
    expect(await custody.store.tokens.list()).length(2);
  });

  it('ends a token at once, and again without complaint', async () => {
    const { custody, record } = await withUser();
    const { secret } = await issue(custody, record.id);
    const me = await identityByToken(custody, secret);
    const { revision } = custody.directory;
    expect(await call(custody, 'auth.revoketoken', { token: secret }, me)).equal(undefined);
    expect(custody.directory.revision).greaterThan(revision);
    expect(await identityByToken(custody, secret)).equal(undefined);
    await call(custody, 'auth.revoketoken', { token: secret }, me);
    expect(custody.events.filter(({ kind }) => kind === 'token-revoked')).length(1);
  });

  it('ends what has taken the place of a token as well', async () => {
    const { custody, record } = await withUser();
    const { secret } = await issue(custody, record.id, { renewing: true });
    const me = await identityByToken(custody, secret);
    const fresh = Object.values(me?.proofs[0]?.headers ?? {})[0] ?? '';
    expect(fresh).match(/^pwt_/);
    await call(custody, 'auth.revoketoken', { token: secret }, me);
    expect(await identityByToken(custody, secret)).equal(undefined);
    expect(await identityByToken(custody, fresh)).equal(undefined);
  });
});
