import type { FaultCode, PartialSettings } from '../../index.ts';
import type { Request } from './http.ts';
import { protocolColumns, soapVersions } from './protocols.ts';

/** The columns of the fault table: DESIGN §4 has one row for each protocol, whatever carries the arguments. */
export const faultColumns = ['rest', 'jsonrpc', 'mcp', 'xmlrpc', 'soap11', 'soap12'] as const;
export type FaultColumn = (typeof faultColumns)[number];

/** One way to be refused, and how that must look. */
export interface FaultCase {
  readonly name: string;
  /** As the caller sees it. */
  readonly code: FaultCode | 'fault-declared' | 'fault-little';
  readonly settings?: PartialSettings;
  readonly request: (column: FaultColumn) => Request;
  /** Whether no message was told yet, so that HTTP's own status counts where it has one. */
  readonly early?: true;
  /** HTTP's status in every protocol, where DESIGN says so. */
  readonly status?: number;
  /** Headers that every answer must have. */
  readonly headers?: Readonly<Record<string, RegExp>>;
  /** Sent until it is refused, at most three times. */
  readonly again?: true;
  /** Told by the function itself, once the gates have let the call through. */
  readonly thrown?: true;
  /** Only SOAP knows it. */
  readonly soapOnly?: true;
}

const inputs = {
  rest: '"a"',
  jsonrpc: '"a"',
  mcp: '"a"',
  xmlrpc: '<string>a</string>',
  soap11: 'a',
  soap12: 'a',
} as const;
const numbers = { rest: '5', jsonrpc: '5', mcp: '5', xmlrpc: '<int>5</int>' } as const;

function call(column: FaultColumn, name = 'fault.echo', text = 'a'): Request {
  return protocolColumns[column].request(name, inputs[column].replace('a', text));
}

function bodyOf(request: Request): string {
  return String(request.body ?? '');
}

/** A call changed in its body. */
function body(change: (text: string, column: FaultColumn) => string | Buffer): FaultCase['request'] {
  return (column) => {
    const request = call(column);
    return { ...request, body: change(bodyOf(request), column) };
  };
}

/** A call with more headers, or other ones. */
function headers(more: Readonly<Record<string, string>>): FaultCase['request'] {
  return (column) => {
    const request = call(column);
    return { ...request, headers: { ...(request.headers as Record<string, string>), ...more } };
  };
}

const named =
  (name: string, text?: string): FaultCase['request'] =>
  (column) =>
    call(column, name, text);

function notACall(text: string, column: FaultColumn): string {
  if (column === 'rest') return '[1]';
  if (column === 'jsonrpc' || column === 'mcp') return text.replace('"2.0"', '"1.0"');
  return column === 'xmlrpc' ? '<?xml version="1.0"?><methodResponse/>' : text.replaceAll('s:Body', 's:Bodies');
}

function foreignCharset(column: FaultColumn): Request {
  const request = call(column);
  const own = request.headers as Record<string, string>;
  const type = own['Content-Type']?.split(';')[0];
  return { ...request, headers: { ...own, 'Content-Type': `${type}; charset=x-none` } };
}

function wrongNamespace(text: string, column: FaultColumn): string {
  const version = column === 'soap12' ? '1.2' : '1.1';
  return text.replace(soapVersions[version].envelope, 'urn:no-envelope');
}

const mandatory = '<s:Header><h:unknown xmlns:h="urn:other" s:mustUnderstand="1"/></s:Header>';
const retryAfter = { 'retry-after': /^[1-9][0-9]*$/ };
const elsewhere = { trustedProxies: ['127.0.0.1'], httpsRequired: true };

