import { expect } from 'chai';
import fc from 'fast-check';
import { t } from '../../../lib/builders.ts';
import { chunkLength } from '../../../lib/chunks.ts';
import { jsonPieces } from '../../../lib/json/pieces.ts';
import { jsonWriter } from '../../../lib/json/write.ts';
import { described } from '../random.ts';

describe('lib/json/pieces', () => {
  it('are what the writer writes (property)', () => {
    fc.assert(
      fc.property(described, ([descriptor, value]) => {
        expect([...jsonPieces(descriptor, value)].join('')).to.equal(jsonWriter(descriptor)(value));
      }),
    );
  });

  it('are no longer than they must be', () => {
    const numbers = Array.from({ length: 30_000 }, (_, i) => i);
    const pieces = [
      ...jsonPieces(t.object('Page', { items: t.list(t.int()), next: t.optional(t.int()) }), { items: numbers }),
    ];
    expect(pieces.join('')).to.equal(`{"items":${JSON.stringify(numbers)}}`);
    expect(pieces.length).to.be.greaterThan(9);
    expect(Math.max(...pieces.map(({ length }) => length))).to.be.lessThan(chunkLength + 10);
  });

  it('fill defaults in, leave absent fields out and never look at inherited ones', () => {
    const Odd = t.object('Odd', {
      constructor: t.optional(t.list(t.int())),
      list: t.default(t.list(t.int()), [1, 2]),
      none: t.optional(t.list(t.int())),
    });
    expect([...jsonPieces(Odd, {})].join('')).to.equal('{"list":[1,2]}');
    expect([...jsonPieces(t.object('None', { a: t.optional(t.int()) }), {})].join('')).to.equal('{}');
  });
});
