import { expect } from 'chai';
import { decodeXml } from '../../../protocols/xml/decode.ts';
import { refusal } from './refusal.ts';

const document = '<a>é€😀</a>';

function bytes(text: string, encoding: 'utf8' | 'utf16le' | 'utf16be' | 'latin1', mark = false): Buffer {
  const marked = mark ? `\ufeff${text}` : text;
  if (encoding === 'utf16be') return Buffer.from(marked, 'utf16le').swap16();
  return Buffer.from(marked, encoding);
}

const declared = (encoding: string, rest = '<a>é</a>'): string => `<?xml version="1.0" encoding="${encoding}"?>${rest}`;
const codeOf = (body: Uint8Array, charset?: string): string => refusal(() => decodeXml(body, charset)).code;

describe('decodeXml', () => {
  it('takes UTF-8 where nothing is said', () => {
    expect(decodeXml(bytes(document, 'utf8'), undefined)).to.equal(document);
    expect(decodeXml(bytes(document, 'utf8'), '')).to.equal(document);
    expect(decodeXml(new Uint8Array(bytes('<a/>', 'utf8')), undefined)).to.equal('<a/>');
    expect(decodeXml(new Uint8Array(0), undefined)).to.equal('');
    expect(decodeXml(Buffer.from('x'), undefined)).to.equal('x');
  });

  it('reads a part of a larger buffer', () => {
    const whole = new Uint8Array(bytes(`xx${document}yy`, 'utf8'));
    expect(decodeXml(whole.subarray(2, whole.length - 2), undefined)).to.equal(document);
  });

  it('lets a byte order mark beat the charset and the declaration, and leaves it out', () => {
    for (const encoding of ['utf8', 'utf16le', 'utf16be'] as const) {
      for (const charset of [undefined, 'utf-8', 'utf-16le', 'iso-8859-1', 'us-ascii', 'utf-16']) {
        expect(decodeXml(bytes(document, encoding, true), charset), `${encoding} ${charset}`).to.equal(document);
      }
      const text = declared('iso-8859-1');
      expect(decodeXml(bytes(text, encoding, true), undefined)).to.equal(text);
    }
  });

  it('leaves out one mark only', () => {
    expect(decodeXml(bytes('\ufeff<a/>', 'utf8', true), undefined)).to.equal('\ufeff<a/>');
    expect(decodeXml(bytes('\ufeff<a/>', 'utf16be', true), undefined)).to.equal('\ufeff<a/>');
  });

  it('lets the charset beat the declaration', () => {
    expect(decodeXml(bytes(declared('utf-8'), 'latin1'), 'iso-8859-1')).to.equal(declared('utf-8'));
    expect(decodeXml(bytes(declared('iso-8859-1'), 'utf8'), 'UTF-8')).to.equal(declared('iso-8859-1'));
    expect(decodeXml(bytes(declared('utf-16'), 'utf8'), 'utf-8')).to.equal(declared('utf-16'));
    expect(decodeXml(bytes(declared('koi8-r'), 'utf8'), '"utf-8"')).to.equal(declared('koi8-r'));
  });

  it('heeds the declaration, however it is written', () => {
    for (const label of ['iso-8859-1', 'ISO-8859-1', 'latin1', 'Latin-1']) {
      expect(decodeXml(bytes(declared(label), 'latin1'), undefined)).to.equal(declared(label));
    }
    const odd = "<?xml\n\tversion = '1.0'\r\nencoding\t= 'ISO-8859-1' standalone='yes'?><a>é</a>";
    expect(decodeXml(bytes(odd, 'latin1'), undefined)).to.equal(odd);
    expect(decodeXml(bytes(declared('utf-8'), 'utf8'), undefined)).to.equal(declared('utf-8'));
    expect(decodeXml(bytes(declared('us-ascii', '<a/>'), 'utf8'), undefined)).to.equal(declared('us-ascii', '<a/>'));
    const other = '<?x encoding="koi8-r"?><a>é</a>';
    expect(decodeXml(bytes(other, 'utf8'), undefined)).to.equal(other);
  });

  it('knows UTF-16 without a mark by its zero bytes', () => {
    for (const [encoding, label] of [
      ['utf16le', 'utf-16le'],
      ['utf16be', 'utf-16be'],
    ] as const) {
      for (const text of [document, declared('UTF-16'), declared(label)]) {
        expect(decodeXml(bytes(text, encoding), undefined)).to.equal(text);
        expect(decodeXml(bytes(text, encoding), 'UTF-16')).to.equal(text);
        expect(decodeXml(bytes(text, encoding), label)).to.equal(text);
      }
    }
  });

  it('refuses encodings that it does not know', () => {
    for (const label of [
      'utf-7',
      'koi8-r',
      'windows-1252',
      'ucs-4',
      'utf-32',
      'shift_jis',
      'ebcdic',
      'x',
      'constructor',
    ]) {
      expect(codeOf(bytes('<a/>', 'utf8'), label), label).to.equal('unsupported-encoding');
      expect(codeOf(bytes(declared(label, '<a/>'), 'utf8')), label).to.equal('unsupported-encoding');
      expect(codeOf(bytes(declared(label, '<a/>'), 'utf16le')), label).to.equal('unsupported-encoding');
    }
    expect(codeOf(Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]))).to.equal('unsupported-encoding');
    expect(codeOf(Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c]))).to.equal('unsupported-encoding');
    expect(codeOf(Buffer.from([0x3c, 0, 0, 0, 0x61, 0, 0, 0]))).to.equal('unsupported-encoding');
  });

  it('cuts the label in its message', () => {
    expect(refusal(() => decodeXml(bytes('<a/>', 'utf8'), 'x'.repeat(5_000))).message).to.have.length.below(150);
  });

  it('refuses bytes that are not what they are said to be', () => {
    for (const bad of [[0xe9], [0xc3], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff], [0x80]]) {
      const body = Buffer.concat([Buffer.from('<a>'), Buffer.from(bad), Buffer.from('</a>')]);
      expect(codeOf(body), String(bad)).to.equal('invalid-encoding');
      expect(codeOf(body, 'utf-8'), String(bad)).to.equal('invalid-encoding');
      expect(codeOf(body, 'us-ascii'), String(bad)).to.equal('invalid-encoding');
      expect(codeOf(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]), 'iso-8859-1')).to.equal('invalid-encoding');
    }
    expect(codeOf(bytes(declared('us-ascii'), 'utf8'))).to.equal('invalid-encoding');
    for (const mark of [true, false]) {
      expect(codeOf(bytes('<a>\ud800</a>', 'utf16le', mark))).to.equal('invalid-encoding');
      expect(codeOf(bytes('<a>\udc00\ud800</a>', 'utf16be', mark))).to.equal('invalid-encoding');
      expect(codeOf(bytes('<a/>', 'utf16le', mark).subarray(0, mark ? 9 : 7))).to.equal('invalid-encoding');
    }
  });

  it('refuses contradictions', () => {
    expect(codeOf(bytes(declared('utf-16'), 'utf8'))).to.equal('invalid-encoding');
    expect(codeOf(bytes(declared('UTF-16LE', '<a/>'), 'utf8'))).to.equal('invalid-encoding');
    expect(codeOf(bytes('<a/>', 'utf8'), 'utf-16')).to.equal('invalid-encoding');
    expect(codeOf(bytes('<a/>', 'utf16le'), 'utf-8')).to.equal('invalid-encoding');
    expect(codeOf(bytes('<a/>', 'utf16le'), 'utf-16be')).to.equal('invalid-encoding');
    expect(codeOf(bytes('<a/>', 'utf16be'), 'iso-8859-1')).to.equal('invalid-encoding');
    expect(codeOf(bytes(declared('utf-8'), 'utf16le'))).to.equal('invalid-encoding');
    expect(codeOf(bytes(declared('utf-16le'), 'utf16be'))).to.equal('invalid-encoding');
  });
});
