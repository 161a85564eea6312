import { expect } from 'chai';
import type { Proof } from '../../../lib/auth/authenticator.ts';
import { type Identity, nobody } from '../../../lib/auth/identity.ts';
import type { QuotaSubject } from '../../../lib/quota/quota.ts';
import { subjectsOf } from '../../../lib/quota/subjects.ts';
import { type PartialSettings, readSettings } from '../../../lib/settings.ts';

const quotas = (given: PartialSettings['quotas'] = {}) => readSettings({ quotas: given }).quotas;
const proofOf = (...subjects: readonly QuotaSubject[]): Proof => ({
  limits: { addresses: [], protocols: [], functions: [] },
  subjects,
});
const identity = (...proofs: readonly Proof[]): Identity => ({ ...nobody, proofs });

describe('subjects of quotas', () => {
  it('are those that have a limit of their own or by the settings; 0 is none', () => {
    const who = identity(
      proofOf({ name: 'key:k', perMinute: 5, perDay: 0 }),
      proofOf({ name: 'token:1' }, { name: 'user:1' }),
    );
    expect(subjectsOf(who, '10.0.0.1', quotas())).deep.equal([{ name: 'key:k', perMinute: 5, perDay: undefined }]);
    expect(subjectsOf(who, '10.0.0.1', quotas({ keyPerMinute: 9, keyPerDay: 9, userPerDay: 7 }))).deep.equal([
      { name: 'key:k', perMinute: 5, perDay: undefined },
      { name: 'user:1', perMinute: undefined, perDay: 7 },
    ]);
  });

  it('count the address of everyone where it has a limit', () => {
    expect(subjectsOf(nobody, '10.0.0.1', quotas())).deep.equal([]);
    expect(subjectsOf(nobody, '10.0.0.1', quotas({ addressPerDay: 3 }))).deep.equal([
      { name: 'address:10.0.0.1', perMinute: undefined, perDay: 3 },
    ]);
  });

  it('count a user once whom two credentials prove', () => {
    const twice = identity(proofOf({ name: 'user:1', perMinute: 4 }), proofOf({ name: 'user:1', perMinute: 4 }));
    expect(subjectsOf(twice, '', quotas())).length(1);
  });
});
