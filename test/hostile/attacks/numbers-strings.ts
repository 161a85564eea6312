import type { Attack, AttackClass, Expected } from '../attack.ts';
import { jsonCall, request, send } from '../build.ts';
import { callEndpoints, type Endpoint, jsonTaking, xmlEndpoints } from '../endpoints.ts';

const invalidParams = { fault: 'invalid-params' } as const;
const malformed = { fault: 'malformed' } as const;
const tooLarge = { fault: 'too-large' } as const;
const digits = (count: number): string => '9'.repeat(count);

type Kind = 'int' | 'int64' | 'float' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'bytes' | 'enum';

const wireTypes: Readonly<Record<Kind, string>> = {
  int: 'int',
  int64: 'string',
  float: 'double',
  decimal: 'string',
  boolean: 'boolean',
  date: 'string',
  datetime: 'dateTime.iso8601',
  bytes: 'base64',
  enum: 'string',
};

/** A call with the value as text, in the form in which each protocol has it; REST in a form. */
function callWith(endpoint: Endpoint, kind: Kind, text: string): Buffer {
  const name = `hostile.${kind}`;
  if (endpoint === 'REST') {
    const body = `value=${encodeURIComponent(text)}`;
    return request(endpoint, { path: `/rest/${name}`, type: 'application/x-www-form-urlencoded', body });
  }
  if (endpoint === 'JSON-RPC' || endpoint === 'MCP') return jsonCall(endpoint, name, JSON.stringify(text));
  const value =
    endpoint === 'XML-RPC'
      ? `<param><value><${wireTypes[kind]}>${text}</${wireTypes[kind]}></value></param>`
      : `<value>${text}</value>`;
  return send(endpoint, { name, params: value });
}

/** Values that no protocol takes for one of that kind. */
const nowhere: Readonly<Record<Kind, readonly string[]>> = {
  int: [
    '2147483648',
    '-2147483649',
    '0x10',
    '1e3',
    '007',
    '5.0',
    '5,0',
    '1_000',
    '٣',
    '',
    'NaN',
    'true',
    digits(1_000),
    digits(20_000),
  ],
  int64: ['9223372036854775808', '-9223372036854775809', '1e18', '0b1', '--1', digits(100_000)],
  float: ['1e400', '-1e400', 'NaN', 'Infinity', 'INF', '0x1p4', '1e', 'e5', '.', digits(100_000)],
  decimal: ['1e5', '1,5', '1.2.3', '$1', digits(100_000)],
  boolean: ['yes', '2', 'TRUE', 'null', '-1'],
  date: ['2026-02-30', '2026-13-01', '0000-01-01', '26-01-01', '2026-1-1', `2026-01-01${' '.repeat(10_000)}x`],
  datetime: [
    '2026-02-30T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-01-01T00:00:60Z',
    `2026-01-01T00:00:00.${digits(50_000)}Z`,
    '2026-01-01T00:00:00+99:99',
    'now',
  ],
  bytes: ['=', 'a', 'ab=c', '!!!!', '%00', `${'A'.repeat(50_001)}=`],
  enum: ['RED', 'red ', 'constructor', '__proto__', 'red\u200b'],
};

const values: readonly Attack[] = Object.entries(nowhere).flatMap(([kind, texts]) =>
  texts.map(
    (text): Attack => ({
      name: `${text.length > 40 ? `${text.slice(0, 20)}… (${text.length} characters)` : JSON.stringify(text)} for ${kind}`,
      on: callEndpoints,
      send: (endpoint) => callWith(endpoint, kind as Kind, text),
      expects: invalidParams,
    }),
  ),
);

/** White space inside of a value, by the hundred thousand: whoever looks for its end from each of them is busy for hours. */
const spaced: readonly Attack[] = (Object.keys(wireTypes) as Kind[]).map((kind) => ({
  name: `900,000 spaces inside of ${kind}`,
  on: callEndpoints,
  send: (endpoint) =>
    callWith(endpoint, kind, `1${(endpoint === 'REST' ? '\t' : ' ').repeat(endpoint === 'REST' ? 300_000 : 900_000)}1`),
  // Base64 may have white space in XML; what is left of it there is of a wrong length all the same.
  expects: invalidParams,
}));

/** Numbers as JSON has them: exact, or refused. */
const numbers: readonly (readonly [kind: string, json: string, expects: Expected])[] = [
  ['int', '2147483647', { result: 2_147_483_647, runs: ['hostile.int'] }],
  ['int', '2147483648', invalidParams],
  ['int', '5.5', invalidParams],
  ['int', '"5"', invalidParams],
  ['int', 'true', invalidParams],
  ['int', 'null', invalidParams],
  ['int', '[5]', invalidParams],
  ['int64', '9007199254740993', { result: '9007199254740993', runs: ['hostile.int64'] }],
  ['int64', '9223372036854775808', invalidParams],
  ['float', '1e400', invalidParams],
  ['float', `1${'0'.repeat(998)}`, invalidParams],
  ['decimal', '0.10000000000000000001', { result: '0.10000000000000000001', runs: ['hostile.decimal'] }],
  ['json', '9007199254740993', invalidParams],
  ['json', '1e400', invalidParams],
  ['json', '-0', { result: 0, runs: ['hostile.json'] }],
  ['json', digits(1_001), tooLarge],
  ['json', digits(900_000), tooLarge],
  ['json', `1e${digits(1_000)}`, tooLarge],
  ['json', `0.${'0'.repeat(900_000)}1`, tooLarge],
  [
    'json',
    `[${'1.0e0,'.repeat(100_000)}1]`,
    { result: Array.from({ length: 100_001 }, () => 1), runs: ['hostile.json'] },
  ],
];

