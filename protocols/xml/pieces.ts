import { chunkLength, encodeText, joinText, lengthOf, longAnswer, type Text } from '../../lib/chunks.ts';

/** What is put away of the text being written. A writer runs from its begin to its end before another one begins. */
let pieces: string[] = [];

/** Begins a text: what a writer that threw has left is dropped. */
export function beginText(): void {
  if (pieces.length > 0) pieces = [];
}

/**
 * Puts the text so far away, and gives the empty text to go on with. V8 has it as a rope of its parts until somebody asks
 * for a character: that is done at once, while they are in the processor's cache, and before a collector has to move them.
 */
export function putAway(text: string): string {
  if (text.charCodeAt(0) > 0) pieces.push(text);
  return '';
}

/** For generated code: when the text so far, the variable `s`, is put away. */
export const isLong = `s.length > ${chunkLength}`;

/** Ends a text whose last piece is the one given. */
export function endText(last: string): Text {
  if (pieces.length === 0) return last;
  const text = pieces;
  pieces = [];
  text.push(last);
  return text;
}

/** A search that ends at once in a text that V8 keeps a byte a character, as it does all without such characters. */
const beyondBmp = /[\ud800-\udfff]/;

/**
 * The body of an answer of ASCII and characters beyond the BMP: a short one as text, which goes out in one write with its
 * headers; a longer one as bytes, made piece by piece; a very long one as it is, for it goes out piece by piece.
 */
export function xmlBody(text: Text): Text | Buffer {
  const length = lengthOf(text);
  if (length <= chunkLength) return joinText(text);
  if (typeof text === 'string') return Buffer.from(text, beyondBmp.test(text) ? 'utf8' : 'latin1');
  if (length > longAnswer) return text;
  if (text.some((piece) => beyondBmp.test(piece))) return encodeText(text);
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (const piece of text) at += bytes.write(piece, at, 'latin1');
  return bytes;
}
