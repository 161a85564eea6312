import { type AnyFunction, define, t } from '../../../../index.ts';
import type { Wire } from '../../../conformance/edge.ts';
import type { Request } from '../../../conformance/http.ts';
import { ask } from '../../../door/wire.ts';
import { bulk, limitFunctions } from '../functions.ts';
import type { Place, Row, Steps } from '../row.ts';
import {
  allOver,
  cameOf,
  isJson,
  type Over,
  onServer,
  type Pair,
  plainOf,
  requestOf,
  single,
  titleOf,
} from '../send.ts';

const row = (limit: string, setting: string, code: string, cells: readonly Steps<Place>[]): Row =>
  onServer({ limit, value: { setting }, code, cells });
const fixed = (limit: string, value: string, code: string, cells: readonly Steps<Place>[]): Row =>
  onServer({ limit, value: { fixed: value }, code, cells });

/** The same request with a body of so many bytes: spaces after the message; in a form, a longer value. */
export function filledTo(bytes: number, over: Over) {
  return (request: Request): Request => {
    const body = String(request.body);
    return { ...request, body: body.padEnd(bytes, over === 'form' ? 'x' : ' ') };
  };
}

const mebibyte = 1_048_576;

export function bodyPair(over: Over, at: number, name = 'limit.text'): Pair {
  const value: Wire = isJson(over) ? '"x"' : 'x';
  return { name, at: value, beyond: value, change: { at: filledTo(at, over), beyond: filledTo(at + 1, over) } };
}

const bodyCells = [...allOver, 'multipart' as const].map((over) => single(over, bodyPair(over, mebibyte)));
const bodies = row('Bytes of a request', 'limits.body', 'too-large', bodyCells);

