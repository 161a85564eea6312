import { type Fault, type FaultCode, faultCodes } from '../../lib/fault.ts';
import type { McpMember } from './index.ts';

/** How a fault is told. */
interface Form {
  readonly number: number;
  /** HTTP status of an error. */
  readonly status: number;
  /** Set where the fault of a tool's call is the call's result, which the model gets to see (MCP "Error Handling"). */
  readonly result?: true;
}

/**
 * The form of every fault (DESIGN §4). Where JSON-RPC has a number that MCP keeps for itself (-32020 to -32099 since
 * 2026-07-28), the number is another one.
 */
const forms = {
  malformed: { number: -32700, status: 400 },
  'unsupported-encoding': { number: -32700, status: 415 },
  'invalid-encoding': { number: -32700, status: 400 },
  'invalid-request': { number: -32600, status: 400 },
  'too-large': { number: -32600, status: 413 },
  'method-not-allowed': { number: -32600, status: 405 },
  'unsupported-media-type': { number: -32600, status: 415 },
  'version-mismatch': { number: -32022, status: 400 },
  'must-understand': { number: -32600, status: 400 },
  'unknown-function': { number: -32601, status: 404 },
  'function-off': { number: -32601, status: 404 },
  'invalid-params': { number: -32602, status: 200, result: true },
  internal: { number: -32603, status: 500, result: true },
  'invalid-result': { number: -32603, status: 500, result: true },
  unavailable: { number: -32019, status: 503, result: true },
  'service-off': { number: -32001, status: 403 },
  'protocol-off': { number: -32002, status: 403 },
  'https-required': { number: -32003, status: 403 },
  'address-refused': { number: -32004, status: 403 },
  misdirected: { number: -32005, status: 421 },
  unauthenticated: { number: -32010, status: 401, result: true },
  'invalid-credentials': { number: -32011, status: 401 },
  forbidden: { number: -32012, status: 403, result: true },
  csrf: { number: -32013, status: 403 },
  'origin-refused': { number: -32014, status: 403 },
  'rate-limited': { number: -32015, status: 429, result: true },
  'quota-exceeded': { number: -32016, status: 429, result: true },
  conflict: { number: -32017, status: 409, result: true },
  timeout: { number: -32018, status: 504, result: true },
} as const satisfies Record<FaultCode, Form>;

const declaredForm: Form = { number: -32000, status: 200, result: true };

function isUnknown({ code }: Fault): boolean {
  return code === 'unknown-function' || code === 'function-off';
}

/** How a fault of one message is told; `stateless` tells the revision, `admitted` whether the gates had let the call through. */
export function formOf(fault: Fault, { kind, told }: McpMember, stateless: boolean, admitted: boolean): Form {
  const form: Form = (faultCodes as readonly string[]).includes(fault.code)
    ? forms[fault.code as FaultCode]
    : declaredForm;
  if (told !== undefined) return { number: told.number, status: 400 };
  if (admitted && kind !== 'method') return { ...form, result: true };
  if (!isUnknown(fault)) return kind === 'method' ? { number: form.number, status: form.status } : form;
  if (kind === 'inner') return { ...form, result: true };
  if (kind === 'tool') return { number: -32602, status: 200 }; // "Unknown tools" (MCP "Tools", Error Handling)
  return stateless ? form : { ...form, status: 200 }; // a client with a handshake takes 404 for the end of its session
}
