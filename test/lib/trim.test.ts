import { expect } from 'chai';
import fc from 'fast-check';
import { trimSpace, trimZeros } from '../../lib/trim.ts';

const spaced = fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n', '\u00a0', '\u2003', '\f', 'a', '0') });

describe('lib/trim', () => {
  it('takes away what the patterns of the specifications take away', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        expect(trimSpace(text)).to.equal(text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''));
        expect(trimZeros(text)).to.equal(text.replace(/0+$/, ''));
      }),
    );
  });
});
