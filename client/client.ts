import type { FunctionData } from '../lib/define.ts';
import type { Issue } from '../lib/fault.ts';
import type { Issues } from '../lib/issues.ts';

/** A request, ready to be sent. */
export interface ClientRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back. */
export interface ClientResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** How a call failed, as the server says. */
export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
  readonly issues: readonly Issue[];
  /** The data of an error that the function declares; XML-RPC has no place for it. */
  readonly data: unknown;
  /** Seconds after which a retry may succeed. */
  readonly retryAfter: number | undefined;
  readonly requestId: string | undefined;
}

/** How a call ended, as the server says. */
export type Answer = { readonly ok: true; readonly value: unknown } | Refusal;

/** Where and how to call. */
export interface Target {
  /** The address, the protocol's path included. */
  readonly url: URL;
  /** The target namespace of SOAP. */
  readonly namespace: string;
}

/** A call, its parameters as handlers have them. */
export interface ClientCall {
  readonly fn: FunctionData;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Reads an answer by the function's descriptor; a result that is not of its type goes into `issues`.
 * @throws Fault if the answer is none of this protocol
 */
export type ReadAnswer = (issues: Issues) => Answer;

/** Many calls in one request. */
export interface Batch {
  encode(calls: readonly ClientCall[], target: Target): ClientRequest;
  /**
   * The answers in the order of the calls, each read when it is asked for.
   * @throws Fault if there are none in it
   */
  decode(functions: readonly FunctionData[], response: ClientResponse): readonly ReadAnswer[];
}

/** One protocol from the caller's side: values as handlers have them in, and out again. Runs in browsers too. */
export interface Client {
  /** The path that is added to an address without one. */
  readonly path: string;
  encode(fn: FunctionData, params: Readonly<Record<string, unknown>>, target: Target): ClientRequest;
  /** As `ReadAnswer`, of one call. */
  decode(fn: FunctionData, response: ClientResponse, issues: Issues): Answer;
  /** Where the protocol knows messages of many calls. */
  readonly batch?: Batch;
}
