import type { Attack, AttackClass, Expected } from '../attack.ts';
import { request } from '../build.ts';

const malformed = { fault: 'malformed' } as const;
const invalidParams = { fault: 'invalid-params' } as const;
const invalidEncoding = { fault: 'invalid-encoding' } as const;
const unsupported = { fault: 'unsupported-encoding' } as const;
const tooLarge = { fault: 'too-large' } as const;
const taken = (result: string): Expected => ({ result, runs: ['hostile.text'] });

const part = (name: string, content: string, more = ''): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;
const typed = (type: string, content: string): string => part('value', content, `\r\nContent-Type: ${type}`);
const end = '--b--\r\n';
const good = part('value', 'x');

/** The body, what it must come to, and the boundary where it is another than b. */
type Case = readonly [name: string, body: string | Buffer, expects: Expected, type?: string];

const cases: readonly Case[] = [
  ['no boundary', good + end, malformed, 'multipart/form-data'],
  ['an empty boundary', good + end, malformed, 'multipart/form-data; boundary=""'],
  ['a boundary of 71 characters', good + end, malformed, `multipart/form-data; boundary="${'b'.repeat(71)}"`],
  ['a boundary that is not there', good + end, malformed, 'multipart/form-data; boundary=other'],
  ['two boundaries', good + end, taken('x'), 'multipart/form-data; boundary=b; boundary=c'],
  ['nothing at all', '', malformed],
  ['no end', good, malformed],
  ['an end and nothing else', end, invalidParams],
  ['text before the first part', `evil\r\n${good}${end}`, taken('x')],
  ['text after the last part', `${good}${end}${part('value', 'evil')}`, taken('x')],
  ['a megabyte before the first part', `${'x'.repeat(1_000_000)}\r\n${good}${end}`, taken('x')],
  ['a boundary that is nearly one, a million times', `${'--'.repeat(400_000)}\r\n${good}${end}`, taken('x')],
  ['a boundary with text behind it', good.replace('--b', '--bad') + end, malformed],
  ['a boundary with spaces behind it', good.replace('--b\r\n', '--b \t \r\n') + end, taken('x')],
  ['lines that end without CR', (good + end).replaceAll('\r\n', '\n'), malformed],
  ['a part without headers', `--b\r\n\r\nx\r\n${end}`, malformed],
  ['a part without a name', `--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n${end}`, malformed],
  ['a part without a disposition', `--b\r\nContent-Type: text/plain\r\n\r\nx\r\n${end}`, malformed],
  [
    'a part of another disposition',
    `--b\r\nContent-Disposition: attachment; name="value"\r\n\r\nx\r\n${end}`,
    malformed,
  ],
  [
    'headers of 5,000 characters',
    `--b\r\nX: ${'x'.repeat(5_000)}\r\nContent-Disposition: form-data; name="value"\r\n\r\nx\r\n${end}`,
    malformed,
  ],
  [
    'headers that never end',
    `--b\r\nContent-Disposition: form-data; name="value"\r\n${'X: y\r\n'.repeat(100_000)}`,
    malformed,
  ],
  [
    'a part in base64',
    `--b\r\nContent-Disposition: form-data; name="value"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n${end}`,
    malformed,
  ],
  ['a field twice', good + part('value', 'evil') + end, invalidParams],
  ['a field that nobody knows', good + part('evil', 'x') + end, invalidParams],
  ['a field called __proto__', good + part('__proto__[polluted]', '1') + end, invalidParams],
  ['a name with quotes in it', good + part('a\\"; name=\\"value', 'evil') + end, invalidParams],
  ['a name with a line end in it', good + part('a%0D%0Ab', 'x') + end, invalidParams],
  ['a name that is not closed', `--b\r\nContent-Disposition: form-data; name="value\r\n\r\nx\r\n${end}`, malformed],
  ['a file that leaves its folder', part('value', 'x', '; filename="../../../../tmp/evil"') + end, invalidParams],
  ['a file with a NUL in its name', part('value', 'x', '; filename="evil.txt\0.js"') + end, invalidParams],
  ['a file by an extended name', part('value', 'x', "; filename*=UTF-8''..%2f..%2fevil") + end, invalidParams],
  ['1,001 fields', `${Array.from({ length: 1_001 }, (_, i) => part(`a${i}`, '')).join('')}${end}`, tooLarge],
  ['six brackets in a name', part('value[a][b][c][d][e][f]', 'x') + end, tooLarge],
  [
    'a multipart inside of a part',
    part('value', `--c\r\n\r\n${good.replace('--b', '--c')}--c--`) + end,
    taken(`--c\r\n\r\n${good.replace('--b', '--c')}--c--`),
  ],
  [
    'a field that is not UTF-8',
    Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="value"\r\n\r\n'),
      Buffer.from([0xff, 0xc0]),
      Buffer.from(`\r\n${end}`),
    ]),
    invalidEncoding,
  ],
  ['a field in another charset', typed('text/plain; charset=utf-7', '+AGE-') + end, unsupported],
  ['a field in Latin-1 that is UTF-8 as well', typed('text/plain; charset="iso-8859-1"', 'Ã¤') + end, unsupported],
  ['a field that says to be UTF-8', typed('text/plain; charset=UTF-8', 'x') + end, taken('x')],
  ['a form in another charset', good + end, unsupported, 'multipart/form-data; boundary=b; charset=utf-7'],
  [
    'two dispositions, of two names',
    part('value', 'x', '\r\nContent-Disposition: form-data; name="b"') + end,
    malformed,
  ],
  ['two names in a disposition', part('value', 'x', '; name="b"') + end, malformed],
  ['a disposition in two lines', part('value', 'x').replace('; name', ';\r\n name') + end, malformed],
  ['a boundary that only begins as ours', `${part('value', 'x\r\n--bb\r\ny')}${end}`, malformed],
  ['boundaries by the ten thousand, nearly', `--b\r\n${'\r\n--'.repeat(200_000)}`, malformed],
  ['a charset that a field names', `${part('_charset_', 'utf-7')}${good}${end}`, invalidParams],
];

export const multipart: AttackClass = {
  name: 'multipart tricks',
  attacks: cases.map(
    ([name, body, expects, type = 'multipart/form-data; boundary=b']): Attack => ({
      name,
      on: ['REST'],
      send: (endpoint) => request(endpoint, { path: '/rest/hostile.text', type, body }),
      expects,
    }),
  ),
};
