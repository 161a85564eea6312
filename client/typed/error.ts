import type { FaultCode, Issue } from '../../lib/fault.ts';
import type { Refusal } from '../client.ts';

/** A code of the house, or one that a function declares. */
export type Code = FaultCode | (string & {});

/** What is known of a call that was refused. */
export interface ClientErrorDetails extends Partial<Omit<Refusal, 'ok' | 'code' | 'message'>> {
  readonly function: string;
  readonly status?: number | undefined;
  readonly cause?: unknown;
}

/** A call that was refused, or failed with an error that its function declares: what the server said, typed by its code. */
export class ClientError<out C extends string = Code, out D = unknown> extends Error {
  override readonly name = 'ClientError';
  readonly code: C;
  /** What a declared error carries; undefined over XML-RPC, whose faults have no place for it. */
  readonly data: D;
  readonly issues: readonly Issue[];
  /** The name under which the server has noted the call; undefined where the call was not even sent. */
  readonly requestId: string | undefined;
  /** Seconds after which a retry may succeed. */
  readonly retryAfter: number | undefined;
  /** The HTTP status of the answer; undefined where the call was not even sent. */
  readonly status: number | undefined;
  readonly function: string;

  constructor(code: C, message: string, details: ClientErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.data = details.data as D;
    this.issues = details.issues ?? [];
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
    this.status = details.status;
    this.function = details.function;
  }
}

/**
 * Why there is no answer: nothing came (`network`), not in time (`timeout`), or what came is no answer of the protocol, or not
 * of the function's type (`malformed`), or too long to be taken (`too-large`).
 */
export type TransportReason = 'network' | 'timeout' | 'malformed' | 'too-large';

/** A call without an answer: whether it was carried out is not known. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly reason: TransportReason;
  /** The HTTP status, where there was one. */
  readonly status: number | undefined;
  /** Seconds after which a retry may succeed, where HTTP said so. */
  readonly retryAfter: number | undefined;
  /** Where the answer is not of the function's type. */
  readonly issues: readonly Issue[];

  constructor(
    reason: TransportReason,
    message: string,
    details: Partial<Pick<TransportError, 'status' | 'retryAfter' | 'issues' | 'cause'>> = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
    this.issues = details.issues ?? [];
  }
}

/** Whether an error is what a server said; with a code, whether it is that one. */
export function isError<C extends string>(error: unknown, code?: C): error is ClientError<C> {
  return error instanceof ClientError && (code === undefined || error.code === code);
}