export const faultCases: readonly FaultCase[] = [
  { name: 'a broken body', code: 'malformed', request: body((text) => text.slice(0, -3)) },
  { name: 'an empty body', code: 'malformed', request: body((_, column) => (column === 'rest' ? '{' : '')) },
  {
    name: 'a DOCTYPE, or no JSON',
    code: 'malformed',
    request: body((text) => text.replace('?>', '?><!DOCTYPE a>').replace(/^\{/, '{,')),
  },
  { name: 'an encoding that is not known', code: 'unsupported-encoding', request: foreignCharset },
  {
    name: 'bytes that are not UTF-8',
    code: 'invalid-encoding',
    request: body((text) => Buffer.from(text.replace(/(["<>]?)a(["<])/, '$1a\u00ff$2'), 'latin1')),
  },
  { name: 'not a call', code: 'invalid-request', request: body(notACall) },
  {
    name: 'a body above the limit',
    code: 'too-large',
    early: true,
    settings: { limits: { body: 1_000, floodPerMinute: 0 } },
    request: body((text) => text + ' '.repeat(2_000)),
  },
  {
    name: 'more than 100 headers',
    code: 'too-large',
    early: true,
    status: 431,
    request: headers(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`X-Header-${i}`, 'a']))),
  },
  {
    name: 'two Host headers',
    code: 'malformed',
    early: true,
    status: 400,
    request: (column) => {
      const request = call(column);
      const own = Object.entries(request.headers as Record<string, string>).flat();
      return { ...request, headers: ['Host', '127.0.0.1', 'Host', 'localhost', ...own] };
    },
  },
  {
    name: 'PUT',
    code: 'method-not-allowed',
    early: true,
    headers: { allow: /POST/ },
    request: (column) => ({ ...call(column), method: 'PUT' }),
  },
  {
    name: 'a compressed body',
    code: 'unsupported-media-type',
    early: true,
    request: headers({ 'Content-Encoding': 'gzip' }),
  },
  { name: 'an envelope of no version', code: 'version-mismatch', soapOnly: true, request: body(wrongNamespace) },
  {
    name: 'a mandatory header that is not known',
    code: 'must-understand',
    soapOnly: true,
    request: body((text) => text.replace('<s:Body>', `${mandatory}<s:Body>`)),
  },
  { name: 'no such function', code: 'unknown-function', request: named('fault.nothing') },
  { name: 'a function of every object', code: 'unknown-function', request: named('constructor') },
  { name: 'a function that is off', code: 'unknown-function', request: named('off.echo') },
  {
    name: 'a parameter that does not fit',
    code: 'invalid-params',
    request: (column) =>
      column === 'soap11' || column === 'soap12'
        ? protocolColumns[column].request('fault.echo', { whole: '' })
        : protocolColumns[column].request('fault.echo', numbers[column]),
  },
  { name: 'a handler that breaks', code: 'internal', request: named('fault.breaks') },
  { name: 'a result that was not declared', code: 'invalid-result', request: named('fault.lies') },
  {
    name: 'too many connections',
    code: 'unavailable',
    early: true,
    settings: { limits: { connections: 0, floodPerMinute: 0 } },
    headers: retryAfter,
    request: named('fault.echo'),
  },
  {
    name: 'the site is off',
    code: 'service-off',
    settings: { enablewebservices: false },
    request: named('fault.echo'),
  },
  {
    name: 'the protocol is off',
    code: 'protocol-off',
    settings: { enabledwsprotocols: [] },
    request: named('fault.echo'),
  },
  {
    name: 'plain HTTP from elsewhere',
    code: 'https-required',
    settings: elsewhere,
    request: headers({ 'X-Forwarded-For': '203.0.113.7' }),
  },
  {
    name: 'an address that is not listed',
    code: 'address-refused',
    settings: { addresses: ['203.0.113.0/24'] },
    request: named('fault.echo'),
  },
  { name: 'a host that is not ours', code: 'misdirected', early: true, request: headers({ Host: 'other.example' }) },
  { name: 'no credentials', code: 'unauthenticated', request: named('fault.asks') },
  { name: 'a page of another site', code: 'origin-refused', request: headers({ Origin: 'https://other.example' }) },
  {
    name: 'too many requests',
    code: 'rate-limited',
    early: true,
    settings: { limits: { floodPerMinute: 1 } },
    headers: retryAfter,
    again: true,
    request: named('fault.echo'),
  },
  ...(['invalid-credentials', 'forbidden', 'csrf', 'conflict'] as const).map((code) => ({
    name: 'a handler says so',
    code,
    thrown: true as const,
    request: named('fault.throws', code),
  })),
  {
    name: 'a handler says so',
    code: 'quota-exceeded',
    thrown: true,
    headers: { 'retry-after': /^7$/ },
    request: named('fault.throws', 'quota-exceeded'),
  },
  { name: 'a handler that never answers', code: 'timeout', request: named('fault.sleeps') },
  { name: 'an error that the function declares', code: 'fault-declared', request: named('fault.declares') },
  { name: 'one without data, of the server', code: 'fault-little', request: named('fault.little') },
];
