import { Fault } from '../../lib/fault.ts';
import { type ParsedJson, parseJsonBody } from '../../lib/json/parse.ts';
import { parseJsonInTurns } from '../../lib/json/parse-in-turns.ts';
import type { Call, Decoded, WireRequest } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import type { Turn } from '../../lib/turn.ts';
import { handshakeProblem, isStateless, notificationProblem, type Problem, statelessProblem } from './envelope.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import type { McpMember, McpNote } from './index.ts';
import { type Asked, callOfMethod, ownCall } from './methods.ts';
import { batchRevision } from './revisions.ts';

/** A message of JSON-RPC, or a batch of them (MCP "Streamable HTTP", Sending Messages to the Server). */
export function decode(request: WireRequest, site: Site): Decoded<McpNote> {
  try {
    return message(parseJsonBody(request.body, contentType(request), site.settings.limits), request, site);
  } catch (reason) {
    return refused(reason);
  }
}

/** The same for a large one. */
export async function decodeInTurns(request: WireRequest, site: Site, turn: Turn): Promise<Decoded<McpNote>> {
  try {
    const parsed = await parseJsonInTurns(request.body, contentType(request), site.settings.limits, turn);
    return message(parsed, request, site);
  } catch (reason) {
    return refused(reason);
  }
}

function refused(reason: unknown): Decoded<McpNote> {
  const members: readonly McpMember[] = [{ id: 'null', kind: 'method' }];
  return { calls: [Fault.from(reason)], note: { stateless: false, batch: false, members } };
}

function contentType({ headers }: WireRequest): string {
  const type = headers['content-type'] ?? '';
  if (type.split(';', 1)[0]?.trim().toLowerCase() === 'application/json') return type;
  throw new Fault('unsupported-media-type', 'Send application/json');
}

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
