import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, type Span, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import Koa from 'koa';
import { flushSpans } from '../../../lib/observe/flush-spans.ts';
import { callOf, type Dialect, dialects } from '../../door/dialects.ts';
import { ask } from '../../door/wire.ts';
import { type Recording, record } from './recording.ts';
import { tracedServer } from './traced-server.ts';

const jsonrpc = dialects[1] as Dialect;
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('traces of a server inside another program', () => {
  let recording: Recording;
  const closing: (() => unknown)[] = [];

  beforeEach(() => {
    recording = record();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await recording.stop();
  });

  async function message(port: number) {
    await ask(port, callOf(jsonrpc, { headers: [['traceparent', traceparent]] }));
    for (let tries = 0; tries < 100; tries++) {
      const found = recording.spans().find(({ name }) => name === 'test.mark');
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('no span has ended');
  }

  it("are below the program's own span, which has seen to the headers already", async () => {
    const { server } = await tracedServer();
    closing.push(() => server.close(0));
    const app = new Koa().use(server.koa());
    const answer = app.callback();
    let host: Span | undefined;
    const http: HttpServer = createHttp((request, response) => {
      host = trace.getTracer('host').startSpan('host');
      response.once('close', () => host?.end());
      context.with(trace.setSpan(context.active(), host), () => void answer(request, response));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    closing.push(() => http.close());
    const span = await message((http.address() as AddressInfo).port);
    expect(span.parentSpanContext?.spanId).equal(host?.spanContext().spanId);
    expect(span.spanContext().traceId).equal(host?.spanContext().traceId);
  });

  it('are not below the span in which the server began to listen, once that has ended', async () => {
    const start = trace.getTracer('host').startSpan('start');
    const { server, port } = await context.with(trace.setSpan(context.active(), start), tracedServer);
    start.end();
    closing.push(() => server.close(0));
    const span = await message(port);
    expect(span.spanContext().traceId).equal(traceparent.split('-')[1]);
  });
});

describe('lib/observe/flush-spans', () => {
  afterEach(() => trace.disable());

  it('has an SDK send what it holds, and ends where there is none', async () => {
    await flushSpans();
    let flushed = 0;
    const getTracer = () => trace.getTracer('x');
    trace.setGlobalTracerProvider({ getTracer, forceFlush: async () => flushed++ } as never);
    await flushSpans();
    expect(flushed).equal(1);
  });

  it('does not fail where the SDK does', async () => {
    for (const forceFlush of [
      () => Promise.reject(new Error('no collector')),
      () => {
        throw new Error('broken');
      },
      undefined,
    ]) {
      trace.setGlobalTracerProvider({ getTracer: () => trace.getTracer('x'), forceFlush } as never);
      expect(await flushSpans()).equal(undefined);
      trace.disable();
    }
  });
});
