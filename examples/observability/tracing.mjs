// Registers OpenTelemetry before the server starts: node --import ./tracing.mjs …
// This is what the larger packages do (@opentelemetry/sdk-node, @opentelemetry/context-async-hooks), with nothing but
// @opentelemetry/api and @opentelemetry/sdk-trace-base.
import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { BasicTracerProvider, BatchSpanProcessor, ConsoleSpanExporter } from '@opentelemetry/sdk-trace-base';

/** Keeps the active span across awaits, so that spans of handlers become children of their call. */
class Contexts {
  #storage = new AsyncLocalStorage();

  active() {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }

  with(active, work, self, ...args) {
    return this.#storage.run(active, () => work.apply(self, args));
  }

  bind(active, target) {
    if (typeof target !== 'function') return target;
    const manager = this;
    return function (...args) {
      return manager.with(active, target, this, ...args);
    };
  }

  enable() {
    return this;
  }

  disable() {
    this.#storage.disable();
    return this;
  }
}

/** Where spans go; OTLPTraceExporter of @opentelemetry/exporter-trace-otlp-http sends them to a collector. */
export const exporter = new ConsoleSpanExporter();

export const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
context.setGlobalContextManager(new Contexts());
trace.setGlobalTracerProvider(provider);
