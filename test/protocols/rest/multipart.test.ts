import { expect } from 'chai';
import { readSettings } from '../../../lib/settings.ts';
import type { Texts } from '../../../protocols/rest/form.ts';
import { parseMultipart } from '../../../protocols/rest/multipart.ts';
import { caught } from '../../lib/caught.ts';

const { limits } = readSettings({});
const type = 'multipart/form-data; boundary=XX';
const part = (headers: string, content: string) => `--XX\r\n${headers}\r\n\r\n${content}\r\n`;
const field = (name: string, content: string, more = '') =>
  part(`Content-Disposition: form-data; name="${name}"${more}`, content);
const parse = (text: string | Buffer, contentType = type) =>
  parseMultipart(Buffer.from(text as string), contentType, limits);
const end = '--XX--\r\n';

/** The tree as plain data: a single value as itself. */
function plain({ values, appended, members }: Texts): unknown {
  if (members.size > 0) return Object.fromEntries([...members].map(([name, below]) => [name, plain(below)]));
  if (appended.length > 0) return appended.map(plain);
  return values.length === 1 ? values[0] : {};
}

describe('protocols/rest/multipart', () => {
  for (const [what, text, expected] of [
    ['fields', field('s', 'hello') + field('n', '5') + end, { s: 'hello', n: '5' }],
    ['an empty field', field('s', '') + end, { s: '' }],
    [
      'text with line breaks and boundaries that are none',
      field('s', 'a\r\n--X\r\n--\r\nXX') + end,
      { s: 'a\r\n--X\r\n--\r\nXX' },
    ],
    ['text that a form would change', field('s', 'a+b%20c&d=e;f') + end, { s: 'a+b%20c&d=e;f' }],
    ['names with brackets', field('l[0]', '1') + field('m[a b]', '2') + end, { l: { 0: '1' }, m: { 'a b': '2' } }],
    ['names with quotes', field('a%22b\\"c', '1') + end, { 'a"b"c': '1' }],
    ['names that a form would change', field('a+b%20c&d', '1') + end, { 'a+b%20c&d': '1' }],
    ['UTF-8', field('é', 'é') + end, { é: 'é' }],
    ['a preamble and an epilogue', `before\r\n${field('s', 'x')}${end}after`, { s: 'x' }],
    ['no fields', end, {}],
    ['spaces after the boundary', field('s', 'x').replace('--XX\r\n', '--XX  \r\n') + end, { s: 'x' }],
    [
      'headers in any case and order',
      part('content-type: text/plain\r\nCONTENT-DISPOSITION: Form-Data; NAME="s"', 'x') + end,
      { s: 'x' },
    ],
  ] as const)
    it(`reads ${what}`, () => expect(plain(parse(text))).eql(expected));

  it('reads files as bytes', () => {
    const body = Buffer.concat([
      Buffer.from(
        `--XX\r\nContent-Disposition: form-data; name="raw"; filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
      Buffer.from([0, 255, 13, 10]),
      Buffer.from(`\r\n${end}`),
    ]);
    expect(parse(body).members.get('raw')?.values).eql([new Uint8Array([0, 255, 13, 10])]);
  });

  it('takes a quoted boundary', () => {
    expect(plain(parse(field('s', 'x') + end, 'multipart/form-data; charset=utf-8; boundary="XX"'))).eql({ s: 'x' });
  });

  const big = Array.from({ length: 1_001 }, (_, i) => field(`f${i}`, '')).join('');
  for (const [what, text, code, contentType] of [
    ['no boundary', field('s', 'x') + end, 'malformed', 'multipart/form-data'],
    ['another boundary', field('s', 'x') + end, 'malformed', 'multipart/form-data; boundary=YY'],
    ['nothing', '', 'malformed'],
    ['no end', field('s', 'x'), 'malformed'],
    ['half a boundary at the end', `${field('s', 'x')}--XX`, 'malformed'],
    ['a part without headers', '--XX\r\n\r\nx\r\n--XX--\r\n', 'malformed'],
    ['a part without a name', part('Content-Disposition: form-data', 'x') + end, 'malformed'],
    ['a part that is no field', part('Content-Disposition: attachment; name="s"', 'x') + end, 'malformed'],
    [
      'a transfer encoding',
      part('Content-Disposition: form-data; name="s"\r\nContent-Transfer-Encoding: base64', 'eA==') + end,
      'malformed',
    ],
    [
      'text that is not UTF-8',
      Buffer.concat([
        Buffer.from('--XX\r\nContent-Disposition: form-data; name="s"\r\n\r\n'),
        Buffer.from([0xe9]),
        Buffer.from(`\r\n${end}`),
      ]),
      'invalid-encoding',
    ],
    ['1,001 fields', big + end, 'too-large'],
    ['nesting too deep', field('a[b][c][d][e][f][g]', 'x') + end, 'too-large'],
    [
      'headers of 5,000 bytes',
      part(`X: ${'y'.repeat(5_000)}\r\nContent-Disposition: form-data; name="s"`, 'x') + end,
      'malformed',
    ],
  ] as const)
    it(`refuses ${what}`, () => expect(caught(() => parse(text, contentType)).code).equal(code));

  it('takes a file and a field of one name for two values', () => {
    const both = parse(field('s', 'x') + field('s', 'y', '; filename="f"') + end).members.get('s');
    expect(both?.values).have.length(2);
  });

  it('pollutes nothing', () => {
    for (const name of [
      '__proto__',
      '__proto__[polluted]',
      'constructor[prototype][polluted]',
      'm[__proto__][polluted]',
    ]) {
      for (const more of ['', '; filename="f"']) {
        try {
          parse(field(name, 'x', more) + end);
        } catch (reason) {
          expect(String(reason)).contain('Fault');
        }
        expect(({} as { polluted?: unknown }).polluted).equal(undefined);
      }
    }
  });
});
