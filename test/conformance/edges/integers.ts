import { t } from '../../../index.ts';
import { absent, fault, impossible, refused } from '../edge.ts';
import { rowsOf } from '../rows.ts';
import { allText, noNull, xmlrpcOnly } from './reasons.ts';

const boolean = rowsOf('boolean', t.boolean());

for (const [name, value, digit] of [
  ['true', true, '1'],
  ['false', false, '0'],
] as const) {
  boolean.good(name, value, { json: name, query: name, xmlrpc: `<boolean>${digit}</boolean>`, soap: name });
  boolean.good(
    `${name}, as ${digit}`,
    value,
    { json: refused(digit), query: digit, xmlrpc: `<boolean>${digit}</boolean>`, soap: digit },
    { out: { json: name, soap: name } },
  );
}
boolean.good(
  'spaces around it (XML Schema part 2 §4.3.6)',
  true,
  { json: refused('" true "'), query: refused(' true '), xmlrpc: '<boolean> 1\n</boolean>', soap: '\n true\t' },
  { out: { json: 'true', xmlrpc: '<boolean>1</boolean>', soap: 'true' } },
);
boolean.good(
  'a word in XML-RPC, as davexmlrpc sends it',
  true,
  { json: 'true', query: 'true', xmlrpc: '<boolean>true</boolean>', soap: 'true' },
  { out: { xmlrpc: '<boolean>1</boolean>' } },
);
for (const text of ['TRUE', 'yes', 'on', '2', '-1', '01', 'truefalse', '']) {
  boolean.bad(text === '' ? 'empty' : text, {
    json: `"${text}"`,
    query: text,
    xmlrpc: `<boolean>${text}</boolean>`,
    soap: text,
  });
}
boolean.bad('as text', {
  json: '"true"',
  query: impossible(allText),
  xmlrpc: refused('<string>true</string>'),
  soap: impossible(allText),
});
boolean.bad('another type', { json: '1.0', query: '1.0', xmlrpc: '<int>1</int>', soap: '1.0' });
boolean.bad('null', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});

const int = rowsOf('int', t.int());

