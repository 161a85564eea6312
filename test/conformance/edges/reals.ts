import { t } from '../../../index.ts';
import { fault, impossible, refused, sent } from '../edge.ts';
import { rowsOf } from '../rows.ts';
import { allText, noNull, noSign, xmlrpcOnly } from './reasons.ts';

const float = rowsOf('float', t.float());

/** A row of a number whose digits are the same everywhere; XML-RPC, which has no exponents, may have others. */
function same(name: string, value: number, text: string, plain = text): void {
  float.good(name, value, { json: text, query: text, xmlrpc: `<double>${plain}</double>`, soap: text });
}

same('0', 0, '0');
float.good('-0', 0, {
  json: sent('-0', { output: '0', loss: noSign }),
  query: sent('-0', { output: '0', loss: noSign }),
  xmlrpc: sent('<double>-0</double>', { output: '<double>0</double>', loss: noSign }),
  soap: sent('-0', { output: '0', loss: noSign }),
});
same('0.1', 0.1, '0.1');
same('-1.5', -1.5, '-1.5');
same('17 digits', 0.30000000000000004, '0.30000000000000004');
same('2^53', 9_007_199_254_740_992, '9007199254740992');
same('1e21', 1e21, '1e21', '1000000000000000000000');
same('1.5e300', 1.5e300, '1.5e300', `15${'0'.repeat(299)}`);
same('1e308', 1e308, '1e308', `1${'0'.repeat(308)}`);
same('the greatest', 1.7976931348623157e308, '1.7976931348623157e308', `17976931348623157${'0'.repeat(292)}`);
same('1e-7', 1e-7, '1e-7', '0.0000001');
same('-1.5e-10', -1.5e-10, '-1.5e-10', '-0.00000000015');
same('the least above 0', 5e-324, '5e-324', `0.${'0'.repeat(323)}5`);
same('1E+3', 1000, '1E+3', '1000');
same('an exponent in XML-RPC', 1000, '1e3');
same('digits beyond a double', 0.1, '0.1000000000000000055511151231257827');
float.good(
  'a whole number as int',
  5,
  { json: '5', query: '5', xmlrpc: '<int>5</int>', soap: '5' },
  { out: { xmlrpc: '<double>5</double>' } },
);
float.good(
  'no digit before the point',
  0.5,
  { json: fault('.5', 'malformed'), query: '.5', xmlrpc: '<double>.5</double>', soap: '.5' },
  { out: { json: '0.5', xmlrpc: '<double>0.5</double>', soap: '0.5' } },
);
float.bad('1e309', { json: '1e309', query: '1e309', xmlrpc: `<double>1${'0'.repeat(309)}</double>`, soap: '1e309' });
for (const text of ['NaN', 'INF', '-INF', 'Infinity', '1,5', '0x10', '1e', '1.2.3', 'e5']) {
  float.bad(text, { json: fault(text, 'malformed'), query: text, xmlrpc: `<double>${text}</double>`, soap: text });
}
float.bad('empty', { json: '""', query: '', xmlrpc: '<double></double>', soap: '' });
float.bad('as text', {
  json: '"1.5"',
  query: impossible(allText),
  xmlrpc: '<string>1.5</string>',
  soap: impossible(allText),
});
float.bad('another type', { json: 'true', query: 'true', xmlrpc: '<boolean>1</boolean>', soap: 'true' });
float.bad('null', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
const share = { takes: t.float({ min: 0, max: 1 }) };
float.good('1 of 0 to 1', 1, { json: '1', query: '1', xmlrpc: '<double>1</double>', soap: '1' }, share);
float.bad(
  '1.0000001 of 0 to 1',
  { json: '1.0000001', query: '1.0000001', xmlrpc: '<double>1.0000001</double>', soap: '1.0000001' },
  share,
);
for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
  float.bad(
    `${value} answered`,
    {
      json: fault('1', 'invalid-result', ['']),
      query: fault('1', 'invalid-result', ['']),
      xmlrpc: fault('<double>1</double>', 'invalid-result', ['']),
      soap: fault('1', 'invalid-result', ['']),
    },
    { answers: value },
  );
}

