import { t } from '../../lib/builders.ts';
import { type AnyFunction, define } from '../../lib/define.ts';
import type { Json } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { packageVersion } from '../../lib/version.ts';
import { handshakeRevisions, statelessRevisions } from './revisions.ts';
import { toolOf } from './tool.ts';
import { callable, describeFunction, searchFunctions, toolboxTools } from './toolbox.ts';

let info: string | undefined;

/** Who answers, as JSON text (MCP "Implementation"). */
export function serverInfo(): string {
  info ??= JSON.stringify({ name: 'polywire', title: 'Polywire', version: packageVersion() });
  return info;
}

const instructions =
  'The tools are functions of this site. Those that you may not call are not listed: with other credentials (Authorization or X-API-Key) there may be more. A call that fails says why in its text, as a JSON object with a code, a message and, for wrong arguments, the path of each.';

const capabilities = { tools: {} };

/** Whoever is refused as a caller is refused here too; a greeting costs no quota. */
const free = { effect: 'read', quota: { weight: 0 } } as const;

/** The handshake of revisions that have one (MCP 2025-11-25 "Lifecycle"). */
const initialize = define('mcp/initialize', {
  description: 'Agrees on a revision: the one that was asked for, or the newest.',
  ...free,
  params: { protocolVersion: t.string() },
  returns: t.json(),
  handler: ({ protocolVersion }) => ({
    protocolVersion: handshakeRevisions.includes(protocolVersion) ? protocolVersion : (handshakeRevisions[0] as string),
    capabilities,
    serverInfo: JSON.parse(serverInfo()) as Json,
    instructions,
  }),
});

const ping = define('mcp/ping', {
  description: 'Says that the server is there.',
  ...free,
  returns: t.json(),
  handler: () => ({}),
});

/** What replaces the handshake (MCP 2026-07-28 "Discovery"); the same for everyone. */
const discover = define('mcp/server/discover', {
  description: 'Says which revisions without a handshake are spoken, and what there is.',
  ...free,
  returns: t.json(),
  handler: () => ({
    supportedVersions: statelessRevisions,
    capabilities,
    instructions,
    ttlMs: 0,
    cacheScope: 'public',
  }),
});

/** Notifications and answers that nobody has asked for; there is nothing to do. */
const notification = define('mcp/notification', {
  description: 'Takes what is not answered.',
  ...free,
  handler: () => undefined,
});

/** The name after which a page begins, as clients see it: opaque (MCP "Pagination"). */
function cursorOf(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function nameOf(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString();
  if (cursorOf(name) === cursor && /^[\w.]+$/.test(name)) return name;
  throw new Fault('invalid-params', 'The cursor is none of ours', {
    issues: [{ path: 'cursor', code: 'format', message: 'must be the nextCursor of an answer' }],
  });
}

/** The tools of one caller: what the gates would let through, page by page, or the toolbox where that is too much. */
const list = define('mcp/tools/list', {
  description: 'Lists the tools that the caller may call.',
  effect: 'read',
  params: {
    cursor: t.optional(t.string()),
    most: t.int(),
    page: t.int(),
    toolbox: t.object('Toolbox', { search: t.string(), describe: t.string(), call: t.string() }),
    stateless: t.boolean(),
  },
  returns: t.json(),
  handler: ({ cursor, most, page, toolbox, stateless }, call) => {
    const after = cursor === undefined ? '' : nameOf(cursor);
    const functions = callable(call);
    const hints = stateless ? { ttlMs: 0, cacheScope: 'private' } : {};
    if (functions.length > most) return { tools: toolboxTools(toolbox) as unknown as Json, ...hints };
    const left = functions.filter(({ name }) => name > after);
    const tools = left.slice(0, page);
    const last = tools.at(-1);
    return {
      tools: tools.map(toolOf) as unknown as Json,
      ...(last !== undefined && left.length > page ? { nextCursor: cursorOf(last.name) } : {}),
      ...hints,
    };
  },
});

const methods: readonly AnyFunction[] = [initialize, ping, discover, notification, list];

/** What MCP has of its own. No function of a catalog has a slash in its name. */
export const ownFunctions: readonly AnyFunction[] = [...methods, searchFunctions, describeFunction];

/** Whether a function's result is a method's result as it stands, and not a tool's. */
export function isMethod(fn: AnyFunction): boolean {
  return methods.includes(fn);
}
