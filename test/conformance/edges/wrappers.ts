import { t } from '../../../index.ts';
import { absent, fault, impossible, refused, sent } from '../edge.ts';
import { fieldRowsOf, rowsOf } from '../rows.ts';
import { noEmpty, noNull, soapOnly, xmlrpcOnly } from './reasons.ts';

const nil = { whole: '<value xsi:nil="true"/>' };
const nilResult = { whole: '<result xsi:nil="true"/>' };
const struct = (...members: readonly (readonly [string, string])[]): string =>
  `<struct>${members.map(([name, value]) => `<member><name>${name}</name><value>${value}</value></member>`).join('')}</struct>`;
const params = (...values: readonly string[]) => ({
  whole: values.map((value) => `<param><value>${value}</value></param>`).join(''),
});

const nullable = rowsOf('nullable', t.nullable(t.string()));

nullable.good('a value', 'a', { json: '"a"', query: 'a', xmlrpc: '<string>a</string>', soap: 'a' });
nullable.good('the empty text, which is not null', '', {
  json: '""',
  query: '',
  xmlrpc: '<string></string>',
  soap: '',
});
nullable.good('the word null, which is not null', 'null', {
  json: '"null"',
  query: 'null',
  xmlrpc: '<string>null</string>',
  soap: 'null',
});
nullable.good('null', null, {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: sent(nil, { output: nilResult }),
});
nullable.good('null as Apache writes it', null, {
  json: impossible(xmlrpcOnly),
  query: impossible(xmlrpcOnly),
  xmlrpc: sent('<ex:nil xmlns:ex="http://ws.apache.org/xmlrpc/namespaces/extensions"/>', { output: '<nil/>' }),
  soap: impossible(xmlrpcOnly),
});
nullable.good('xsi:nil="1", spaces inside', null, {
  json: impossible(soapOnly),
  query: impossible(soapOnly),
  xmlrpc: impossible(soapOnly),
  soap: sent({ whole: '<value xsi:nil=" 1 "></value>' }, { output: nilResult }),
});
nullable.good('xsi:nil="false"', 'a', {
  json: impossible(soapOnly),
  query: impossible(soapOnly),
  xmlrpc: impossible(soapOnly),
  soap: sent({ whole: '<value xsi:nil="false">a</value>' }, { output: 'a' }),
});
nullable.bad('nil with content', {
  json: impossible(soapOnly),
  query: impossible(soapOnly),
  xmlrpc: fault('<nil>a</nil>', 'invalid-request'),
  soap: refused({ whole: '<value xsi:nil="true">a</value>' }),
});
nullable.bad('xsi:nil that is no boolean', {
  json: impossible(soapOnly),
  query: impossible(soapOnly),
  xmlrpc: impossible(soapOnly),
  soap: refused({ whole: '<value xsi:nil="yes"/>' }),
});
nullable.bad('absent, which only XML-RPC takes for null', {
  json: refused(absent.json),
  query: refused(absent.query),
  xmlrpc: sent(absent.xmlrpc, { value: { other: { value: null } }, output: '<nil/>' }),
  soap: refused(absent.soap),
});
nullable.bad('another type', {
  json: '5',
  query: refused({ whole: 'value[]=a' }),
  xmlrpc: '<int>5</int>',
  soap: fault('<a/>', 'invalid-request'),
});
const Memo = { takes: t.object('Memo', { text: t.nullable(t.string()), n: t.int() }) };
nullable.good(
  'null for a field',
  { text: null, n: 1 },
  {
    json: '{"text":null,"n":1}',
    query: impossible(noNull),
    xmlrpc: sent(struct(['text', '<nil/>'], ['n', '<int>1</int>']), { output: struct(['n', '<int>1</int>']) }),
    soap: '<text xsi:nil="true"/><n>1</n>',
  },
  Memo,
);
nullable.bad(
  'a field absent, which only XML-RPC takes for null',
  {
    json: refused('{"n":1}', ['value/text']),
    query: refused({ whole: 'value[n]=1' }, ['value/text']),
    xmlrpc: sent(struct(['n', '<int>1</int>']), {
      value: { other: { value: { text: null, n: 1 } } },
      output: struct(['n', '<int>1</int>']),
    }),
    soap: refused('<n>1</n>', ['value/text']),
  },
  Memo,
);
nullable.bad(
  'an empty text for a number that may be null',
  { json: '""', query: '', xmlrpc: '<int></int>', soap: '' },
  { takes: t.nullable(t.int()) },
);
nullable.good(
  'null for a list',
  null,
  { json: 'null', query: impossible(noNull), xmlrpc: '<nil/>', soap: sent(nil, { output: nilResult }) },
  { takes: t.nullable(t.list(t.int())) },
);

const maybe = { value: t.optional(t.string()), list: t.optional(t.list(t.int())) };
const optional = fieldRowsOf('optional', maybe, t.object('Maybe', maybe));

