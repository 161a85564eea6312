import { expect } from 'chai';
import { t } from '../../../lib/builders.ts';
import type { Descriptor } from '../../../lib/descriptor.ts';
import { array, faultOf, methodCall, readCall, readOne, struct, taking } from './calls.ts';

const ex = 'xmlns:ex="http://ws.apache.org/xmlrpc/namespaces/extensions"';
const wrong = ['p type'];
const range = ['p range'];

type Case = readonly [descriptor: Descriptor, value: string, expected: unknown];

const cases: Readonly<Record<string, readonly Case[]>> = {
  string: [
    [t.string(), '<string>a &amp; b</string>', 'a & b'],
    [t.string(), '<string><![CDATA[<a>]]></string>', '<a>'],
    [t.string(), '<string/>', ''],
    [t.string(), 'untyped', 'untyped'],
    [t.string(), ' \n ', ' \n '],
    [t.string(), '', ''],
    [t.string(), '\n <string> kept </string> ', ' kept '],
    [t.string(), '<int>5</int>', wrong],
    [t.string(), '<nil/>', wrong],
    [t.string(), '<strange>x</strange>', wrong],
    [t.string(), '<STRING>x</STRING>', wrong],
    [t.enum(['a', 'b']), '<string>a</string>', 'a'],
  ],
  int: [
    [t.int(), '<int>-5</int>', -5],
    [t.int(), '<i4>+5</i4>', 5],
    [t.int(), '<i8>5</i8>', 5],
    [t.int(), `<ex:i8 ${ex}>5</ex:i8>`, 5],
    [t.int(), '<int> 5\n</int>', wrong],
    [t.int(), '<int>-0</int>', 0],
    [t.int(), '<int>2147483647</int>', 2147483647],
    [t.int(), '<int>2147483648</int>', range],
    [t.int(), '<i8>-2147483649</i8>', range],
    [t.int(), '<int>007</int>', wrong],
    [t.int(), '<int>0x10</int>', wrong],
    [t.int(), '<int>1e3</int>', wrong],
    [t.int(), '<int>5.0</int>', wrong],
    [t.int(), '<int></int>', wrong],
    [t.int(), '<int/>', wrong],
    [t.int(), '<double>5</double>', wrong],
    [t.int(), '<string>5</string>', wrong],
    [t.int(), '5', wrong],
    [t.int(), '<ex:i8 xmlns:ex="urn:other">5</ex:i8>', wrong],
    [t.int(), '<ex:int xmlns:ex="http://ws.apache.org/xmlrpc/namespaces/extensions">5</ex:int>', wrong],
  ],
  int64: [
    [t.int64(), '<string>9223372036854775807</string>', 9223372036854775807n],
    [t.int64(), '9007199254740993', 9007199254740993n],
    [t.int64(), '<int>5</int>', 5n],
    [t.int64(), '<i4>5</i4>', 5n],
    [t.int64(), '<i8>-9223372036854775808</i8>', -9223372036854775808n],
    [t.int64(), '<i8>9223372036854775808</i8>', range],
    [t.int64(), '<string> 5</string>', wrong],
    [t.int64(), '<double>5</double>', wrong],
  ],
  float: [
    [t.float(), '<double>-12.5</double>', -12.5],
    [t.float(), '<double>1e+20</double>', 1e20],
    [t.float(), '<double>.5</double>', 0.5],
    [t.float(), '<int>3</int>', 3],
    [t.float(), '<i8>9007199254740992</i8>', 9007199254740992],
    [t.float(), '<i8>9007199254740993</i8>', range],
    [t.float(), '<double>INF</double>', wrong],
    [t.float(), '<double>NaN</double>', wrong],
    [t.float(), '<double>1e999</double>', range],
    [t.float(), '<double></double>', wrong],
    [t.float(), '<int>1.5</int>', wrong],
    [t.float(), '<string>1.5</string>', wrong],
  ],
  decimal: [
    [t.decimal(), '<string>-12.50</string>', '-12.50'],
    [t.decimal(), '0.10', '0.10'],
    [t.decimal(), '<double>12.50</double>', '12.50'],
    [t.decimal(), '<int>12</int>', '12'],
    [t.decimal(), '<i8>9007199254740993</i8>', '9007199254740993'],
    [t.decimal(), '<double>1e3</double>', wrong],
    [t.decimal(), '<int>1.5</int>', wrong],
    [t.decimal(), '<boolean>1</boolean>', wrong],
  ],
  boolean: [
    [t.boolean(), '<boolean>1</boolean>', true],
    [t.boolean(), '<boolean>0</boolean>', false],
    [t.boolean(), '<boolean> 1 </boolean>', true],
    [t.boolean(), '<boolean>true</boolean>', true],
    [t.boolean(), '<boolean>TRUE</boolean>', wrong],
    [t.boolean(), '<boolean>2</boolean>', wrong],
    [t.boolean(), '<boolean></boolean>', wrong],
    [t.boolean(), '<int>1</int>', wrong],
  ],
  date: [
    [t.date(), '<string>2024-02-29</string>', '2024-02-29'],
    [t.date(), '2024-02-29', '2024-02-29'],
    [t.date(), '<string>2023-02-29</string>', wrong],
    [t.date(), '<dateTime.iso8601>20240229T00:00:00</dateTime.iso8601>', wrong],
  ],
  datetime: [
    ['19980717T14:08:55', '1998-07-17T14:08:55.000Z'],
    ['1998-07-17T14:08:55', '1998-07-17T14:08:55.000Z'],
    ['1998-07-17T14:08:55.6789Z', '1998-07-17T14:08:55.678Z'],
    ['19980717T14:08:55+02:00', '1998-07-17T12:08:55.000Z'],
    ['19980717T14:08:55-0130', '1998-07-17T15:38:55.000Z'],
    ['19980717T24:00:00', '1998-07-18T00:00:00.000Z'],
    ['19980717T140855', '1998-07-17T14:08:55.000Z'],
    ['19980717T140855.678+0200', '1998-07-17T12:08:55.678Z'],
    [' 19980717T14:08:55\n', '1998-07-17T14:08:55.000Z'],
  ].map(([text, at]) => [t.datetime(), `<dateTime.iso8601>${text}</dateTime.iso8601>`, new Date(at ?? '')] as const),
  'datetime, wrong': [
    ...[
      '',
      '1998-0717T14:08:55',
      '19980717',
      '19980230T00:00:00',
      '19980717T25:00:00',
      '19980717T14:08',
      '19980717T14:0855',
      'x',
    ],
  ].map((text) => [t.datetime(), `<dateTime.iso8601>${text}</dateTime.iso8601>`, wrong] as const),
  bytes: [
    [t.bytes(), '<base64>AAEC</base64>', new Uint8Array([0, 1, 2])],
    [t.bytes(), '<base64>\r\n AA\n EC </base64>', new Uint8Array([0, 1, 2])],
    [t.bytes(), '<base64/>', new Uint8Array()],
    [t.bytes(), '<base64>AAE</base64>', wrong],
    [t.bytes(), '<base64>A*EC</base64>', wrong],
    [t.bytes(), '<string>AAEC</string>', wrong],
  ],
  list: [
    [t.list(t.int()), array('<int>1</int>', '<i4>2</i4>'), [1, 2]],
    [t.list(t.int()), '<array><data/></array>', []],
    [t.list(t.int()), ' <array> <data> <!-- none --> </data> </array> ', []],
    [t.list(t.int()), array('<int>1</int>', '<string>2</string>', 'x'), ['p/1 type', 'p/2 type']],
    [t.list(t.nullable(t.int())), array('<nil/>', `<ex:nil ${ex}/>`, '<int>1</int>'), [null, null, 1]],
    [t.list(t.list(t.string())), array(array('a'), array()), [['a'], []]],
    [t.list(t.int()), '<int>1</int>', wrong],
    [t.list(t.int(), { max: 2 }), array(...Array<string>(9).fill('<int>1</int>')), [1, 1, 1]],
  ],
  map: [
    [t.map(t.int()), struct(['a', '<int>1</int>'], ['', '<int>2</int>']), { a: 1, '': 2 }],
    [t.map(t.int()), '<struct/>', {}],
    [t.map(t.int()), struct(['a', '<int>1</int>'], ['a', '<int>2</int>']), ['p/a duplicate']],
    [t.map(t.int()), struct(['a', 'x']), ['p/a type']],
    [t.map(t.int()), array(), {}],
    [t.map(t.int()), '<array><data/></array>', {}],
    [t.map(t.int()), array('<int>1</int>', '<int>2</int>'), wrong],
    [t.map(t.map(t.int())), struct(['a', array()], ['b', array('x')], ['c', '<struct/>']), ['p/b type']],
  ],
  nullable: [
    [t.nullable(t.string()), '<nil/>', null],
    [t.nullable(t.string()), '<nil></nil>', null],
    [t.nullable(t.list(t.int())), '<nil/>', null],
    [t.nullable(t.object('O', { a: t.int() })), '<nil/>', null],
    [t.nullable(t.int()), '<int>1</int>', 1],
    [t.nullable(t.int()), '<string/>', wrong],
  ],
  json: [
    [t.json(), '<int>5</int>', 5],
    [t.json(), '<i8>9007199254740991</i8>', 9007199254740991],
    [t.json(), '<i8>9007199254740993</i8>', range],
    [t.json(), '<double>0.10000000000000001</double>', 0.1],
    [t.json(), '<boolean>0</boolean>', false],
    [t.json(), '<nil/>', null],
    [t.json(), 'text', 'text'],
    [t.json(), '<dateTime.iso8601>19980717T14:08:55</dateTime.iso8601>', '1998-07-17T14:08:55.000Z'],
    [t.json(), '<base64>AA EC</base64>', 'AAEC'],
    [t.json(), struct(['a', array('<int>1</int>', struct())]), { a: [1, {}] }],
    [t.json(), struct(['a', array('<odd/>')]), ['p/a/0 type']],
    [t.json(), struct(['a', '1'], ['a', '2']), ['p/a duplicate']],
    [t.json(), '<odd><a/></odd>', wrong],
    [t.json(), '<base64>*</base64>', wrong],
    [t.json(), '<dateTime.iso8601>now</dateTime.iso8601>', wrong],
  ],
};

