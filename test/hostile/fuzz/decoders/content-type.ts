import { isUtf8 } from 'node:buffer';
import { expect } from 'chai';
import fc from 'fast-check';
import { Fault } from '../../../../lib/fault.ts';
import { parseJsonBody } from '../../../../lib/json/parse.ts';
import { readSettings } from '../../../../lib/settings.ts';
import { parseMultipart } from '../../../../protocols/rest/multipart.ts';
import { mediaTypeOf, soapMediaType } from '../../../../protocols/soap/media-type.ts';
import { decodeXml } from '../../../../protocols/xml/decode.ts';
import { charsetOf } from '../../../../protocols/xmlrpc/media-type.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { expectClean, expectFault } from '../exchange.ts';
import { header, headerPiece } from '../header-language.ts';
import { bytesOf, texts } from '../shots.ts';

const { limits } = readSettings({});

const headers = [
  'text/xml; charset=utf-8',
  'text/xml;charset="utf-8";action="urn:x"',
  'application/soap+xml; action="a\\"b"; charset=utf-16',
  'application/xml ; charset = iso-8859-1',
  'multipart/form-data; boundary="a b"; charset=x',
  'multipart/form-data;boundary=abc',
  'application/json; charset=UTF-8',
].map(headerPiece);

const charsets = [
  'utf-8',
  'UTF8',
  'utf-16',
  'UTF-16LE',
  'utf-16be',
  'iso-8859-1',
  'latin1',
  'us-ascii',
  'utf-7',
  'utf-32',
  'x',
  '',
  '"',
  '__proto__',
];
const declared = [
  '',
  ...charsets.map((name) => `<?xml version="1.0" encoding="${name}"?>`),
  "<?xml version='1.0'  encoding = 'utf-16'?>",
];

const documents = fc
  .tuple(fc.constantFrom(...declared), fc.string({ unit: 'binary', maxLength: 20 }), fc.integer({ min: 0, max: 300 }))
  .map(([declaration, text, spaces]) => `${declaration}${' '.repeat(spaces % 7 === 0 ? spaces : 0)}<a>é${text}</a>`);

function tried<T>(work: () => T): T | Fault {
  try {
    return work();
  } catch (reason) {
    if (reason instanceof Fault) return reason;
    throw reason;
  }
}

const document = Buffer.from('<a/>');
const parts = Buffer.from('--abc\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--abc--\r\n');

function act({ bytes, type, form }: Shot): readonly unknown[] {
  if (form === 'document') return [tried(() => decodeXml(Buffer.from(bytes, 'latin1'), type))];
  const charset = tried(() => charsetOf(bytes));
  return [
    charset,
    tried(() => soapMediaType(bytes)),
    tried(() => decodeXml(document, typeof charset === 'string' ? charset : mediaTypeOf(bytes).charset)),
    tried(() => parseJsonBody(Buffer.from('{}'), bytes, limits)),
    tried(() => parseMultipart(parts, bytes, limits)),
  ];
}

const mark = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/;

/** A document that was taken is its bytes in some character set, and nothing else; a mark says which (RFC 7303 §3). */
function expectDecoded(text: string, bytes: Buffer): void {
  const raw = bytes.toString('latin1');
  const readings = [
    isUtf8(bytes) ? new TextDecoder('utf-8').decode(bytes) : undefined,
    new TextDecoder('utf-16le').decode(bytes),
    new TextDecoder('utf-16be').decode(bytes),
    ...(mark.test(raw) ? [] : [raw]),
  ];
  expect(readings).to.include(text);
}

/** Content-Type and character sets, by header and in documents. */
export const contentTypeDecoder: Decoder = {
  name: 'content-type',
  shots: fc.oneof(
    bytesOf(texts(headers, header)).map((bytes): Shot => ({ bytes, form: 'header' })),
    fc
      .tuple(bytesOf(documents), fc.constantFrom(...charsets))
      .map(([bytes, type]): Shot => ({ bytes, type, form: 'document' })),
    bytesOf(documents).map((bytes): Shot => ({ bytes, form: 'document' })),
  ),
  act,
  check: (shot) => {
    const results = act(shot);
    expectClean();
    for (const result of results) if (result instanceof Fault) expectFault(result);
    const [first] = results;
    if (shot.form === 'document' && typeof first === 'string') expectDecoded(first, Buffer.from(shot.bytes, 'latin1'));
    return results.every((result) => result instanceof Fault) ? 'refused' : 'accepted';
  },
  tokens: header.tokens,
  most: 65_536,
};
