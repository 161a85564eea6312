import { trace } from '@opentelemetry/api';
import { define, t } from 'polywire';

const tracer = trace.getTracer('shop');

/** A span of its own is a child of the call's span; what is sent to another server belongs to the same trace. */
export const quote = define('shop.quote', {
  description: 'Asks the price list for what an article costs.',
  effect: 'read',
  params: { article: t.string({ min: 1, max: 100 }) },
  returns: t.string(),
  examples: [{ params: { article: 'lamp' } }],
  handler: ({ article }, call) =>
    tracer.startActiveSpan('look up', async (span) => {
      try {
        const list = process.env.PRICE_LIST ?? 'http://127.0.0.1:9/prices';
        const answer = await fetch(`${list}?article=${encodeURIComponent(article)}`, {
          headers: { ...call.traceHeaders },
          signal: call.signal,
        });
        return await answer.text();
      } finally {
        span.end();
      }
    }),
});
