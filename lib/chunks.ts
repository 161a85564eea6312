import { lendBytes } from './lent-bytes.ts';

/** A text, or a long one in pieces: what writers make of results, so that no text of a megabyte is put together. */
export type Text = string | readonly string[];

/** Characters at which a piece is put away: small enough to stay in the processor's cache until it is bytes. */
export const chunkLength = 16_384;

/** Characters from which on an answer goes out piece by piece, each when the one before has left. */
export const longAnswer = 4_194_304;

/** Characters of a text. */
export function lengthOf(text: Text): number {
  if (typeof text === 'string') return text.length;
  let length = 0;
  for (const piece of text) length += piece.length;
  return length;
}

/** A text between two others. */
export function wrapText(before: string, text: Text, after: string): Text {
  return typeof text === 'string' ? `${before}${text}${after}` : [before, ...text, after];
}

/** Two texts with a separator between them. */
export function appendText(text: Text, separator: string, next: Text): Text {
  if (typeof text === 'string') return typeof next === 'string' ? text + separator + next : [text, separator, ...next];
  return typeof next === 'string' ? [...text, separator + next] : [...text, separator, ...next];
}

/** A text in one piece. */
export function joinText(text: Text): string {
  return typeof text === 'string' ? text : text.join('');
}

/** The UTF-8 bytes of a text, lent (`lib/lent-bytes.ts`). */
export function encodeText(text: Text): Buffer {
  return encode(text, 'utf8');
}

/** The bytes of a text without characters beyond Latin-1, lent. */
export function encodeLatin1(text: Text): Buffer {
  return encode(text, 'latin1');
}

function encode(text: Text, encoding: 'utf8' | 'latin1'): Buffer {
  const pieces = typeof text === 'string' ? [text] : text;
  let length = 0;
  for (const piece of pieces) length += Buffer.byteLength(piece, encoding);
  return lendBytes(length, (bytes) => {
    let at = 0;
    for (const piece of pieces) at += bytes.write(piece, at, encoding);
    return at;
  });
}
