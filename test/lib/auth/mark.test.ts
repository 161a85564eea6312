import { createHash, createHmac } from 'node:crypto';
import { expect } from 'chai';
import { createMark } from '../../../lib/auth/mark.ts';

const [one, two] = ['1'.repeat(32), '2'.repeat(32)] as const;
const name = 'correct horse';

describe('auth/mark', () => {
  it('is the same for the same name, whatever its case, in every process of the site', () => {
    expect(createMark([one])(name)).match(/^[0-9a-f]{16}$/);
    expect(createMark([one])(name.toUpperCase())).equal(createMark([one])(name));
    expect(createMark([one])('another')).not.equal(createMark([one])(name));
  });

  it('differs from site to site, and is made under the secret that counts', () => {
    expect(createMark([two])(name)).not.equal(createMark([one])(name));
    expect(createMark([two, one])(name)).equal(createMark([two])(name));
  });

  it('is found by no word list without the secret', () => {
    const guesses = [
      createHash('sha256').update(name).digest('hex'),
      ...['', 'polywire mark v1', one].map((key) => createHmac('sha256', key).update(name).digest('hex')),
    ];
    for (const guess of guesses) expect(guess.startsWith(createMark([one])(name))).equal(false);
  });

  it('is good for the life of the process where the site has no secret', () => {
    const mark = createMark([]);
    expect(mark(name)).equal(mark(name)).and.not.equal(createMark([])(name));
  });
});
