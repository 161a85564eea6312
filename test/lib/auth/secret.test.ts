import { expect } from 'chai';
import { hashOf, newKeyId, newSecret, sameHash } from '../../../lib/auth/secret.ts';

describe('auth/secret', () => {
  it('makes secrets of 192 bits that say what they are', () => {
    const made = new Set(Array.from({ length: 200 }, () => newSecret('pwk_')));
    expect(made.size).equal(200);
    for (const secret of made) expect(secret).match(/^pwk_[A-Za-z0-9_-]{32}$/);
  });

  it('makes ids of keys of 20 letters and digits', () => {
    expect(newKeyId()).match(/^[a-z0-9]{20}$/);
    expect(newKeyId()).not.equal(newKeyId());
  });

  it('hashes by SHA-256', () => {
    expect(hashOf('abc')).equal('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('compares hashes, whatever their lengths', () => {
    expect(sameHash(hashOf('a'), hashOf('a'))).equal(true);
    expect(sameHash(hashOf('a'), hashOf('b'))).equal(false);
    expect(sameHash(hashOf('a'), hashOf('a').slice(1))).equal(false);
    expect(sameHash('é', 'ab')).equal(false);
  });
});
