import { expect } from 'chai';
import { decodeBody } from '../../client/text.ts';
import { decodeXmlBody } from '../../client/xml-text.ts';
import { caught } from '../lib/caught.ts';

const wide = (text: string, swapped: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return swapped ? bytes.swap16() : bytes;
};

describe('client/text', () => {
  const xml = (body: Uint8Array, contentType = 'text/xml') => decodeXmlBody({ status: 200, contentType, body });
  const latin = (text: string) => Buffer.from(text, 'latin1');

  it('decodes UTF-8, and drops a byte order mark', () => {
    expect(decodeBody({ body: Buffer.from('\ufeffé\u{1f600}') })).to.equal('é\u{1f600}');
    expect(caught(() => decodeBody({ body: latin('é') })).code).to.equal('malformed');
  });

  it('decodes XML by its mark, the Content-Type, its declaration, else as UTF-8', () => {
    const declared = '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>';
    expect(xml(wide(declared, true))).to.equal(declared);
    expect(xml(wide(declared, false))).to.equal(declared);
    expect(xml(latin('<a>é</a>'), 'text/xml; charset="ISO-8859-1"')).to.equal('<a>é</a>');
    expect(xml(Buffer.from(declared), 'text/xml; charset=utf-8')).to.equal(declared);
    expect(xml(latin(declared))).to.equal(declared);
    expect(xml(Buffer.from('<a>é</a>'))).to.equal('<a>é</a>');
  });

  it('refuses encodings that nobody knows, and bytes that are not of theirs', () => {
    expect(caught(() => xml(latin('<a/>'), 'text/xml; charset=klingon')).code).to.equal('malformed');
    expect(caught(() => xml(latin('<a>é</a>'))).code).to.equal('malformed');
  });
});
