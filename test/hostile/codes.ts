/** Whose fault a code is in SOAP: the word of version 1.1 and that of version 1.2. */
const client = ['Client', 'Sender'] as const;
const server = ['Server', 'Receiver'] as const;

interface Row {
  readonly rest: number;
  readonly jsonrpc: number;
  readonly xmlrpc: number;
  readonly soap: readonly [string, string];
}

function row(rest: number, jsonrpc: number, xmlrpc = jsonrpc, soap: readonly [string, string] = client): Row {
  return { rest, jsonrpc, xmlrpc, soap };
}

/** What each code must be in each protocol: the table of DESIGN §4, written out once more so that the product's can be wrong. */
export const codes = {
  malformed: row(400, -32700),
  'unsupported-encoding': row(415, -32700, -32701),
  'invalid-encoding': row(400, -32700, -32702),
  'invalid-request': row(400, -32600),
  'too-large': row(413, -32600),
  'method-not-allowed': row(405, -32600),
  'unsupported-media-type': row(415, -32600),
  'version-mismatch': row(400, -32600, -32600, ['VersionMismatch', 'VersionMismatch']),
  'must-understand': row(400, -32600, -32600, ['MustUnderstand', 'MustUnderstand']),
  'encoding-unknown': row(400, -32600, -32600, ['Client', 'DataEncodingUnknown']),
  'unknown-function': row(404, -32601),
  'invalid-params': row(400, -32602),
  internal: row(500, -32603, -32603, server),
  'invalid-result': row(500, -32603, -32603, server),
  unavailable: row(503, -32041, -32400, server),
  'service-off': row(403, -32001, -32001, server),
  'protocol-off': row(403, -32002, -32002, server),
  'https-required': row(403, -32003),
  'address-refused': row(403, -32004),
  misdirected: row(421, -32005),
  unauthenticated: row(401, -32010),
  'invalid-credentials': row(401, -32011),
  forbidden: row(403, -32012),
  'origin-refused': row(403, -32014),
  'rate-limited': row(429, -32020),
} as const satisfies Record<string, Row>;

/** A code with which a call may be refused. */
export type Code = keyof typeof codes;

/** Where MCP has another number than JSON-RPC, or another status than REST, for an error; a tool's result is told under 200. */
const mcpNumbers: Readonly<Partial<Record<Code, number>>> = {
  'unknown-function': -32602,
  'version-mismatch': -32022,
  unavailable: -32019,
  'rate-limited': -32015,
};
const mcpStatuses: Readonly<Partial<Record<Code, number>>> = { 'unknown-function': 200, 'invalid-params': 200 };

export const mcpNumber = (code: Code): number => mcpNumbers[code] ?? codes[code].jsonrpc;
export const mcpStatus = (code: Code): number => mcpStatuses[code] ?? codes[code].rest;

/** Statuses that HTTP itself has for what is refused before a message could be told (DESIGN §4). */
export const earlyStatus: Readonly<Partial<Record<Code, number>>> = {
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-media-type': 415,
  misdirected: 421,
};
