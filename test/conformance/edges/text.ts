import { t } from '../../../index.ts';
import { absent, fault, impossible, refused, sent } from '../edge.ts';
import { rowsOf } from '../rows.ts';
import { allText, noNull, queryLength, xmlOnly, xmlrpcOnly } from './reasons.ts';

const string = rowsOf('string', t.string());

string.good('plain', 'hello', { json: '"hello"', query: 'hello', xmlrpc: '<string>hello</string>', soap: 'hello' });
string.good('empty', '', { json: '""', query: '', xmlrpc: '<string></string>', soap: '' });
string.good('markup, not ASCII, beyond the BMP', 'Zoë & <Bob> ]]> 😀', {
  json: '"Zoë & <Bob> ]]> 😀"',
  query: 'Zoë & <Bob> ]]> 😀',
  xmlrpc: '<string>Zoë &amp; &lt;Bob&gt; ]]&gt; 😀</string>',
  soap: 'Zoë &amp; &lt;Bob&gt; ]]&gt; 😀',
});
string.good(
  'as escapes and references',
  'Zoë "😀"',
  {
    json: '"\\u005ao\\u00eb \\"\\ud83d\\ude00\\""',
    query: sent({ whole: 'value=%5Ao%c3%ab+%22%f0%9f%98%80%22' }),
    xmlrpc: '<string>&#90;o&#xEB; &quot;&#x1F600;&quot;</string>',
    soap: '&#90;o&#xEB; &quot;&#x1F600;&quot;',
  },
  { out: { json: '"Zoë \\"😀\\""', xmlrpc: '<string>Zoë "😀"</string>', soap: 'Zoë "😀"' } },
);
string.good(
  'CDATA and a comment',
  'a<b>c&amp;',
  {
    json: impossible(xmlOnly),
    query: impossible(xmlOnly),
    xmlrpc: '<string>a<![CDATA[<b>]]><!-- no text -->c<![CDATA[&amp;]]></string>',
    soap: 'a<![CDATA[<b>]]><!-- no text -->c<![CDATA[&amp;]]>',
  },
  { out: { json: '', xmlrpc: '<string>a&lt;b&gt;c&amp;amp;</string>', soap: 'a&lt;b&gt;c&amp;amp;' } },
);
string.good('CR, LF and tab', 'a\r\nb\tc\rd\n', {
  json: '"a\\r\\nb\\tc\\rd\\n"',
  query: 'a\r\nb\tc\rd\n',
  xmlrpc: '<string>a&#13;&#10;b&#9;c&#xD;d&#xA;</string>',
  soap: 'a&#13;&#10;b&#9;c&#xD;d&#xA;',
});
string.good(
  'line ends as they stand (XML 1.0 §2.11 makes LF of them)',
  'a\nb\nc',
  { json: '"a\\nb\\nc"', query: 'a\nb\nc', xmlrpc: '<string>a\r\nb\rc</string>', soap: 'a\r\nb\rc' },
  { out: { xmlrpc: '<string>a\nb\nc</string>', soap: 'a\nb\nc' } },
);
string.good('spaces at both ends', '  a b\u00a0 ', {
  json: '"  a b\u00a0 "',
  query: '  a b\u00a0 ',
  xmlrpc: '<string>  a b\u00a0 </string>',
  soap: '  a b\u00a0 ',
});
string.good('nothing but spaces', '   ', { json: '"   "', query: '   ', xmlrpc: '<string>   </string>', soap: '   ' });
string.good(
  'a value without a type element',
  ' a & b ',
  { json: impossible(xmlrpcOnly), query: impossible(xmlrpcOnly), xmlrpc: ' a &amp; b ', soap: impossible(xmlrpcOnly) },
  { out: { json: '', xmlrpc: '<string> a &amp; b </string>' } },
);
for (const [name, text] of [
  ['digits', '007'],
  ['the word null', 'null'],
  ['the word true', 'true'],
  ['path, percent and plus signs', '../%41+%2B'],
] as const) {
  string.good(name, text, { json: `"${text}"`, query: text, xmlrpc: `<string>${text}</string>`, soap: text });
}
const long = 'x'.repeat(20_000);
string.good('20,000 characters', long, {
  json: `"${long}"`,
  query: impossible(queryLength),
  form: long,
  xmlrpc: `<string>${long}</string>`,
  soap: long,
});
for (const [name, escaped, point] of [
  ['NUL', '\\u0000', 0],
  ['U+0001', '\\u0001', 1],
  ['U+FFFE', '\\ufffe', 0xfffe],
] as const) {
  const text = String.fromCharCode(point);
  string.good(`${name}, which XML has not`, text, {
    json: `"${escaped}"`,
    query: text,
    xmlrpc: fault(`<string>&#${point};</string>`, 'malformed'),
    soap: fault(`&#${point};`, 'malformed'),
  });
}
string.good('half of a surrogate pair', '\ud800', {
  json: '"\\ud800"',
  query: fault({ whole: 'value=%ED%A0%80' }, 'invalid-encoding'),
  xmlrpc: fault('<string>&#xD800;</string>', 'malformed'),
  soap: fault('&#xD800;', 'malformed'),
});
for (const [name, text, escaped] of [
  ['NUL answered', 'a\u0000', '"a\\u0000"'],
  ['half of a surrogate pair answered', '\udc00a', '"\\udc00a"'],
] as const) {
  string.good(
    name,
    'x',
    {
      json: '"x"',
      query: 'x',
      xmlrpc: fault('<string>x</string>', 'invalid-result', ['']),
      soap: fault('x', 'invalid-result', ['']),
    },
    { answers: text, out: { json: escaped } },
  );
}
string.bad('a number', { json: '5', query: impossible(allText), xmlrpc: '<int>5</int>', soap: impossible(allText) });
string.bad('a list', {
  json: '["a"]',
  query: refused({ whole: 'value[]=a' }),
  xmlrpc: '<array><data><value>a</value></data></array>',
  soap: fault('<item>a</item>', 'invalid-request'),
});
string.bad('null', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
string.bad('absent', {
  json: refused(absent.json),
  query: refused(absent.query),
  xmlrpc: refused(absent.xmlrpc),
  soap: refused(absent.soap),
});

const short = { takes: t.string({ min: 2, max: 3 }) };
string.good(
  'three characters of at most three, beyond the BMP',
  '😀😀😀',
  { json: '"😀😀😀"', query: '😀😀😀', xmlrpc: '<string>😀😀😀</string>', soap: '😀😀😀' },
  short,
);
for (const [name, text] of [
  ['one character of at least two, beyond the BMP', '😀'],
  ['four characters of at most three', 'abcd'],
] as const) {
  string.bad(name, { json: `"${text}"`, query: text, xmlrpc: `<string>${text}</string>`, soap: text }, short);
}
const word = { takes: t.string({ pattern: '^[a-zë]+$' }) };
string.good(
  'as the pattern',
  'zoë',
  { json: '"zoë"', query: 'zoë', xmlrpc: '<string>zoë</string>', soap: 'zoë' },
  word,
);
string.bad(
  'not as the pattern',
  { json: '"zoë\\n"', query: 'zoë\n', xmlrpc: '<string>zoë&#10;</string>', soap: 'zoë&#10;' },
  word,
);

const choice = rowsOf('enum', t.enum(['red', 'green', 'Grün & <b>']));

choice.good('one of them', 'red', { json: '"red"', query: 'red', xmlrpc: '<string>red</string>', soap: 'red' });
choice.good('one with markup', 'Grün & <b>', {
  json: '"Grün & <b>"',
  query: 'Grün & <b>',
  xmlrpc: '<string>Grün &amp; &lt;b&gt;</string>',
  soap: 'Grün &amp; &lt;b&gt;',
});
for (const [name, text] of [
  ['another', 'blue'],
  ['another case', 'Red'],
  ['empty', ''],
  ['with a space', ' red'],
  ['a name that every object has', 'toString'],
] as const) {
  choice.bad(name, { json: `"${text}"`, query: text, xmlrpc: `<string>${text}</string>`, soap: text });
}
choice.bad('its number', { json: '0', query: '0', xmlrpc: '<int>0</int>', soap: '0' });
choice.bad('null', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
choice.bad(
  'another answered',
  {
    json: fault('"red"', 'invalid-result', ['']),
    query: fault('red', 'invalid-result', ['']),
    xmlrpc: fault('<string>red</string>', 'invalid-result', ['']),
    soap: fault('red', 'invalid-result', ['']),
  },
  { answers: 'blue' },
);

export const textEdges = [...string.edges, ...choice.edges];
