import type { Fault, FaultCode } from '../../lib/fault.ts';
import { escapeText } from '../xml/write.ts';

/**
 * The faultCode of every code (DESIGN §4), after the "Specification for Fault Code Interoperability" 20010516; what it
 * does not foresee lies in the range it leaves to implementations, -32099 … -32000.
 */
const faultNumbers = {
  malformed: -32700,
  'unsupported-encoding': -32701,
  'invalid-encoding': -32702,
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
  unavailable: -32400,
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

/** The faultCode of errors that functions throw without having declared a number: "application error". */
const applicationError = -32500;

/** What XML 1.0 §2.2 cannot carry. */
const uncarried = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function isKey<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}

/** The faultCode of a fault. */
export function faultNumber(fault: Fault): number {
  if (fault.declared !== undefined) return fault.declared.number;
  return isKey(faultNumbers, fault.code) ? faultNumbers[fault.code] : applicationError;
}

/** What spans say of a call that has ended so: the faultCode, as OpenTelemetry's conventions have the status of an RPC. */
export function attributes(fault: Fault | undefined): Readonly<Record<string, string>> {
  return fault === undefined ? {} : { 'rpc.status_code': `${faultNumber(fault)}` };
}

/** The faultString: `<code>: <message> [<path>: <message>; …] (request <id>)`. */
function faultString(fault: Fault, requestId: string): string {
  const off = fault.code === 'function-off'; // must not be told from a function that does not exist
  const code = off ? 'unknown-function' : fault.code;
  const message = off ? 'There is no such function' : fault.message;
  const issues = fault.issues.map((issue) => (issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`));
  const list = issues.length === 0 || off ? '' : ` [${issues.join('; ')}]`;
  return `${code}: ${message}${list} (request ${requestId})`;
}

/** The `<value>` of a fault: a struct of faultCode and faultString only, as the XML-RPC specification has it. */
export function faultValue(fault: Fault, requestId: string): string {
  const text = escapeText(faultString(fault, requestId).replace(uncarried, '\u{fffd}'));
  return (
    `<value><struct><member><name>faultCode</name><value><int>${faultNumber(fault)}</int></value></member>` +
    `<member><name>faultString</name><value><string>${text}</string></value></member></struct></value>`
  );
}
