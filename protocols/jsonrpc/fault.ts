import { type Fault, type FaultCode, faultCodes } from '../../lib/fault.ts';

/** The error number of every fault (DESIGN §4, JSON-RPC 2.0 §5.1). */
const numbers = {
  malformed: -32700,
  'unsupported-encoding': -32700,
  'invalid-encoding': -32700,
  'invalid-request': -32600,
  'too-large': -32600,
  'method-not-allowed': -32600,
  'unsupported-media-type': -32600,
  'version-mismatch': -32600,
  'must-understand': -32600,
  'unknown-function': -32601,
  'function-off': -32601,
  'invalid-params': -32602,
  internal: -32603,
  'invalid-result': -32603,
  unavailable: -32041,
  'service-off': -32001,
  'protocol-off': -32002,
  'https-required': -32003,
  'address-refused': -32004,
  misdirected: -32005,
  unauthenticated: -32010,
  'invalid-credentials': -32011,
  forbidden: -32012,
  csrf: -32013,
  'origin-refused': -32014,
  'rate-limited': -32020,
  'quota-exceeded': -32021,
  conflict: -32030,
  timeout: -32040,
} as const satisfies Record<FaultCode, number>;

/** The number of a fault: its own if a function declared it. */
export function numberOf(fault: Fault): number {
  if (fault.declared !== undefined) return fault.declared.number;
  return (faultCodes as readonly string[]).includes(fault.code) ? numbers[fault.code as FaultCode] : -32000;
}

/** The standard codes by the number that JSON-RPC has for them. */
export function standardNumbers(): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (const [code, number] of Object.entries(numbers)) found.set(number, [...(found.get(number) ?? []), code]);
  return found;
}
