import { isAscii } from 'node:buffer';
import { Fault } from '../../lib/fault.ts';
import { shown } from './failure.ts';
import type { XmlLimits } from './limits.ts';
import { XmlScanner } from './scanner.ts';
import { type DecodedText, decodeUtf8 } from './utf8.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'us-ascii';

// Labels and the usual aliases (IANA character sets); `utf-16` is of whichever byte order the bytes show.
const encodings: ReadonlyMap<string, Encoding | 'utf-16'> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['utf-16', 'utf-16'],
  ['utf16', 'utf-16'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
  ['iso-8859-1', 'iso-8859-1'],
  ['iso8859-1', 'iso-8859-1'],
  ['iso_8859-1', 'iso-8859-1'],
  ['iso88591', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['latin-1', 'iso-8859-1'],
  ['l1', 'iso-8859-1'],
  ['us-ascii', 'us-ascii'],
  ['ascii', 'us-ascii'],
  ['iso646-us', 'us-ascii'],
  ['ansi_x3.4-1968', 'us-ascii'],
]);

const LABEL = 'the charset of the Content-Type';
const DECLARATION = 'the XML declaration';

// How far the XML declaration may reach to have its encoding heeded: four times its usual length at least.
const HEAD = 200;

const declaredEncoding =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["'][^"'<>]*["'][ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][\w.-]*)["']/;

/**
 * Turns the bytes of a document into text without byte order mark: the mark beats the charset of the Content-Type, which
 * beats the XML declaration, and UTF-8 is the default (RFC 7303 §3, XML 1.0 §4.3.3 and appendix F).
 */
export function decodeXml(body: Uint8Array, charset: string | undefined): string {
  return decode(body, charset).text;
}

/** A scanner of a document that is decoded like that. */
export function scanXml(body: Uint8Array, charset: string | undefined, limits: XmlLimits): XmlScanner {
  const { text, clean } = decode(body, charset);
  return new XmlScanner(text, limits, clean);
}

function decode(body: Uint8Array, charset: string | undefined): DecodedText {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const first = bytes.length < 2 ? 0x3c3f : bytes.readUInt16BE(0);
  if (first === 0xefbb && bytes[2] === 0xbf) return decodeNarrow('utf-8', bytes.subarray(3));
  if (first === 0xfffe || first === 0xfeff || first < 0x100 || (first & 0xff) === 0)
    return { text: decodeWide(bytes, first, charset), clean: false };
  const label = charset === undefined ? '' : normal(charset);
  if (label !== '') return decodeNarrow(narrow(label, LABEL), bytes);
  const declared = first === 0x3c3f ? declaredEncoding.exec(bytes.toString('latin1', 0, HEAD))?.[1] : undefined;
  return decodeNarrow(declared === undefined ? 'utf-8' : narrow(normal(declared), DECLARATION), bytes);
}

function normal(label: string): string {
  if (encodings.has(label)) return label;
  return label
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .toLowerCase();
}

function known(label: string, source: string): Encoding | 'utf-16' {
  const encoding = encodings.get(label);
  if (encoding === undefined) {
    throw new Fault('unsupported-encoding', `The encoding ${shown(label)}, told by ${source}, is not supported`);
  }
  return encoding;
}

// The bytes are compatible with ASCII: the label must not say otherwise.
function narrow(label: string, source: string): Encoding {
  const encoding = known(label, source);
  if (encoding.startsWith('utf-16')) {
    throw new Fault('invalid-encoding', `The bytes are not ${shown(label)}, as ${source} says`);
  }
  return encoding as Encoding;
}

// A mark of UTF-16, or a zero byte among the first two: a document begins with `<` or white space, so that is UTF-16 too.
function decodeWide(bytes: Buffer, first: number, charset: string | undefined): string {
  const second = bytes.length < 4 ? 0x3c3f : bytes.readUInt16BE(2);
  if (first === 0 || (second === 0 && first !== 0xfeff)) {
    throw new Fault('unsupported-encoding', 'The encoding UTF-32 is not supported');
  }
  if (first === 0xfeff) return decodeUtf16('utf-16be', bytes.subarray(2));
  if (first === 0xfffe) return decodeUtf16('utf-16le', bytes.subarray(2));
  const encoding = first < 0x100 ? 'utf-16be' : 'utf-16le';
  const label = charset === undefined ? '' : normal(charset);
  if (label !== '') agree(label, encoding, LABEL);
  const text = decodeUtf16(encoding, bytes);
  const declared = declaredEncoding.exec(text.slice(0, HEAD))?.[1];
  if (label === '' && declared !== undefined) agree(normal(declared), encoding, DECLARATION);
  return text;
}

function agree(label: string, encoding: Encoding, source: string): void {
  const told = known(label, source);
  if (told !== 'utf-16' && told !== encoding) {
    throw new Fault('invalid-encoding', `The bytes are ${encoding}, not ${shown(label)}, as ${source} says`);
  }
}

function decodeNarrow(encoding: Encoding, bytes: Buffer): DecodedText {
  const raw = bytes.toString('latin1');
  if (encoding === 'iso-8859-1') return { text: raw, clean: false };
  const decoded = encoding === 'utf-8' || isAscii(bytes) ? decodeUtf8(bytes, raw) : undefined;
  if (decoded === undefined) throw new Fault('invalid-encoding', `The bytes are not ${encoding}`);
  return decoded;
}

function decodeUtf16(encoding: Encoding, bytes: Buffer): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Fault('invalid-encoding', `The bytes are not ${encoding}`, { cause });
  }
}
