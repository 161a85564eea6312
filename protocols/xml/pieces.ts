import { chunkLength, encodeLatin1, encodeText, joinText, lengthOf, longAnswer, type Text } from '../../lib/chunks.ts';
import type { Source } from '../../lib/codegen.ts';

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

/**
 * What is done with a long text between two entries: it is put away, as long ropes of text are expensive; or it is given
 * to who asked for pieces, which is done in outermost lists; or nothing is done, inside of these.
 */
export type Pausing = 'put away' | 'yield' | 'never';

/** Generated code between two entries, where the variable `s` has the text so far. */
export function pauseCode(pausing: Pausing, source: Source): string {
  if (pausing === 'never') return '';
  const then = pausing === 'yield' ? "{ yield s; s = ''; }" : `s = ${source.constant(putAway)}(s);`;
  return `if (s.length > ${chunkLength}) ${then}`;
}

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
  if (length > longAnswer && typeof text !== 'string') return text;
  const pieces = typeof text === 'string' ? [text] : text;
  return pieces.some((piece) => beyondBmp.test(piece)) ? encodeText(pieces) : encodeLatin1(pieces);
}