for (const [name, value] of [
  ['0', 0],
  ['1', 1],
  ['-1', -1],
  ['the greatest', 2_147_483_647],
  ['the least', -2_147_483_648],
] as const) {
  int.good(name, value, { json: `${value}`, query: `${value}`, xmlrpc: `<int>${value}</int>`, soap: `${value}` });
}
int.good(
  '-0',
  0,
  { json: '-0', query: '-0', xmlrpc: '<int>-0</int>', soap: '-0' },
  { out: { json: '0', xmlrpc: '<int>0</int>', soap: '0' } },
);
for (const type of ['i4', 'i8']) {
  int.good(
    `as ${type}`,
    -5,
    {
      json: impossible(xmlrpcOnly),
      query: impossible(xmlrpcOnly),
      xmlrpc: `<${type}>-5</${type}>`,
      soap: impossible(xmlrpcOnly),
    },
    { out: { json: '', xmlrpc: '<int>-5</int>' } },
  );
}
int.good(
  '+5, which XML takes',
  5,
  { json: fault('+5', 'malformed'), query: refused('+5'), xmlrpc: '<int>+5</int>', soap: '+5' },
  { out: { json: '5', xmlrpc: '<int>5</int>', soap: '5' } },
);
int.good(
  ' 5, which XML Schema takes (part 2 §4.3.6)',
  5,
  { json: refused('" 5"'), query: refused(' 5'), xmlrpc: refused('<int> 5</int>'), soap: ' 5\n' },
  { out: { json: '5', soap: '5' } },
);
for (const digits of ['2147483648', '-2147483649', '4294967296', '9007199254740993', '99999999999999999999999']) {
  int.bad(digits, { json: digits, query: digits, xmlrpc: `<int>${digits}</int>`, soap: digits });
}
for (const text of ['007', '0x10', '-', '--5', '5,0', '٥']) {
  int.bad(text, { json: fault(text, 'malformed'), query: text, xmlrpc: `<int>${text}</int>`, soap: text });
}
for (const text of ['1e3', '5.0', '5.5', '1e400']) {
  int.bad(text, { json: text, query: text, xmlrpc: `<int>${text}</int>`, soap: text });
}
int.bad('empty', { json: '""', query: '', xmlrpc: '<int></int>', soap: '' });
int.bad('as text', {
  json: '"5"',
  query: impossible(allText),
  xmlrpc: '<string>5</string>',
  soap: impossible(allText),
});
int.bad('another type', { json: 'true', query: 'true', xmlrpc: '<double>5</double>', soap: 'true' });
int.bad('null', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
int.bad('absent', {
  json: refused(absent.json),
  query: refused(absent.query),
  xmlrpc: refused(absent.xmlrpc),
  soap: refused(absent.soap),
});
const few = { takes: t.int({ min: 1, max: 500 }) };
for (const value of [1, 500]) {
  int.good(
    `${value} of 1 to 500`,
    value,
    { json: `${value}`, query: `${value}`, xmlrpc: `<int>${value}</int>`, soap: `${value}` },
    few,
  );
}
for (const value of [0, 501]) {
  int.bad(
    `${value} of 1 to 500`,
    { json: `${value}`, query: `${value}`, xmlrpc: `<int>${value}</int>`, soap: `${value}` },
    few,
  );
}
for (const [name, value] of [
  ['2147483648 answered', 2_147_483_648],
  ['0.5 answered', 0.5],
] as const) {
  int.bad(
    name,
    {
      json: fault('1', 'invalid-result', ['']),
      query: fault('1', 'invalid-result', ['']),
      xmlrpc: fault('<int>1</int>', 'invalid-result', ['']),
      soap: fault('1', 'invalid-result', ['']),
    },
    { answers: value },
  );
}

const int64 = rowsOf('int64', t.int64());

for (const [name, digits] of [
  ['0', '0'],
  ['2^53 + 1', '9007199254740993'],
  ['the greatest', '9223372036854775807'],
  ['the least', '-9223372036854775808'],
] as const) {
  const out = { json: `"${digits}"`, xmlrpc: `<string>${digits}</string>` };
  const value = BigInt(digits);
  int64.good(
    `${name}, as text`,
    value,
    { json: `"${digits}"`, query: digits, xmlrpc: `<string>${digits}</string>`, soap: digits },
    { out },
  );
  int64.good(
    `${name}, as a number`,
    value,
    { json: digits, query: digits, xmlrpc: `<i8>${digits}</i8>`, soap: digits },
    { out },
  );
}
for (const [name, value] of [
  ['as int', '<int>-7</int>'],
  ['as i4', '<i4>-7</i4>'],
  ['as Apache writes i8', '<e:i8 xmlns:e="http://ws.apache.org/xmlrpc/namespaces/extensions">-7</e:i8>'],
  ['as a string without a type element', '-7'],
] as const) {
  int64.good(
    name,
    -7n,
    { json: impossible(xmlrpcOnly), query: impossible(xmlrpcOnly), xmlrpc: value, soap: impossible(xmlrpcOnly) },
    { out: { json: '', xmlrpc: '<string>-7</string>' } },
  );
}
int64.good(
  '+5, which XML Schema takes',
  5n,
  { json: refused('"+5"'), query: refused('+5'), xmlrpc: refused('<string>+5</string>'), soap: '+5' },
  { out: { json: '"5"', soap: '5' } },
);
int64.good(
  ' 5, which XML Schema takes (part 2 §4.3.6)',
  5n,
  { json: refused('" 5"'), query: refused(' 5'), xmlrpc: refused('<string> 5</string>'), soap: ' 5\n' },
  { out: { json: '"5"', soap: '5' } },
);
for (const digits of ['9223372036854775808', '-9223372036854775809', '18446744073709551616', '1'.repeat(400)]) {
  const name = digits.length > 20 ? '400 digits' : digits;
  int64.bad(`${name}, as text`, {
    json: `"${digits}"`,
    query: digits,
    xmlrpc: `<string>${digits}</string>`,
    soap: digits,
  });
  int64.bad(`${name}, as a number`, { json: digits, query: digits, xmlrpc: `<i8>${digits}</i8>`, soap: digits });
}
for (const text of ['007', '0x10', '1e3', '5.0', '5n', '1 000', '']) {
  int64.bad(text === '' ? 'empty' : text, {
    json: `"${text}"`,
    query: text,
    xmlrpc: `<string>${text}</string>`,
    soap: text,
  });
}
int64.bad('1e3 and 5.5, as numbers', { json: '1e3', query: '5.5', xmlrpc: '<double>5.5</double>', soap: '5.5' });
int64.bad('null', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
const wide = { takes: t.int64({ min: 0n, max: 9_007_199_254_740_993n }) };
int64.good(
  '2^53 + 1 of at most 2^53 + 1',
  9_007_199_254_740_993n,
  {
    json: '9007199254740993',
    query: '9007199254740993',
    xmlrpc: '<string>9007199254740993</string>',
    soap: '9007199254740993',
  },
  { ...wide, out: { json: '"9007199254740993"' } },
);
int64.bad(
  '2^53 + 2 of at most 2^53 + 1',
  {
    json: '9007199254740994',
    query: '9007199254740994',
    xmlrpc: '<string>9007199254740994</string>',
    soap: '9007199254740994',
  },
  wide,
);
int64.bad(
  'a number answered in place of a bigint',
  {
    json: fault('"1"', 'invalid-result', ['']),
    query: fault('1', 'invalid-result', ['']),
    xmlrpc: fault('<int>1</int>', 'invalid-result', ['']),
    soap: fault('1', 'invalid-result', ['']),
  },
  { answers: 1 },
);

export const integerEdges = [...boolean.edges, ...int.edges, ...int64.edges];
