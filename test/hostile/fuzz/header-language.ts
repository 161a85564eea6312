import { type Language, type Piece, textPiece } from './piece.ts';

/** A header as a tree: words, strings and runs of one sort, brackets around what they hold. */
export function headerPiece(text: string): Piece {
  const root = textPiece('');
  const open = [root];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[A-Za-z0-9_.*+/-]+|[ \t]+|[^A-Za-z0-9_.*+/ \t-]/g)) {
    const parent = open.at(-1) as Piece;
    if (token === ')' && open.length > 1) (open.pop() as Piece).close = ')';
    else {
      const piece = textPiece(token);
      parent.inner.push(piece);
      if (token === '(') open.push(piece);
    }
  }
  return root;
}

const words = [
  '', ' ', '  ', '\t', ',', ';', '=', '"', '""', '"\\""', '"\\', '(', ')', '()', ':', '::', ':AA==:', ':AA=:', '?1', '?0', '?2', '1', '-1',
  '1.5', '999999999999999', '9999999999999999', 'a', '*', 'a-b', 'A', 'sig1', 'created', 'expires', 'nonce', 'keyid', 'alg', 'tag', 'é',
  '%', '%4', '%zz', '%00', '%25', '%E2%82%AC', '\u0000', '\r\n', '&', '/', '\\', "'", '@method', '@query-param', 'content-digest', 'sha-256',
  'OAuth', 'oauth_nonce', 'oauth_token', 'realm', 'HMAC-SHA1', 'charset', 'utf-8', 'UTF-16', 'iso-8859-1', 'boundary', 'text/xml',
  'application/json', 'multipart/form-data', '__proto__', 'constructor', 'x'.repeat(300), '[', ']', '<', '>', '{', '}', '😀',
] as const; // biome-ignore format: a list of words

/** Headers of any sort. */
export const header: Language = {
  alter: (piece, pick) => {
    piece.open = words[pick % words.length] as string;
  },
  tokens: words,
};
