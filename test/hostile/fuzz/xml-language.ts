import { type Language, type Piece, textPiece } from './piece.ts';

/** Reads a well-formed document without comments and sections, one of ours, as a tree. */
export function xmlPiece(document: string): Piece {
  const root = textPiece('');
  const open = [root];
  for (const [token] of document.matchAll(/<[^>]*>|[^<]+/g)) {
    const parent = open.at(-1) as Piece;
    if (token.startsWith('</')) (open.pop() as Piece).close = token;
    else {
      const piece = textPiece(token);
      parent.inner.push(piece);
      if (token.startsWith('<') && !token.startsWith('<?') && !token.endsWith('/>')) open.push(piece);
    }
  }
  if (open.length !== 1) throw new Error('the document is not one of ours');
  return root;
}

const names = [
  'result', 'value', 'item', 'entry', 'key', 'params', 'param', 'data', 'array', 'struct', 'member', 'name', 'int', 'i4', 'i8',
  'string', 'double', 'boolean', 'base64', 'nil', 'dateTime.iso8601', 'methodName', 'methodCall', 's:Body', 's:Header',
  's:Envelope', 'w:fuzz_whole', 'w:fuzz_fields', 'w:nothing', 'x:undeclared', 'constructor', '__proto__', 'toString', 'é', 'int64',
  'list', 'map', 'object', 'json', 'bytes', 'n'.repeat(1_025), 'wsse:Username', 'wsse:Password', 'wsse:Nonce', 'wsu:Created',
] as const; // biome-ignore format: a list of words

const words = [
  '', ' ', '0', '1', '-1', 'true', 'false', '2147483647', '-2147483649', '9223372036854775807', '1e3', '0.1', '-0', 'INF', 'NaN',
  '2026-02-30', '2026-02-28T24:00:00Z', '20260228T12:00:00', '2026-02-28T12:00:00+14:00', 'AAECAw==', 'A===', 'red', '{}', '[1,',
  '{"a":1,"a":2}', '"\\ud800"', '1e400', '&lt;', '&#65;', '&#0;', '&#xD800;', '&x;', '&', ']]>', '<![CDATA[<x>]]>', '<!-- c -->',
  '<?p i?>', '<!DOCTYPE a>', '\u0000', '\ufffe', '😀', '\u0085', 'system.multicall', 'fuzz.whole', 'fuzz.fields', 'auth.login',
  '__proto__', 'constructor', '#i1', '\r\n', '\t1 ', 'x'.repeat(300),
] as const; // biome-ignore format: a list of words

const attributes = [
  'id="i1"', 'href="#i1"', 'href="#i2"', 'xsi:nil="true"', 'xsi:nil="0"', 'xsi:nil="maybe"', 'xsi:type="xsd:int"',
  'xsi:type="w:Everything"', 'xsi:type="u:x"', 'xsi:type="apache:Map"', 'enc:arrayType="xsd:int[2]"', 'enc:arrayType="xsd:int[2,3]"',
  'enc:arrayType="xsd:anyType[][999999999]"', 'enc:arrayType="x"', 'enc:offset="[1]"', 's:mustUnderstand="1"',
  's:mustUnderstand="yes"', 's:actor="http://schemas.xmlsoap.org/soap/actor/next"', 's:role="urn:x"',
  's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"', 's:encodingStyle=""', 's:encodingStyle="urn:x"', 'a="1"', 'a="1" a="2"',
  'xmlns=""', 'xmlns="urn:polywire"', 'xmlns:w="urn:other"', 'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"',
  'xmlns:s="http://www.w3.org/2003/05/soap-envelope"', 'xmlns:xml="x"', 'xmlns:p=""', 'xml:lang="é"', "b='&#10;<'", 'c="&amp;&#9;\n"',
  'Type="urn:x"', 'EncodingType="urn:x"', 'wsu:Id="a"', `d="${'v'.repeat(70_000)}"`,
] as const; // biome-ignore format: a list of words

function chosen(list: readonly string[], pick: number): string {
  return list[pick % list.length] as string;
}

/** XML as SOAP and XML-RPC speak it. */
export const xml: Language = {
  alter: (piece, pick) => {
    const which = Math.floor(pick / 3);
    if (!piece.open.startsWith('<')) piece.open = chosen(words, which);
    else if (pick % 3 === 0) piece.open = piece.open.replace(/(?=\/?>$)/, ` ${chosen(attributes, which)}`);
    else if (pick % 3 === 1) piece.inner = [textPiece(chosen(words, which))];
    else {
      const name = chosen(names, which);
      piece.open = piece.open.replace(/^<[^\s/>]+/, `<${name}`);
      if (piece.close !== '') piece.close = `</${name}>`;
    }
  },
  tokens: [
    ...words,
    '<',
    '>',
    '</',
    '/>',
    '"',
    "'",
    '=',
    ':',
    '<?',
    '?>',
    '<!--',
    '-->',
    '<a>',
    '</a>',
    ' xmlns:p="q"',
    '\ud800',
  ],
};
