import { expect } from 'chai';
import fc from 'fast-check';
import { fromBase64, toBase64, withoutBuffer } from '../../lib/base64.ts';

describe('lib/base64', () => {
  it('is the same in browsers, with and without their newer methods (property)', () => {
    const sizes = fc.oneof(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ minLength: 8_190, maxLength: 8_194 }));
    fc.assert(
      fc.property(sizes, fc.nat(3), (whole, from) => {
        const bytes = whole.subarray(from); // a part of a larger buffer
        const text = Buffer.from(bytes).toString('base64');
        for (const { to, from: back } of [
          { to: toBase64, from: fromBase64 },
          { to: withoutBuffer.toBase64, from: withoutBuffer.fromBase64 },
        ]) {
          expect(to(bytes)).to.equal(text);
          expect(back(text)).to.deep.equal(new Uint8Array(bytes));
        }
      }),
      { numRuns: 200 },
    );
  });
});
