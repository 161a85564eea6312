import { expect } from 'chai';
import { chunkLength, joinText } from '../../../lib/chunks.ts';
import { beginText, endText, putAway, xmlBody } from '../../../protocols/xml/pieces.ts';

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
    for (const text of ['ab', ['a', 'b'], long]) expect(xmlBody(text)).to.equal(joinText(text));
    for (const text of [`${long}y`, [long, 'y'], ['y', '', long, long]]) {
      expect(xmlBody(text)).to.deep.equal(Buffer.from(joinText(text)));
    }
  });

  it('become UTF-8 if they are long, wherever something is beyond the BMP', () => {
    const long = 'x'.repeat(chunkLength);
    for (const text of [`${long}\u{1f600}y`, [long, '\u{10ffff}', 'y'], ['\u{10000}', long, long]]) {
      expect(xmlBody(text)).to.deep.equal(Buffer.from(joinText(text)));
    }
  });
});
