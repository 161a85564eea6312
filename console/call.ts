/** What the server says of a call that was refused or has failed: the error object of every protocol. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly issues?: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  readonly data?: unknown;
  /** Seconds after which another try may succeed. */
  readonly retryAfter?: number;
  readonly requestId?: string;
}

/** A call that did not succeed. */
export class CallFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

let csrf: string | undefined;

/** Sets what every call of the session must repeat. */
export function useCsrf(token: string | undefined): void {
  csrf = token;
}

type Envelope =
  | { readonly status: 'ok'; readonly result: unknown; readonly requestId: string }
  | { readonly status: 'error'; readonly error: Failure };

/**
 * Calls a function by the session of this browser.
 * @throws CallFailure, also where the server cannot be reached (code `unreachable`)
 */
export async function call<T = unknown>(
  name: string,
  params: Readonly<Record<string, unknown>> = {},
  signal?: AbortSignal,
): Promise<T> {
  const envelope = await exchange(name, params, signal);
  if (envelope.status === 'ok') return envelope.result as T;
  throw new CallFailure(envelope.error);
}

async function exchange(name: string, params: object, signal: AbortSignal | undefined): Promise<Envelope> {
  try {
    const response = await fetch('/console/call', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(csrf === undefined ? {} : { 'X-CSRF-Token': csrf }) },
      body: JSON.stringify({ function: name, params }),
      ...(signal === undefined ? {} : { signal }),
    });
    return (await response.json()) as Envelope;
  } catch (reason) {
    if (signal?.aborted) throw reason;
    const error = { code: 'unreachable', message: 'It does not answer, or the connection was cut.' };
    return { status: 'error', error };
  }
}

/** What is wrong, whatever was thrown. */
export function failureOf(reason: unknown): Failure {
  if (reason instanceof CallFailure) return reason.failure;
  return { code: 'console', message: reason instanceof Error ? reason.message : String(reason) };
}
