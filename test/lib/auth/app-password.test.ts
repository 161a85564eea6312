import { expect } from 'chai';
import { createAppPassword } from '../../../lib/auth/app-password.ts';
import { createSeal } from '../../../lib/auth/seal.ts';
import { hashOf } from '../../../lib/auth/secret.ts';
import { rejected } from '../caught.ts';
import { now, testCustody } from './memory-custody.ts';

describe('auth/app-password', () => {
  it('makes one that is recognised by its hash and opened for digests, and is shown once', async () => {
    const custody = testCustody();
    const { record, secret } = await createAppPassword(custody, { userId: 7, name: 'Mail' }, now, { actor: 'ana' });
    expect(secret).match(/^pwa_/);
    const [held] = await custody.store.appPasswords.of(7);
    expect(held).deep.equal(record);
    expect(held?.hash).equal(hashOf(secret));
    expect(custody.seal.open(held?.sealed ?? '')).equal(secret);
    expect(JSON.stringify([held, custody.events])).not.contain(secret);
    expect(custody.events).deep.equal([{ kind: 'app-password-created', actor: 'ana', subject: String(record.id) }]);
  });

  it('makes none where nothing can be sealed, and none that ends before it begins', async () => {
    const custody = testCustody();
    const unable = { ...custody, seal: createSeal([]) };
    expect((await rejected(createAppPassword(unable, { userId: 7, name: 'x' }, now))).code).equal('unavailable');
    const ended = { userId: 7, name: 'x', validFrom: now, validUntil: now };
    expect((await rejected(createAppPassword(custody, ended, now))).code).equal('invalid-params');
    expect(await custody.store.appPasswords.of(7)).deep.equal([]);
  });
});
