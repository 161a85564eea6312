import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { define } from '../../../lib/define.ts';
import type { Descriptor } from '../../../lib/descriptor.ts';
import type { PartialSettings } from '../../../lib/settings.ts';
import { answer, message11, post, siteOf, xsi } from './messages.ts';

/** What a parameter `a` of this kind becomes, or the issues as `path code`. */
function read(
  descriptor: Descriptor,
  children: string,
  settings: PartialSettings = {},
  wrapper = 'xmlns:p="urn:polywire"',
): unknown {
  let got: unknown;
  const fn = define('take', {
    description: 'Takes it.',
    effect: 'read',
    params: { a: descriptor, z: t.optional(t.string()) },
    aliases: { other: 'a' },
    handler: (params) => {
      got = params;
      return undefined;
    },
  });
  const body = `<p:take ${wrapper}>${children}</p:take>`;
  const { fault } = answer(siteOf([fn], settings), post(message11(body)));
  if (fault === undefined) return got;
  return fault.issues.length > 0 ? fault.issues.map(({ path, code }) => `${path} ${code}`) : fault.code;
}

function value(descriptor: Descriptor, text: string): unknown {
  const got = read(descriptor, `<a>${text}</a>`);
  return Array.isArray(got) || typeof got === 'string' ? got : (got as Record<string, unknown>)['a'];
}

const Inner = t.object('Inner', { id: t.int(), name: t.optional(t.string()), size: t.default(t.int(), 3) });

