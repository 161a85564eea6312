import { expect } from 'chai';
import fc from 'fast-check';
import { XmlScanner } from '../../../protocols/xml/scanner.ts';
import { escapeAttribute, escapeInUtf8, escapeText, xmlDeclaration } from '../../../protocols/xml/write.ts';
import { oracled, scanned } from './events.ts';
import { refusal } from './refusal.ts';

const carried = fc.string({
  unit: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...' \t\n\r<>&"\']]>x;#-') },
    { weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }) },
    fc.constantFrom('\u007f', '\u0085', '\u2028', '\ud7ff', '\ue000', '\ufffd', '\u{10000}', '\u{10ffff}'),
  ),
});

describe('XML writing', () => {
  it('returns the same string where nothing needs escaping', () => {
    for (const text of ['', 'x', 'plain text, with (all) kinds: of+marks=1;\n\t'])
      expect(escapeText(text)).to.equal(text);
    expect(escapeAttribute('plain; text=1')).to.equal('plain; text=1');
  });

  it('escapes what markup is made of', () => {
    expect(escapeText('<a & b>]]>"\'')).to.equal('&lt;a &amp; b&gt;]]&gt;"\'');
    expect(escapeAttribute('<a & b>"\'')).to.equal('&lt;a &amp; b&gt;&quot;&apos;');
  });

  it('keeps white space that a reader would normalise', () => {
    expect(escapeText('\t\n\r\r\n')).to.equal('\t\n&#13;&#13;\n');
    expect(escapeAttribute('\t\n\r ')).to.equal('&#9;&#10;&#13; ');
  });

  it('writes pure ASCII', () => {
    for (const escaper of [escapeText, escapeAttribute]) {
      expect(escaper('é漢😀\u007f\u0085\ufffd')).to.equal('&#233;&#28450;&#128512;&#127;&#133;&#65533;');
    }
  });

  it('leaves to UTF-8 what is beyond the BMP, for readers whose references have six characters at most', () => {
    expect(escapeInUtf8('é😀\u007f\u{10000}<\u{10ffff}')).to.equal('&#233;😀&#127;\u{10000}&lt;\u{10ffff}');
    expect(escapeInUtf8('plain')).to.equal('plain');
  });

  it('refuses what XML cannot carry', () => {
    for (const bad of [
      '\u0000',
      '\u0001',
      '\u0008',
      '\u000b',
      '\u000c',
      '\u001f',
      '\ufffe',
      '\uffff',
      '\ud800',
      '\udc00',
      '\udc00\ud800',
    ]) {
      for (const text of [bad, `é${bad}`, `${bad}x`, `😀${bad}😀`]) {
        for (const escaper of [escapeText, escapeAttribute]) {
          const fault = refusal(() => escaper(text));
          expect(fault.code).to.equal('invalid-result');
          expect(fault.message).to.match(/^a character that XML cannot carry \(U\+[0-9A-F]{4}\)$/);
        }
      }
    }
    expect(refusal(() => escapeText('\u0001')).message).to.equal('a character that XML cannot carry (U+0001)');
  });

  it('is read back as it was, by our scanner and by saxes', () => {
    fc.assert(
      fc.property(carried, carried, (text, value) => {
        const document = `${xmlDeclaration}<a b="${escapeAttribute(value)}" c='${escapeAttribute(value)}'>${escapeText(text)}</a>`;
        expect(document).to.match(/^[\n\t -~]*$/);
        const scanner = new XmlScanner(document);
        scanner.root();
        expect([scanner.attribute('', 'b'), scanner.attribute('', 'c'), scanner.text()]).to.deep.equal([
          value,
          value,
          text,
        ]);
        expect(oracled(document)).to.deep.equal(scanned(document));
      }),
      { numRuns: 1_000 },
    );
  });
});
