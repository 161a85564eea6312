import { expect } from 'chai';
import { type McpSite, mcpSite, meta, ran, revision } from './site.ts';

describe('protocols/mcp: messages', () => {
  let site: McpSite;
  before(async () => {
    site = await mcpSite();
  });
  beforeEach(() => {
    ran.length = 0;
  });
  after(() => site.server.close(0));

  const hello = { capabilities: {}, clientInfo: { name: 'test', version: '1' } };

  for (const [asked, given] of [
    ['2025-11-25', '2025-11-25'],
    ['2025-06-18', '2025-06-18'],
    ['2025-03-26', '2025-03-26'],
    ['2026-07-28', '2025-11-25'],
    ['1999-01-01', '2025-11-25'],
  ] as const) {
    it(`agrees on ${given} where ${asked} is asked for`, async () => {
      const { status, result } = await site.ask('initialize', { protocolVersion: asked, ...hello });
      expect(status).equal(200);
      expect(result).deep.include({ protocolVersion: given, capabilities: { tools: {} } });
      expect(result?.['serverInfo']).deep.include({ name: 'polywire' });
      expect(result?.['instructions']).a('string');
    });
  }

  it('gives no session, so that none is sent', async () => {
    const body = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: revision, ...hello } };
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(site.url, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.headers.get('mcp-session-id')).equal(null);
    expect(answer.headers.get('content-type')).match(/^application\/json/);
  });

  it('answers ping with nothing', async () => {
    expect((await site.ask('ping')).text).equal('{"jsonrpc":"2.0","id":1,"result":{}}');
  });

  for (const method of ['notifications/initialized', 'notifications/cancelled', 'tools/call', 'unknown']) {
    it(`takes the notification ${method}, and does nothing`, async () => {
      const params = { name: 'hidden', arguments: {} };
      expect(await site.post(JSON.stringify({ jsonrpc: '2.0', method, params }))).eql({ status: 202, text: '' });
      expect(ran).eql([]);
    });
  }

  it('takes answers to requests that it has never sent', async () => {
    expect(await site.post('{"jsonrpc":"2.0","id":1,"result":{}}')).eql({ status: 202, text: '' });
  });

  for (const id of ['7', '"a"', '"é\\u0000"', '-1', '9007199254740993']) {
    it(`repeats the id ${id} to the digit`, async () => {
      const { status, text } = await site.post(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`);
      expect(status).equal(200);
      expect(text).contain(id.includes('u0000') ? '"id":"é\\u0000"' : `"id":${id},`);
    });
  }

  for (const [what, body] of [
    ['an id of null', '{"jsonrpc":"2.0","id":null,"method":"ping"}'],
    ['a fraction as id', '{"jsonrpc":"2.0","id":1.5,"method":"ping"}'],
    ['an object as id', '{"jsonrpc":"2.0","id":{},"method":"ping"}'],
    ['no jsonrpc', '{"id":1,"method":"ping"}'],
    ['another jsonrpc', '{"jsonrpc":"1.0","id":1,"method":"ping"}'],
    ['no method', '{"jsonrpc":"2.0","id":1}'],
    ['a number as method', '{"jsonrpc":"2.0","id":1,"method":1}'],
    ['params by place', '{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}'],
    ['params of null', '{"jsonrpc":"2.0","id":1,"method":"ping","params":null}'],
    ['a text', '"ping"'],
    ['a method twice', '{"jsonrpc":"2.0","id":1,"method":"ping","method":"ping"}'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, id, error } = await site.post(body);
      expect({ status, id, code: error?.code, ours: error?.data['code'] }).eql({
        status: 400,
        id: null,
        code: -32600,
        ours: 'invalid-request',
      });
    });
  }

  it('refuses what is no JSON, and another media type', async () => {
    expect(await site.post('{'))
      .deep.include({ status: 400, id: null })
      .nested.include({ 'error.code': -32700 });
    const typed = await site.post('{"jsonrpc":"2.0","id":1,"method":"ping"}', { 'Content-Type': 'text/plain' });
    expect(typed).deep.include({ status: 415 }).nested.include({ 'error.data.code': 'unsupported-media-type' });
  });

  it('knows no other method, and says so under 200: 404 would end a session', async () => {
    for (const method of ['resources/list', 'prompts/list', 'logging/setLevel', 'server/discover', 'mcp/ping']) {
      const { status, error } = await site.ask(method);
      expect({ method, status, code: error?.code }).eql({ method, status: 200, code: -32601 });
    }
  });

  for (const method of ['GET', 'DELETE', 'PUT', 'HEAD']) {
    it(`answers ${method} with 405`, async () => {
      const answer = await fetch(site.url, { method });
      expect(answer.status).equal(405);
      expect(answer.headers.get('allow')).equal('POST');
    });
  }

  describe('the header of the revision', () => {
    it('may be left out, and may be any that is spoken', async () => {
      for (const version of ['2025-03-26', '2025-06-18', '2025-11-25']) {
        expect(await site.ask('ping', undefined, { 'MCP-Protocol-Version': version })).include({ status: 200 });
      }
    });
    it('may not be another', async () => {
      for (const version of ['2024-11-05', '1900-01-01', 'x', '']) {
        const { status, id, error } = await site.ask('tools/list', {}, { 'MCP-Protocol-Version': version });
        expect({ version, status, id, code: error?.code }).eql({ version, status: 400, id: 1, code: -32022 });
        expect(error?.data).deep.include({ code: 'version-mismatch', requested: version });
        expect(error?.data['supported']).include.members(['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26']);
      }
    });
  });

  describe('a batch', () => {
    const call = { method: 'tools/call', params: { name: 'points_named' } };
    const batch = JSON.stringify([
      { jsonrpc: '2.0', id: 'a', ...call },
      { jsonrpc: '2.0', method: 'notifications/progress' },
      { jsonrpc: '2.0', id: 2, method: 'nothing' },
      3,
    ]);
    it('is answered where the revision has it', async () => {
      for (const headers of [{}, { 'MCP-Protocol-Version': '2025-03-26' }]) {
        const { status, text } = await site.post(batch, headers);
        expect(status).equal(200);
        const answers = JSON.parse(text) as { id: unknown; error?: { code: number } }[];
        expect(answers.map(({ id, error }) => [id, error?.code])).eql([
          ['a', undefined],
          [2, -32601],
          [null, -32600],
        ]);
      }
    });
    it('is refused where it has not', async () => {
      const { status, error } = await site.post(batch, { 'MCP-Protocol-Version': '2025-06-18' });
      expect({ status, code: error?.code }).eql({ status: 400, code: -32600 });
    });
    it('is not empty, not too long, and has no handshake in it', async () => {
      expect(await site.post('[]')).include({ status: 400 });
      const pings = Array(51).fill({ jsonrpc: '2.0', id: 1, method: 'ping' });
      expect(await site.post(JSON.stringify(pings))).include({ status: 413 });
      for (const one of [
        { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-03-26' } },
        { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } },
      ]) {
        const { text } = await site.post(JSON.stringify([one]));
        expect((JSON.parse(text) as { error?: { code: number } }[])[0]?.error?.code, text).equal(-32600);
      }
    });
    it('of notifications alone is taken', async () => {
      expect(await site.post('[{"jsonrpc":"2.0","method":"x"}]')).eql({ status: 202, text: '' });
    });
  });
});
