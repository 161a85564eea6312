import { Fault } from '../../lib/fault.ts';
import { jsonDecoder } from '../../lib/json/decoder.ts';
import type { ParsedJson } from '../../lib/json/parse.ts';
import type { Call, Decoded, WireRequest } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { handshakeProblem, isStateless, notificationProblem, type Problem, statelessProblem } from './envelope.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import type { McpMember, McpNote } from './index.ts';
import { type Asked, callOfMethod, ownCall } from './methods.ts';
import { batchRevision } from './revisions.ts';

/** What an answer repeats where there was no message. */
export const blank: McpNote = { stateless: false, batch: false, members: [{ id: 'null', kind: 'method' }] };

/** A message of JSON-RPC, or a batch of them (MCP "Streamable HTTP", Sending Messages to the Server). */
export const { decode, decodeInTurns } = jsonDecoder({ mediaTypes: ['application/json'], message, blank });

function message(parsed: ParsedJson, request: WireRequest, site: Site): Decoded<McpNote> {
  return Array.isArray(parsed.value) ? batch(parsed.value, parsed, request, site) : single(parsed, request, site);
}

interface Read {
  readonly call: Call | Fault;
  readonly member: McpMember;
}

function single(parsed: ParsedJson, request: WireRequest, site: Site): Decoded<McpNote> {
  const incoming = readIncoming(parsed.value);
  const stateless = !(incoming instanceof Fault) && isStateless(incoming, request);
  const { call, member } = read(incoming, { parsed, request, site, stateless, inBatch: false });
  return { calls: [call], note: { stateless, batch: false, members: [member] } };
}

/** Batches came with one revision and went with the next. */
function batch(values: readonly unknown[], parsed: ParsedJson, request: WireRequest, site: Site): Decoded<McpNote> {
  const most = site.settings.limits.batch;
  const revision = request.headers['mcp-protocol-version'] ?? batchRevision;
  if (revision !== batchRevision) throw new Fault('invalid-request', `Batches are of revision ${batchRevision} only`);
  if (values.length === 0) throw new Fault('invalid-request', 'The batch is empty');
  if (values.length > most) throw new Fault('too-large', `The batch has more than ${most} calls`);
  const all = values.map((value) =>
    read(readIncoming(value), { parsed, request, site, stateless: false, inBatch: true }),
  );
  return {
    calls: all.map(({ call }) => call),
    note: { stateless: false, batch: true, members: all.map(({ member }) => member) },
  };
}

/** What one message asks for, once its envelope is as the revision has it. */
function read(incoming: Incoming | Fault, asked: Asked): Read {
  if (incoming instanceof Fault) return { call: incoming, member: { id: 'null', kind: 'method' } };
  const { id } = incoming;
  const problem = problemOf(incoming, asked);
  if (problem !== undefined) {
    const { fault, told } = problem;
    return { call: fault, member: { id: id ?? 'null', kind: 'method', ...(told !== undefined && { told }) } };
  }
  if (id === undefined) return { call: ownCall('mcp/notification', asked, {}), member: { id, kind: 'method' } };
  const { call, kind } = callOfMethod(incoming, asked);
  return { call, member: { id, kind } };
}

function problemOf(incoming: Incoming, { request, stateless, inBatch }: Asked): Problem | undefined {
  if (inBatch && (incoming.method === 'initialize' || isStateless(incoming, request))) {
    return { fault: new Fault('invalid-request', 'This is not sent in a batch') };
  }
  if (!stateless) return handshakeProblem(incoming, request);
  return incoming.id === undefined ? notificationProblem(incoming, request) : statelessProblem(incoming, request);
}
