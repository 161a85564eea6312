import type { Wire } from '../../../conformance/edge.ts';
import type { Request } from '../../../conformance/http.ts';
import type { Place, Row, Steps } from '../row.ts';
import { allOver, field, isJson, jsonOver, type Over, onServer, type Pair, single, withHeaders } from '../send.ts';

const row = (limit: string, setting: string, code: string, cells: readonly Steps<Place>[]): Row =>
  onServer({ limit, value: { setting }, code, cells });
const fixed = (limit: string, value: string, code: string, cells: readonly Steps<Place>[]): Row =>
  onServer({ limit, value: { fixed: value }, code, cells });

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Depth of JSON, the levels around the value counted. */
const jsonDepth = row('Nested arrays and objects in JSON', 'limits.jsonDepth', 'too-large', [
  single('rest', { name: 'limit.json', at: nested(99), beyond: nested(100) }),
  single('jsonrpc', { name: 'limit.json', at: nested(98), beyond: nested(99) }),
  single('mcp', { name: 'limit.json', at: nested(97), beyond: nested(98) }),
  ...(['query', 'form', 'multipart'] as const).map((over) =>
    single(over, { name: 'limit.json', at: nested(100), beyond: nested(101) }),
  ),
]);
const jsonInXml = fixed(
  'Nested arrays and objects in JSON that is text of SOAP',
  'as `limits.jsonDepth`',
  'invalid-params',
  [
    ...(['soap11', 'soap12', 'encoded'] as const).map((over) =>
      single(over, { name: 'limit.json', at: nested(100), beyond: nested(101) }),
    ),
  ],
);

const digits = (count: number): string => '1'.repeat(count);
const jsonNumbers = row('Characters of a number in JSON', 'limits.numberDigits', 'too-large', [
  ...jsonOver.map((over) => single(over, { name: 'limit.decimal', at: digits(1_000), beyond: digits(1_001) })),
]);

/** A number as text, as each form writes it. */
function numberText(over: Over, count: number): Wire {
  if (isJson(over)) return `"${digits(count)}"`;
  return over === 'xmlrpc' ? `<string>${digits(count)}</string>` : digits(count);
}
const textNumbers = fixed(
  'Characters of a number in text',
  '1,000',
  'invalid-params',
  [...allOver, 'query' as const, 'multipart' as const, 'encoded' as const].map((over) =>
    single(over, { name: 'limit.decimal', at: numberText(over, 1_000), beyond: numberText(over, 1_001) }),
  ),
);

type Changed = (request: Request) => Request;
const soaps = ['soap11', 'soap12'] as const;

/** Puts a header block into a SOAP message. */
function withBlock(block: string): Changed {
  return (request) => ({
    ...request,
    body: String(request.body).replace('<s:Body>', `<s:Header>${block}</s:Header>$&`),
  });
}

/** Puts attributes into the root element of an XML-RPC call. */
function withAttributes(attributes: string): Changed {
  return (request) => ({ ...request, body: String(request.body).replace('<methodCall', `$& ${attributes}`) });
}

const textPair = (at: Changed, beyond: Changed): Pair => ({
  name: 'limit.text',
  at: 'x',
  beyond: 'x',
  change: { at, beyond },
});

/** The same in a header block of SOAP and in the root of XML-RPC, as the attributes of an element. */
function attributeCells(made: (beyond: boolean) => string): readonly Steps<Place>[] {
  return [
    single('xmlrpc', textPair(withAttributes(made(false)), withAttributes(made(true)))),
    ...soaps.map((over) => single(over, textPair(withBlock(`<h ${made(false)}/>`), withBlock(`<h ${made(true)}/>`)))),
  ];
}

const elements = (depth: number): string => `${'<h>'.repeat(depth)}${'</h>'.repeat(depth)}`;
/** So many arrays around a text: three levels each, below the four of a call's parameter. */
const arrays = (count: number, inner: string): string =>
  `${'<array><data><value>'.repeat(count)}${inner}${'</value></data></array>'.repeat(count)}`;

