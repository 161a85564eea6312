import { expect } from 'chai';
import fc from 'fast-check';
import { decodeXml, scanXml } from '../../../protocols/xml/decode.ts';
import { defaultXmlLimits } from '../../../protocols/xml/scanner.ts';
import { refusal } from './refusal.ts';

const stretches = fc.array(
  fc.tuple(
    fc.constantFrom('', 'a', 'x'.repeat(300), '\n'),
    fc.constantFrom('', 'é', 'ÿ', '߿', 'ࠀ', '€', '\ud7ff', '\ue000', '\ufeff', '\ufffd', '😀', '\u{10ffff}', 'Привет'),
  ),
);

describe('UTF-8', () => {
  it('is decoded as everywhere, however much of it is beyond ASCII', () => {
    fc.assert(
      fc.property(stretches, fc.constantFrom('', 'é'.repeat(500)), (parts, many) => {
        const text = `<a>${parts.flat().join('')}${many}</a>`;
        expect(decodeXml(Buffer.from(text), undefined)).to.equal(text);
      }),
    );
  });

  it('is refused where it is wrong, wherever that is', () => {
    const wrong = ['80', 'c0af', 'c3', 'e282', 'eda080', 'f4908080', 'ff'].map((hex) => Buffer.from(hex, 'hex'));
    for (const bytes of wrong) {
      for (const before of ['<a>', '<a>é', `<a>${'é'.repeat(100)}`]) {
        const document = Buffer.concat([Buffer.from(before), bytes, Buffer.from('</a>')]);
        expect(refusal(() => decodeXml(document, undefined)).code).to.equal('invalid-encoding');
      }
    }
  });

  it('leaves no character unseen that XML has not', () => {
    for (const character of ['\0', '\x08', '\x0b', '\x1f', '\ufffe', '\uffff']) {
      for (const before of ['', 'é', 'é'.repeat(100), '\t\r\n']) {
        for (const after of ['', 'é']) {
          const document = Buffer.from(`<a>${before}${character}${after}</a>`);
          const problem = refusal(() => scanXml(document, undefined, defaultXmlLimits).root());
          expect([problem.code, problem.message.includes('is not allowed in XML')]).to.deep.equal(['malformed', true]);
        }
      }
    }
  });
});
