import { expect } from 'chai';
import { type McpSite, mcpSite, meta, revision } from './site.ts';

const server = 'io.modelcontextprotocol/serverInfo';

describe('protocols/mcp: without a handshake', () => {
  let site: McpSite;
  before(async () => {
    site = await mcpSite();
  });
  after(() => site.server.close(0));

  it('says what there is', async () => {
    const { status, result } = await site.askStateless('server/discover');
    expect(status).equal(200);
    expect(result).deep.include({
      supportedVersions: [revision],
      capabilities: { tools: {} },
      resultType: 'complete',
      ttlMs: 0,
      cacheScope: 'public',
    });
    expect(result?.['_meta']).have.property(server).that.include({ name: 'polywire' });
  });

  it('tells with every result that it is complete and whose it is', async () => {
    for (const [method, params] of [
      ['tools/list', {}],
      ['tools/call', { name: 'points_named' }],
      ['tools/call', { name: 'breaks' }],
    ] as const) {
      const { result } = await site.askStateless(method, params);
      expect(result).include({ resultType: 'complete' });
      expect(result?.['_meta']).have.property(server);
    }
    const { result } = await site.askStateless('tools/list');
    expect(result).include({ ttlMs: 0, cacheScope: 'private' });
    expect((await site.ask('tools/list')).result).not.have.any.keys('ttlMs', 'resultType', '_meta');
  });

  it('has no handshake, no ping, and answers what it does not know with 404', async () => {
    for (const method of ['initialize', 'ping', 'logging/setLevel', 'resources/list', 'subscriptions/listen', 'x']) {
      const { status, error, id } = await site.askStateless(method);
      expect({ method, status, id, code: error?.code }).eql({ method, status: 404, id: 1, code: -32601 });
    }
  });

  const version = 'io.modelcontextprotocol/protocolVersion';
  const capabilities = 'io.modelcontextprotocol/clientCapabilities';
  const client = 'io.modelcontextprotocol/clientInfo';
  const headers = { 'MCP-Protocol-Version': revision, 'Mcp-Method': 'server/discover' };

  for (const [what, params, paths] of [
    ['no _meta', {}, [version, capabilities]],
    ['a _meta that is none', { _meta: [1] }, [version, capabilities]],
    ['no version', { _meta: { [capabilities]: {} } }, [version]],
    ['a version that is no text', { _meta: { ...meta, [version]: 7 } }, [version]],
    ['no capabilities', { _meta: { [version]: revision } }, [capabilities]],
    ['capabilities that are none', { _meta: { ...meta, [capabilities]: 'all' } }, [capabilities]],
    ['a client without a version', { _meta: { ...meta, [client]: { name: 'x' } } }, [client]],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, id, error } = await site.ask('server/discover', params, headers);
      expect({ status, id, code: error?.code }).eql({ status: 400, id: 1, code: -32602 });
      const issues = error?.data['issues'] as { path: string }[];
      expect(issues.map(({ path }) => path)).eql(paths.map((key) => `_meta/${key}`));
    });
  }

  it('asks for no name of the client, and takes one', async () => {
    const named = { _meta: { ...meta, [client]: { name: 'x', version: '1' } } };
    expect(await site.ask('server/discover', { _meta: meta }, headers)).include({ status: 200 });
    expect(await site.ask('server/discover', named, headers)).include({ status: 200 });
  });

  it('refuses a revision that it does not speak, and says which it does', async () => {
    for (const other of ['v999.0.0', '2025-11-25']) {
      const params = { _meta: { ...meta, [version]: other } };
      const { status, error } = await site.ask('tools/list', params, {
        'MCP-Protocol-Version': other,
        'Mcp-Method': 'tools/list',
      });
      expect({ status, code: error?.code }).eql({ status: 400, code: -32022 });
      expect(error?.data).deep.include({ code: 'version-mismatch', supported: [revision], requested: other });
    }
  });

  const call = { name: 'points_named', arguments: {} };
  for (const [what, method, params, more] of [
    ['another revision', 'tools/list', {}, { 'MCP-Protocol-Version': '2025-11-25' }],
    ['another method', 'tools/list', {}, { 'Mcp-Method': 'prompts/list' }],
    ['the method in capitals', 'tools/list', {}, { 'Mcp-Method': 'TOOLS/LIST' }],
    ['another tool', 'tools/call', call, { 'Mcp-Name': 'points_clear' }],
    ['a broken base64', 'tools/call', call, { 'Mcp-Name': '=?base64?cG9pbnRzX25hbWV?=' }],
  ] as const) {
    it(`refuses a header that names ${what}`, async () => {
      const { status, id, error } = await site.askStateless(method, params, more);
      expect({ status, id, code: error?.code, ours: error?.data['code'] }).eql({
        status: 400,
        id: 1,
        code: -32020,
        ours: 'invalid-request',
      });
    });
  }

  for (const missing of ['MCP-Protocol-Version', 'Mcp-Method', 'Mcp-Name']) {
    it(`refuses a request without ${missing}`, async () => {
      const all = { 'MCP-Protocol-Version': revision, 'Mcp-Method': 'tools/call', 'Mcp-Name': 'points_named' };
      const kept = Object.fromEntries(Object.entries(all).filter(([name]) => name !== missing));
      const { status, error } = await site.ask('tools/call', { ...call, _meta: meta }, kept);
      expect({ status, code: error?.code }).eql({ status: 400, code: -32020 });
    });
  }

  it('takes headers in any case, with spaces around, and in base64', async () => {
    const base64 = `=?base64?${Buffer.from('points_named').toString('base64')}?=`;
    for (const name of ['  points_named  ', base64]) {
      const all = { 'mcp-protocol-version': revision, 'MCP-METHOD': ' tools/call ', 'mcp-name': name };
      expect(await site.ask('tools/call', { ...call, _meta: meta }, all)).include({ status: 200 });
    }
  });

  it('takes notifications, and nothing that it has not asked for', async () => {
    const said = { 'MCP-Protocol-Version': revision };
    expect(await site.post('{"jsonrpc":"2.0","method":"notifications/cancelled"}', said)).eql({
      status: 202,
      text: '',
    });
    expect(await site.post('{"jsonrpc":"2.0","id":1,"result":{}}', said)).include({ status: 400 });
    const other = { ...said, 'Mcp-Method': 'x' };
    expect(await site.post('{"jsonrpc":"2.0","method":"notifications/cancelled"}', other))
      .include({ status: 400 })
      .nested.include({ 'error.code': -32020 });
  });
});
