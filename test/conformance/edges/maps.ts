import { t } from '../../../index.ts';
import { type Cell, fault, impossible, refused, sent } from '../edge.ts';
import { rowsOf } from '../rows.ts';
import { noEmpty, noNull, soapOnly } from './reasons.ts';

const map = rowsOf('map', t.map(t.int()));

const struct = (...members: readonly (readonly [string, string])[]): string =>
  `<struct>${members.map(([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`).join('')}</struct>`;
const entries = (...pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([key, value]) => `<entry><key>${key}</key><value>${value}</value></entry>`).join('');

map.good('empty', {}, { json: '{}', query: impossible(noEmpty), xmlrpc: struct(), soap: '' });
map.good(
  'two entries',
  { a: 1, b: 2 },
  {
    json: '{"a":1,"b":2}',
    query: sent({ whole: 'value[a]=1&value[b]=2' }),
    xmlrpc: struct(['a', '<int>1</int>'], ['b', '<int>2</int>']),
    soap: entries(['a', '1'], ['b', '2']),
  },
);

/** A row of one key: as it is, in a query, and in XML. */
function key(name: string, text: string, query: Cell | string, xml = text): void {
  map.good(name, JSON.parse(`{${JSON.stringify(text)}:1}`), {
    json: `{${JSON.stringify(text)}:1}`,
    query: typeof query === 'string' ? sent({ whole: `value[${query}]=1` }) : query,
    xmlrpc: struct([xml, '<int>1</int>']),
    soap: entries([xml, '1']),
  });
}

key('the key __proto__', '__proto__', '__proto__');
key('the key constructor', 'constructor', 'constructor');
key('the key toString', 'toString', 'toString');
key('the key hasOwnProperty', 'hasOwnProperty', 'hasOwnProperty');
key('the empty key', '', impossible('value[] is an item of a list'));
key('a key of spaces', '  ', '%20+');
key('a key with spaces around it', ' a b ', '+a+b+');
key('a key with markup', '<b> & "c"', '%3Cb%3E%20%26%20%22c%22', '&lt;b&gt; &amp; "c"');
key('a key with brackets', 'a[b]', impossible('brackets are what names nest by'));
key('a key with a slash and a dot', 'a/b.c', 'a/b.c');
key('a key beyond the BMP', 'ë😀', '%C3%AB%F0%9F%98%80');
key('a key of digits', '7', '7');
key('the key 0', '0', '0');
key('a key with a line end', 'a\nb', 'a%0Ab', 'a&#10;b');
key('a key of 1,000 characters', 'k'.repeat(1_000), 'k'.repeat(1_000));

map.bad('a key twice', {
  json: fault('{"a":1,"a":2}', 'invalid-request'),
  query: refused({ whole: 'value[a]=1&value[a]=2' }, ['value/a']),
  xmlrpc: refused(struct(['a', '<int>1</int>'], ['a', '<int>2</int>']), ['value/a']),
  soap: refused(entries(['a', '1'], ['a', '2']), ['value/a']),
});
map.bad('__proto__ twice', {
  json: fault('{"__proto__":1,"__proto__":2}', 'invalid-request'),
  query: refused({ whole: 'value[__proto__]=1&value[__proto__]=2' }, ['value/__proto__']),
  xmlrpc: refused(struct(['__proto__', '<int>1</int>'], ['__proto__', '<int>2</int>']), ['value/__proto__']),
  soap: refused(entries(['__proto__', '1'], ['__proto__', '2']), ['value/__proto__']),
});
map.bad('a wrong value', {
  json: refused('{"a":1,"b":"x"}', ['value/b']),
  query: refused({ whole: 'value[a]=1&value[b]=x' }, ['value/b']),
  xmlrpc: refused(struct(['a', '<int>1</int>'], ['b', '<string>x</string>']), ['value/b']),
  soap: refused(entries(['a', '1'], ['b', 'x']), ['value/b']),
});
map.bad('null for a value', {
  json: refused('{"a":null}', ['value/a']),
  query: impossible(noNull),
  xmlrpc: refused(struct(['a', '<nil/>']), ['value/a']),
  soap: refused('<entry><key>a</key><value xsi:nil="true"/></entry>', ['value/a']),
});
map.bad('null for the map', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
map.bad('a list', {
  json: '[1]',
  query: refused({ whole: 'value[]=1' }),
  xmlrpc: '<array><data><value><int>1</int></value></data></array>',
  soap: refused('<item>1</item>', ['value/item']),
});
map.bad('a text', { json: '"a"', query: 'a', xmlrpc: '<string>a</string>', soap: fault('a', 'invalid-request') });
map.bad('an entry without a key', {
  json: impossible(soapOnly),
  query: impossible(soapOnly),
  xmlrpc: fault('<struct><member><value><int>1</int></value></member></struct>', 'invalid-request'),
  soap: refused('<entry><value>1</value></entry>', ['value/0']),
});
map.bad('an entry without a value', {
  json: impossible(soapOnly),
  query: impossible(soapOnly),
  xmlrpc: fault('<struct><member><name>a</name></member></struct>', 'invalid-request'),
  soap: refused('<entry><key>a</key></entry>', ['value/a']),
});
const one = { takes: t.map(t.int(), { max: 1 }) };
map.bad(
  'two entries of at most one',
  {
    json: '{"a":1,"b":2}',
    query: refused({ whole: 'value[a]=1&value[b]=2' }),
    xmlrpc: struct(['a', '<int>1</int>'], ['b', '<int>2</int>']),
    soap: entries(['a', '1'], ['b', '2']),
  },
  one,
);
map.good(
  'lists in a map',
  { a: [1], b: [2, 3] },
  {
    json: '{"a":[1],"b":[2,3]}',
    query: sent({ whole: 'value[a][0]=1&value[b][0]=2&value[b][1]=3' }),
    xmlrpc: struct(
      ['a', '<array><data><value><int>1</int></value></data></array>'],
      ['b', '<array><data><value><int>2</int></value><value><int>3</int></value></data></array>'],
    ),
    soap: entries(['a', '<item>1</item>'], ['b', '<item>2</item><item>3</item>']),
  },
  { takes: t.map(t.list(t.int())) },
);
map.good(
  'null for a value that may be null',
  { a: null, b: 1 },
  {
    json: '{"a":null,"b":1}',
    query: impossible(noNull),
    xmlrpc: struct(['a', '<nil/>'], ['b', '<int>1</int>']),
    soap: '<entry><key>a</key><value xsi:nil="true"/></entry><entry><key>b</key><value>1</value></entry>',
  },
  { takes: t.map(t.nullable(t.int())) },
);
const call = {
  json: '{"a":1}',
  query: { whole: 'value[a]=1' },
  xmlrpc: struct(['a', '<int>1</int>']),
  soap: entries(['a', '1']),
};
map.good(
  'a key with NUL answered',
  { a: 1 },
  {
    json: call.json,
    query: sent(call.query),
    xmlrpc: fault(call.xmlrpc, 'invalid-result', ['']),
    soap: fault(call.soap, 'invalid-result', ['']),
  },
  { answers: { '\u0000': 1 }, out: { json: '{"\\u0000":1}' } },
);
map.bad(
  'a wrong value answered',
  {
    json: fault(call.json, 'invalid-result', ['b']),
    query: fault(call.query, 'invalid-result', ['b']),
    xmlrpc: fault(call.xmlrpc, 'invalid-result', ['b']),
    soap: fault(call.soap, 'invalid-result', ['b']),
  },
  { answers: { a: 1, b: '2' } },
);

export const mapEdges = map.edges;