const xmlDepth = row('Nested elements in XML', 'limits.xmlDepth', 'too-large', [
  single('xmlrpc', { name: 'limit.json', at: arrays(32, 'x'), beyond: arrays(32, '<string>x</string>') }),
  ...soaps.map((over) => single(over, textPair(withBlock(elements(98)), withBlock(elements(99))))),
]);

const xmlChildren = row('Children of an XML element', 'limits.xmlChildren', 'too-large', [
  single('xmlrpc', {
    name: 'limit.long',
    at: `<array><data>${'<value/>'.repeat(50_000)}</data></array>`,
    beyond: `<array><data>${'<value/>'.repeat(50_001)}</data></array>`,
  }),
  ...([...soaps, 'encoded'] as const).map((over) =>
    single(over, { name: 'limit.long', at: '<item/>'.repeat(50_000), beyond: '<item/>'.repeat(50_001) }),
  ),
]);

const attributes = (count: number): string => Array.from({ length: count }, (_, i) => `a${i}="1"`).join(' ');
const xmlAttributes = row(
  'Attributes of an XML element',
  'limits.xmlAttributes',
  'too-large',
  attributeCells((beyond) => attributes(beyond ? 101 : 100)),
);
const xmlAttributeLength = row(
  'Characters of an XML attribute',
  'limits.xmlAttributeLength',
  'too-large',
  attributeCells((beyond) => `a="${'x'.repeat(beyond ? 65_537 : 65_536)}"`),
);
const xmlName = row(
  'Characters of an XML name',
  'limits.xmlName',
  'too-large',
  attributeCells((beyond) => `${'n'.repeat(beyond ? 1_025 : 1_024)}="1"`),
);

const declarations = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => `xmlns:n${from + i}="urn:n"`).join(' ');
/** Three elements within each other, with so many declarations together beside the three of the envelope. */
const declaring = (count: number): string =>
  `<h ${declarations(0, 100)}><h ${declarations(100, 100)}><h ${declarations(200, count - 200)}/></h></h>`;
const namespaces = fixed(
  'Namespace declarations in scope in XML',
  '256',
  'too-large',
  soaps.map((over) => single(over, textPair(withBlock(declaring(253)), withBlock(declaring(254))))),
);

const doctype: Changed = (request) => ({ ...request, body: String(request.body).replace('?>', '?><!DOCTYPE x>') });
const same: Changed = (request) => request;
const doctypes = fixed(
  'Document type declarations',
  'none',
  'malformed',
  (['xmlrpc', ...soaps] as const).map((over) => single(over, textPair(same, doctype))),
);

const texts = ['query', 'form'] as const;

function listed(count: number, separator: string, pair: (i: number) => string): Wire {
  return { whole: Array.from({ length: count }, (_, i) => pair(i)).join(separator) };
}

const brackets = (depth: number): string => `value${'[k]'.repeat(depth)}`;
const queryDepth = row('Nested brackets in a query or form', 'limits.queryDepth', 'too-large', [
  ...texts.map((over) =>
    single(over, { name: 'limit.deep', at: { whole: `${brackets(5)}=1` }, beyond: { whole: `${brackets(6)}=1` } }),
  ),
  single('multipart', {
    name: 'limit.deep',
    at: { whole: field(brackets(5), '1') },
    beyond: { whole: field(brackets(6), '1') },
  }),
]);
const queryItems = row('Items of a list in a query or form', 'limits.queryItems', 'too-large', [
  ...texts.map((over) =>
    single(over, {
      name: 'limit.texts',
      at: listed(100, '&', () => 'value[]=x'),
      beyond: listed(101, '&', () => 'value[]=x'),
    }),
  ),
  ...texts.map((over) => ({
    ...single(over, {
      name: 'limit.texts',
      at: listed(100, '&', (i) => `value[${i}]=x`),
      beyond: { whole: 'value[100]=x' },
    }),
    over: over === 'query' ? 'REST (query, by index)' : 'REST (form, by index)',
  })),
  single('multipart', {
    name: 'limit.texts',
    at: listed(100, '', () => field('value[]', 'x')),
    beyond: listed(101, '', () => field('value[]', 'x')),
  }),
]);
const queryParameters = row('Parameters in a query or form', 'limits.queryParameters', 'too-large', [
  ...texts.map((over) =>
    single(over, {
      name: 'limit.map',
      at: listed(1_000, '&', (i) => `value[${i}]=1`),
      beyond: listed(1_001, '&', (i) => `value[${i}]=1`),
    }),
  ),
  ...texts.map((over) => ({
    ...single(over, {
      name: 'limit.text',
      at: { whole: `${'&'.repeat(999)}value=x` },
      beyond: { whole: `${'&'.repeat(1_000)}value=x` },
    }),
    over: over === 'query' ? 'REST (query, empty ones)' : 'REST (form, empty ones)',
  })),
  single('multipart', {
    name: 'limit.map',
    at: listed(1_000, '', (i) => field(`value[${i}]`, '1')),
    beyond: listed(1_001, '', (i) => field(`value[${i}]`, '1')),
  }),
]);

