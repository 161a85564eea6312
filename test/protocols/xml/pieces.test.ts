import { expect } from 'chai';
import { chunkLength, joinText } from '../../../lib/chunks.ts';
import { asciiBody, beginText, endText, putAway } from '../../../protocols/xml/pieces.ts';

describe('Texts in pieces', () => {
  it('are what was put away and the end', () => {
    beginText();
    expect([putAway('ab'), putAway('c')]).to.deep.equal(['', '']);
    expect(endText('d')).to.deep.equal(['ab', 'c', 'd']);
    expect(endText('e')).to.equal('e');
  });

  it('have nothing of a text that was left', () => {
    beginText();
    putAway('left');
    beginText();
    expect(endText('a')).to.equal('a');
  });

  it('become text if they are short and bytes if they are long', () => {
    const long = 'x'.repeat(chunkLength);
    for (const text of ['ab', ['a', 'b'], long]) expect(asciiBody(text)).to.equal(joinText(text));
    for (const text of [`${long}y`, [long, 'y'], ['y', '', long, long]]) {
      expect(asciiBody(text)).to.deep.equal(Buffer.from(joinText(text)));
    }
  });
});
