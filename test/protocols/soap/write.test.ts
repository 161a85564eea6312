import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import { joinText } from '../../../lib/chunks.ts';
import { define } from '../../../lib/define.ts';
import type { Descriptor } from '../../../lib/descriptor.ts';
import { Fault } from '../../../lib/fault.ts';
import type { SoapStyle } from '../../../protocols/soap/envelope.ts';
import { write } from '../../../protocols/soap/write.ts';
import { typeName } from '../../../wsdl/names.ts';
import { Badge, Everything } from './functions.ts';

function written(returns: Descriptor, value: unknown, style: SoapStyle = 'literal'): string {
  const fn = define('test.give', { description: 'Gives.', effect: 'read', returns, handler: () => undefined as never });
  return joinText(write(fn, value, { version: '1.1', style }));
}

const sample = {
  text: 'a<b>&"ö\u{1f600}\r',
  flag: true,
  small: -5,
  big: -9223372036854775808n,
  real: 1e21,
  exact: '-12.50',
  day: '2024-02-29',
  at: new Date('2024-01-01T00:00:00.000Z'),
  raw: new Uint8Array([1, 2, 3]),
  colour: 'green',
  badges: [{ type: 'x', value: null }],
  words: ['', null],
  grid: [[1, 2], []],
  marks: { __proto__: null, 'a b': 1 },
  people: { k: { type: 't', value: 'v', extra: 1 } },
  any: { '<': [null, '\u0001\ufffe'] },
  none: null,
};

describe('soap/write', () => {
  it('writes every kind in document/literal', () => {
    expect(written(Everything, sample)).to.equal(
      [
        '<result><text>a&lt;b&gt;&amp;"&#246;\u{1f600}&#13;</text><flag>true</flag><small>-5</small><big>-9223372036854775808</big>',
        '<real>1e+21</real><exact>-12.50</exact><day>2024-02-29</day><at>2024-01-01T00:00:00.000Z</at><raw>AQID</raw><colour>green</colour>',
        '<badges><item><type>x</type><value xsi:nil="true"/></item></badges><words><item></item><item xsi:nil="true"/></words>',
        '<grid><item><item>1</item><item>2</item></item><item></item></grid><marks><entry><key>a b</key><value>1</value></entry></marks>',
        '<people><entry><key>k</key><value><type>t</type><value>v</value></value></entry></people>',
        '<any>{"&lt;":[null,"\\u0001\\ufffe"]}</any><none xsi:nil="true"/><preset>7</preset></result>',
      ].join(''),
    );
  });

  it('types every value in rpc/encoded, which nil is not', () => {
    expect(written(t.list(Badge), [{ type: 'x', value: null }], 'encoded')).to.equal(
      '<result xsi:type="tns:ArrayOfBadge" soapenc:arrayType="tns:Badge[1]"><item xsi:type="tns:Badge">' +
        '<type xsi:type="xsd:string">x</type><value xsi:nil="true"/></item></result>',
    );
    expect(written(t.list(t.list(t.int())), [[1]], 'encoded')).to.equal(
      '<result xsi:type="tns:ArrayOfArrayOfInt" soapenc:arrayType="tns:ArrayOfInt[1]">' +
        '<item xsi:type="tns:ArrayOfInt" soapenc:arrayType="xsd:int[1]"><item xsi:type="xsd:int">1</item></item></result>',
    );
    const map = typeName(t.map(t.enum(['a'])), 'test_giveResponse_result');
    expect(written(t.map(t.enum(['a'])), { k: 'a', gone: undefined }, 'encoded')).to.equal(
      `<result xsi:type="tns:${map}" soapenc:arrayType="tns:${map}_entry[1]">` +
        `<entry xsi:type="tns:${map}_entry"><key xsi:type="xsd:string">k</key>` +
        '<value xsi:type="tns:test_giveResponse_result">a</value></entry></result>',
    );
    const types = {
      int64: t.int64(),
      float: t.float(),
      decimal: t.decimal(),
      date: t.date(),
      datetime: t.datetime(),
      bytes: t.bytes(),
      json: t.json(),
      boolean: t.boolean(),
    };
    const values = {
      int64: 1n,
      float: -0,
      decimal: '1',
      date: '2024-01-01',
      datetime: new Date(0),
      bytes: new Uint8Array(),
      json: null,
      boolean: false,
    };
    const found = written(t.object('Types', types), values, 'encoded').matchAll(/<(\w+) xsi:type="xsd:(\w+)">([^<]*)/g);
    expect([...found].map(([, name, type, text]) => `${name} ${type} ${text}`)).to.deep.equal([
      'int64 long 1',
      'float double 0',
      'decimal decimal 1',
      'date date 2024-01-01',
      'datetime dateTime 1970-01-01T00:00:00.000Z',
      'bytes base64Binary ',
      'json string null',
      'boolean boolean false',
    ]);
  });

  it('leaves out what is absent, and writes nothing where nothing is returned', () => {
    const Odd = t.object('Odd', {
      constructor: t.optional(t.string()),
      toString: t.string(),
      hasOwnProperty: t.nullable(t.int()),
    });
    expect(written(Odd, { toString: 'x', hasOwnProperty: null })).to.equal(
      '<result><toString>x</toString><hasOwnProperty xsi:nil="true"/></result>',
    );
    expect(written(t.nullable(t.string()), null)).to.equal('<result xsi:nil="true"/>');
    const fn = define('quiet', { description: 'Says nothing.', effect: 'read', handler: () => undefined });
    expect(write(fn, undefined, { version: '1.1', style: 'literal' })).to.equal('');
  });

  it('writes long results in pieces, and nothing of one that it refused before', () => {
    const Rows = t.object('Rows', { list: t.list(t.string()), map: t.map(t.list(t.string())) });
    const list = Array.from({ length: 2_000 }, (_, i) => `row ${i}`);
    const map = { a: list, b: [''], c: list };
    expect(() => written(Rows, { list: [...list, '\0'], map })).to.throw(Fault);
    const give = { description: 'Gives.', effect: 'read', returns: Rows, handler: () => ({ list, map }) } as const;
    const text = write(define('test.give', give), { list, map }, { version: '1.1', style: 'literal' });
    expect(text).to.be.an('array').with.length.above(5);
    const items = (texts: readonly string[]) => texts.map((item) => `<item>${item}</item>`).join('');
    const entries = Object.entries(map).map(
      ([key, texts]) => `<entry><key>${key}</key><value>${items(texts)}</value></entry>`,
    );
    expect(joinText(text)).to.equal(`<result><list>${items(list)}</list><map>${entries.join('')}</map></result>`);
  });

  it('says where characters are that XML cannot carry', () => {
    const value = [
      { type: 'ok', value: null },
      { type: 'a\u0000', value: '\ud800' },
    ];
    try {
      written(t.list(Badge), value);
      expect.fail('nothing was refused');
    } catch (reason) {
      expect(reason).to.be.instanceOf(Fault);
      const { code, issues } = reason as Fault;
      expect(code).to.equal('invalid-result');
      expect(issues.map(({ path }) => path)).to.deep.equal(['1/type', '1/value']);
    }
    expect(() => written(t.map(t.int()), { '\u0001': 1 })).to.throw(Fault);
  });
});
