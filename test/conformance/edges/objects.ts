import { t } from '../../../index.ts';
import { fault, impossible, refused, sent } from '../edge.ts';
import { rowsOf } from '../rows.ts';
import { noEmpty, noNull, soapOnly } from './reasons.ts';

const Spot = t.object('Spot', { x: t.int(), y: t.int(), label: t.optional(t.string()) });
const object = rowsOf('object', Spot);

const struct = (...members: readonly (readonly [string, string])[]): string =>
  `<struct>${members.map(([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`).join('')}</struct>`;
const int = (value: number): string => `<int>${value}</int>`;

object.good(
  'all fields',
  { x: 1, y: -1, label: '<a>' },
  {
    json: '{"x":1,"y":-1,"label":"<a>"}',
    query: sent({ whole: 'value[x]=1&value[y]=-1&value[label]=%3Ca%3E' }),
    xmlrpc: struct(['x', int(1)], ['y', int(-1)], ['label', '<string>&lt;a&gt;</string>']),
    soap: '<x>1</x><y>-1</y><label>&lt;a&gt;</label>',
  },
);
object.good(
  'an optional field absent',
  { x: 1, y: 2 },
  {
    json: '{"x":1,"y":2}',
    query: sent({ whole: 'value[x]=1&value[y]=2' }),
    xmlrpc: struct(['x', int(1)], ['y', int(2)]),
    soap: '<x>1</x><y>2</y>',
  },
);
object.good(
  'fields in another order',
  { x: 1, y: 2, label: '' },
  {
    json: '{"label":"","y":2,"x":1}',
    query: sent({ whole: 'value[label]=&value[y]=2&value[x]=1' }),
    xmlrpc: struct(['label', ''], ['y', int(2)], ['x', int(1)]),
    soap: '<label/><y>2</y><x>1</x>',
  },
  {
    out: {
      json: '{"x":1,"y":2,"label":""}',
      xmlrpc: struct(['x', int(1)], ['y', int(2)], ['label', '<string/>']),
      soap: '<x>1</x><y>2</y><label/>',
    },
  },
);
object.good(
  'children in the target namespace',
  { x: 1, y: 2 },
  {
    json: impossible(soapOnly),
    query: impossible(soapOnly),
    xmlrpc: impossible(soapOnly),
    soap: sent({ whole: '<w:value><w:x>1</w:x><y>2</y></w:value>' }, { output: '<x>1</x><y>2</y>' }),
  },
);
object.bad('a child in another namespace', {
  json: impossible(soapOnly),
  query: impossible(soapOnly),
  xmlrpc: impossible(soapOnly),
  soap: refused('<x>1</x><y>2</y><o:label xmlns:o="urn:other">a</o:label>', ['value/label']),
});
object.good(
  'attributes of other namespaces',
  { x: 1, y: 2 },
  {
    json: impossible(soapOnly),
    query: impossible(soapOnly),
    xmlrpc: impossible(soapOnly),
    soap: sent(
      { whole: '<value xmlns:o="urn:other" o:a="b" xsi:type="w:Spot"><x o:c="">1</x><y>2</y></value>' },
      { output: '<x>1</x><y>2</y>' },
    ),
  },
);
object.bad('an unknown field', {
  json: refused('{"x":1,"y":2,"z":3}', ['value/z']),
  query: refused({ whole: 'value[x]=1&value[y]=2&value[z]=3' }, ['value/z']),
  xmlrpc: refused(struct(['x', int(1)], ['y', int(2)], ['z', int(3)]), ['value/z']),
  soap: refused('<x>1</x><y>2</y><z>3</z>', ['value/z']),
});
for (const name of ['constructor', '__proto__', 'X']) {
  object.bad(`an unknown field ${name}`, {
    json: refused(`{"x":1,"y":2,"${name}":3}`, [`value/${name}`]),
    query: refused({ whole: `value[x]=1&value[y]=2&value[${name}]=3` }, [`value/${name}`]),
    xmlrpc: refused(struct(['x', int(1)], ['y', int(2)], [name, int(3)]), [`value/${name}`]),
    soap: refused(`<x>1</x><y>2</y><${name}>3</${name}>`, [`value/${name}`]),
  });
}
object.bad('a field missing', {
  json: refused('{"x":1}', ['value/y']),
  query: refused({ whole: 'value[x]=1' }, ['value/y']),
  xmlrpc: refused(struct(['x', int(1)]), ['value/y']),
  soap: refused('<x>1</x>', ['value/y']),
});
object.bad('all fields missing', {
  json: refused('{}', ['value/x', 'value/y']),
  query: impossible(noEmpty),
  xmlrpc: refused(struct(), ['value/x', 'value/y']),
  soap: refused('', ['value/x', 'value/y']),
});
object.bad('a field twice', {
  json: fault('{"x":1,"y":2,"x":3}', 'invalid-request'),
  query: refused({ whole: 'value[x]=1&value[y]=2&value[x]=3' }, ['value/x']),
  xmlrpc: refused(struct(['x', int(1)], ['y', int(2)], ['x', int(3)]), ['value/x']),
  soap: refused('<x>1</x><y>2</y><x>3</x>', ['value/x']),
});
object.bad('a wrong field', {
  json: refused('{"x":"1","y":2}', ['value/x']),
  query: refused({ whole: 'value[x]=1.0&value[y]=2' }, ['value/x']),
  xmlrpc: refused(struct(['x', '<string>1</string>'], ['y', int(2)]), ['value/x']),
  soap: refused('<x>1.0</x><y>2</y>', ['value/x']),
});
object.bad('null for a field', {
  json: refused('{"x":1,"y":null}', ['value/y']),
  query: impossible(noNull),
  xmlrpc: refused(struct(['x', int(1)], ['y', '<nil/>']), ['value/y']),
  soap: refused('<x>1</x><y xsi:nil="true"/>', ['value/y']),
});
object.bad('null for the object', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
object.bad('a list', {
  json: '[1,2]',
  query: refused({ whole: 'value[]=1&value[]=2' }),
  xmlrpc: '<array><data><value><int>1</int></value></data></array>',
  soap: refused('<item>1</item>', ['value/item', 'value/x', 'value/y']),
});
object.bad('a text', { json: '"x"', query: 'x', xmlrpc: '<string>x</string>', soap: fault('x', 'invalid-request') });

const Deep = t.object('Deep1', { a: t.object('Deep2', { b: t.object('Deep3', { c: t.list(Spot) }) }) });
object.good(
  'nested, a list of one inside',
  { a: { b: { c: [{ x: 1, y: 2 }] } } },
  {
    json: '{"a":{"b":{"c":[{"x":1,"y":2}]}}}',
    query: sent({ whole: 'value[a][b][c][0][x]=1&value[a][b][c][0][y]=2' }),
    xmlrpc: struct([
      'a',
      struct([
        'b',
        struct(['c', `<array><data><value>${struct(['x', int(1)], ['y', int(2)])}</value></data></array>`]),
      ]),
    ]),
    soap: '<a><b><c><item><x>1</x><y>2</y></item></c></b></a>',
  },
  { takes: Deep },
);
object.bad(
  'nested, a wrong field of an item',
  {
    json: refused('{"a":{"b":{"c":[{"x":1,"y":true}]}}}', ['value/a/b/c/0/y']),
    query: refused({ whole: 'value[a][b][c][0][x]=1&value[a][b][c][0][y]=true' }, ['value/a/b/c/0/y']),
    xmlrpc: refused(
      struct([
        'a',
        struct([
          'b',
          struct(['c', `<array><data><value>${struct(['x', int(1)], ['y', 'true'])}</value></data></array>`]),
        ]),
      ]),
      ['value/a/b/c/0/y'],
    ),
    soap: refused('<a><b><c><item><x>1</x><y>true</y></item></c></b></a>', ['value/a/b/c/0/y']),
  },
  { takes: Deep },
);
object.good(
  'brackets six deep, of which a query or form may have five',
  { a: { b: { c: { d: { e: { f: 1 } } } } } },
  {
    json: '{"a":{"b":{"c":{"d":{"e":{"f":1}}}}}}',
    query: fault({ whole: 'value[a][b][c][d][e][f]=1' }, 'too-large'),
    xmlrpc: struct(['a', struct(['b', struct(['c', struct(['d', struct(['e', struct(['f', int(1)])])])])])]),
    soap: '<a><b><c><d><e><f>1</f></e></d></c></b></a>',
  },
  {
    takes: t.object('Six1', {
      a: t.object('Six2', {
        b: t.object('Six3', {
          c: t.object('Six4', { d: t.object('Six5', { e: t.object('Six6', { f: t.int() }) }) }),
        }),
      }),
    }),
  },
);
const Odd = { takes: t.object('Odd', { constructor: t.string(), toString: t.string(), _: t.optional(t.int()) }) };
object.good(
  'fields named constructor and toString',
  JSON.parse('{"constructor":"a","toString":"b"}'),
  {
    json: '{"constructor":"a","toString":"b"}',
    query: sent({ whole: 'value[constructor]=a&value[toString]=b' }),
    xmlrpc: struct(['constructor', '<string>a</string>'], ['toString', '<string>b</string>']),
    soap: '<constructor>a</constructor><toString>b</toString>',
  },
  Odd,
);
object.bad(
  'a field named toString missing',
  {
    json: refused('{"constructor":"a","_":1}', ['value/toString']),
    query: refused({ whole: 'value[constructor]=a&value[_]=1' }, ['value/toString']),
    xmlrpc: refused(struct(['constructor', 'a'], ['_', int(1)]), ['value/toString']),
    soap: refused('<constructor>a</constructor><_>1</_>', ['value/toString']),
  },
  Odd,
);
object.good(
  'no fields at all',
  {},
  { json: '{}', query: impossible(noEmpty), xmlrpc: struct(), soap: '' },
  { takes: t.object('Nothing', {}) },
);

const call = {
  json: '{"x":1,"y":2}',
  query: { whole: 'value[x]=1&value[y]=2' },
  xmlrpc: struct(['x', int(1)], ['y', int(2)]),
  soap: '<x>1</x><y>2</y>',
};
object.good(
  'an undeclared field answered, which is not sent',
  { x: 1, y: 2 },
  { ...call, query: sent(call.query) },
  { answers: { x: 1, secret: 's', y: 2 } },
);
for (const [name, answers, path] of [
  ['a field missing in the answer', { x: 1 }, 'y'],
  ['a wrong field answered', { x: 1, y: '2' }, 'y'],
  ['null answered', null, ''],
  ['nothing answered', undefined, ''],
] as const) {
  object.bad(
    name,
    {
      json: fault(call.json, 'invalid-result', [path]),
      query: fault(call.query, 'invalid-result', [path]),
      xmlrpc: fault(call.xmlrpc, 'invalid-result', [path]),
      soap: fault(call.soap, 'invalid-result', [path]),
    },
    { answers },
  );
}
object.good(
  'half of a surrogate pair answered in a field',
  { x: 1, y: 2 },
  {
    json: call.json,
    query: sent(call.query),
    xmlrpc: fault(call.xmlrpc, 'invalid-result', ['notes/1/text']),
    soap: fault(call.soap, 'invalid-result', ['notes/1/text']),
  },
  {
    returns: t.object('Notes', { notes: t.list(t.object('NotesItem', { text: t.string() })) }),
    answers: { notes: [{ text: 'a' }, { text: '\ud800' }] },
    out: { json: '{"notes":[{"text":"a"},{"text":"\\ud800"}]}' },
  },
);

export const objectEdges = object.edges;
