import { Fault } from '../../lib/fault.ts';
import { isJsonObject } from '../../lib/json/object.ts';
import type { WireRequest } from '../../lib/protocol.ts';
import { type Incoming, type JsonObject, memberOf } from './incoming.ts';
import type { Told } from './index.ts';
import { handshakeRevisions, metaKeys, statelessRevisions } from './revisions.ts';

/** What is wrong with the revision that a message names, or with what its headers repeat of it. */
export interface Problem {
  readonly fault: Fault;
  readonly told?: Told;
}

type Headed = Pick<WireRequest, 'headers'>;

function header({ headers }: Headed, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function metaOf({ params }: Incoming): JsonObject | undefined {
  const meta = memberOf(params, '_meta');
  return isJsonObject(meta) ? meta : undefined;
}

/** Whether a message is of a revision without a handshake: it says so itself, or its header does. */
export function isStateless(incoming: Incoming, request: Headed): boolean {
  const meta = metaOf(incoming);
  if (meta !== undefined && Object.hasOwn(meta, metaKeys.version)) return true;
  return statelessRevisions.includes(header(request, 'mcp-protocol-version') ?? '');
}

/** A revision that is not spoken (MCP 2026-07-28 "UnsupportedProtocolVersionError"). */
function unsupported(requested: string, supported: readonly string[]): Problem {
  return {
    fault: new Fault('version-mismatch', `This server speaks the revisions ${supported.join(', ')}`),
    told: { number: -32022, data: { supported, requested } },
  };
}

/** A header that is missing or says something else than the message (MCP 2026-07-28 "HeaderMismatch"). */
function mismatch(name: string, problem: string): Problem {
  return {
    fault: new Fault('invalid-request', `The header ${name} ${problem}`),
    told: { number: -32020, data: {} },
  };
}

/** What of `_meta` is missing or has another form (MCP 2026-07-28 "Request Metadata"). */
function metaProblem(incoming: Incoming): Problem | undefined {
  const meta = metaOf(incoming) ?? {};
  const issues: { path: string; code: string; message: string }[] = [];
  const check = (key: string, fits: (value: unknown) => boolean, message: string, optional = false): void => {
    const value = memberOf(meta, key);
    const path = `_meta/${key}`;
    if (value === undefined) {
      if (!optional) issues.push({ path, code: 'required', message: 'is missing' });
    } else if (!fits(value)) issues.push({ path, code: 'type', message });
  };
  check(metaKeys.version, (value) => typeof value === 'string', 'must be text');
  check(metaKeys.capabilities, isJsonObject, 'must be an object');
  check(metaKeys.client, isImplementation, 'must be an object with a name and a version', true);
  if (issues.length === 0) return undefined;
  return {
    fault: new Fault('invalid-params', 'The request does not say what every request must', { issues }),
    told: { number: -32602, data: {} },
  };
}

function isImplementation(value: unknown): boolean {
  return isJsonObject(value) && ['name', 'version'].every((name) => typeof memberOf(value, name) === 'string');
}

/** What is wrong with a request of a revision without a handshake: in `_meta`, or in the headers that repeat its message. */
export function statelessProblem(incoming: Incoming, request: Headed): Problem | undefined {
  const problem = metaProblem(incoming);
  if (problem !== undefined) return problem;
  const revision = String(metaOf(incoming)?.[metaKeys.version]);
  const named = header(request, 'mcp-protocol-version');
  if (named !== revision) return mismatch('MCP-Protocol-Version', `must be ${revision}`);
  if (!statelessRevisions.includes(revision)) return unsupported(revision, statelessRevisions);
  if (header(request, 'mcp-method') !== incoming.method) return mismatch('Mcp-Method', 'must name the method');
  const name = memberOf(incoming.params, 'name');
  if (incoming.method !== 'tools/call' || typeof name !== 'string') return undefined;
  return decoded(header(request, 'mcp-name') ?? '') === name
    ? undefined
    : mismatch('Mcp-Name', 'must be the name of the tool');
}

/** A value of a header: as it stands, or in base64 between marks (MCP 2026-07-28 "Value Encoding"). */
function decoded(value: string): string | undefined {
  const [, base64] = /^=\?base64\?(.*)\?=$/.exec(value) ?? [];
  if (base64 === undefined) return value;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes.toString('utf8') : undefined;
}

/** Nothing is done for a notification; what it repeats in headers must be right all the same. */
export function notificationProblem(incoming: Incoming, request: Headed): Problem | undefined {
  if (incoming.method === '') return { fault: new Fault('invalid-request', 'This server has asked for nothing') };
  const method = header(request, 'mcp-method') ?? incoming.method;
  return method === incoming.method ? undefined : mismatch('Mcp-Method', 'must name the method');
}

/** What is wrong with a message of a revision with a handshake: its header (MCP 2025-06-18 "Protocol Version Header"). */
export function handshakeProblem({ method }: Incoming, request: Headed): Problem | undefined {
  const named = header(request, 'mcp-protocol-version');
  if (named === undefined || method === 'initialize' || handshakeRevisions.includes(named)) return undefined;
  return unsupported(named, [...statelessRevisions, ...handshakeRevisions]);
}
