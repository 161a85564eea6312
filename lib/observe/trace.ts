import type { IncomingHttpHeaders } from 'node:http';
import type { CallRecord } from '../log.ts';
import {
  newTraceparent,
  onward,
  readTraceparent,
  readTracestate,
  type TraceHeaders,
  type TraceParent,
  writeTraceparent,
} from './trace-context.ts';

/** The trace that a message belongs to. */
export interface Trace {
  readonly traceId: string;
  /** Takes the trace on to another server. */
  headers(): TraceHeaders;
  /** Spans for those who record them; undefined where nobody does. */
  readonly spans: CallSpans | undefined;
}

/** Records the calls of one message, one after the other. */
export interface CallSpans {
  /** Works for the message, so that spans made meanwhile are part of it. */
  within<T>(work: () => T): T;
  /**
   * Carries out one of so many calls.
   * @param name the function's own; undefined where there is none of the name that was called
   */
  call<T>(name: string | undefined, count: number, work: () => T): T;
  /** Notes how that call, or the message that came to none, has ended. */
  ended(record: CallRecord): void;
}

/** Who called, by W3C Trace Context; undefined where nobody said so, or said it wrongly. */
export interface Incoming {
  readonly parent: TraceParent;
  readonly state: string | undefined;
}

/** Reads the trace that a request belongs to. */
export function incoming({ traceparent, tracestate }: IncomingHttpHeaders): Incoming | undefined {
  if (typeof traceparent !== 'string') return undefined;
  const parent = readTraceparent(traceparent);
  return parent && { parent, state: typeof tracestate === 'string' ? readTracestate(tracestate) : undefined };
}

/** A trace that nobody records here: it is passed on under an id of our own. */
export function passedOn({ parent, state }: Incoming): Trace {
  return {
    traceId: parent.traceId,
    headers: () => headersOf(onward(parent), state),
    spans: undefined,
  };
}

/** A trace that begins with the first request that a handler sends on. */
export function begun(): Trace {
  return passedOn({ parent: newTraceparent(), state: undefined });
}

/** The headers of a trace. */
export function headersOf(parent: TraceParent, state: string | undefined): TraceHeaders {
  const traceparent = writeTraceparent(parent);
  return state === undefined || state === '' ? { traceparent } : { traceparent, tracestate: state };
}
