import { expect } from 'chai';
import type { Server } from '../../../index.ts';
import { callOf, type Dialect, dialects } from '../../door/dialects.ts';
import { ask } from '../../door/wire.ts';
import { entries, forget, handed, tracedServer } from './traced-server.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentId = 'b7ad6b7169203331';
const traceparent = `00-${traceId}-${parentId}-01`;

describe('traces without an SDK', () => {
  let server: Server;
  let port: number;
  const jsonrpc = dialects[1] as Dialect;

  before(async () => {
    ({ server, port } = await tracedServer());
  });
  after(() => server.close(0));
  beforeEach(forget);

  it('are passed on under an id of our own, and named in the log', async () => {
    const headers = [
      ['traceparent', traceparent],
      ['tracestate', 'rojo=1, congo=2'],
    ] as const;
    await ask(port, callOf(jsonrpc, { headers }));
    expect(handed[0]?.traceparent)
      .match(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
      .not.contain(parentId);
    expect(handed[0]?.tracestate).equal('rojo=1,congo=2');
    expect(entries()[0]?.['traceId']).equal(traceId);
    await ask(port, callOf(jsonrpc, { headers, text: 'fail' }));
    expect(entries()[1]).deep.include({ traceId, code: 'test-refused' });
    await ask(port, { ...callOf(jsonrpc, { headers }), method: 'PUT' });
    expect(entries()[2], 'refused at the door').deep.include({ traceId, code: 'method-not-allowed' });
  });

  it('begin with what a handler sends on, the same for all calls of a message', async () => {
    const call = { jsonrpc: '2.0', method: 'test.mark', params: ['x'], id: 1 };
    await ask(port, { ...callOf(jsonrpc), body: JSON.stringify([call, call]) });
    const [first, second] = handed.map((headers) => headers.traceparent.split('-'));
    expect(first?.[3]).equal('02');
    expect(second?.[1]).equal(first?.[1]);
    expect(second?.[2]).not.equal(first?.[2]);
    expect(entries().map((entry) => entry['traceId'])).eql([first?.[1], first?.[1]]);
  });

  it('are not made up where nobody asks for one', async () => {
    await ask(port, { ...callOf(jsonrpc), body: '{' });
    expect(entries()[0]).not.have.property('traceId');
  });

  it('are no part of the answer', async () => {
    const answer = await ask(port, callOf(jsonrpc, { headers: [['traceparent', traceparent]] }));
    expect(answer.headers).not.have.any.keys('traceparent', 'tracestate', 'traceresponse');
  });

  it('are there inside the process too', async () => {
    await server.call('test.mark', { text: 'x' });
    expect(handed[0]?.traceparent).match(/^00-[0-9a-f]{32}-[0-9a-f]{16}-02$/);
  });
});
