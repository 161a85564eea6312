import { t } from '../../../index.ts';
import { absent, fault, impossible, refused, sent } from '../edge.ts';
import { rowsOf } from '../rows.ts';
import { formsOnly, noEmpty, noNull, soapOnly, xmlrpcOnly } from './reasons.ts';

const list = rowsOf('list', t.list(t.int()));

const array = (...values: readonly string[]): string =>
  `<array><data>${values.map((value) => `<value>${value}</value>`).join('')}</data></array>`;
const items = (...values: readonly string[]): string => values.map((value) => `<item>${value}</item>`).join('');
const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index));
const pairs = (values: readonly string[]) => ({
  whole: values.map((value, index) => `value[${index}]=${value}`).join('&'),
});

list.good('empty', [], { json: '[]', query: impossible(noEmpty), xmlrpc: array(), soap: '' });
list.good('one item', [7], {
  json: '[7]',
  query: sent({ whole: 'value[0]=7' }),
  xmlrpc: array('<int>7</int>'),
  soap: items('7'),
});
list.good('three items', [3, -1, 3], {
  json: '[3,-1,3]',
  query: sent({ whole: 'value[0]=3&value[1]=-1&value[2]=3' }),
  xmlrpc: array('<int>3</int>', '<int>-1</int>', '<int>3</int>'),
  soap: items('3', '-1', '3'),
});
list.good(
  'brackets without numbers, brackets escaped',
  [3, -1],
  {
    json: impossible(formsOnly),
    query: sent({ whole: 'value%5B%5D=3&value[]=-1' }),
    xmlrpc: impossible(formsOnly),
    soap: impossible(formsOnly),
  },
  { out: { json: '[3,-1]' } },
);
list.good(
  'numbers in another order',
  [3, -1],
  {
    json: impossible(formsOnly),
    query: sent({ whole: 'value[1]=-1&value[0]=3' }),
    xmlrpc: impossible(formsOnly),
    soap: impossible(formsOnly),
  },
  { out: { json: '[3,-1]' } },
);
list.bad('a gap', {
  json: impossible(formsOnly),
  query: refused({ whole: 'value[0]=3&value[2]=5' }, ['value/1']),
  xmlrpc: impossible(formsOnly),
  soap: impossible(formsOnly),
});
const hundred = numbers(100);
list.good('100 items', hundred.map(Number), {
  json: `[${hundred.join()}]`,
  query: sent(pairs(hundred)),
  xmlrpc: array(...hundred.map((text) => `<int>${text}</int>`)),
  soap: items(...hundred),
});
const more = numbers(101);
list.good('101 items: more than a query or form may have', more.map(Number), {
  json: `[${more.join()}]`,
  query: fault(pairs(more), 'too-large'),
  xmlrpc: array(...more.map((text) => `<int>${text}</int>`)),
  soap: items(...more),
});
const most = numbers(16_384);
list.good('16,384 items', most.map(Number), {
  json: `[${most.join()}]`,
  query: impossible('a query or form has at most 1,000 parameters'),
  xmlrpc: array(...most.map((text) => `<int>${text}</int>`)),
  soap: items(...most),
});
const tooMany = [...most, '16384'];
list.bad('16,385 items', {
  json: `[${tooMany.join()}]`,
  query: impossible('a query or form has at most 1,000 parameters'),
  xmlrpc: fault(array(...tooMany.map((text) => `<int>${text}</int>`)), 'too-large'),
  soap: fault(items(...tooMany), 'too-large'),
});
const three = { takes: t.list(t.int(), { min: 1, max: 3 }) };
for (const count of [1, 3]) {
  const texts = numbers(count);
  list.good(
    `${count} of 1 to 3`,
    texts.map(Number),
    {
      json: `[${texts.join()}]`,
      query: sent(pairs(texts)),
      xmlrpc: array(...texts.map((text) => `<int>${text}</int>`)),
      soap: items(...texts),
    },
    three,
  );
}
list.bad('none of 1 to 3', { json: '[]', query: impossible(noEmpty), xmlrpc: array(), soap: '' }, three);
for (const count of [4, 50]) {
  const texts = numbers(count);
  list.bad(
    `${count} of 1 to 3`,
    {
      json: `[${texts.join()}]`,
      query: refused(pairs(texts)),
      xmlrpc: array(...texts.map((text) => `<int>${text}</int>`)),
      soap: items(...texts),
    },
    three,
  );
}
list.bad('absent', {
  json: refused(absent.json),
  query: refused(absent.query),
  xmlrpc: refused(absent.xmlrpc),
  soap: refused(absent.soap),
});
list.bad('a wrong item', {
  json: refused('[1,"x",3]', ['value/1']),
  query: refused({ whole: 'value[]=1&value[]=x&value[]=3' }, ['value/1']),
  xmlrpc: refused(array('<int>1</int>', '<string>x</string>', '<int>3</int>'), ['value/1']),
  soap: refused(items('1', 'x', '3'), ['value/1']),
});
list.bad('two wrong items', {
  json: refused('[true,2,2147483648]', ['value/0', 'value/2']),
  query: refused({ whole: 'value[]=true&value[]=2&value[]=2147483648' }, ['value/0', 'value/2']),
  xmlrpc: refused(array('<boolean>1</boolean>', '<int>2</int>', '<int>2147483648</int>'), ['value/0', 'value/2']),
  soap: refused(items('true', '2', '2147483648'), ['value/0', 'value/2']),
});
const wrong = Array.from({ length: 25 }, () => 'x');
const twenty = Array.from({ length: 20 }, (_, index) => `value/${index}`);
list.bad('25 wrong items, of which 20 are told', {
  json: refused(`[${wrong.map((text) => `"${text}"`).join()}]`, twenty),
  query: refused(pairs(wrong), twenty),
  xmlrpc: refused(array(...wrong), twenty),
  soap: refused(items(...wrong), twenty),
});
list.bad('null for an item', {
  json: refused('[1,null]', ['value/1']),
  query: impossible(noNull),
  xmlrpc: refused(array('<int>1</int>', '<nil/>'), ['value/1']),
  soap: refused('<item>1</item><item xsi:nil="true"/>', ['value/1']),
});
list.bad('null for the list', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
list.bad('an item without its list', {
  json: '7',
  query: '7',
  xmlrpc: '<int>7</int>',
  soap: fault('7', 'invalid-request'),
});
list.bad('a dictionary', {
  json: '{"0":7}',
  query: refused({ whole: 'value[a]=7' }),
  xmlrpc: refused('<struct><member><name>0</name><value><int>7</int></value></member></struct>', ['0', 'value']), // by name
  soap: refused('<a>7</a>', ['value/a']),
});
list.bad('items beside the wrapper', {
  json: impossible(soapOnly),
  query: impossible(soapOnly),
  xmlrpc: impossible(soapOnly),
  soap: refused({ whole: '<value><item>1</item></value><value><item>2</item></value>' }),
});
list.bad('an array without data', {
  json: impossible(xmlrpcOnly),
  query: impossible(xmlrpcOnly),
  xmlrpc: fault('<array><value><int>1</int></value></array>', 'invalid-request'),
  soap: impossible(xmlrpcOnly),
});

const texts = { takes: t.list(t.string()) };
list.good(
  'one empty text',
  [''],
  {
    json: '[""]',
    query: sent({ whole: 'value[]=' }),
    xmlrpc: array('<string></string>'),
    soap: '<item></item>',
  },
  texts,
);
list.good(
  'texts with markup',
  ['<a>', 'b&c'],
  {
    json: '["<a>","b&c"]',
    query: sent({ whole: 'value[]=%3Ca%3E&value[]=b%26c' }),
    xmlrpc: array('<string>&lt;a&gt;</string>', '<string>b&amp;c</string>'),
    soap: items('&lt;a&gt;', 'b&amp;c'),
  },
  texts,
);
const nested = { takes: t.list(t.list(t.int())) };
list.good(
  'lists in a list',
  [[1], [2, 3]],
  {
    json: '[[1],[2,3]]',
    query: sent({ whole: 'value[0][0]=1&value[1][0]=2&value[1][1]=3' }),
    xmlrpc: array(array('<int>1</int>'), array('<int>2</int>', '<int>3</int>')),
    soap: items(items('1'), items('2', '3')),
  },
  nested,
);
list.good(
  'empty lists in a list',
  [[], [1], []],
  {
    json: '[[],[1],[]]',
    query: impossible(noEmpty),
    xmlrpc: array(array(), array('<int>1</int>'), array()),
    soap: items('', items('1'), ''),
  },
  nested,
);
list.bad(
  'a wrong item of a list in a list',
  {
    json: refused('[[1],[2,"x"]]', ['value/1/1']),
    query: refused({ whole: 'value[0][0]=1&value[1][0]=2&value[1][1]=x' }, ['value/1/1']),
    xmlrpc: refused(array(array('<int>1</int>'), array('<int>2</int>', 'x')), ['value/1/1']),
    soap: refused(items(items('1'), items('2', 'x')), ['value/1/1']),
  },
  nested,
);
list.good(
  'null for an item that may be null',
  [1, null, 3],
  {
    json: '[1,null,3]',
    query: impossible(noNull),
    xmlrpc: array('<int>1</int>', '<nil/>', '<int>3</int>'),
    soap: '<item>1</item><item xsi:nil="true"/><item>3</item>',
  },
  { takes: t.list(t.nullable(t.int())) },
);
const sentOne = { json: '[1]', query: { whole: 'value[]=1' }, xmlrpc: array('<int>1</int>'), soap: items('1') };
for (const [name, answers, path] of [
  ['a wrong item answered', [1, '2'], '1'],
  ['a gap answered', [1, undefined], '1'],
  ['no list answered', 1, ''],
] as const) {
  list.bad(
    name,
    {
      json: fault(sentOne.json, 'invalid-result', [path]),
      query: fault(sentOne.query, 'invalid-result', [path]),
      xmlrpc: fault(sentOne.xmlrpc, 'invalid-result', [path]),
      soap: fault(sentOne.soap, 'invalid-result', [path]),
    },
    { answers },
  );
}

export const listEdges = list.edges;
