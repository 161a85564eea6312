import { expect } from 'chai';
import { joinText } from '../../../../lib/chunks.ts';
import type { Protocol } from '../../../../lib/protocol.ts';
import { mcp } from '../../../../protocols/mcp/index.ts';
import type { Decoder, Shot } from '../decoder.ts';
import { fuzzSite, seizure, whole } from '../every-kind.ts';
import { exchanged, expectExchange, wireRequest } from '../exchange.ts';
import { json, jsonPiece } from '../json-language.ts';
import { shots, texts } from '../shots.ts';
import { everythings } from '../values.ts';

const protocol = mcp as Protocol;
const site = fuzzSite();
const revision = '2026-07-28';
const meta = `{"io.modelcontextprotocol/protocolVersion":"${revision}","io.modelcontextprotocol/clientCapabilities":{}}`;

/** The result as it stands in the structured content. */
function written(value: unknown): string {
  const members = joinText(mcp.write(whole, value, { stateless: false, batch: false, members: [] }));
  return JSON.stringify((JSON.parse(`{${members}}`) as { structuredContent: unknown }).structuredContent);
}

function message(method: string, params: string, id = '1'): string {
  return `{"jsonrpc":"2.0","id":${id},"method":"${method}","params":${params}}`;
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

function exchange({ bytes, type }: Shot) {
  const headers = { 'content-type': type ?? 'application/json', ...(bytes.includes(revision) ? repeated : {}) };
  return exchanged(protocol, site, wireRequest({ path: '/mcp', headers, body: Buffer.from(bytes, 'latin1') }));
}

function expectRoundTrip(value: unknown): void {
  const text = message('tools/call', tool('fuzz_whole', `{"result":${written(value)}}`));
  const bytes = Buffer.from(text).toString('latin1');
  const { outcomes } = exchange({ bytes });
  expect(
    outcomes.map(({ ok }) => ok),
    bytes,
  ).to.deep.equal([true]);
  expect(seizure.params).to.deep.equal(value);
}

interface Response {
  readonly jsonrpc: string;
  readonly id: unknown;
  readonly result?: { readonly isError?: boolean; readonly structuredContent?: unknown };
}

/** MCP "Responses", and what every result of a tool has that is no error. */
function expectResponse(response: Response): void {
  expect(response.jsonrpc).to.equal('2.0');
  expect(Object.hasOwn(response, 'id')).to.equal(true);
  expect(Object.hasOwn(response, 'result')).to.not.equal(Object.hasOwn(response, 'error'));
  if (response.result?.isError === true) expect(response.result.structuredContent).to.equal(undefined);
}

/** MCP: calls of tools, straight and through the toolbox, with a handshake and without, in batches. */
export const mcpDecoder: Decoder = {
  name: 'mcp',
  shots: shots(texts(seeds, json), [
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=latin1',
    'text/json',
  ]),
  act: exchange,
  check: (shot) => {
    const done = exchange(shot);
    const verdict = expectExchange(done, shot.bytes.length);
    if (done.response.status === 202) expect(done.body).to.equal('');
    else {
      const answer = JSON.parse(done.body) as Response | readonly Response[];
      for (const response of Array.isArray(answer) ? answer : [answer]) expectResponse(response as Response);
    }
    if (seizure.params !== undefined) expectRoundTrip(seizure.params);
    return verdict;
  },
  tokens: json.tokens,
  most: 131_072,
};
