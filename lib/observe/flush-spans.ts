import { ProxyTracerProvider, trace as traces } from '@opentelemetry/api';

/** Milliseconds that spans may take to go out. */
const patience = 5_000;

/** Sends the spans that an SDK still holds, if one is registered: for a process that is about to end. Never fails. */
export async function flushSpans(): Promise<void> {
  const registered = traces.getTracerProvider();
  const provider = (registered instanceof ProxyTracerProvider ? registered.getDelegate() : registered) as {
    forceFlush?(): Promise<void>;
  };
  const flushed = (async () => provider.forceFlush?.())().catch(() => {});
  let late: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    late = setTimeout(resolve, patience);
  });
  await Promise.race([flushed, over]);
  clearTimeout(late);
}
