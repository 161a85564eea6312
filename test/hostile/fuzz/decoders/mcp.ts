import { expect } from 'chai';
import { joinText } from '../../../../lib/chunks.ts';
import type { Protocol } from '../../../../lib/protocol.ts';
import { mcp } from '../../../../protocols/mcp/index.ts';
import { whole } from '../every-kind.ts';
import { jsonPiece } from '../json-language.ts';
import { jsonRpcDecoder, message } from '../json-rpc.ts';
import { everythings } from '../values.ts';

const revision = '2026-07-28';
const meta = `{"io.modelcontextprotocol/protocolVersion":"${revision}","io.modelcontextprotocol/clientCapabilities":{}}`;

/** The result as it stands in the structured content. */
function written(value: unknown): string {
  const members = joinText(mcp.write(whole, value, { stateless: false, batch: false, members: [] }));
  return JSON.stringify((JSON.parse(`{${members}}`) as { structuredContent: unknown }).structuredContent);
}

const tool = (name: string, params: string): string => `{"name":"${name}","arguments":${params}}`;

const seeds = everythings.map((value, i) => {
  const result = written(value);
  const direct = tool('fuzz_whole', `{"result":${result}}`);
  const kinds = [
    () => message('tools/call', direct, '"a"'),
    () => message('tools/call', tool('fuzz_fields', result), '9007199254740993'),
    () => message('tools/call', tool('call', direct)),
    () => message('tools/call', `${direct.slice(0, -1)},"_meta":${meta}}`),
    () => `[${message('tools/call', direct)},${message('tools/list', '{}', '2')},{"jsonrpc":"2.0","method":"nothing"}]`,
    () => message('tools/call', tool('search', '{"query":"fuzz whole","limit":2}')),
  ];
  return jsonPiece((kinds[i % kinds.length] as () => string)());
});

/** Headers that repeat what the seeds of the revision without a handshake say. */
const repeated = { 'mcp-protocol-version': revision, 'mcp-method': 'tools/call', 'mcp-name': 'fuzz_whole' };

interface Result {
  readonly isError?: boolean;
  readonly structuredContent?: unknown;
}

/** MCP: calls of tools, straight and through the toolbox, with a handshake and without, in batches. */
export const mcpDecoder = jsonRpcDecoder({
  protocol: mcp as Protocol,
  path: '/mcp',
  seeds,
  headers: (bytes) => (bytes.includes(revision) ? repeated : {}),
  whole: (value) => message('tools/call', tool('fuzz_whole', `{"result":${written(value)}}`)),
  silent: 202,
  expectResult: (result) => {
    const { isError, structuredContent } = (result ?? {}) as Result;
    if (isError === true) expect(structuredContent).to.equal(undefined);
  },
});