optional.good(
  'all absent',
  {},
  {
    json: sent(absent.json, { output: '{}' }),
    query: sent(absent.query),
    xmlrpc: sent(absent.xmlrpc, { output: struct() }),
    soap: sent(absent.soap, { output: '' }),
  },
);
optional.good(
  'the last absent',
  { value: 'a' },
  {
    json: sent('"a"', { output: '{"value":"a"}' }),
    query: 'a',
    xmlrpc: sent('<string>a</string>', { output: struct(['value', '<string>a</string>']) }),
    soap: sent('a', { output: '<value>a</value>' }),
  },
);
optional.good(
  'empty, which is not absent',
  { value: '' },
  {
    json: sent('""', { output: '{"value":""}' }),
    query: '',
    xmlrpc: sent('<string></string>', { output: struct(['value', '<string></string>']) }),
    soap: sent('', { output: '<value></value>' }),
  },
);
optional.good(
  'the first absent',
  { list: [1] },
  {
    json: sent({ whole: '{"list":[1]}' }, { output: '{"list":[1]}' }),
    query: sent({ whole: 'list[]=1' }),
    xmlrpc: sent(params(struct(['list', '<array><data><value><int>1</int></value></data></array>'])), {
      output: struct(['list', '<array><data><value><int>1</int></value></data></array>']),
    }),
    soap: sent({ whole: '<list><item>1</item></list>' }, { output: '<list><item>1</item></list>' }),
  },
);
optional.good(
  'an empty list, which is not absent',
  { list: [] },
  {
    json: sent({ whole: '{"list":[]}' }, { output: '{"list":[]}' }),
    query: impossible(noEmpty),
    xmlrpc: sent(params(struct(['list', '<array><data/></array>'])), {
      output: struct(['list', '<array><data/></array>']),
    }),
    soap: sent({ whole: '<list/>' }, { output: '<list/>' }),
  },
);
optional.bad('null', { json: 'null', query: impossible(noNull), xmlrpc: '<nil/>', soap: refused(nil) });
optional.bad('a wrong value', {
  json: '5',
  query: refused({ whole: 'value[a]=5' }),
  xmlrpc: '<int>5</int>',
  soap: fault('<a/>', 'invalid-request'),
});
const either = { value: t.optional(t.nullable(t.int())) };
const both = fieldRowsOf('optional', either, t.object('Either', either));
both.good(
  'absent where null is allowed too',
  {},
  {
    json: sent(absent.json, { output: '{}' }),
    query: sent(absent.query),
    xmlrpc: sent(absent.xmlrpc, { output: struct() }),
    soap: sent(absent.soap, { output: '' }),
  },
);
both.good(
  'null where absent is allowed too',
  { value: null },
  {
    json: sent('null', { output: '{"value":null}' }),
    query: impossible(noNull),
    xmlrpc: sent('<nil/>', { output: struct(), loss: 'a null member is left out, like an absent one' }),
    soap: sent(nil, { output: '<value xsi:nil="true"/>' }),
  },
);

const page = { value: t.int(), size: t.default(t.int({ min: 1 }), 50), word: t.default(t.string(), 'a') };
const fallback = fieldRowsOf('default', page, t.object('Page', page));
const out = (size: number, word: string) => ({
  json: `{"value":1,"size":${size},"word":"${word}"}`,
  xmlrpc: struct(['value', '<int>1</int>'], ['size', `<int>${size}</int>`], ['word', `<string>${word}</string>`]),
  soap: `<value>1</value><size>${size}</size><word>${word}</word>`,
});

fallback.good(
  'absent',
  { value: 1, size: 50, word: 'a' },
  { json: '1', query: '1', xmlrpc: '<int>1</int>', soap: '1' },
  { out: out(50, 'a') },
);
fallback.good(
  'absent at the end, by place where there are places',
  { value: 1, size: 2, word: 'a' },
  {
    json: sent({ whole: '{"value":1,"size":2}' }),
    jsonrpc: sent({ whole: '[1,2]' }),
    query: sent({ whole: 'value=1&size=2' }),
    xmlrpc: sent(params('<int>1</int>', '<int>2</int>')),
    soap: sent({ whole: '<value>1</value><size>2</size>' }),
  },
  { out: out(2, 'a') },
);
fallback.good(
  'absent in the middle',
  { value: 1, size: 50, word: '' },
  {
    json: sent({ whole: '{"word":"","value":1}' }),
    query: sent({ whole: 'word=&value=1' }),
    xmlrpc: sent(params(struct(['word', ''], ['value', '<int>1</int>']))),
    soap: sent({ whole: '<value>1</value><word/>' }),
  },
  { out: out(50, '') },
);
fallback.good(
  'given',
  { value: 1, size: 7, word: 'b' },
  {
    json: sent({ whole: '{"value":1,"size":7,"word":"b"}' }),
    jsonrpc: sent({ whole: '[1,7,"b"]' }),
    query: sent({ whole: 'value=1&size=7&word=b' }),
    xmlrpc: sent(params('<int>1</int>', '<int>7</int>', '<string>b</string>')),
    soap: sent({ whole: '<value>1</value><size>7</size><word>b</word>' }),
  },
  { out: out(7, 'b') },
);
fallback.bad('null', {
  json: refused({ whole: '{"value":1,"size":null}' }, ['size']),
  query: impossible(noNull),
  xmlrpc: refused(params('<int>1</int>', '<nil/>'), ['size']),
  soap: refused({ whole: '<value>1</value><size xsi:nil="true"/>' }, ['size']),
});
fallback.bad('a wrong value is not replaced', {
  json: refused({ whole: '{"value":1,"size":0}' }, ['size']),
  query: refused({ whole: 'value=1&size=' }, ['size']),
  xmlrpc: refused(params('<int>1</int>', '<int>0</int>'), ['size']),
  soap: refused({ whole: '<value>1</value><size>0</size>' }, ['size']),
});
const Nested = t.object('Nested', { size: t.default(t.int(), 50) });
const inside = rowsOf('default', Nested);
inside.good(
  'absent in an object',
  { size: 50 },
  {
    json: '{}',
    query: impossible(noEmpty),
    xmlrpc: struct(),
    soap: '',
  },
  { out: { json: '{"size":50}', xmlrpc: struct(['size', '<int>50</int>']), soap: '<size>50</size>' } },
);

export const wrapperEdges = [...nullable.edges, ...optional.edges, ...both.edges, ...fallback.edges, ...inside.edges];