describe('XML-RPC values are read by descriptor', () => {
  for (const [kind, list] of Object.entries(cases)) {
    describe(kind, () => {
      for (const [descriptor, value, expected] of list) {
        it(value === '' ? 'an empty value' : value, () => expect(readOne(descriptor, value)).to.deep.equal(expected));
      }
    });
  }

  it('says what was expected and what came, never the value', () => {
    const { issues } = readCall(taking({ p: t.int() }), methodCall('f', '<string>secret</string>'));
    expect(issues).to.deep.equal([{ path: 'p', code: 'type', message: 'must be an int, not string' }]);
  });

  it('reads a zero without a sign', () => {
    expect(Object.is(readOne(t.int(), '<int>-0</int>'), 0)).to.equal(true);
  });

  it('stops after twenty issues', () => {
    const values = Array<string>(30).fill('<int>x</int>');
    const { params, issues } = readCall(taking({ p: t.list(t.int()) }), methodCall('f', array(...values)));
    expect(params).to.equal(undefined);
    expect(issues).to.have.length(20);
  });

  it('reads no list beyond the limit of the site', () => {
    const read = (d: Descriptor, items: number) => () =>
      readCall(taking({ p: d }), methodCall('f', array(...Array<string>(items).fill('<int>1</int>'))), {
        limits: { list: 3 },
      });
    for (const kind of [t.list(t.int()), t.json()]) {
      expect(read(kind, 3)().params).to.deep.equal({ p: [1, 1, 1] });
      expect(faultOf(read(kind, 4))).to.include({ code: 'too-large', message: 'A list has more than 3 items, in p' });
    }
    expect(read(t.list(t.int(), { max: 5 }), 5)().params?.['p']).to.have.length(5);
  });

  it('reads no dictionary beyond the limit of the site', () => {
    const read = (d: Descriptor, entries: number) => () => {
      const members = Array.from({ length: entries }, (_, i): [string, string] => [`k${i}`, '<int>1</int>']);
      return readCall(taking({ p: d }), methodCall('f', struct(...members)), { limits: { list: 3 } });
    };
    for (const kind of [t.map(t.int()), t.json()]) {
      expect(read(kind, 3)().params).to.deep.equal({ p: { k0: 1, k1: 1, k2: 1 } });
      expect(faultOf(read(kind, 4))).to.include({
        code: 'too-large',
        message: 'A dictionary has more than 3 entries, in p',
      });
    }
    expect(read(t.map(t.int(), { max: 5 }), 5)().params?.['p']).to.have.keys('k0', 'k1', 'k2', 'k3', 'k4');
  });
});

