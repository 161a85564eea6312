import { expect } from 'chai';
import fc from 'fast-check';
import { createSeal, secretsIn } from '../../../lib/auth/seal.ts';
import { caught } from '../caught.ts';

const [one, two, three] = ['1'.repeat(32), '2'.repeat(40), '3'.repeat(64)] as const;

describe('auth/seal', () => {
  it('opens what it sealed, and seals it differently each time', () => {
    const seal = createSeal([one]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = seal.seal(text);
        expect(seal.open(sealed)).equal(text);
        expect(seal.seal(text)).not.equal(sealed);
      }),
    );
  });

  it('opens under any of the secrets, and seals under the first', () => {
    const old = createSeal([one]).seal('secret');
    const rotated = createSeal([two, one]);
    expect(rotated.open(old)).equal('secret');
    expect(createSeal([two]).open(rotated.seal('secret'))).equal('secret');
    expect(createSeal([one]).open(rotated.seal('secret'))).equal(undefined);
    expect(createSeal([three]).open(old)).equal(undefined);
  });

  it('opens nothing that was changed, anywhere', () => {
    const seal = createSeal([one]);
    const sealed = seal.seal('secret');
    for (let i = 0; i < sealed.length; i++) {
      for (const put of ['A', 'B', '.', '']) {
        const changed = sealed.slice(0, i) + put + sealed.slice(i + 1);
        if (changed !== sealed) expect(seal.open(changed), `at ${i}`).equal(undefined);
      }
    }
    fc.assert(fc.property(fc.string(), (text) => seal.open(text) === undefined));
    expect(seal.open(`${sealed.slice(0, sealed.lastIndexOf('.'))}.AAAA`)).equal(undefined);
  });

  it('says what is missing where there is no secret', () => {
    const seal = createSeal([]);
    expect(seal.able).equal(false);
    const fault = caught(() => seal.seal('x'));
    expect(fault.code).equal('unavailable');
    expect(fault.message).contain('set POLYWIRE_SECRET');
    expect(seal.open(createSeal([one]).seal('x'))).equal(undefined);
  });

  it('refuses secrets that are too short, without telling them', () => {
    expect(() => createSeal([one, 'hunter2']))
      .throw(TypeError, /at least 32 characters/)
      .with.property('message')
      .not.contain('hunter2');
  });

  it('reads secrets separated by commas and white space', () => {
    expect(secretsIn(` ${one}, ${two}\n${three},`)).deep.equal([one, two, three]);
    expect(secretsIn(undefined)).deep.equal([]);
  });
});
