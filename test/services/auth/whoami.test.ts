import { expect } from 'chai';
import { createKey } from '../../../lib/auth/key.ts';
import { keyProof } from '../../../lib/auth/proof.ts';
import { authFunctions } from '../../../services/auth/index.ts';
import { now, testCustody } from '../../lib/auth/memory-custody.ts';
import { call, identityOf, identityOfUser, withUser } from './call.ts';

describe('services/auth/whoami', () => {
  it('tells nobody that they are nobody', async () => {
    expect(await call(testCustody(), 'auth.whoami', {})).deep.equal({
      client: undefined,
      user: undefined,
      capabilities: [],
    });
  });

  it('tells program, person, and what the person may do everywhere', async () => {
    const { custody, record } = await withUser();
    await custody.store.roles.assign({ userId: record.id, roleId: 1, context: '/' });
    const { record: key } = await createKey(custody, { name: 'App' }, now);
    const { proofs } = await identityOfUser(custody, record.id);
    expect(await call(custody, 'auth.whoami', {}, identityOf(keyProof(key), ...proofs))).deep.equal({
      client: { id: key.id, name: 'App' },
      user: { id: String(record.id), username: 'Ana' },
      capabilities: ['user:view'],
    });
  });

  it('leaves out what holds in one context only, and what the credential narrows away', async () => {
    const { custody, record } = await withUser();
    await custody.store.roles.assign({ userId: record.id, roleId: 1, context: '/course/5' });
    const below = await identityOfUser(custody, record.id);
    expect(await call(custody, 'auth.whoami', {}, below))
      .property('capabilities')
      .deep.equal([]);
    await custody.store.roles.assign({ userId: record.id, roleId: 1, context: '/' });
    const scoped = { ...(await identityOfUser(custody, record.id)), scopes: ['course:view'] };
    expect(await call(custody, 'auth.whoami', {}, scoped))
      .property('capabilities')
      .deep.equal([]);
  });
});

describe('services/auth', () => {
  it('marks what answers a secret, and lets nothing that writes be called by GET', () => {
    const functions = authFunctions(testCustody());
    const named = (test: (fn: (typeof functions)[number]) => boolean) => functions.filter(test).map(({ name }) => name);
    expect(named(({ sensitive }) => sensitive)).deep.equal([
      'auth.gettoken',
      'auth.renewtoken',
      'auth.renewkey',
      'auth.startsession',
    ]);
    expect(named(({ effect }) => effect === 'read')).deep.equal(['auth.whoami']);
  });
});