describe('XML-RPC structs are read into objects', () => {
  const Inner = t.object('Inner', { x: t.int(), y: t.default(t.int(), 7) });
  const Outer = t.object('Outer', {
    a: t.string(),
    b: t.nullable(t.string()),
    c: t.optional(t.string()),
    d: t.optional(t.nullable(t.string())),
    e: t.default(t.nullable(t.string()), 'e'),
    inner: t.optional(Inner),
  });

  it('fills in what absence means', () => {
    expect(readOne(Outer, struct(['a', 'A'], ['inner', struct(['x', '<int>1</int>'])]))).to.deep.equal({
      a: 'A',
      b: null,
      e: 'e',
      inner: { x: 1, y: 7 },
    });
  });

  it('takes any order and nil', () => {
    const value = struct(['e', '<nil/>'], ['d', '<nil/>'], ['c', 'C'], ['b', '<nil/>'], ['a', 'A']);
    expect(readOne(Outer, value)).to.deep.equal({ a: 'A', b: null, c: 'C', d: null, e: null });
  });

  it('leaves out what is missing, for the validator to tell', () => {
    expect(readOne(Outer, '<struct/>')).to.deep.equal({ b: null, e: 'e' });
  });

  it('takes an array without items for a struct without members, as PHP writes it', () => {
    expect(readOne(Outer, array())).to.deep.equal({ b: null, e: 'e' });
    expect(readOne(Outer, array('A'))).to.deep.equal(['p type']);
  });

  it('names members that are unknown, given twice or wrong', () => {
    const value = struct(['a', 'A'], ['z', struct(['deep', array()])], ['a', 'B'], ['c', '<int>1</int>'], ['c', 'C']);
    expect(readOne(Outer, value)).to.deep.equal(['p/z unknown', 'p/a duplicate', 'p/c type', 'p/c duplicate']);
  });

  it('cuts long names in paths', () => {
    const [issue] = readOne(Outer, struct(['n'.repeat(5_000), 'x'])) as string[];
    expect(issue).to.have.length.below(130);
  });

  it('takes the names of Object.prototype for ordinary ones', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    expect(readOne(Outer, struct(...names.map((name) => [name, 'x'] as const)))).to.deep.equal(
      names.map((name) => `p/${name} unknown`),
    );
    for (const kind of [t.map(t.string()), t.json(), t.map(t.json())]) {
      const read = readOne(kind, struct(...names.map((name) => [name, name] as const))) as object;
      expect(Object.keys(read)).to.deep.equal(names);
      expect(Object.getPrototypeOf(read)).to.equal(Object.prototype);
    }
    const Proto = t.object('Proto', { constructor: t.string(), toString: t.optional(t.string()) });
    expect(readOne(Proto, struct(['constructor', 'c']))).to.deep.equal({ constructor: 'c' });
    const polluted = struct(['__proto__', struct(['polluted', '<boolean>1</boolean>'])]);
    readOne(t.json(), polluted);
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
  });
});
