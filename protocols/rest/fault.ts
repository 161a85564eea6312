import { type Fault, type FaultCode, faultCodes } from '../../lib/fault.ts';

/** The HTTP status of every fault (DESIGN §4). */
const statuses = {
  malformed: 400,
  'unsupported-encoding': 415,
  'invalid-encoding': 400,
  'invalid-request': 400,
  'too-large': 413,
  'method-not-allowed': 405,
  'unsupported-media-type': 415,
  'version-mismatch': 400,
  'must-understand': 400,
  'unknown-function': 404,
  'function-off': 404,
  'invalid-params': 400,
  internal: 500,
  'invalid-result': 500,
  unavailable: 503,
  'service-off': 403,
  'protocol-off': 403,
  'https-required': 403,
  'address-refused': 403,
  misdirected: 421,
  unauthenticated: 401,
  'invalid-credentials': 401,
  forbidden: 403,
  csrf: 403,
  'origin-refused': 403,
  'rate-limited': 429,
  'quota-exceeded': 429,
  conflict: 409,
  timeout: 504,
} as const satisfies Record<FaultCode, number>;

/** The HTTP status of a fault: its own if a function declared it. */
export function statusOf(fault: Fault): number {
  if (fault.declared !== undefined) return fault.declared.status;
  return (faultCodes as readonly string[]).includes(fault.code) ? statuses[fault.code as FaultCode] : 500;
}

/** Codes that only SOAP's messages can end with. */
const soapOnly: readonly string[] = ['version-mismatch', 'must-understand'];

/** The standard codes that a call over REST can end with, by HTTP status. */
export function standardCodes(): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (const [code, status] of Object.entries(statuses)) {
    if (!soapOnly.includes(code)) found.set(status, [...(found.get(status) ?? []), code]);
  }
  return found;
}
