import { t } from '../../../index.ts';
import { fault, impossible, refused, sent } from '../edge.ts';
import { rowsOf } from '../rows.ts';
import { noNull, xmlrpcOnly } from './reasons.ts';

const date = rowsOf('date', t.date());

for (const text of ['2026-02-28', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) {
  date.good(text, text, { json: `"${text}"`, query: text, xmlrpc: `<string>${text}</string>`, soap: text });
}
for (const zone of ['Z', '+14:00', '-05:00']) {
  const text = `2026-02-28${zone}`;
  date.good(
    `${text}: SOAP ignores the zone`,
    '2026-02-28',
    { json: refused(`"${text}"`), query: refused(text), xmlrpc: refused(`<string>${text}</string>`), soap: text },
    { out: { json: '"2026-02-28"', soap: '2026-02-28' } },
  );
}
date.good(
  'spaces around it (XML Schema part 2 §4.3.6)',
  '2026-02-28',
  {
    json: refused('" 2026-02-28"'),
    query: refused(' 2026-02-28'),
    xmlrpc: refused('<string> 2026-02-28</string>'),
    soap: ' 2026-02-28\n',
  },
  { out: { json: '"2026-02-28"', soap: '2026-02-28' } },
);
for (const text of [
  '2023-02-29',
  '1900-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '0000-01-01',
  '10000-01-01',
  '-0001-01-01',
  '2026-2-8',
  '20260228',
  '2026-02-28T00:00:00Z',
  '28.02.2026',
  '',
]) {
  date.bad(text === '' ? 'empty' : text, {
    json: `"${text}"`,
    query: text,
    xmlrpc: `<string>${text}</string>`,
    soap: text,
  });
}
date.bad('another type', {
  json: '20260228',
  query: '1772236800',
  xmlrpc: '<dateTime.iso8601>20260228T00:00:00</dateTime.iso8601>',
  soap: '1772236800',
});
date.bad('null', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
date.bad(
  '2023-02-29 answered',
  {
    json: fault('"2023-02-28"', 'invalid-result', ['']),
    query: fault('2023-02-28', 'invalid-result', ['']),
    xmlrpc: fault('<string>2023-02-28</string>', 'invalid-result', ['']),
    soap: fault('2023-02-28', 'invalid-result', ['']),
  },
  { answers: '2023-02-29' },
);

const datetime = rowsOf('datetime', t.datetime());
const wholeSeconds = 'XML-RPC has whole seconds';
const moment = (text: string): string => `<dateTime.iso8601>${text}</dateTime.iso8601>`;

/** A row of a moment: how it is sent, what it is in UTC, and in XML-RPC, whose loss is in fractions of seconds. */
function moments(name: string, value: string, text: string, plain: string, compact: string): void {
  const input = moment(compact === '' ? text : compact);
  const exact = value.endsWith('.000Z');
  datetime.good(
    name,
    new Date(value),
    {
      json: `"${text}"`,
      query: text,
      xmlrpc: sent(input, { output: moment(plain), ...(exact ? {} : { loss: wholeSeconds }) }),
      soap: text,
    },
    { out: { json: `"${value}"`, soap: value } },
  );
}

moments('Z', '2026-02-28T12:34:56.000Z', '2026-02-28T12:34:56Z', '20260228T12:34:56', '20260228T12:34:56');
moments('milliseconds', '2026-02-28T12:34:56.789Z', '2026-02-28T12:34:56.789Z', '20260228T12:34:56', '');
moments('one digit of a fraction', '2026-02-28T12:34:56.500Z', '2026-02-28T12:34:56.5Z', '20260228T12:34:56', '');
moments(
  'a long fraction, cut',
  '2026-02-28T12:34:56.789Z',
  '2026-02-28T12:34:56.78999999999Z',
  '20260228T12:34:56',
  '',
);
moments(
  'offset',
  '2026-02-28T10:04:56.000Z',
  '2026-02-28T12:34:56+02:30',
  '20260228T10:04:56',
  '20260228T12:34:56+02:30',
);
moments('offset into another year', '2026-01-01T01:00:00.000Z', '2025-12-31T23:00:00-02:00', '20260101T01:00:00', '');
moments('offset -00:00', '2026-02-28T12:34:56.000Z', '2026-02-28T12:34:56-00:00', '20260228T12:34:56', '');
moments('a leap day', '2024-02-29T00:00:00.000Z', '2024-02-29T00:00:00Z', '20240229T00:00:00', '20240229T00:00:00Z');
moments('before 1970', '1969-12-31T23:59:59.500Z', '1969-12-31T23:59:59.500Z', '19691231T23:59:59', '');
moments('the first', '0001-01-01T00:00:00.000Z', '0001-01-01T00:00:00Z', '00010101T00:00:00', '00010101T00:00:00');
moments('the last', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z', '99991231T23:59:59', '');

for (const [name, text] of [
  ['no zone, hyphens', '2026-02-28T12:34:56'],
  ['no zone, a fraction', '2026-02-28T12:34:56.000'],
] as const) {
  datetime.good(
    name,
    new Date('2026-02-28T12:34:56.000Z'),
    { json: refused(`"${text}"`), query: refused(text), xmlrpc: moment(text), soap: text },
    { out: { json: '""', xmlrpc: moment('20260228T12:34:56'), soap: '2026-02-28T12:34:56.000Z' } },
  );
}
datetime.good(
  'as XML-RPC writes it',
  new Date('2026-02-28T12:34:56.000Z'),
  {
    json: refused('"20260228T12:34:56"'),
    query: refused('20260228T12:34:56'),
    xmlrpc: moment('20260228T12:34:56'),
    soap: refused('20260228T12:34:56'),
  },
  { out: { json: '""' } },
);
datetime.good(
  '24:00:00, which XML Schema takes and RFC 3339 does not',
  new Date('2026-03-01T00:00:00.000Z'),
  {
    json: refused('"2026-02-28T24:00:00Z"'),
    query: refused('2026-02-28T24:00:00Z'),
    xmlrpc: moment('20260228T24:00:00'),
    soap: '2026-02-28T24:00:00Z',
  },
  { out: { json: '""', xmlrpc: moment('20260301T00:00:00'), soap: '2026-03-01T00:00:00.000Z' } },
);
for (const [name, text] of [
  ['24:00:01', '2026-02-28T24:00:01Z'],
  ['25:00:00', '2026-02-28T25:00:00Z'],
  ['a leap second', '2016-12-31T23:59:60Z'],
  ['minute 60', '2026-02-28T12:60:00Z'],
  ['2023-02-29', '2023-02-29T12:00:00Z'],
  ['month 13', '2026-13-01T12:00:00Z'],
  ['year 0', '0000-01-01T00:00:00Z'],
  ['before the first', '0001-01-01T00:00:00+01:00'],
  ['after the last', '9999-12-31T23:59:59-01:00'],
  ['year 10000', '10000-01-01T00:00:00Z'],
  ['offset +25:00', '2026-02-28T12:34:56+25:00'],
  ['offset +05:60', '2026-02-28T12:34:56+05:60'],
  ['offset without minutes', '2026-02-28T12:34:56+05'],
  ['a space for T', '2026-02-28 12:34:56Z'],
  ['no seconds', '2026-02-28T12:34Z'],
  ['a comma', '2026-02-28T12:34:56,5Z'],
  ['a day only', '2026-02-28'],
  ['a name of a zone', '2026-02-28T12:34:56 UTC'],
  ['empty', ''],
] as const) {
  datetime.bad(name, { json: `"${text}"`, query: text, xmlrpc: moment(text), soap: text });
}
datetime.bad('another type', {
  json: '1772282096',
  query: '1772282096',
  xmlrpc: '<int>1772282096</int>',
  soap: '1772282096',
});
datetime.bad('as a string', {
  json: impossible(xmlrpcOnly),
  query: impossible(xmlrpcOnly),
  xmlrpc: '<string>20260228T12:34:56</string>',
  soap: impossible(xmlrpcOnly),
});
datetime.bad('null', {
  json: 'null',
  query: impossible(noNull),
  xmlrpc: '<nil/>',
  soap: refused({ whole: '<value xsi:nil="true"/>' }),
});
for (const [name, answers] of [
  ['an invalid Date answered', new Date(Number.NaN)],
  ['text answered', '2026-02-28T12:34:56Z'],
  ['the year 10000 answered', new Date('+010000-01-01T00:00:00Z')],
] as const) {
  datetime.bad(
    name,
    {
      json: fault('"2026-02-28T12:34:56Z"', 'invalid-result', ['']),
      query: fault('2026-02-28T12:34:56Z', 'invalid-result', ['']),
      xmlrpc: fault(moment('20260228T12:34:56'), 'invalid-result', ['']),
      soap: fault('2026-02-28T12:34:56Z', 'invalid-result', ['']),
    },
    { answers },
  );
}

export const timeEdges = [...date.edges, ...datetime.edges];