const partHeader = (bytes: number): Wire => {
  const own = field('value', '').length - '--part\r\n'.length - '\r\n\r\n\r\n'.length;
  return { whole: field('value', 'x', `X-Fill: ${'x'.repeat(bytes - own - 'X-Fill: \r\n'.length)}\r\n`) };
};
const partHeaders = fixed("Bytes of a part's headers in multipart", '4,096', 'malformed', [
  single('multipart', { name: 'limit.text', at: partHeader(4_096), beyond: partHeader(4_097) }),
]);

const twice = {
  json: { at: { whole: '{"value":"x"}' }, beyond: { whole: '{"value":"x","value":"x"}' } },
  pairs: { at: { whole: 'value=x' }, beyond: { whole: 'value=x&value=x' } },
  soap: { at: { whole: '<value>x</value>' }, beyond: { whole: '<value>x</value><value>x</value>' } },
};
const member = '<member><name>k</name><value><int>1</int></value></member>';
const doubles = fixed('Values for one name', '1', 'invalid-params', [
  ...texts.map((over) => single(over, { name: 'limit.text', ...twice.pairs })),
  single('multipart', { name: 'limit.text', at: 'x', beyond: { whole: field('value', 'x').repeat(2) } }),
  single('xmlrpc', {
    name: 'limit.map',
    at: `<struct>${member}</struct>`,
    beyond: `<struct>${member}${member}</struct>`,
  }),
  ...([...soaps, 'encoded'] as const).map((over) => single(over, { name: 'limit.text', ...twice.soap })),
]);
const jsonDoubles = fixed('Values for one name in JSON', '1', 'invalid-request', [
  ...jsonOver.map((over) => single(over, { name: 'limit.text', ...twice.json })),
]);

const quoted = (over: Over): Wire => (isJson(over) ? '"x"' : 'x');
const compressed = fixed(
  'Compressed requests',
  'none',
  'unsupported-media-type',
  allOver.map((over) =>
    single(over, {
      name: 'limit.text',
      at: quoted(over),
      beyond: quoted(over),
      change: {
        at: withHeaders({ 'Content-Encoding': 'identity' }),
        beyond: withHeaders({ 'Content-Encoding': 'gzip' }),
      },
    }),
  ),
);

/** The same fields behind a boundary of another length. */
function bounded(length: number): Changed {
  const boundary = 'b'.repeat(length);
  return (request) => ({
    ...request,
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: String(request.body).replaceAll('--part', `--${boundary}`),
  });
}
const boundaries = fixed('Characters of the boundary of multipart', '70', 'malformed', [
  single('multipart', {
    name: 'limit.text',
    at: 'x',
    beyond: 'x',
    change: { at: bounded(70), beyond: bounded(71) },
  }),
]);

/** What limits are on JSON, XML, queries and forms. */
export const syntaxRows: readonly Row[] = [
  jsonDepth,
  jsonInXml,
  jsonNumbers,
  textNumbers,
  xmlDepth,
  xmlChildren,
  xmlAttributes,
  xmlAttributeLength,
  xmlName,
  namespaces,
  doctypes,
  queryDepth,
  queryItems,
  queryParameters,
  boundaries,
  partHeaders,
  doubles,
  jsonDoubles,
  compressed,
];
