import type { AnyFunction } from '../lib/define.ts';
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
  readonly body: Buffer;
}

/** How a call ended, as the server says. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly issues: readonly Issue[];
      readonly requestId: string | undefined;
    };

/** Where and how to call. */
export interface Target {
  /** The address, the protocol's path included. */
  readonly url: URL;
  /** The target namespace of SOAP. */
  readonly namespace: string;
}

/** One protocol from the caller's side: values as handlers have them in, and out again. */
export interface Client {
  /** The path that is added to an address without one. */
  readonly path: string;
  encode(fn: AnyFunction, params: Readonly<Record<string, unknown>>, target: Target): ClientRequest;
  /**
   * Reads an answer by the function's descriptor; a result that is not of its type goes into `issues`.
   * @throws Fault if the answer is none of this protocol
   */
  decode(fn: AnyFunction, response: ClientResponse, issues: Issues): Answer;
}
