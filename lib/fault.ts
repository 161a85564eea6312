/** Every code that a call can end with besides those that functions declare. Codes are never reused. */
export const faultCodes = [
  'malformed',
  'unsupported-encoding',
  'invalid-encoding',
  'invalid-request',
  'too-large',
  'method-not-allowed',
  'unsupported-media-type',
  'version-mismatch',
  'must-understand',
  'unknown-function',
  'function-off',
  'invalid-params',
  'internal',
  'invalid-result',
  'unavailable',
  'service-off',
  'protocol-off',
  'https-required',
  'address-refused',
  'misdirected',
  'unauthenticated',
  'invalid-credentials',
  'forbidden',
  'csrf',
  'origin-refused',
  'rate-limited',
  'quota-exceeded',
  'conflict',
  'timeout',
] as const;

/** A standard fault code (DESIGN §4). */
export type FaultCode = (typeof faultCodes)[number];

/** One thing that is wrong with the parameters or the result; `path` as `users/3/email`, empty for the whole. */
export interface Issue {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** What a declared error adds to its code: the number, the HTTP status and the data that its function declared. */
export interface Declared {
  readonly number: number;
  readonly status: number;
  readonly data?: unknown;
}

export interface FaultOptions {
  readonly issues?: readonly Issue[];
  /** Seconds after which a retry may succeed. */
  readonly retryAfter?: number;
  /** What really happened: for the log, never for the caller. */
  readonly cause?: unknown;
  /** Set when the code was declared by a function instead of being a standard one. */
  readonly declared?: Declared;
  /** The gate that refused, for the log and for explanations. */
  readonly gate?: string;
  /** Methods that the address does answer: for the Allow header of a 405 (RFC 9110 §15.5.6). */
  readonly allow?: readonly string[];
}

/** The one error of the house: a code, a message that is safe to show, and a cause that is not. */
export class Fault extends Error {
  readonly #fault = true;
  override readonly name = 'Fault';
  readonly code: FaultCode | (string & {});
  readonly issues: readonly Issue[];
  readonly retryAfter: number | undefined;
  readonly declared: Declared | undefined;
  readonly allow: readonly string[] | undefined;
  readonly gate: string | undefined;

  constructor(code: FaultCode, message: string, options?: FaultOptions);
  constructor(code: string, message: string, options: FaultOptions & { readonly declared: Declared });
  constructor(code: string, message: string, options: FaultOptions = {}) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0; // a fault is an answer: whoever needs a stack reads it from the cause
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    Error.stackTraceLimit = limit;
    this.code = code;
    this.issues = options.issues ?? [];
    this.retryAfter = options.retryAfter;
    this.declared = options.declared;
    this.allow = options.allow;
    this.gate = options.gate;
  }

  /** Turns whatever was thrown into a fault: a fault stays itself, anything else becomes `internal` and hides its text. */
  static from(reason: unknown): Fault {
    if (typeof reason === 'object' && reason !== null && #fault in reason) return reason; // asks nothing that could throw
    return new Fault('internal', 'The server failed to carry out the call', { cause: reason });
  }
}
