import { expect } from 'chai';
import type { Proof } from '../../../lib/auth/authenticator.ts';
import { createKey, type NewKey } from '../../../lib/auth/key.ts';
import { keyProof, userProof } from '../../../lib/auth/proof.ts';
import { createToken, type NewToken } from '../../../lib/auth/token-making.ts';
import type { CredentialLimits } from '../../../lib/store/records.ts';
import { day } from '../../lib/auth/memory-custody.ts';
import { rejected } from '../../lib/caught.ts';
import { call, identityByToken, identityOf, withUser } from './call.ts';

type Narrowing = Partial<CredentialLimits & Pick<Proof, 'scopes'>>;

/** A user, and the identity that a credential of the user's proves which is narrowed so. */
async function setUp() {
  const { custody, record } = await withUser();
  const member = await custody.directory.user(record.id);
  const by = ({ scopes, ...limits }: Narrowing) => {
    const proof = member && userProof(member, Date.now(), { addresses: [], protocols: [], functions: [], ...limits });
    return identityOf(proof && { ...proof, ...(scopes && { scopes }) });
  };
  const key = async (more: Partial<NewKey> = {}) =>
    (await createKey(custody, { name: 'App', owner: record.id, ...more }, Date.now())).record;
  const token = (more: Partial<NewToken> = {}) =>
    createToken(custody, { userId: record.id, name: 't', ...more }, Date.now());
  /** `ok`, or why not. */
  const renewing = (what: Promise<never>) =>
    what.then(
      () => 'ok',
      (reason: { readonly gate: string }) => reason.gate,
    );
  return { custody, by, key, token, renewing };
}

const auth = ['auth.renewkey', 'auth.renewtoken'];
const narrowings: Readonly<Record<string, Narrowing>> = {
  'no scopes': { scopes: [] },
  'some scopes': { scopes: ['user:view'] },
  functions: { functions: auth },
  protocols: { protocols: ['rest'] },
  addresses: { addresses: ['192.0.2.0/24'] },
  'a count': { perDay: 10 },
};

describe('services/auth: a credential that is narrowed', () => {
  for (const [what, narrowing] of Object.entries(narrowings)) {
    it(`to ${what} renews no key and no token that can do more`, async () => {
      const { custody, by, key, token, renewing } = await setUp();
      const { id } = await key();
      const { secret } = await token();
      const narrow = by(narrowing);
      expect(await renewing(call(custody, 'auth.renewkey', { key: id }, narrow))).equal('own-key');
      expect(await renewing(call(custody, 'auth.renewtoken', { token: secret }, narrow))).equal('own-token');
      expect((await custody.store.keys.find(id))?.secrets).length(1);
      expect(await custody.store.tokens.list()).length(1);
      expect(await renewing(call(custody, 'auth.renewkey', { key: id }, by({})))).equal('ok');
      expect(await renewing(call(custody, 'auth.renewtoken', { token: secret }, by({})))).equal('ok');
    });
  }

  it('renews what is narrowed as much, or more', async () => {
    const { custody, by, key, token, renewing } = await setUp();
    const narrow = { functions: [...auth, 'course.*'], protocols: ['rest'], perMinute: 5 };
    for (const limits of [narrow, { ...narrow, functions: ['course.*'], addresses: ['192.0.2.1'], perMinute: 4 }]) {
      const { id } = await key(limits);
      const { secret } = await token(limits);
      expect(await renewing(call(custody, 'auth.renewkey', { key: id }, by(narrow)))).equal('ok');
      expect(await renewing(call(custody, 'auth.renewtoken', { token: secret }, by(narrow)))).equal('ok');
    }
    const wider = { ...narrow, functions: ['course.*', 'shop.*'] };
    expect(await renewing(call(custody, 'auth.renewkey', { key: (await key(wider)).id }, by(narrow)))).equal('own-key');
  });

  it('renews itself, token or key', async () => {
    const { custody, key, token, renewing } = await setUp();
    const limits = { functions: auth, protocols: ['rest'], perDay: 10 };
    const own = await key(limits);
    expect(await renewing(call(custody, 'auth.renewkey', { key: own.id }, identityOf(keyProof(own))))).equal('ok');
    const { secret } = await token(limits);
    const me = await identityByToken(custody, secret);
    expect(await renewing(call(custody, 'auth.renewtoken', { token: secret }, me))).equal('ok');
  });

  it('to a time to come is not renewed into one that counts now', async () => {
    const { custody, by, token } = await setUp();
    const later = { validFrom: Date.now() + day, validUntil: Date.now() + 2 * day };
    const { secret } = await token(later);
    const fault = await rejected(call(custody, 'auth.renewtoken', { token: secret }, by({})));
    expect(fault).include({ code: 'forbidden', gate: 'own-token' });
    expect(await custody.store.tokens.list()).length(1);
  });
});
