import { t } from '../../../index.ts';
import { fault, impossible, refused, sent } from '../edge.ts';
import { rowsOf } from '../rows.ts';
import { noSign, xmlrpcOnly } from './reasons.ts';

const json = rowsOf('json', t.json());

const struct = (...members: readonly (readonly [string, string])[]): string =>
  `<struct>${members.map(([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`).join('')}</struct>`;
const array = (...values: readonly string[]): string =>
  `<array><data>${values.map((value) => `<value>${value}</value>`).join('')}</data></array>`;

/** A row of JSON text, which is the same everywhere but in XML-RPC and for what markup escapes. */
function same(name: string, text: string, xmlrpc: string, soap = text): void {
  json.good(name, JSON.parse(text), { json: text, query: text, xmlrpc, soap });
}

same('null', 'null', '<nil/>');
same('true', 'true', '<boolean>1</boolean>');
same('a whole number', '-7', '<int>-7</int>');
same('a number beyond 32 bits', '4294967296', '<double>4294967296</double>');
same('2^53', '9007199254740992', '<double>9007199254740992</double>');
same('a fraction', '0.1', '<double>0.1</double>');
same('a large exponent', '1e300', `<double>1${'0'.repeat(300)}</double>`);
same('a text', '"a"', '<string>a</string>');
same('the empty text', '""', '<string></string>');
same('a text of digits', '"5"', '<string>5</string>');
same('a text with markup', '"Zoë <b> & 😀"', '<string>Zoë &lt;b&gt; &amp; 😀</string>', '"Zoë &lt;b&gt; &amp; 😀"');
same('the empty list', '[]', array());
same('the empty object', '{}', struct());
same(
  'nested',
  '{"a":[1,"b",[],{"c":[true]}],"d":{"e":{"f":0.5}}}',
  struct(
    ['a', array('<int>1</int>', '<string>b</string>', array(), struct(['c', array('<boolean>1</boolean>')]))],
    ['d', struct(['e', struct(['f', '<double>0.5</double>'])])],
  ),
);
same('null inside', '{"a":null,"b":[null]}', struct(['a', '<nil/>'], ['b', array('<nil/>')]));
same(
  'odd keys',
  '{"":1,"constructor":2," <a> ":3}',
  struct(['', '<int>1</int>'], ['constructor', '<int>2</int>'], [' &lt;a&gt; ', '<int>3</int>']),
  '{"":1,"constructor":2," &lt;a&gt; ":3}',
);
json.good('the key __proto__', JSON.parse('{"__proto__":{"x":1}}'), {
  json: '{"__proto__":{"x":1}}',
  query: '{"__proto__":{"x":1}}',
  xmlrpc: struct(['__proto__', struct(['x', '<int>1</int>'])]),
  soap: '{"__proto__":{"x":1}}',
});
json.good('-0', 0, {
  json: sent('-0', { output: '0', loss: noSign }),
  query: sent('-0', { output: '0', loss: noSign }),
  xmlrpc: sent('<double>-0</double>', { output: '<int>0</int>', loss: noSign }),
  soap: sent('-0', { output: '0', loss: noSign }),
});
json.good(
  'numbers spelt otherwise',
  [1, 100, 0.5],
  {
    json: '[1.0,1e2,5e-1]',
    query: '[1.0,1e2,5e-1]',
    xmlrpc: array('<double>1.0</double>', '<double>1e2</double>', '<double>.5</double>'),
    soap: ' [1.0, 1e2,\n5e-1] ',
  },
  {
    out: {
      json: '[1,100,0.5]',
      xmlrpc: array('<int>1</int>', '<int>100</int>', '<double>0.5</double>'),
      soap: '[1,100,0.5]',
    },
  },
);
json.good(
  'a moment and bytes, which JSON has as text',
  ['2026-02-28T12:34:56.000Z', 'AP8A'],
  {
    json: impossible(xmlrpcOnly),
    query: impossible(xmlrpcOnly),
    xmlrpc: array('<dateTime.iso8601>20260228T12:34:56</dateTime.iso8601>', '<base64>AP8A</base64>'),
    soap: impossible(xmlrpcOnly),
  },
  { out: { json: '', xmlrpc: array('<string>2026-02-28T12:34:56.000Z</string>', '<string>AP8A</string>') } },
);
json.good('NUL in a text', '\u0000', {
  json: '"\\u0000"',
  query: '"\\u0000"',
  xmlrpc: fault('<string>&#0;</string>', 'malformed'),
  soap: '"\\u0000"',
});
json.good(
  'NUL answered in a text',
  1,
  { json: '1', query: '1', xmlrpc: fault('<int>1</int>', 'invalid-result', ['a/0']), soap: '1' },
  { answers: { a: ['\u0000'] }, out: { json: '{"a":["\\u0000"]}', soap: '{"a":["\\u0000"]}' } },
);
for (const [name, digits] of [
  ['2^53 + 1', '9007199254740993'],
  ['25 digits', '1234567890123456789012345'],
] as const) {
  const text = `{"a":[1,${digits}]}`;
  json.bad(`${name} inside`, {
    json: refused(text, ['value/a/1']),
    query: refused(text, ['value/a/1']),
    xmlrpc: refused(struct(['a', array('<int>1</int>', `<i8>${digits}</i8>`)]), ['value/a/1']),
    soap: refused(text, ['value/a/1']),
  });
}
json.bad('1e400', { json: '1e400', query: '1e400', xmlrpc: `<double>1${'0'.repeat(400)}</double>`, soap: '1e400' });
json.bad('a fraction that a double would round', {
  json: '0.10000000000000000001',
  query: '0.10000000000000000001',
  xmlrpc: impossible('a double of XML-RPC is a float, its digits are rounded'),
  soap: '0.10000000000000000001',
});
for (const [name, text] of [
  ['not JSON', '{a:1}'],
  ['broken', '[1,'],
  ['a comma too many', '[1,]'],
  ['two values', '1 2'],
  ['a single quote', "'a'"],
  ['NaN', 'NaN'],
  ['a leading zero', '01'],
] as const) {
  json.bad(name, {
    json: fault(text, 'malformed'),
    query: text,
    xmlrpc: impossible('XML-RPC has no JSON text'),
    soap: text,
  });
}
json.bad('empty', { json: fault('', 'malformed'), query: '', xmlrpc: '<int></int>', soap: '' });
json.bad('a key twice', {
  json: fault('{"a":1,"a":1}', 'invalid-request'),
  query: fault('{"a":1,"a":1}', 'invalid-request'),
  xmlrpc: refused(struct(['a', '<int>1</int>'], ['a', '<int>1</int>']), ['value/a']),
  soap: refused('{"a":1,"a":1}'),
});
const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const arrays = (depth: number): string => (depth === 1 ? array() : array(arrays(depth - 1)));
json.good('30 levels', JSON.parse(lists(30)), {
  json: lists(30),
  query: lists(30),
  xmlrpc: arrays(30),
  soap: lists(30),
});
json.good('98 levels, which MCP has not in 100 levels of JSON, nor XML-RPC in 100 of XML', JSON.parse(lists(98)), {
  json: lists(98),
  mcp: fault(lists(98), 'too-large'),
  query: lists(98),
  xmlrpc: fault(arrays(98), 'too-large'),
  soap: lists(98),
});
json.bad('101 levels', {
  json: fault(lists(101), 'too-large'),
  query: fault(lists(101), 'too-large'),
  xmlrpc: fault(arrays(101), 'too-large'),
  soap: refused(lists(101)),
});
json.bad('an unknown type', {
  json: impossible(xmlrpcOnly),
  query: impossible(xmlrpcOnly),
  xmlrpc: '<bigint>1</bigint>',
  soap: impossible(xmlrpcOnly),
});
for (const [name, answers] of [
  ['undefined answered', undefined],
  ['NaN answered', Number.NaN],
  ['a bigint answered', 1n],
  ['a Date answered', new Date(0)],
] as const) {
  json.bad(
    name,
    {
      json: fault('1', 'invalid-result', ['']),
      query: fault('1', 'invalid-result', ['']),
      xmlrpc: fault('<int>1</int>', 'invalid-result', ['']),
      soap: fault('1', 'invalid-result', ['']),
    },
    { answers },
  );
}

export const jsonEdges = json.edges;
