import { type Language, type Piece, textPiece } from './piece.ts';

/** Reads JSON text as a tree: members are pieces whose `open` is their name. */
export function jsonPiece(text: string): Piece {
  return valuePiece(JSON.parse(text));
}

function valuePiece(value: unknown): Piece {
  if (Array.isArray(value)) return { open: '[', between: ',', close: ']', inner: value.map(valuePiece) };
  if (typeof value !== 'object' || value === null) return textPiece(JSON.stringify(value));
  const inner = Object.entries(value).map(
    ([name, member]): Piece => ({
      open: `${JSON.stringify(name)}:`,
      between: '',
      close: '',
      inner: [valuePiece(member)],
    }),
  );
  return { open: '{', between: ',', close: '}', inner };
}

const words = [
  'null', 'true', 'false', '0', '-0', '1', '-1', '1.0', '1.5', '1e3', '1e400', '1E-400', '2147483648', '9007199254740993',
  '9223372036854775808', '0.1000000000000000055511151231257827', '00', '01', '+1', '.5', '5.', '1e', '-', 'NaN', 'Infinity', '0x10',
  '""', '"1"', '" 5"', '"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', '"a\\x"', '"\t"', "'a'", '"2026-02-30"', '"2026-02-28T12:00:00Z"',
  '"2026-02-28T12:00:00.123456789+01:00"', '"AAEC"', '"A="', '"red"', '[]', '{}', '[[]]', '{"a":{}}', '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '[1,]', '{"a":1,}', '"2.0"', '"1.0"',
  '"fuzz.whole"', '"fuzz.fields"', '"fuzz.none"', '"rpc.x"', '"auth.login"', '"system.listMethods"', '"9223372036854775807"', '"0.10"',
  `"${'x'.repeat(300)}"`, `${'1'.repeat(1_001)}`, `${'['.repeat(101)}${']'.repeat(101)}`, '"😀\u2028"', '\ufeff1', '// c', '"\u0085"',
] as const; // biome-ignore format: a list of words

const names = [
  'jsonrpc', 'method', 'params', 'id', 'result', 'string', 'int', 'int64', 'float', 'decimal', 'date', 'datetime', 'bytes', 'enum',
  'list', 'map', 'object', 'json', 'nullable', 'optional', 'preset', 'aka', '__proto__', 'constructor', 'toString', 'prototype', '',
  'unknown', '0', '\ud800', '😀', 'x'.repeat(1_100),
] as const; // biome-ignore format: a list of words

/** JSON as REST and JSON-RPC speak it. */
export const json: Language = {
  alter: (piece, pick) => {
    const which = Math.floor(pick / 2);
    const word = words[which % words.length] as string;
    if (piece.open.endsWith(':') && pick % 2 === 0) piece.open = `${JSON.stringify(names[which % names.length])}:`;
    else if (piece.open.endsWith(':')) piece.inner = [textPiece(word)];
    else {
      piece.open = word;
      piece.close = '';
      piece.inner = [];
    }
  },
  tokens: [
    ...words,
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u',
    '\\ud83d',
    ' ',
    '\n',
    '\t',
    '\r',
    '\u0000',
    '\u00a0',
    '\ud800',
    '\ufeff',
  ],
};
