import { expect } from 'chai';
import { XmlScanner } from '../../../protocols/xml/scanner.ts';
import { oracled, scanned } from './events.ts';
import { notWellFormed } from './not-well-formed.ts';
import { refusal } from './refusal.ts';
import { wellFormed } from './well-formed.ts';

describe('XML well-formedness', () => {
  for (const [rule, documents] of notWellFormed) {
    it(`refuses what breaks ${rule}`, () => {
      for (const document of documents) {
        const { refused } = scanned(document);
        expect(refused, JSON.stringify(document)).to.match(/^malformed: .* at line \d+, column \d+$/);
        const skipping = refusal(() => {
          const scanner = new XmlScanner(document);
          scanner.root();
          scanner.skip();
          scanner.end();
        });
        expect(`${skipping.code}: ${skipping.message}`).to.equal(refused);
      }
    });
  }

  it('refuses what saxes refuses in the same documents', () => {
    const exceptions = [
      '<a>\ud800\ud800\udc00</a>', // saxes pairs a lone surrogate with what follows (XML 1.0 §2.2)
      '<?x?y?><a/>', // it asks for no white space after the target (XML 1.0 §2.6)
      '<p:1 xmlns:p="u"/>', // it takes a local part that is no NCName (Namespaces in XML §4)
      '\ufeff<a/>', // it strips a byte order mark; ours is stripped where bytes are decoded (XML 1.0 §4.3.3)
    ];
    const accepted = [...notWellFormed.values()].flat().filter((document) => oracled(document).refused === undefined);
    expect(exceptions).to.include.members(accepted);
  });

  for (const [document, ...events] of wellFormed) {
    it(`reads ${JSON.stringify(document)}`, () => {
      expect(scanned(document)).to.deep.equal({ events, refused: undefined });
      expect(oracled(document).events).to.deep.equal(events);
    });
  }

  it('says what is wrong and where', () => {
    const at = (document: string): string => refusal(() => void scannedStrictly(document)).message;
    expect(at('<a>\n <b>\n</a>')).to.equal('The end tag does not match the element b at line 3, column 3');
    expect(at('<a>\r\n\r&x;</a>')).to.equal('The entity &x; is not defined at line 3, column 1');
    expect(at('<!DOCTYPE a><a/>')).to.equal('DOCTYPE is not allowed at line 1, column 1');
    expect(at('<a>\u0001</a>')).to.equal('The character U+0001 is not allowed in XML at line 1, column 4');
  });

  it('cuts long names in messages', () => {
    for (const document of [
      `<${'n'.repeat(900)}>`,
      `<${'n'.repeat(900)}:a/>`,
      `<a>&${'n'.repeat(5_000)};</a>`,
      `<a ${'n'.repeat(900)}="" ${'n'.repeat(900)}=""/>`,
    ]) {
      expect(scanned(document).refused)
        .to.have.length.below(160)
        .and.include(`${'n'.repeat(60)}…`);
    }
  });
});

function scannedStrictly(document: string): void {
  const scanner = new XmlScanner(document);
  scanner.root();
  scanner.skip();
  scanner.end();
}
