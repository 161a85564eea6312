import type { Attack, AttackClass, Expected } from '../attack.ts';
import { bodyOf, message, request } from '../build.ts';
import { type Endpoint, forms, jsonEndpoints, xmlEndpoints } from '../endpoints.ts';

const invalid = { fault: 'invalid-encoding' } as const;
const unsupported = { fault: 'unsupported-encoding' } as const;
const malformed = { fault: 'malformed' } as const;

const taken = (result: string): Expected => ({ result, runs: ['hostile.mark'] });

const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`;
const big = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const wide = (text: string): Buffer => Buffer.from([...text].flatMap((c) => [0, 0, 0, c.charCodeAt(0)]));
const utf7 = (text: string): Buffer => Buffer.from(text.replaceAll('<', '+ADw-').replaceAll('>', '+AD4-'));

type Spelt = (whole: (text: string, before?: string) => string) => string | Buffer;
type Case = readonly [name: string, spelt: Spelt, expects: Expected];

/** The message with these bytes where its text stands. */
const withBytes =
  (bytes: readonly number[]): Spelt =>
  (whole) => {
    const [head = '', tail = ''] = whole('\u0001').split('\u0001');
    return Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(tail)]);
  };

const marks: readonly Case[] = [
  ['a mark of UTF-8', (whole) => `\ufeff${whole('ü')}`, taken('ü')],
  ['a mark of UTF-16, little end first', (whole) => Buffer.from(`\ufeff${whole('ü')}`, 'utf16le'), taken('ü')],
  ['a mark of UTF-16, big end first', (whole) => big(`\ufeff${whole('ü')}`), taken('ü')],
  ['two marks', (whole) => `\ufeff\ufeff${whole('x')}`, malformed],
  ['a mark inside of the text', (whole) => whole('a\ufeffb'), taken('a\ufeffb')],
  [
    'a mark of UTF-32, big end first',
    (whole) => Buffer.concat([Buffer.from([0, 0, 0xfe, 0xff]), wide(whole('x'))]),
    unsupported,
  ],
  [
    'a mark of UTF-32, little end first',
    (whole) => Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), wide(whole('x'))]),
    unsupported,
  ],
  ['UTF-32 without a mark', (whole) => wide(whole('x')), unsupported],
  ['a mark and nothing else', () => '\ufeff', malformed],
  [
    'a mark of UTF-16 before UTF-8',
    (whole) => {
      const bytes = Buffer.from(whole('x'));
      return Buffer.concat([Buffer.from([0xff, 0xfe]), bytes, Buffer.alloc(1 - (bytes.length % 2), 0x20)]); // of an odd length
    },
    invalid,
  ],
];

const declarations: readonly Case[] = [
  ['UTF-16 declared for UTF-8', (whole) => whole('x', declared('UTF-16')), invalid],
  [
    'UTF-8 declared for UTF-16 without a mark',
    (whole) => Buffer.from(whole('x', declared('UTF-8')), 'utf16le'),
    invalid,
  ],
  ['UTF-7', (whole) => utf7(whole('x')), malformed],
  ['UTF-7 declared', (whole) => whole('x', declared('UTF-7')), unsupported],
  ['EBCDIC declared', (whole) => whole('x', declared('IBM037')), unsupported],
  ['an encoding that nobody knows', (whole) => whole('x', declared('x-user-defined')), unsupported],
  ['an encoding with a name of 10,000 characters', (whole) => whole('x', declared('x'.repeat(10_000))), taken('x')],
  ['an encoding that is no name', (whole) => whole('x', declared('../../etc/passwd')), malformed],
  ['an encoding that is script', (whole) => whole('x', declared('<script>alert(1)</script>')), malformed],
  ['Latin-1 declared, and meant', (whole) => Buffer.from(whole('ü', declared('ISO-8859-1')), 'latin1'), taken('ü')],
  ['ASCII declared, and more meant', (whole) => whole('ü', declared('US-ASCII')), invalid],
  ['Shift_JIS, in which a backslash hides', (whole) => whole('x', declared('Shift_JIS')), unsupported],
];

const bytes: readonly Case[] = [
  ['an overlong NUL', withBytes([0xc0, 0x80]), invalid],
  ['an overlong less-than', withBytes([0xc0, 0xbc]), invalid],
  ['an overlong slash of three bytes', withBytes([0xe0, 0x80, 0xaf]), invalid],
  ['a lone surrogate', withBytes([0xed, 0xa0, 0x80]), invalid],
  ['a surrogate pair as CESU-8 has it', withBytes([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]), invalid],
  ['a character beyond Unicode', withBytes([0xf4, 0x90, 0x80, 0x80]), invalid],
  ['a character of five bytes', withBytes([0xf8, 0x88, 0x80, 0x80, 0x80]), invalid],
  ['a byte that continues nothing', withBytes([0x80]), invalid],
  ['a character that is broken off by a tag', withBytes([0xe2, 0x82]), invalid],
  ['Latin-1 that is not declared', withBytes([0xfc]), invalid],
  ['0xFF', withBytes([0xff]), invalid],
  [
    'UTF-16 of an odd length',
    (whole) => Buffer.concat([Buffer.from(`\ufeff${whole('x')}`, 'utf16le'), Buffer.from([0x20])]),
    invalid,
  ],
  ['UTF-16 with a lone surrogate', (whole) => Buffer.from(`\ufeff${whole('a\ud800b')}`, 'utf16le'), invalid],
  [
    'UTF-16 with a pair the wrong way round',
    (whole) => Buffer.from(`\ufeff${whole('\ude00\ud83d')}`, 'utf16le'),
    invalid,
  ],
];

const labels: readonly (readonly [name: string, charset: string, expects: Expected])[] = [
  ['a charset that the bytes are not', 'utf-16', invalid],
  ['a charset that nobody knows', 'x-unknown', unsupported],
  ['UTF-7 as the charset', 'utf-7', unsupported],
  ['an empty charset in quotes', '"utf-8"', taken('x')],
];

function xmlCase([name, spelt, expects]: Case): Attack {
  return {
    name,
    on: xmlEndpoints,
    send: (endpoint) =>
      request(endpoint, {
        body: spelt((text, before = '') => message(endpoint, { text, before })),
        type: forms[endpoint].type.replace(/;.*/, ''),
      }),
    expects,
  };
}

/** A JSON request whose text stands between these. */
function around(endpoint: Endpoint): readonly [head: string, tail: string] {
  const [head = '', tail = ''] = bodyOf(endpoint, 'hostile.mark', { text: '|' }).split('|');
  return [head, tail];
}

const jsonBytes: readonly (readonly [name: string, bytes: readonly number[], expects: Expected])[] = [
  ['an overlong NUL', [0xc0, 0x80], invalid],
  ['a lone surrogate', [0xed, 0xa0, 0x80], invalid],
  ['a byte that continues nothing', [0x80], invalid],
  ['Latin-1', [0xfc], invalid],
  ['a character beyond Unicode', [0xf4, 0x90, 0x80, 0x80], invalid],
  ['U+0000 as it is', [0], malformed],
  ['U+2028 as it is', [0xe2, 0x80, 0xa8], taken('\u2028')],
];

const json: readonly Attack[] = [
  ...jsonBytes.map(
    ([name, inner, expects]): Attack => ({
      name: `${name}, in JSON`,
      on: jsonEndpoints,
      send: (endpoint) => {
        const [head, tail] = around(endpoint);
        return request(endpoint, { body: Buffer.concat([Buffer.from(head), Buffer.from(inner), Buffer.from(tail)]) });
      },
      expects,
    }),
  ),
  ...(
    [
      ['a mark of UTF-8 before JSON', (text) => Buffer.from(`\ufeff${text}`), taken('x')],
      ['two marks before JSON', (text) => Buffer.from(`\ufeff\ufeff${text}`), malformed],
      ['JSON in UTF-16 with a mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), invalid],
      ['JSON in UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le'), malformed],
      ['JSON in UTF-32', (text) => wide(text), malformed],
    ] as const satisfies readonly (readonly [string, (text: string) => Buffer, Expected])[]
  ).map(
    ([name, spelt, expects]): Attack => ({
      name,
      on: jsonEndpoints,
      send: (endpoint) => request(endpoint, { body: spelt(around(endpoint).join('x')) }),
      expects,
    }),
  ),
  {
    name: 'JSON said to be UTF-7',
    on: jsonEndpoints,
    send: (endpoint) =>
      request(endpoint, { body: around(endpoint).join('x'), type: 'application/json; charset=utf-7' }),
    expects: unsupported,
  },
];

export const encodings: AttackClass = {
  name: 'XML encodings and BOM tricks, invalid UTF-8, lone surrogates',
  attacks: [
    ...[...marks, ...declarations, ...bytes].map(xmlCase),
    ...labels.map(
      ([name, charset, expects]): Attack => ({
        name,
        on: xmlEndpoints,
        send: (endpoint) =>
          request(endpoint, {
            body: message(endpoint),
            type: `${forms[endpoint].type.replace(/;.*/, '')}; charset=${charset}`,
          }),
        expects,
      }),
    ),
    ...json,
  ],
};
