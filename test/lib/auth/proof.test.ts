import { expect } from 'chai';
import type { Member } from '../../../lib/auth/directory.ts';
import { keyProof, userProof } from '../../../lib/auth/proof.ts';
import type { KeyRecord, UserRecord } from '../../../lib/store/records.ts';
import { day, now } from './memory-custody.ts';

const open = { addresses: [], protocols: [], functions: [] };
const key: KeyRecord = {
  ...open,
  id: 'k1',
  name: 'App',
  notes: '',
  signing: false,
  secrets: [],
  created: now,
  perDay: 5,
};

function member(user: Partial<UserRecord> = {}): Member {
  return { record: { id: 7, username: 'ana', name: 'Ana', state: 'active', created: now, ...user }, grants: [] };
}

describe('auth/proof', () => {
  it('proves the program of a key, the same for the same record', () => {
    const proof = keyProof(key);
    expect(proof.client).deep.equal({ id: 'k1', name: 'App' });
    expect(proof.subjects).deep.equal([{ name: 'key:k1', perMinute: undefined, perDay: 5 }]);
    expect(proof.limits).equal(key);
    expect(keyProof(key)).equal(proof);
    expect(keyProof({ ...key })).not.equal(proof);
  });

  it('proves a user', () => {
    const proof = userProof(member({ perMinute: 3 }), now);
    expect(proof?.user).deep.equal({ id: '7', username: 'ana' });
    expect(proof?.subjects).deep.equal([{ name: 'user:7', perMinute: 3, perDay: undefined }]);
    expect(proof?.client).equal(undefined);
  });

  it('lets in who is valid until tomorrow, and not who expired yesterday', () => {
    expect(userProof(member({ validUntil: now + day }), now)).not.equal(undefined);
    expect(userProof(member({ validUntil: now - day }), now)).equal(undefined);
    expect(userProof(member({ validFrom: now - day }), now)).not.equal(undefined);
    expect(userProof(member({ validFrom: now + day }), now)).equal(undefined);
  });

  it('counts the first moment in and the last one out', () => {
    expect(userProof(member({ validFrom: now }), now)).not.equal(undefined);
    expect(userProof(member({ validUntil: now }), now)).equal(undefined);
    expect(userProof(member({ validUntil: now + 1 }), now)).not.equal(undefined);
  });

  it('proves nobody who is suspended or unconfirmed', () => {
    expect(userProof(member({ state: 'suspended' }), now)).equal(undefined);
    expect(userProof(member({ state: 'unconfirmed' }), now)).equal(undefined);
  });

  it('ends with the user or the credential, whichever is sooner', () => {
    const ends = (user: number | undefined, credential: number | undefined) =>
      userProof(member({ validUntil: user }), now, { ...open, validUntil: credential })?.limits.validUntil;
    expect(ends(now + 1, now + 2)).equal(now + 1);
    expect(ends(now + 2, now + 1)).equal(now + 1);
    expect(ends(undefined, now + 1)).equal(now + 1);
    expect(ends(now + 1, undefined)).equal(now + 1);
    expect(ends(undefined, undefined)).equal(undefined);
  });
});
