import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { joinText } from '../../../lib/chunks.ts';
import type { Descriptor } from '../../../lib/descriptor.ts';
import { Fault } from '../../../lib/fault.ts';
import { xmlrpc } from '../../../protocols/xmlrpc/index.ts';
import { faultOf, giving, taking } from './calls.ts';

const note = { multicall: false, extensions: false };
const write = (returns: Descriptor, value: unknown, extensions = false) =>
  joinText(xmlrpc.write(giving(returns), value, { ...note, extensions })).replace(/^<value>(.*)<\/value>$/s, '$1');

type Case = readonly [descriptor: Descriptor, value: unknown, expected: string];

const member = (name: string, value: string) => `<member><name>${name}</name><value>${value}</value></member>`;
const All = t.object('All', {
  a: t.int(),
  b: t.nullable(t.string()),
  c: t.optional(t.boolean()),
  constructor: t.optional(t.int()),
});

const cases: readonly Case[] = [
  [t.string(), 'a<b>&"\' \r\n\tü😀', '<string>a&lt;b&gt;&amp;"\' &#13;\n\t&#252;&#128512;</string>'],
  [t.string(), '', '<string></string>'],
  [t.enum(['a&b']), 'a&b', '<string>a&amp;b</string>'],
  [t.boolean(), true, '<boolean>1</boolean>'],
  [t.boolean(), false, '<boolean>0</boolean>'],
  [t.int(), -2147483648, '<int>-2147483648</int>'],
  [t.int(), -0, '<int>0</int>'],
  [t.int64(), -9223372036854775808n, '<string>-9223372036854775808</string>'],
  [t.float(), 12.25, '<double>12.25</double>'],
  [t.float(), 3, '<double>3</double>'],
  [t.float(), -0, '<double>0</double>'],
  [t.float(), 1e21, '<double>1000000000000000000000</double>'],
  [t.float(), -1.5e22, '<double>-15000000000000000000000</double>'],
  [t.float(), 1e-7, '<double>0.0000001</double>'],
  [t.float(), -1.25e-9, '<double>-0.00000000125</double>'],
  [t.float(), 5e-324, `<double>0.${'0'.repeat(323)}5</double>`],
  [t.float(), Number.MAX_VALUE, `<double>17976931348623157${'0'.repeat(292)}</double>`],
  [t.decimal(), '-12.50', '<string>-12.50</string>'],
  [t.date(), '2024-02-29', '<string>2024-02-29</string>'],
  [t.datetime(), new Date('1998-07-17T14:08:55.999Z'), '<dateTime.iso8601>19980717T14:08:55</dateTime.iso8601>'],
  [t.datetime(), new Date('0042-01-02T03:04:05Z'), '<dateTime.iso8601>00420102T03:04:05</dateTime.iso8601>'],
  [t.bytes(), new Uint8Array([9, 0, 1, 2]).subarray(1), '<base64>AAEC</base64>'],
  [t.list(t.int()), [], '<array><data></data></array>'],
  [
    t.list(t.nullable(t.int())),
    [1, null],
    '<array><data><value><int>1</int></value><value><nil/></value></data></array>',
  ],
  [
    t.list(t.list(t.int())),
    [[1]],
    '<array><data><value><array><data><value><int>1</int></value></data></array></value></data></array>',
  ],
  [t.map(t.int()), { 'a&': 1 }, `<struct>${member('a&amp;', '<int>1</int>')}</struct>`],
  [t.map(t.nullable(t.int())), { a: null }, `<struct>${member('a', '<nil/>')}</struct>`],
  [t.map(t.int()), JSON.parse('{"__proto__": 1}'), `<struct>${member('__proto__', '<int>1</int>')}</struct>`],
  [t.nullable(t.string()), null, '<nil/>'],
  [All, { a: 1, b: null }, `<struct>${member('a', '<int>1</int>')}</struct>`],
  [
    All,
    { b: 'B', a: 1, c: undefined, other: 2 },
    `<struct>${member('a', '<int>1</int>')}${member('b', '<string>B</string>')}</struct>`,
  ],
  [
    All,
    { a: 1, b: 'B', c: true, constructor: 2 },
    `<struct>${member('a', '<int>1</int>')}${member('b', '<string>B</string>')}${member('c', '<boolean>1</boolean>')}${member('constructor', '<int>2</int>')}</struct>`,
  ],
  [t.json(), null, '<nil/>'],
  [
    t.json(),
    [1, 1.5, 2 ** 31, -0, 'x', true],
    ['int>1', 'double>1.5', 'double>2147483648', 'int>0', 'string>x', 'boolean>1']
      .map((item) => `<value><${item}</${item.replace(/>.*/, '')}></value>`)
      .join('')
      .replace(/^(.*)$/, '<array><data>$1</data></array>'),
  ],
  [t.json(), { ü: null, a: {} }, `<struct>${member('&#252;', '<nil/>')}${member('a', '<struct></struct>')}</struct>`],
];