/** A body that does not say how long it is: counted while it is read. */
function chunked(over: Over, bytes: number) {
  const { path, headers, body } = plainOf(filledTo(bytes, over)(requestOf(over, 'limit.text', bodyPair(over, 0).at)));
  const text = String(body);
  const chunks = `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
  return {
    path: path ?? '/',
    headers: [...(headers ?? []), ['Transfer-Encoding', 'chunked'] as const],
    body: chunks,
    length: false as const,
  };
}

const chunkedBodies = row(
  'Bytes of a request that does not say its length',
  'limits.body',
  'too-large',
  allOver.map((over) => ({
    over: titleOf[over],
    at: async ({ port }) => cameOf(over, await ask(port, chunked(over, mebibyte))),
    beyond: async ({ port }) => cameOf(over, await ask(port, chunked(over, mebibyte + 1))),
  })),
);

const withBulk = [...limitFunctions, bulk];
const ownBodies = onServer(
  {
    limit: 'Bytes of a request to a function that declares more',
    value: { fixed: 'what the function declares as `body`' },
    code: 'too-large',
    cells: allOver.map((over) => single(over, bodyPair(over, 2 * mebibyte, 'limit.bulk'))),
  },
  withBulk,
);

/** Beside a function that may have more, others may not. */
const otherBodies = onServer(
  {
    limit: 'Bytes of a request beside functions that declare more',
    value: { setting: 'limits.body' },
    code: 'too-large',
    cells: bodyCells,
  },
  withBulk,
);

const repeat = (count: number, text: string, between = ''): string =>
  Array.from({ length: count }, () => text).join(between);

function jsonBatch(count: number, member: string): Request {
  return { ...requestOf('jsonrpc', '', '0'), body: `[${repeat(count, member, ',')}]` };
}

const jsonCall = '{"jsonrpc":"2.0","method":"limit.text","params":["x"],"id":1}';
const xmlCall =
  '<value><struct><member><name>methodName</name><value>limit.text</value></member>' +
  '<member><name>params</name><value><array><data><value>x</value></data></array></value></member></struct></value>';

const toolCall =
  '{"jsonrpc":"2.0","method":"tools/call","params":{"name":"limit_text","arguments":{"value":"x"}},"id":1}';

/** In the one revision of MCP that has batches. */
function toolBatch(count: number, member: string): Request {
  const { headers, ...request } = requestOf('mcp', '', '0');
  const revision = { 'MCP-Protocol-Version': '2025-03-26' };
  return { ...request, headers: { ...(headers as object), ...revision }, body: `[${repeat(count, member, ',')}]` };
}

function multicall(count: number, call: string): Request {
  return requestOf('xmlrpc', 'system.multicall', `<array><data>${repeat(count, call)}</data></array>`);
}

/** A batch answers as many outcomes, each of which must be right; else it is one fault. */
function batchCell(over: 'jsonrpc' | 'mcp' | 'xmlrpc', made: (count: number) => Request): Steps<Place> {
  const came = async (port: number, count: number) => {
    const answer = await ask(port, plainOf(made(count)));
    if (!answer.body.startsWith('[') && !answer.body.includes('<params>')) return cameOf(over, answer);
    const taken = answer.body.split(over === 'mcp' ? '{"result":"taken"}' : 'taken').length - 1;
    return taken === count ? { status: answer.status } : { status: answer.status, code: `${taken} of ${count}` };
  };
  return { over: titleOf[over], at: ({ port }) => came(port, 50), beyond: ({ port }) => came(port, 51) };
}

const batches = row('Calls in a batch or multicall', 'limits.batch', 'too-large', [
  batchCell('jsonrpc', (count) => jsonBatch(count, jsonCall)),
  batchCell('mcp', (count) => toolBatch(count, toolCall)),
  batchCell('xmlrpc', (count) => multicall(count, xmlCall)),
]);

const innerFault = async (port: number, over: 'jsonrpc' | 'mcp' | 'xmlrpc', request: Request) => {
  const { status, body } = await ask(port, plainOf(request));
  const code = /"code":"([a-z-]+)"|<string>([a-z-]+): /.exec(body);
  const number = /"code":(-[0-9]+)|<int>(-[0-9]+)</.exec(body);
  if (code === null) return cameOf(over, { status, headers: {}, body: body.replace(/^\[|\]$/g, '') });
  const own = number?.[1] ?? number?.[2];
  return { status, code: code[1] ?? code[2], ...(own !== undefined && { number: Number(own) }) };
};

const logins = define('auth.limit', {
  description: 'Would be a place to guess passwords.',
  effect: 'write',
  params: { value: t.string() },
  returns: t.string(),
  handler: () => 'taken',
}) as unknown as AnyFunction;

const innerLogins = onServer(
  {
    limit: 'Functions `auth.*` in a batch or multicall',
    value: { fixed: 'none' },
    code: 'forbidden',
    settings: { enabledwsfunctions: ['*', 'auth.limit'] },
    cells: [
      {
        over: titleOf.jsonrpc,
        at: ({ port }) => innerFault(port, 'jsonrpc', jsonBatch(1, jsonCall)),
        beyond: ({ port }) => innerFault(port, 'jsonrpc', jsonBatch(1, jsonCall.replace('limit.text', 'auth.limit'))),
      },
      {
        over: titleOf.mcp,
        at: ({ port }) => innerFault(port, 'mcp', toolBatch(1, toolCall)),
        beyond: ({ port }) => innerFault(port, 'mcp', toolBatch(1, toolCall.replace('limit_text', 'auth_limit'))),
      },
      {
        over: titleOf.xmlrpc,
        at: ({ port }) => innerFault(port, 'xmlrpc', multicall(1, xmlCall)),
        beyond: ({ port }) => innerFault(port, 'xmlrpc', multicall(1, xmlCall.replace('limit.text', 'auth.limit'))),
      },
    ],
  },
  [...limitFunctions, logins],
);

const nestedCall = xmlCall
  .replace('limit.text', 'system.multicall')
  .replace('<value>x</value>', `<value><array><data>${xmlCall}</data></array></value>`);
const nestedCalls = fixed('Multicalls inside of a multicall', 'none', 'invalid-request', [
  {
    over: titleOf.xmlrpc,
    at: ({ port }) => innerFault(port, 'xmlrpc', multicall(1, xmlCall)),
    beyond: ({ port }) => innerFault(port, 'xmlrpc', multicall(1, nestedCall)),
  },
]);

/** Lists and maps of so many entries, as each form writes them. */
const lists: Readonly<
  Record<'rest' | 'jsonrpc' | 'mcp' | 'xmlrpc' | 'soap11' | 'soap12' | 'encoded', (count: number) => string>
> = {
  rest: (count) => `[${repeat(count, '1', ',')}]`,
  jsonrpc: (count) => `[${repeat(count, '1', ',')}]`,
  mcp: (count) => `[${repeat(count, '1', ',')}]`,
  xmlrpc: (count) => `<array><data>${repeat(count, '<value><int>1</int></value>')}</data></array>`,
  soap11: (count) => repeat(count, '<item>1</item>'),
  soap12: (count) => repeat(count, '<item>1</item>'),
  encoded: (count) => repeat(count, '<item>1</item>'),
};
const keys = (count: number, entry: (key: string) => string, between = ''): string =>
  Array.from({ length: count }, (_, i) => entry(i.toString(36))).join(between);
const soapMap = (count: number) => keys(count, (key) => `<entry><key>${key}</key><value>1</value></entry>`);
const maps: typeof lists = {
  rest: (count) => `{${keys(count, (key) => `"${key}":1`, ',')}}`,
  jsonrpc: (count) => `{${keys(count, (key) => `"${key}":1`, ',')}}`,
  mcp: (count) => `{${keys(count, (key) => `"${key}":1`, ',')}}`,
  xmlrpc: (count) =>
    `<struct>${keys(count, (key) => `<member><name>${key}</name><value><i4>1</i4></value></member>`)}</struct>`,
  soap11: soapMap,
  soap12: soapMap,
  encoded: soapMap,
};
const forms = Object.keys(lists) as readonly (keyof typeof lists)[];
const mostItems = 16_384;

/** Readers of XML stop at the limit; the values of JSON are all there before they are counted. */
function entryCells(name: string, made: typeof lists): readonly Steps<Place>[] {
  return forms.map((over) => ({
    ...single(over, { name, at: made[over](mostItems), beyond: made[over](mostItems + 1) }),
    ...(!isJson(over) && { code: 'too-large' }),
  }));
}

const items = row(
  'Items of a list that declares no limit',
  'limits.list',
  'invalid-params',
  entryCells('limit.list', lists),
);
const entries = row(
  'Entries of a map that declares no limit',
  'limits.list',
  'invalid-params',
  entryCells('limit.map', maps),
);

const moment = (digits: number): string =>
  `<dateTime.iso8601>20261129T12:00:00.${'9'.repeat(digits)}</dateTime.iso8601>`;
const fractions = fixed('Digits of a fraction of a second in XML-RPC', '100', 'invalid-params', [
  single('xmlrpc', { name: 'limit.moment', at: moment(100), beyond: moment(101) }),
]);

/** What limits are on messages whatever their syntax. */
export const messageRows: readonly Row[] = [
  bodies,
  chunkedBodies,
  ownBodies,
  otherBodies,
  batches,
  innerLogins,
  nestedCalls,
  items,
  entries,
  fractions,
];