describe('soap/read', () => {
  it('reads every scalar', () => {
    expect(value(t.string(), ' a\n&lt;b&gt;<![CDATA[<&]]> ')).to.equal(' a\n<b><& ');
    expect(value(t.string(), '')).to.equal('');
    for (const [text, flag] of [
      ['1', true],
      ['0', false],
      [' true\n', true],
      ['false', false],
    ] as const)
      expect(value(t.boolean(), text)).to.equal(flag);
    for (const [text, number] of [
      ['0', 0],
      ['7', 7],
      ['-0', 0],
      ['+12', 12],
      [' 5 ', 5],
      ['2147483647', 2147483647],
      ['-2147483648', -2147483648],
    ] as const) {
      expect(value(t.int(), text), text).to.equal(number);
    }
    expect(value(t.int64(), '9223372036854775807')).to.equal(9223372036854775807n);
    expect(value(t.float(), '1.5E-3')).to.equal(0.0015);
    expect(value(t.decimal(), '12345678901234567890.123456789')).to.equal('12345678901234567890.123456789');
    expect(value(t.date(), '2024-02-29+14:00')).to.equal('2024-02-29');
    expect(value(t.datetime(), '2024-01-01T01:02:03.9999+01:00')).to.deep.equal(new Date('2024-01-01T00:02:03.999Z'));
    expect(value(t.datetime(), '2024-01-01T00:00:00')).to.deep.equal(new Date('2024-01-01T00:00:00Z'));
    expect(value(t.bytes(), 'aGVs\n bG8=')).to.deep.equal(new Uint8Array(Buffer.from('hello')));
    expect(value(t.enum(['red']), 'red')).to.equal('red');
    expect(value(t.json(), '{"a":[1,null,"&lt;"]}')).to.deep.equal({ a: [1, null, '<'] });
  });

  it('refuses what a scalar is not', () => {
    for (const text of ['007', '0x10', '1e3', '5.0', '', '--1', '1 2', 'abc'])
      expect(value(t.int(), text), text).to.deep.equal(['a type']);
    for (const text of ['2147483648', '-2147483649', '9999999999999999999999'])
      expect(value(t.int(), text), text).to.deep.equal(['a range']);
    for (const text of ['maybe', 'TRUE', '', '2']) expect(value(t.boolean(), text), text).to.deep.equal(['a type']);
    for (const text of ['NaN', 'INF', '-INF', '0x1', ''])
      expect(value(t.float(), text), text).to.deep.equal(['a type']);
    expect(value(t.int64(), '9223372036854775808')).to.deep.equal(['a range']);
    expect(value(t.date(), '2023-02-29')).to.deep.equal(['a type']);
    expect(value(t.bytes(), 'a')).to.deep.equal(['a type']);
    expect(value(t.enum(['red']), 'blue')).to.deep.equal(['a enum']);
    for (const text of ['{', '{"a":1,"a":2}', '', '[1,]'])
      expect(value(t.json(), text), text).to.deep.equal(['a type']);
    expect(value(t.string(), 'a<b/>')).to.equal('invalid-request');
    expect(value(t.int(), '<b>1</b>')).to.equal('invalid-request');
  });

  it('takes members in any order, in no namespace or in ours', () => {
    const inner = '<size>1</size><name>n</name><id>2</id>';
    expect(read(Inner, `<z>z</z><a>${inner}</a>`)).to.deep.equal({ a: { id: 2, name: 'n', size: 1 }, z: 'z' });
    expect(read(Inner, `<p:a><p:id>2</p:id><name>n</name></p:a><p:z/>`)).to.deep.equal({
      a: { id: 2, name: 'n', size: 3 },
      z: '',
    });
    const spaces = 'xmlns:p="urn:polywire" xmlns="urn:polywire"';
    expect(read(Inner, '<a><id>2</id></a><z>z</z>', {}, spaces)).to.deep.equal({ a: { id: 2, size: 3 }, z: 'z' });
    expect(read(t.list(t.int()), '<a><item>1</item></a>', {}, spaces)).to.deep.equal({ a: [1] });
    expect(read(Inner, '<other><id>2</id></other>')).to.deep.equal({ a: { id: 2, size: 3 } });
  });

  it('refuses any other namespace', () => {
    const spaces = 'xmlns:p="urn:polywire" xmlns="urn:x"';
    expect(read(Inner, '<a><id>2</id></a>', {}, spaces)).to.deep.equal(['a unknown', 'a required']);
    expect(read(Inner, '<a xmlns=""><id xmlns="urn:y">2</id></a>')).to.deep.equal(['a/id unknown', 'a/id required']);
    expect(read(t.list(t.int()), '<a><item xmlns="urn:y">2</item></a>')).to.deep.equal(['a/item unknown']);
    expect(read(t.list(t.int()), '<a xmlns="urn:y"><item>2</item></a>')).to.deep.equal(['a unknown', 'a required']);
  });

  it('reports unknown, missing and repeated members, and goes on', () => {
    const got = read(Inner, '<a><id>x</id><id>1</id><b><c/></b><name>n</name><name/></a><q/>');
    expect(got).to.deep.equal(['a/id type', 'a/id duplicate', 'a/b unknown', 'a/name duplicate', 'q unknown']);
    expect(read(Inner, '')).to.deep.equal(['a required']);
    expect(read(Inner, '<a/>')).to.deep.equal(['a/id required']);
    expect(read(Inner, '<a>text</a>')).to.equal('invalid-request');
    expect(read(Inner, '<a><__proto__>1</__proto__><id>1</id></a>')).to.deep.equal(['a/__proto__ unknown']);
    expect(read(Inner, `<a><id>1</id>${'<b/>'.repeat(50)}</a>`)).to.have.length(20);
  });

  it('reads nil where null may be', () => {
    const nil = `xmlns:i="${xsi}" i:nil`;
    const maybe = t.nullable(t.int());
    expect(read(maybe, `<a ${nil}="true"/>`)).to.deep.equal({ a: null });
    expect(read(maybe, `<a ${nil}="1"> </a>`)).to.deep.equal({ a: null });
    expect(read(maybe, `<a ${nil}="false">4</a>`)).to.deep.equal({ a: 4 });
    expect(read(maybe, `<a ${nil}="true">4</a>`)).to.deep.equal(['a type']);
    expect(read(maybe, `<a ${nil}="maybe">4</a>`)).to.deep.equal(['a type']);
    expect(read(t.int(), `<a ${nil}="true"/>`)).to.deep.equal(['a type']);
    expect(read(t.int(), `<a>1</a><z ${nil}="1"/>`)).to.deep.equal(['z type']);
    expect(read(t.optional(maybe), '')).to.deep.equal({});
    expect(read(maybe, '<a nil="true">4</a>')).to.deep.equal({ a: 4 });
    expect(read(t.list(maybe), `<a><item>1</item><item ${nil}="1"/></a>`)).to.deep.equal({ a: [1, null] });
    expect(read(maybe, `<a xmlns:i="${xsi}" i:type="whatever">4</a>`)).to.deep.equal({ a: 4 });
  });

  it('fills in defaults', () => {
    expect(read(t.default(t.int(), 5), '')).to.deep.equal({ a: 5 });
    expect(read(t.default(t.int(), 5), '<a>6</a>')).to.deep.equal({ a: 6 });
    expect(read(t.default(t.nullable(t.int()), null), '')).to.deep.equal({ a: null });
  });

  it('reads lists, and stops at their limit', () => {
    expect(read(t.list(t.string()), '<a><item>x</item><p:item>y</p:item> <item/></a>')).to.deep.equal({
      a: ['x', 'y', ''],
    });
    expect(read(t.list(t.string()), '<a/>')).to.deep.equal({ a: [] });
    expect(read(t.optional(t.list(t.string())), '')).to.deep.equal({});
    expect(read(t.list(t.list(t.int())), '<a><item><item>1</item></item><item/></a>')).to.deep.equal({ a: [[1], []] });
    expect(read(t.list(Inner), '<a><item><id>x</id></item><item><id>1</id></item><thing/></a>')).to.deep.equal([
      'a/0/id type',
      'a/thing unknown',
    ]);
    const many = `<a>${'<item>1</item>'.repeat(9)}</a>`;
    expect(read(t.list(t.int()), many, { limits: { list: 8 } })).to.equal('too-large');
    expect(read(t.list(t.int()), many, { limits: { list: 9 } })).to.deep.equal({ a: Array(9).fill(1) });
    expect(read(t.list(t.int(), { max: 9 }), many, { limits: { list: 8 } })).to.deep.equal({ a: Array(9).fill(1) });
    expect(read(t.list(t.int(), { max: 8 }), many)).to.deep.equal(['a length']);
  });

  it('reads maps, whose keys are any text', () => {
    const entry = (key: string, item: string) => `<entry><key>${key}</key><value>${item}</value></entry>`;
    expect(read(t.map(t.int()), `<a>${entry('x y', '1')}${entry('', '2')}</a>`)).to.deep.equal({
      a: { 'x y': 1, '': 2 },
    });
    const odd = read(t.map(t.int()), `<a>${entry('__proto__', '1')}${entry('constructor', '2')}</a>`) as { a: object };
    expect(Object.entries(odd.a)).to.deep.equal([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
    expect(Object.getPrototypeOf(odd.a)).to.equal(Object.prototype);
    expect(read(t.map(t.int()), '<a><entry><value>1</value><key>k</key></entry></a>')).to.deep.equal({ a: { k: 1 } });
    expect(read(t.map(t.int()), `<a>${entry('k', '1')}${entry('k', '2')}</a>`)).to.deep.equal(['a/k duplicate']);
    expect(read(t.map(t.int()), `<a>${entry('k', 'x')}<entry><key>l</key></entry></a>`)).to.deep.equal([
      'a/k type',
      'a/l required',
    ]);
    expect(read(t.map(t.int()), '<a><entry><key>k</key><key>l</key><value>1</value></entry></a>')).to.deep.equal([
      'a/k duplicate',
    ]);
    expect(read(t.map(t.int()), '<a><item/></a>')).to.deep.equal(['a/item unknown']);
    expect(read(t.map(t.int()), `<a>${entry('k', '1')}${entry('l', '2')}</a>`, { limits: { list: 1 } })).to.equal(
      'too-large',
    );
    expect(
      read(t.map(t.nullable(t.int())), `<a xmlns:i="${xsi}"><entry><key>k</key><value i:nil="1"/></entry></a>`),
    ).to.deep.equal({ a: { k: null } });
  });
});