const ids: readonly (readonly [name: string, id: string, echoed: boolean])[] = [
  ['an id beyond 53 bits', '9007199254740993', true],
  ['an id with a fraction', '1.50', true],
  ['an id with an exponent', '1e400', true],
  ['an id with a NUL', '"\\u0000"', true],
  ['an id that is half a surrogate pair', '"\\ud800"', true],
  ['an id that is script', '"</script><script>alert(1)</script>"', true],
  ['an id of 900,000 characters', `"${'a'.repeat(900_000)}"`, true],
  ['an id of 1,001 digits', digits(1_001), false],
];

const jsonTexts: readonly (readonly [name: string, json: string, result: string])[] = [
  ['a NUL', '"a\\u0000b"', 'a\0b'],
  ['half a surrogate pair', '"\\ud800"', '\ud800'],
  ['a surrogate pair the wrong way round', '"\\ude00\\ud83d"', '\ude00\ud83d'],
  ['control characters', '"\\u0001\\u001f\\u007f"', '\u0001\u001f\u007f'],
  ['an ANSI escape', '"\\u001b[2J"', '\u001b[2J'],
  ['text from right to left', '"\\u202eabc"', '\u202eabc'],
  ['a character beyond 16 bits', '"\\ud83d\\ude00"', '\u{1f600}'],
];

/** Text that XML cannot carry is refused with its path, neither dropped nor sent. */
const carried: readonly Attack[] = ['\\u0000', '\\ud800', '\\uffff', '\\u0001'].map((escaped) => ({
  name: `${escaped} in JSON text, to be answered in XML`,
  on: ['XML-RPC', 'SOAP 1.1', 'SOAP 1.2'],
  send: (endpoint) =>
    send(endpoint, {
      name: 'hostile.json',
      params:
        endpoint === 'XML-RPC'
          ? `<param><value><string>&#${Number.parseInt(escaped.slice(2), 16)};</string></value></param>`
          : `<value>"${escaped}"</value>`,
    }),
  // SOAP holds JSON as text in which it is an escape still; XML-RPC would hold the character itself.
  expects: (endpoint): Expected =>
    endpoint === 'XML-RPC' ? malformed : { result: `"${escaped}"`, runs: ['hostile.json'] },
}));

const injections = [
  "' OR '1'='1",
  "'; DROP TABLE users; --",
  '{{7*7}}<%= 7*7 %>#{7*7}',
  '$(id)`id`|id;id&id',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '*)(uid=*))(|(uid=*',
  '{"$gt":""}',
  '%s%s%n%x',
  'a\r\nSet-Cookie: evil=1',
  '-1 UNION SELECT 1',
  'javascript:alert(1)',
];

const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;');

const texts: readonly Attack[] = injections.flatMap((text): readonly Attack[] => [
  {
    name: `${JSON.stringify(text)} as text`,
    on: jsonTaking,
    send: (endpoint) => jsonCall(endpoint, 'hostile.text', JSON.stringify(text)),
    expects: { result: text, runs: ['hostile.text'] },
  },
  {
    name: `${JSON.stringify(text)} as text of XML`,
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: xmlText(text) }),
    expects: { result: text, runs: ['hostile.mark'] },
  },
]);

export const numbersAndStrings: AttackClass = {
  name: 'numbers and strings',
  attacks: [
    ...values,
    ...spaced,
    ...numbers.map(
      ([kind, json, expects]): Attack => ({
        name: `${json.slice(0, 40)} (${json.length} characters) in JSON for ${kind}`,
        on: jsonTaking,
        send: (endpoint) => jsonCall(endpoint, `hostile.${kind}`, json),
        expects,
      }),
    ),
    ...ids.map(
      ([name, id, echoed]): Attack => ({
        name,
        on: ['JSON-RPC'],
        send: (endpoint) =>
          request(endpoint, { body: `{"jsonrpc":"2.0","method":"hostile.mark","params":["x"],"id":${id}}` }),
        expects: echoed ? { result: 'x', runs: ['hostile.mark'] } : tooLarge,
      }),
    ),
    ...jsonTexts.map(
      ([name, json, result]): Attack => ({
        name: `${name} in text`,
        on: jsonTaking,
        send: (endpoint) => jsonCall(endpoint, 'hostile.text', json),
        expects: { result, runs: ['hostile.text'] },
      }),
    ),
    ...carried,
    ...texts,
  ],
};
