import type { FaultCode } from '../../index.ts';
import type { Column } from './edge.ts';

/** What a fault is in each protocol, written down from DESIGN §4 a second time: REST's status, the numbers, SOAP's side. */
interface FaultRow {
  readonly rest: number;
  readonly jsonrpc: number;
  readonly xmlrpc: number;
  readonly soap: 'caller' | 'server' | 'VersionMismatch' | 'MustUnderstand';
  /** HTTP's own status, told by every protocol where the request is refused before a message. */
  readonly early?: number;
}

const row = (
  rest: number,
  jsonrpc: number,
  soap: FaultRow['soap'] = 'caller',
  more: Partial<Pick<FaultRow, 'xmlrpc' | 'early'>> = {},
): FaultRow => ({ rest, jsonrpc, xmlrpc: jsonrpc, soap, ...more });

export const faultRows: Readonly<Record<FaultCode, FaultRow>> = {
  malformed: row(400, -32700),
  'unsupported-encoding': row(415, -32700, 'caller', { xmlrpc: -32701 }),
  'invalid-encoding': row(400, -32700, 'caller', { xmlrpc: -32702 }),
  'invalid-request': row(400, -32600),
  'too-large': row(413, -32600, 'caller', { early: 413 }),
  'method-not-allowed': row(405, -32600, 'caller', { early: 405 }),
  'unsupported-media-type': row(415, -32600, 'caller', { early: 415 }),
  'version-mismatch': row(400, -32600, 'VersionMismatch'),
  'must-understand': row(400, -32600, 'MustUnderstand'),
  'unknown-function': row(404, -32601),
  'function-off': row(404, -32601),
  'invalid-params': row(400, -32602),
  internal: row(500, -32603, 'server'),
  'invalid-result': row(500, -32603, 'server'),
  unavailable: row(503, -32041, 'server', { xmlrpc: -32400 }),
  'service-off': row(403, -32001, 'server'),
  'protocol-off': row(403, -32002, 'server'),
  'https-required': row(403, -32003),
  'address-refused': row(403, -32004),
  misdirected: row(421, -32005, 'caller', { early: 421 }),
  unauthenticated: row(401, -32010),
  'invalid-credentials': row(401, -32011),
  forbidden: row(403, -32012),
  csrf: row(403, -32013),
  'origin-refused': row(403, -32014),
  'rate-limited': row(429, -32020),
  'quota-exceeded': row(429, -32021),
  conflict: row(409, -32030),
  timeout: row(504, -32040, 'server'),
};

/** Statuses and numbers of MCP's errors; `result` where a tool's result tells it instead. */
export const mcpRows: Readonly<Record<FaultCode, readonly [status: number, number: number, result?: 'result']>> = {
  malformed: [400, -32700],
  'unsupported-encoding': [415, -32700],
  'invalid-encoding': [400, -32700],
  'invalid-request': [400, -32600],
  'too-large': [413, -32600],
  'method-not-allowed': [405, -32600],
  'unsupported-media-type': [415, -32600],
  'version-mismatch': [400, -32022],
  'must-understand': [400, -32600],
  'unknown-function': [404, -32601],
  'function-off': [404, -32601],
  'invalid-params': [200, -32602, 'result'],
  internal: [500, -32603, 'result'],
  'invalid-result': [500, -32603, 'result'],
  unavailable: [503, -32019, 'result'],
  'service-off': [403, -32001],
  'protocol-off': [403, -32002],
  'https-required': [403, -32003],
  'address-refused': [403, -32004],
  misdirected: [421, -32005],
  unauthenticated: [401, -32010, 'result'],
  'invalid-credentials': [401, -32011],
  forbidden: [403, -32012, 'result'],
  csrf: [403, -32013],
  'origin-refused': [403, -32014],
  'rate-limited': [429, -32015, 'result'],
  'quota-exceeded': [429, -32016, 'result'],
  conflict: [409, -32017, 'result'],
  timeout: [504, -32018, 'result'],
};

/** A fault as a column must show it. */
export interface FaultForm {
  readonly status: number;
  readonly number: number | string | undefined;
}

/** How a standard fault looks in MCP where a tool was called. */
export function toolForm(code: FaultCode): FaultForm {
  if (code === 'unknown-function' || code === 'function-off') return { status: 200, number: -32602 };
  const [status, number, result] = mcpRows[code];
  return result === undefined ? { status, number } : { status: 200, number: undefined };
}

const sides = {
  soap11: { caller: 'Client', server: 'Server' },
  soap12: { caller: 'Sender', server: 'Receiver' },
} as const;

/** How a standard fault looks in a column; `early` if it was refused before a message could be told. */
export function formOf(code: FaultCode, column: Column, early: boolean): FaultForm {
  const { rest, jsonrpc, xmlrpc, soap, early: own } = faultRows[code];
  const http = early && own !== undefined ? own : undefined;
  if (column === 'rest' || column === 'query' || column === 'form') return { status: rest, number: undefined };
  if (column === 'mcp') {
    const [status, number] = mcpRows[code];
    return early ? { status, number } : toolForm(code);
  }
  if (column === 'jsonrpc') return { status: http ?? 200, number: jsonrpc };
  if (column === 'xmlrpc') return { status: http ?? 200, number: xmlrpc };
  const number = soap === 'caller' || soap === 'server' ? sides[column][soap] : soap;
  return { status: http ?? (number === 'Sender' ? 400 : 500), number };
}
