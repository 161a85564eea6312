import { type Language, type Piece, textPiece } from './piece.ts';

/** Pairs of names and values, encoded already, as a tree. */
export function formPiece(text: string): Piece {
  const inner = text.split('&').map((pair): Piece => {
    const end = pair.indexOf('=');
    return { open: pair.slice(0, end + 1), between: '', close: '', inner: [textPiece(pair.slice(end + 1))] };
  });
  return { open: '', between: '&', close: '', inner };
}

const names = [
  'result=', 'string=', 'int=', 'int64=', 'list[]=', 'list[0]=', 'list[1]=', 'list[99]=', 'list[100]=', 'list[01]=', 'list[-1]=',
  'list[x]=', 'map[a]=', 'map[__proto__]=', '__proto__=', '__proto__[polluted]=', 'constructor[prototype][polluted]=', 'object[n]=',
  'object[label]=', 'object[unknown]=', 'object[n][n]=', 'json=', 'bytes=', 'enum=', 'nullable=', 'optional=', 'preset=', 'aka=', 'a[=', 'a]=',
  'a[b]c=', '[]=', '=', '%=', '%zz=', 'map[%00]=', 'map[%ff]=', 'list[][]=', 'a[b][c][d][e][f]=', 'a[b][c][d][e][f][g]=', 'x',
] as const; // biome-ignore format: a list of words

const words = [
  '', '0', '1', '-1', 'true', 'false', '007', '0x10', '1e3', '+5', '%205', '5.0', '2147483648', '9223372036854775807', '%', '%4', '%zz',
  '%ff', '%c0%af', '%ed%a0%80', '%00', '%F0%9F%98%80', 'red', 'AAEC', 'A%3D%3D', 'A+B=', '2026-02-28', '2026-02-28T12:00:00Z', '{}',
  '%7B%22a%22:1,%22a%22:2%7D', '[1,', '%22%5Cud800%22', 'é', '\u0000', '+', ';', '%26', 'x'.repeat(300),
] as const; // biome-ignore format: a list of words

/** application/x-www-form-urlencoded, bodies and queries. */
export const form: Language = {
  alter: (piece, pick) => {
    const which = Math.floor(pick / 2);
    if (piece.inner.length === 0) piece.open = words[which % words.length] as string;
    else if (pick % 2 === 0) piece.open = names[which % names.length] as string;
    else piece.inner = [textPiece(words[which % words.length] as string)];
  },
  tokens: [...words, ...names, '&', '=', '[', ']', '[]', '%', '&&', '?', '#', '\r\n'],
};
