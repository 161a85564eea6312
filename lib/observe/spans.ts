import {
  type Attributes,
  type Context,
  context,
  createTraceState,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace as traces,
} from '@opentelemetry/api';
import type { Fault } from '../fault.ts';
import type { CallRecord } from '../log.ts';
import type { Protocol } from '../protocol.ts';
import { type CallSpans, headersOf, type Incoming, type Trace } from './trace.ts';
import type { TraceHeaders } from './trace-context.ts';

const scopeName = 'polywire';

/** The tracer of an SDK that the program has registered; undefined where there is none, which is found out at little cost. */
export function registeredTracer(): Tracer | undefined {
  const provider = traces.getTracerProvider();
  return provider instanceof ProxyTracerProvider
    ? provider.getDelegateTracer(scopeName)
    : provider.getTracer(scopeName);
}

/** What a message's span says from its beginning. */
export interface Arrival {
  readonly protocol: Protocol;
  readonly method: string;
  readonly route: string;
  readonly attributes: Attributes;
}

/** A message that is being recorded. */
export interface RecordedTrace extends Trace {
  readonly spans: CallSpans;
  /** Ends the span of the message. @param status undefined where no answer went out */
  end(status: number | undefined): void;
}

/** Begins the span of a message. It is the SDK's sampler that decides whether it is recorded. */
export function recordedTrace(tracer: Tracer, arrival: Arrival, caller: Incoming | undefined): RecordedTrace {
  return new MessageSpan(tracer, arrival, caller);
}

/**
 * What a message is part of: the span of whoever hosts us and has seen to the headers already, else the caller's. A span
 * that has ended is no host: it is what was active when the server began to listen.
 */
function contextOf(caller: Incoming | undefined): Context {
  if (traces.getActiveSpan()?.isRecording()) return context.active();
  if (caller === undefined) return ROOT_CONTEXT;
  const { parent, state } = caller;
  return traces.setSpanContext(ROOT_CONTEXT, {
    traceId: parent.traceId,
    spanId: parent.parentId,
    traceFlags: parent.flags,
    isRemote: true,
    ...(state === undefined ? {} : { traceState: createTraceState(state) }),
  });
}

/** Faults that are not the caller's doing. */
const ours: ReadonlySet<string> = new Set(['internal', 'invalid-result', 'unavailable', 'timeout']);

function isOurs({ code, declared }: Fault): boolean {
  return declared === undefined ? ours.has(code) : declared.status >= 500;
}

/** The span of a message; of a batch each call has one of its own below it. */
class MessageSpan implements RecordedTrace, CallSpans {
  readonly traceId: string;
  readonly #tracer: Tracer;
  readonly #protocol: Protocol;
  readonly #span: Span;
  readonly #context: Context;
  /** The span of the call that is being carried out, of a batch. */
  #current: Span | undefined;
  #isBatch = false;

  constructor(tracer: Tracer, { protocol, method, route, attributes }: Arrival, caller: Incoming | undefined) {
    const parent = contextOf(caller);
    this.#tracer = tracer;
    this.#protocol = protocol;
    this.#span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    this.#context = traces.setSpan(parent, this.#span);
    this.traceId = this.#span.spanContext().traceId;
  }

  get spans(): CallSpans {
    return this;
  }

  /** Of the span that is active, which may be the handler's own. */
  headers(): TraceHeaders {
    const active = traces.getActiveSpan()?.spanContext();
    const own = (this.#current ?? this.#span).spanContext();
    const { traceId, spanId, traceFlags, traceState } = active?.traceId === own.traceId ? active : own;
    return headersOf({ traceId, parentId: spanId, flags: traceFlags }, traceState?.serialize());
  }

  within<T>(work: () => T): T {
    return context.with(this.#context, work);
  }

  call<T>(name: string | undefined, count: number, work: () => T): T {
    const attributes = { ...this.#systemAttributes(), ...methodAttributes(name) };
    if (count === 1) {
      this.#span.updateName(name ?? this.#protocol.name);
      this.#span.setAttributes(attributes);
      return this.within(work);
    }
    this.#isBatch = true;
    this.#current = this.#tracer.startSpan(
      name ?? this.#protocol.name,
      { kind: SpanKind.INTERNAL, attributes },
      this.#context,
    );
    return context.with(traces.setSpan(this.#context, this.#current), work);
  }

  ended({ fault }: CallRecord): void {
    const span = this.#current ?? (this.#isBatch ? undefined : this.#span);
    if (span === undefined) return;
    span.setAttributes(this.#protocol.attributes?.(fault) ?? {});
    if (fault !== undefined) {
      span.setAttribute('error.type', fault.code);
      if (isOurs(fault)) span.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.#current?.end();
    this.#current = undefined;
  }

  end(status: number | undefined): void {
    if (status === undefined) this.#span.setAttribute('error.type', 'timeout');
    else this.#span.setAttribute('http.response.status_code', status);
    this.#current?.end();
    this.#span.end();
  }

  #systemAttributes(): Attributes {
    const { name } = this.#protocol;
    return { 'rpc.system.name': name, 'rpc.system': name };
  }
}

/**
 * The function in the words of the RPC conventions: `rpc.method` is the whole name, `_OTHER` where there is no such
 * function; `rpc.service` is what they had before for what stands before the last dot.
 */
function methodAttributes(name: string | undefined): Attributes {
  if (name === undefined) return { 'rpc.method': '_OTHER' };
  const dot = name.lastIndexOf('.');
  return dot === -1 ? { 'rpc.method': name } : { 'rpc.method': name, 'rpc.service': name.slice(0, dot) };
}
