import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { createServer, define, type Server, type TraceHeaders, t } from '../../../index.ts';

/** What the handlers were given to take along. */
export const handed: TraceHeaders[] = [];
const ownSpan = async (name: string): Promise<void> => {
  await sleep(1);
  trace.getTracer('handler').startSpan(name).end();
};
const mark = define('test.mark', {
  description: 'Makes a span of its own, and fails if it is told to.',
  effect: 'write',
  params: { text: t.string({ max: 20 }) },
  returns: t.string(),
  errors: { 'test-refused': { number: 7, status: 409 } },
  handler: async ({ text }, call) => {
    handed.push(call.traceHeaders);
    await ownSpan(`own ${text}`);
    if (text === 'fail') call.fail('test-refused');
    if (text === 'break') throw new Error('a secret');
    return text === 'wait' ? sleep(300).then(() => text) : text;
  },
});
const large = define('test.large', {
  description: 'Takes and gives a lot, in turns.',
  effect: 'write',
  params: { list: t.list(t.string(), { max: 100_000 }) },
  returns: t.list(t.string()),
  body: 10_000_000,
  handler: async ({ list }) => {
    await ownSpan('own large');
    return list;
  },
});

/** Lines of the log. */
const lines: string[] = [];
const log = new Writable({
  write: (chunk, _, done) => {
    lines.push(String(chunk));
    done();
  },
});

/** The lines of the log, read. */
export function entries(): readonly Record<string, unknown>[] {
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Forgets what has happened until now. */
export function forget(): void {
  handed.length = 0;
  lines.length = 0;
}

/** A server whose handlers make spans and note the trace that they are in. */
export async function tracedServer(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = await createServer({
    functions: [mark, large],
    settings: {
      enablewebservices: true,
      enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
      enabledwsfunctions: ['*'],
      trustedProxies: ['127.0.0.1'],
      httpsRequired: false,
    },
    log,
  });
  const { port } = await server.listen({ port: 0 });
  return { server, port };
}