const decimal = rowsOf('decimal', t.decimal());

for (const [name, text] of [
  ['0', '0'],
  ['-0.0', '-0.0'],
  ['1.50, zeros kept', '1.50'],
  ['20 digits after the point', '0.10000000000000000001'],
  ['400 digits', `${'9'.repeat(400)}.5`],
] as const) {
  const out = { json: `"${text}"`, xmlrpc: `<string>${text}</string>` };
  decimal.good(`${name}, as text`, text, {
    json: `"${text}"`,
    query: text,
    xmlrpc: `<string>${text}</string>`,
    soap: text,
  });
  decimal.good(
    `${name}, as a number`,
    text,
    { json: text, query: text, xmlrpc: `<double>${text}</double>`, soap: text },
    { out },
  );
}
decimal.good(
  'as int',
  '-5',
  {
    json: impossible(xmlrpcOnly),
    query: impossible(xmlrpcOnly),
    xmlrpc: '<int>-5</int>',
    soap: impossible(xmlrpcOnly),
  },
  { out: { json: '', xmlrpc: '<string>-5</string>' } },
);
decimal.good(
  '+5, which XML Schema takes',
  '5',
  { json: refused('"+5"'), query: refused('+5'), xmlrpc: refused('<string>+5</string>'), soap: '+5' },
  { out: { json: '"5"', soap: '5' } },
);
decimal.good(
  '5 and a point, which XML Schema takes',
  '5',
  { json: refused('"5."'), query: refused('5.'), xmlrpc: refused('<string>5.</string>'), soap: '5.' },
  { out: { json: '"5"', soap: '5' } },
);
decimal.good(
  ' 5, which XML Schema takes (part 2 §4.3.6)',
  '5',
  { json: refused('" 5"'), query: refused(' 5'), xmlrpc: refused('<string> 5</string>'), soap: ' 5\n' },
  { out: { json: '"5"', soap: '5' } },
);
for (const text of ['1e5', '1E-5']) {
  decimal.bad(`${text}, as a number`, { json: text, query: text, xmlrpc: `<double>${text}</double>`, soap: text });
}
for (const text of ['1e5', '0x10', '1,5', '1.2.3', 'NaN', '-', '']) {
  decimal.bad(text === '' ? 'empty' : `${text}, as text`, {
    json: `"${text}"`,
    query: text,
    xmlrpc: `<string>${text}</string>`,
    soap: text,
  });
}
const endless = '1'.repeat(1_001);
decimal.bad('1,001 digits', {
  json: `"${endless}"`,
  query: endless,
  xmlrpc: `<string>${endless}</string>`,
  soap: endless,
});
decimal.bad('another type', { json: 'true', query: 'true', xmlrpc: '<boolean>1</boolean>', soap: 'true' });
decimal.bad('null', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
const price = { takes: t.decimal({ min: '0', max: '99.99' }) };
decimal.good(
  '99.990 of 0 to 99.99',
  '99.990',
  { json: '"99.990"', query: '99.990', xmlrpc: '<string>99.990</string>', soap: '99.990' },
  price,
);
for (const text of ['99.9900000000000000000001', '-0.01']) {
  decimal.bad(
    `${text} of 0 to 99.99`,
    { json: text, query: text, xmlrpc: `<string>${text}</string>`, soap: text },
    price,
  );
}
decimal.bad(
  'an exponent answered',
  {
    json: fault('"1"', 'invalid-result', ['']),
    query: fault('1', 'invalid-result', ['']),
    xmlrpc: fault('<string>1</string>', 'invalid-result', ['']),
    soap: fault('1', 'invalid-result', ['']),
  },
  { answers: '1e5' },
);

export const realEdges = [...float.edges, ...decimal.edges];
