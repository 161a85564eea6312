import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { AlwaysOffSampler, ParentBasedSampler, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import type { Server } from '../../../index.ts';
import { callOf, type Dialect, dialects } from '../../door/dialects.ts';
import { ask, Line, type Plain, requestBytes } from '../../door/wire.ts';
import { type Recording, record } from './recording.ts';
import { entries, forget, handed, tracedServer } from './traced-server.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentId = 'b7ad6b7169203331';
const traceparent = `00-${traceId}-${parentId}-01`;
const host = ['Host', 'localhost'] as const;

describe('traces', () => {
  let server: Server;
  let port: number;
  let recording: Recording | undefined;

  before(async () => {
    ({ server, port } = await tracedServer());
  });
  after(() => server.close(0));
  beforeEach(forget);
  afterEach(async () => {
    await recording?.stop();
    recording = undefined;
  });

  const jsonrpc = dialects[1] as Dialect;
  const idOf = (span: ReadableSpan) => span.spanContext().spanId;

  /** The spans of a server that have ended by now; a message's ends once its answer has gone out. */
  async function spansAfter(plain: Plain, count: number): Promise<readonly ReadableSpan[]> {
    await ask(port, plain);
    for (let tries = 0; tries < 100 && (recording?.spans().length ?? 0) < count; tries++) await sleep(5);
    const spans = recording?.spans() ?? [];
    expect(spans.map(({ name }) => name)).length(count);
    return spans;
  }

  describe('with an SDK', () => {
    beforeEach(() => {
      recording = record();
    });

    for (const dialect of dialects) {
      it(`are a span of the call, and the handler's below it, over ${dialect.name}`, async () => {
        const call = callOf(dialect, { headers: [['X-Forwarded-For', '203.0.113.77']] });
        const [own, message] = (await spansAfter(call, 2)) as [ReadableSpan, ReadableSpan];
        expect(own.name).equal('own hello');
        expect(own.parentSpanContext?.spanId).equal(idOf(message));
        expect(message).deep.include({ name: 'test.mark', kind: SpanKind.SERVER });
        expect(message.parentSpanContext).equal(undefined);
        const { 'polywire.request_id': requestId, 'server.port': _, ...attributes } = message.attributes;
        const { protocol, path } = dialect;
        const version = { 'jsonrpc.protocol.version': '2.0', 'rpc.jsonrpc.version': '2.0' };
        expect(attributes).eql({
          'http.request.method': 'POST',
          'http.response.status_code': 200,
          'http.route': protocol === 'rest' ? '/rest/' : path,
          'url.scheme': 'http',
          'network.protocol.version': '1.1',
          'server.address': 'localhost',
          'client.address': '203.0.113.0/24',
          'polywire.protocol': protocol,
          'rpc.system.name': protocol,
          'rpc.system': protocol,
          'rpc.method': 'test.mark',
          'rpc.service': 'test',
          ...(protocol === 'jsonrpc' ? version : {}),
        });
        expect(entries()[0]).deep.include({ requestId, traceId: message.spanContext().traceId });
        expect(handed[0]?.traceparent).equal(`00-${message.spanContext().traceId}-${idOf(message)}-01`);
      });

      it(`tell how a call has ended over ${dialect.name}`, async () => {
        const numbers: Record<string, string> = { jsonrpc: '7', xmlrpc: '7' };
        const [, refused] = (await spansAfter(callOf(dialect, { text: 'fail' }), 2)) as [ReadableSpan, ReadableSpan];
        expect(refused.attributes['error.type']).equal('test-refused');
        expect(refused.attributes['rpc.status_code']).equal(numbers[dialect.protocol]);
        expect(refused.status.code, "the caller's doing").equal(SpanStatusCode.UNSET);
        const [, , , broken] = (await spansAfter(callOf(dialect, { text: 'break' }), 4)) as readonly ReadableSpan[];
        expect(broken?.attributes['error.type']).equal('internal');
        expect(broken?.status).eql({ code: SpanStatusCode.ERROR });
        if (dialect.protocol === 'jsonrpc') expect(broken?.attributes['rpc.jsonrpc.error_code']).equal(-32603);
        expect(JSON.stringify(broken?.attributes) + JSON.stringify(broken?.events)).not.contain('secret');
      });
    }

    it('belong to the trace of the caller', async () => {
      const headers = [
        ['traceparent', traceparent],
        ['tracestate', 'rojo=1,congo=2'],
      ] as const;
      const [own, message] = (await spansAfter(callOf(jsonrpc, { headers }), 2)) as [ReadableSpan, ReadableSpan];
      expect(message.spanContext().traceId).equal(traceId);
      expect(message.parentSpanContext).deep.include({ spanId: parentId, isRemote: true });
      expect(own.spanContext().traceId).equal(traceId);
      expect(handed).eql([{ traceparent: `00-${traceId}-${idOf(message)}-01`, tracestate: 'rojo=1,congo=2' }]);
      expect(entries()[0]?.['traceId']).equal(traceId);
    });

    it('are below the message for each call of a batch', async () => {
      const call = (text: string, id: number, method = 'test.mark') => ({ jsonrpc: '2.0', method, params: [text], id });
      const body = JSON.stringify([call('one', 1), call('fail', 2), call('x', 3, 'no.such'), 5, call('two', 4)]);
      const spans = await spansAfter({ ...callOf(jsonrpc), body }, 9);
      const message = spans.at(-1) as ReadableSpan;
      expect(message).deep.include({ name: 'POST /jsonrpc', kind: SpanKind.SERVER });
      expect(message.attributes).not.have.any.keys('error.type', 'rpc.method');
      const calls = spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === idOf(message));
      expect(calls.map(({ name, attributes }) => [name, attributes['rpc.method'], attributes['error.type']])).eql([
        ['test.mark', 'test.mark', undefined],
        ['test.mark', 'test.mark', 'test-refused'],
        ['jsonrpc', '_OTHER', 'unknown-function'],
        ['jsonrpc', '_OTHER', 'invalid-request'],
        ['test.mark', 'test.mark', undefined],
      ]);
      const parents = ['one', 'fail', 'two'].map(
        (text) => spans.find(({ name }) => name === `own ${text}`)?.parentSpanContext?.spanId,
      );
      expect(parents).eql([calls[0], calls[1], calls[4]].map((span) => idOf(span as ReadableSpan)));
      expect(handed.map((headers) => headers.traceparent.split('-')[2])).eql(parents);
    });

    it('hold across the turns of large calls, several at the same time', async () => {
      const list = Array.from({ length: 40_000 }, (_, i) => `item ${i}`);
      const plain = {
        ...callOf(jsonrpc),
        body: JSON.stringify({ jsonrpc: '2.0', method: 'test.large', params: [list], id: 1 }),
      };
      await Promise.all([ask(port, plain), ask(port, plain)]);
      const spans = await spansAfter(callOf(jsonrpc), 6);
      const messages = spans.filter(({ name }) => name === 'test.large');
      const own = spans.filter(({ name }) => name === 'own large');
      expect(messages).length(2);
      expect(own.map(({ parentSpanContext }) => parentSpanContext?.spanId)).have.members(messages.map(idOf));
      expect(new Set(messages.map((span) => span.spanContext().traceId)).size).equal(2);
    });

    it('tell what the door has refused', async () => {
      const [span] = await spansAfter({ ...callOf(jsonrpc), method: 'PUT' }, 1);
      expect(span).deep.include({ name: 'PUT /jsonrpc', kind: SpanKind.SERVER });
      expect(span?.attributes).deep.include({ 'error.type': 'method-not-allowed', 'http.response.status_code': 405 });
      const odd = await spansAfter({ ...callOf(jsonrpc), method: 'PROPFIND' }, 2);
      expect(odd[1]?.name).equal('HTTP /jsonrpc');
      expect(odd[1]?.attributes['http.request.method']).equal('_OTHER');
    });

    it('say nothing of a host that is not ours, nor of arguments, queries and credentials', async () => {
      const sensitive = 'a5ecr3t';
      await ask(port, { ...callOf(jsonrpc), headers: [['Host', `${sensitive}.example`]] });
      await ask(port, { method: 'GET', path: `/rest/test.mark?text=${sensitive}`, headers: [host] });
      await ask(port, callOf(jsonrpc, { text: sensitive, headers: [['Authorization', `Bearer ${sensitive}`]] }));
      const { body = '' } = callOf(jsonrpc);
      await ask(port, { ...callOf(jsonrpc), body: body.replace('test.mark', sensitive) });
      const spans = (await spansAfter(callOf(jsonrpc), 7)).filter(({ name }) => !name.startsWith('own'));
      for (const { name, attributes, events, status } of spans)
        expect(JSON.stringify({ name, attributes, events, status })).not.contain(sensitive);
    });

    it('end when the caller has gone away before the answer', async () => {
      const line = new Line(port);
      line.write(requestBytes(callOf(jsonrpc, { text: 'wait' })));
      await sleep(100);
      line.socket.destroy();
      for (let tries = 0; tries < 100 && (recording?.spans().length ?? 0) < 2; tries++) await sleep(5);
      const message = recording?.spans().find(({ name }) => name === 'test.mark');
      expect(message?.attributes['error.type']).equal('timeout');
      expect(message?.attributes).not.have.property('http.response.status_code');
    });

    for (const bad of [
      traceparent.toUpperCase(),
      `${traceparent}-x`,
      `ff${traceparent.slice(2)}`,
      `00-${'0'.repeat(32)}-${parentId}-01`,
      '"; drop table traces; --',
      'x'.repeat(10_000),
    ]) {
      it(`begin anew where the caller names none: ${bad.slice(0, 60)}`, async () => {
        const headers = [
          ['traceparent', bad],
          ['tracestate', 'rojo=1'],
        ] as const;
        const [, message] = (await spansAfter(callOf(jsonrpc, { headers }), 2)) as [ReadableSpan, ReadableSpan];
        expect(message.parentSpanContext).equal(undefined);
        expect(message.spanContext().traceId).not.equal(traceId);
        expect(handed[0]).not.have.property('tracestate');
      });
    }

    it('begin anew where two callers are named', async () => {
      const headers = [
        ['traceparent', traceparent],
        ['traceparent', traceparent],
      ] as const;
      const [, message] = (await spansAfter(callOf(jsonrpc, { headers }), 2)) as [ReadableSpan, ReadableSpan];
      expect(message.parentSpanContext).equal(undefined);
    });
  });

  it('are not recorded where the sampler says so, and passed on all the same', async () => {
    recording = record(new ParentBasedSampler({ root: new AlwaysOffSampler() }));
    const headers = [['traceparent', traceparent.replace(/1$/, '0')]] as const;
    expect(await spansAfter(callOf(jsonrpc, { headers }), 0)).eql([]);
    expect(handed[0]?.traceparent).match(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  });
});
