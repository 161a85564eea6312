import type { Fault } from './fault.ts';

/** What a fault says in HTTP headers, whatever the protocol: Allow (RFC 9110 §10.2.1) and Retry-After (§10.2.3). */
export function faultHeaders(fault: Fault): Record<string, string> {
  return {
    ...(fault.allow === undefined ? {} : { Allow: fault.allow.join(', ') }),
    ...(fault.retryAfter === undefined ? {} : { 'Retry-After': String(Math.ceil(fault.retryAfter)) }),
  };
}

/** The status of faults that HTTP itself knows, told before any message was: all protocols use it (DESIGN §4). */
export function transportStatus(fault: Fault): number | undefined {
  switch (fault.code) {
    case 'method-not-allowed':
      return 405;
    case 'too-large':
      return fault.gate === undefined ? undefined : 413; // a gate refused the bytes; else it is the message that was too large
    case 'unsupported-media-type':
      return 415;
    case 'misdirected':
      return 421;
    default:
      return undefined;
  }
}
