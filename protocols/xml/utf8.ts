import { isUtf8 } from 'node:buffer';

/** Text that was bytes. */
export interface DecodedText {
  readonly text: string;
  /** It is known to have no control characters, nor half a surrogate pair. */
  readonly clean: boolean;
}

// Written so that V8 compares each character once.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const special = /[\x00-\x1f\x80-\xff](?<![\t\n\r])/g;

/** How many bytes there must be for each stretch beyond ASCII, to make it worth while to decode them one by one. */
const sparse = 256;

/**
 * Decodes UTF-8 and looks for control characters in one pass. V8 takes a nanosecond for each byte once it has met one
 * that is not ASCII, and almost nothing before that: a text with few of them is put together of stretches.
 * @param raw the bytes, each as a character
 * @returns undefined if the bytes are not UTF-8
 */
export function decodeUtf8(bytes: Buffer, raw: string): DecodedText | undefined {
  let text = '';
  let from = 0;
  special.lastIndex = 0;
  for (let left = 4 + bytes.length / sparse; special.test(raw); left--) {
    const start = special.lastIndex - 1;
    if (from === 0 && !isUtf8(bytes)) return undefined;
    if (left < 0 || raw.charCodeAt(start) < 128) return { text: bytes.toString('utf8'), clean: false };
    text += raw.slice(from, start);
    from = start;
    while (raw.charCodeAt(from) > 127) {
      const length = lengthAt(raw, from);
      text += characterAt(raw, from, length);
      from += length;
    }
    special.lastIndex = from;
  }
  return { text: from === 0 ? raw : text + raw.slice(from), clean: true };
}

function lengthAt(raw: string, at: number): number {
  const first = raw.charCodeAt(at);
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

// The encoding is known to be right (RFC 3629 §3).
function characterAt(raw: string, at: number, length: number): string {
  const last = raw.charCodeAt(at + length - 1) & 63;
  const first = raw.charCodeAt(at);
  if (length === 2) return String.fromCharCode(((first & 31) << 6) | last);
  const middle = ((raw.charCodeAt(at + length - 2) & 63) << 6) | last;
  if (length === 3) return String.fromCharCode(((first & 15) << 12) | middle);
  return String.fromCodePoint(((first & 7) << 18) | ((raw.charCodeAt(at + 1) & 63) << 12) | middle);
}
