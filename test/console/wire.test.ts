import { expect } from 'chai';
import { clients } from '../../client/index.ts';
import { readConsole } from '../../console/explorer/wire/answers.ts';
import { credentialHeaders, takesSession } from '../../console/explorer/wire/credential.ts';
import { cut } from '../../console/explorer/wire/pretty.ts';
import { isDialect, requestText } from '../../console/explorer/wire/request.ts';
import { waysOf } from '../../console/explorer/wire/ways.ts';
import { type AnyFunction, define, type Server } from '../../index.ts';
import { exportCatalog } from '../../lib/exported/export.ts';
import { Issues } from '../../lib/issues.ts';
import { listeningServer } from '../conformance/run.ts';
import { calls, got, sampleOf, take } from './code-call.ts';

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

describe('answers of the console itself', () => {
  const read = (text: string) => readConsole(new TextEncoder().encode(text));

  it('are results, and refusals with what they know', () => {
    expect(read('{"status":"ok","result":[1],"requestId":"r-1"}')).to.deep.equal({ ok: true, value: [1] });
    const issues = [{ path: 'name', code: 'length', message: 'must have at least 1 characters' }];
    const error = { code: 'invalid-params', message: 'The parameters do not fit', issues, requestId: 'r-1' };
    const refusal = { ok: false, ...error, data: undefined, retryAfter: undefined };
    expect(read(JSON.stringify({ status: 'error', error }))).to.deep.equal(refusal);
    expect(read('{"status":"error","error":{"retryAfter":3}}')).to.include({ code: 'error', retryAfter: 3 });
  });

  it('are refused where they are no JSON', () => {
    for (const text of ['<html>', '']) expect(() => read(text)).to.throw('The answer is not JSON');
  });
});
