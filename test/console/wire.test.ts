import { expect } from 'chai';
import { clients } from '../../client/index.ts';
import { readConsole, readTool } from '../../console/explorer/wire/answers.ts';
import { credentialHeaders, takesSession } from '../../console/explorer/wire/credential.ts';
import { cut } from '../../console/explorer/wire/pretty.ts';
import { isDialect, requestText } from '../../console/explorer/wire/request.ts';
import { waysOf } from '../../console/explorer/wire/ways.ts';
import { type AnyFunction, define, type Server, t } from '../../index.ts';
import { exportCatalog } from '../../lib/exported/export.ts';
import { Issues } from '../../lib/issues.ts';
import { listeningServer } from '../conformance/run.ts';
import { calls, got, sampleOf, take } from './code-call.ts';

function body(text: string, contentType = 'application/json') {
  return { contentType, body: new TextEncoder().encode(text) };
}

const returning = (returns: AnyFunction['returns']) => ({ returns });

describe('the requests that the page shows', () => {
  let server: Server;
  let url: string;

  before(async () => {
    ({ server, url } = await listeningServer([take as unknown as AnyFunction]));
  });

  after(() => server.close());

  for (const way of ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'soap12'] as const) {
    it(`carry every value to the handler, and their answers are read: ${way}`, async () => {
      for (const [title, values] of calls) {
        delete got.params;
        const { request, fn } = sampleOf(way, url, values);
        const { method, headers } = request;
        const response = await fetch(request.url, { method, headers, body: request.body });
        const issues = new Issues();
        const answered = {
          status: response.status,
          contentType: response.headers.get('Content-Type') ?? '',
          body: new Uint8Array(await response.arrayBuffer()),
        };
        expect(got.params, title).to.deep.equal(values);
        expect(isDialect(way)).to.equal(true);
        expect(clients[way].decode(fn, answered, issues)).to.deep.equal({ ok: true, value: 'taken' });
        expect(issues.list).to.deep.equal([]);
      }
    });
  }

  it('are shown with their address and headers', () => {
    const { request } = sampleOf('mcp', 'http://localhost:8080', { text: 'x' });
    expect(requestText(request)).to.equal(
      [
        'POST /mcp HTTP/1.1',
        'Host: localhost:8080',
        'Content-Type: application/json',
        'Accept: application/json, text/event-stream',
        'MCP-Protocol-Version: 2025-11-25',
        '',
        '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"code_take","arguments":{"text":"x"}}}',
      ].join('\n'),
    );
  });

  it('are cut where they are too long to be drawn', () => {
    expect(cut('x'.repeat(200_000))).to.have.length(200_000);
    expect(cut('x'.repeat(200_005)).slice(200_000)).to.equal('\n… 5 more characters');
  });
});

describe('the ways to call a function', () => {
  const named = (name: string) => {
    const fn = define(name, { description: 'Does.', effect: 'read', handler: () => {} }) as unknown as AnyFunction;
    return exportCatalog([fn]);
  };
  const addresses = ['mcp', 'soap', 'xmlrpc', 'rest', 'unheard'].map((protocol) => ({
    protocol,
    on: true,
    path: `/${protocol}`,
    operation: 'a_b',
  }));
  const ways = (name: string, protocols: readonly string[]) =>
    waysOf({ catalog: named(name), protocols, addresses }).map((way) => way.name);

  it('are those protocols over which it answers now, in one order', () => {
    expect(ways('a.b', ['soap', 'mcp', 'rest', 'unheard'])).to.deep.equal(['rest', 'soap', 'soap12', 'mcp']);
    expect(ways('a.b', [])).to.deep.equal([]);
  });

  it('is the console itself for what administers the site while all else is off', () => {
    expect(ways('admin.b', [])).to.deep.equal(['console']);
    expect(ways('auth.b', [])).to.deep.equal(['console']);
    expect(ways('admin.b', ['rest'])).to.deep.equal(['rest']);
    expect(ways('administer.b', [])).to.deep.equal([]);
  });

  it('say by headers who calls', () => {
    expect(credentialHeaders({ kind: 'key', secret: ' k ' }, 'c')).to.deep.equal({ 'X-API-Key': 'k' });
    expect(credentialHeaders({ kind: 'token', secret: 't' }, 'c')).to.deep.equal({ Authorization: 'Bearer t' });
    expect(credentialHeaders({ kind: 'session', secret: '' }, 'c')).to.deep.equal({ 'X-CSRF-Token': 'c' });
    for (const kind of ['none', 'key', 'token'] as const)
      expect(credentialHeaders({ kind, secret: '' }, 'c')).to.deep.equal({});
    expect(['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp', 'console'].filter(takesSession)).to.deep.equal([
      'rest',
      'jsonrpc',
      'console',
    ]);
  });
});

describe('answers that are not of the protocols of the client', () => {
  it('give the result of a tool, wrapped or whole', () => {
    const wrapped = body('{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{"result":[1]}}}');
    expect(readTool(returning(t.list(t.int())), wrapped)).to.deep.equal({ ok: true, value: [1] });
    const whole = body('{"id":1,"result":{"structuredContent":{"result":5,"b":6}}}');
    const Pair = t.object('Pair', { result: t.int(), b: t.int() });
    expect(readTool(returning(Pair), whole)).to.deep.equal({ ok: true, value: { result: 5, b: 6 } });
    const nothing = body('{"id":1,"result":{"structuredContent":{"result":null}}}');
    expect(readTool(returning(undefined), nothing)).to.deep.equal({ ok: true, value: null });
  });

  it('read the last message of a stream of events', () => {
    const stream = 'event: message\ndata: {"id":1,"result":{"structuredContent":{"result":"late"}}}\n\n';
    expect(readTool(returning(t.string()), body(stream, 'text/event-stream'))).to.deep.equal({
      ok: true,
      value: 'late',
    });
  });

  it('tell of refusals, with what they know', () => {
    const issues = [{ path: 'name', code: 'length', message: 'must have at least 1 characters' }];
    const error = { code: 'invalid-params', message: 'The parameters do not fit', issues, requestId: 'r-1' };
    const refusal = { ok: false, ...error, data: undefined, retryAfter: undefined };
    const content = [{ type: 'text', text: JSON.stringify(error) }];
    expect(readTool(returning(undefined), body(JSON.stringify({ result: { isError: true, content } })))).to.deep.equal(
      refusal,
    );
    expect(readConsole(body(JSON.stringify({ status: 'error', error })))).to.deep.equal(refusal);
    const rpc = { error: { code: -32602, message: 'No', data: { code: 'unknown-function', message: 'None' } } };
    expect(readTool(returning(undefined), body(JSON.stringify(rpc)))).to.include({ code: 'unknown-function' });
    const plain = { result: { isError: true, content: [{ type: 'text', text: 'It broke' }] } };
    expect(readTool(returning(undefined), body(JSON.stringify(plain)))).to.include({
      code: 'error',
      message: 'It broke',
    });
  });

  it('are refused where they are no JSON', () => {
    expect(() => readConsole(body('<html>'))).to.throw('The answer is not JSON');
    expect(() => readTool(returning(undefined), body(''))).to.throw('The answer is not JSON');
  });
});