describe('XML-RPC results are written by descriptor', () => {
  for (const [descriptor, value, expected] of cases) {
    it(`${descriptor.kind}: ${expected.slice(0, 80)}`, () => expect(write(descriptor, value)).to.equal(expected));
  }

  it('is a boolean where a function returns nothing', () => {
    expect(xmlrpc.write(taking({}), undefined, note)).to.equal('<value><boolean>1</boolean></value>');
  });

  it('has i8 and nil members with extensions only', () => {
    const O = t.object('O', { a: t.int64(), b: t.nullable(t.int64()), c: t.optional(t.nullable(t.int())) });
    const fn = giving(O);
    const value = { a: 1n, b: null };
    expect(xmlrpc.write(fn, value, note)).to.equal(
      `<value><struct>${member('a', '<string>1</string>')}</struct></value>`,
    );
    expect(xmlrpc.write(fn, value, { ...note, extensions: true })).to.equal(
      `<value><struct>${member('a', '<i8>1</i8>')}${member('b', '<nil/>')}</struct></value>`,
    );
    expect(xmlrpc.write(fn, value, note)).to.equal(
      `<value><struct>${member('a', '<string>1</string>')}</struct></value>`,
    );
    expect(write(O, { a: 1n, b: 2n, c: null }, true)).to.include(member('c', '<nil/>'));
  });

  it('refuses characters that XML cannot carry, and says where they are', () => {
    const O = t.object('O', { ok: t.string(), bad: t.list(t.string()), map: t.map(t.json()) });
    const value = { ok: 'ok', bad: ['ok', 'a\u0000b', '\ud800'], map: { ok: '\uffff', '\u0001': 1 } };
    const fault = faultOf(() => write(O, value));
    expect(fault).to.include({ code: 'invalid-result', message: 'The result has characters that XML cannot carry' });
    expect(fault.issues.map(({ path }) => path)).to.deep.equal(['bad/1', 'bad/2', 'map', 'map/ok']);
  });

  it('writes long results in pieces, and nothing of one that it refused before', () => {
    const Rows = t.object('Rows', { list: t.list(t.string()), map: t.map(t.list(t.int())) });
    const list = Array.from({ length: 2_000 }, (_, i) => `row ${i}`);
    const map = { a: list.map((_, i) => i), b: [1], c: list.map((_, i) => -i) };
    expect(() => write(Rows, { list: [...list, '\0'], map })).to.throw(Fault);
    const text = xmlrpc.write(giving(Rows), { list, map }, note);
    expect(text).to.be.an('array').with.length.above(5);
    const ints = (items: readonly number[]) =>
      `<array><data>${items.map((item) => `<value><int>${item + 0}</int></value>`).join('')}</data></array>`;
    const strings = list.map((item) => `<value><string>${item}</string></value>`).join('');
    const maps = `<struct>${member('a', ints(map.a))}${member('b', ints(map.b))}${member('c', ints(map.c))}</struct>`;
    const whole = `<value><struct>${member('list', `<array><data>${strings}</data></array>`)}${member('map', maps)}</struct></value>`;
    expect(joinText(text)).to.equal(whole);
    const outcomes = [text, 'x', text].map((written) => ({ ok: true, fn: giving(Rows), written }) as const);
    const { body } = xmlrpc.encode(outcomes, { ...note, multicall: true }, 'r1', undefined as never);
    const item = (value: string) => `<value><array><data>${value}</data></array></value>`;
    expect(String(body)).to.include(item(item(whole) + item('x') + item(whole)));
  });

  it('does not hide what a value itself throws', () => {
    const value = {
      get a(): number {
        throw new RangeError('from inside');
      },
    };
    expect(() => write(t.object('O', { a: t.int() }), value)).to.throw(RangeError, 'from inside');
  });
});
