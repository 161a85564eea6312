import { type AnyFunction, createServer, define, type PartialSettings, type Server, t } from '../../../index.ts';

/** What has been run. */
export const ran: string[] = [];

const Point = t.object('McpPoint', { x: t.int(), y: t.optional(t.int()) });

/** Functions of every sort that tools can be of. */
export const functions: readonly AnyFunction[] = [
  define('users.get_users', {
    description: 'Finds users by one field.',
    effect: 'read',
    params: {
      field: t.enum(['id', 'email'], { description: 'What to look at.' }),
      limit: t.default(t.int({ min: 1, max: 500 }), 50),
    },
    returns: t.list(Point),
    examples: [{ params: { field: 'email' } }],
    handler: () => [{ x: 1 }],
  }),
  define('points.move', {
    description: 'Moves a point.',
    effect: 'write',
    idempotent: true,
    params: { point: Point, id: t.int64() },
    returns: Point,
    handler: ({ point, id }) => {
      ran.push(`points.move ${id}`);
      return { ...point, x: point.x + 1 };
    },
  }),
  define('points.add', {
    description: 'Adds a point.',
    effect: 'write',
    destructive: false,
    deprecated: { since: '2.0', use: 'points.move' },
    returns: t.nullable(Point),
    handler: () => null,
  }),
  define('points.clear', {
    description: 'Removes all points.',
    effect: 'write',
    errors: { 'points-locked': { number: 7001, message: 'The points are locked', data: Point } },
    handler: (_, call) => call.fail('points-locked', { x: 5 }),
  }),
  define('points.named', {
    description: 'Points by their names.',
    effect: 'read',
    returns: t.map(Point),
    handler: () => ({ a: { x: 1 } }),
  }),
  define('hidden', {
    description: 'In no list.',
    effect: 'write',
    listed: false,
    handler: () => void ran.push('hidden'),
  }),
  define('internal', { description: 'For nobody.', effect: 'read', internal: true, handler: () => {} }),
  define('private.read', {
    description: 'For known people.',
    effect: 'read',
    access: { user: 'required' },
    handler: () => {},
  }),
  define('breaks', {
    description: 'Breaks.',
    effect: 'read',
    handler: () => {
      throw new Error('a secret');
    },
  }),
] as unknown as readonly AnyFunction[];

/** So many functions `many.f000`, … */
export function many(count: number): readonly AnyFunction[] {
  return Array.from({ length: count }, (_, i) =>
    define(`many.f${String(i).padStart(3, '0')}`, {
      description: `Number ${i}.`,
      effect: 'read',
      returns: t.int(),
      handler: () => i,
    }),
  ) as unknown as readonly AnyFunction[];
}

/** An answer of JSON-RPC as it came. */
export interface Said {
  readonly status: number;
  readonly text: string;
  readonly id?: unknown;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: {
    readonly code: number;
    readonly message: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** What the tests say, and where. */
export interface McpSite {
  readonly server: Server;
  readonly url: string;
  /** Posts a body as it is. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Said>;
  /** A request of a revision with a handshake. */
  ask(method: string, params?: object, headers?: Readonly<Record<string, string>>): Promise<Said>;
  /** The same without one: with its `_meta` and its headers. */
  askStateless(method: string, params?: object, headers?: Readonly<Record<string, string>>): Promise<Said>;
}

export const revision = '2026-07-28';

/** What every request without a handshake says. */
export const meta = {
  'io.modelcontextprotocol/protocolVersion': revision,
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** A listening server; closed by whoever opened it. */
export async function mcpSite(
  own: readonly AnyFunction[] = functions,
  settings: PartialSettings = {},
): Promise<McpSite> {
  const server = await createServer({
    functions: own,
    log: false,
    settings: { enablewebservices: true, enabledwsprotocols: ['mcp'], enabledwsfunctions: ['*'], ...settings },
  });
  const url = `${(await server.listen({ port: 0 })).url}/mcp`;
  const post: McpSite['post'] = async (body, headers = {}) => {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    const text = await answer.text();
    const said = text === '' || text.startsWith('[') ? {} : (JSON.parse(text) as object);
    return { status: answer.status, text, ...said };
  };
  const ask: McpSite['ask'] = (method, params, headers) =>
    post(JSON.stringify({ jsonrpc: '2.0', id: 1, method, ...(params && { params }) }), headers);
  const askStateless: McpSite['askStateless'] = (method, params = {}, headers = {}) => {
    const { name } = params as { name?: string };
    return ask(
      method,
      { ...params, _meta: meta },
      {
        'MCP-Protocol-Version': revision,
        'Mcp-Method': method,
        ...(name === undefined ? {} : { 'Mcp-Name': name }),
        ...headers,
      },
    );
  };
  return { server, url, post, ask, askStateless };
}

/** A tool as it is listed. */
export interface ListedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly outputSchema?: Readonly<Record<string, unknown>>;
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** The tools in an answer. */
export function toolsOf({ result }: Said): readonly ListedTool[] {
  return result?.['tools'] as readonly ListedTool[];
}

/** The error object in the text of a tool's result. */
export function toolError({ result }: Said): Readonly<Record<string, unknown>> {
  const content = result?.['content'] as readonly { readonly text: string }[] | undefined;
  return JSON.parse(content?.[0]?.text ?? '') as Readonly<Record<string, unknown>>;
}
