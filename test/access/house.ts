import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientRequest } from '../../client/client.ts';
import { clients, type Dialect } from '../../client/index.ts';
import { type AnyFunction, createServer, define, type PartialSettings, type Server, t } from '../../index.ts';
import type { Issue } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import type { LogTarget } from '../../lib/log.ts';
import { createDatabase } from '../lib/store/databases.ts';

/** Every way to call. */
export const dialects = Object.keys(clients) as readonly Dialect[];

/** The name of a dialect's protocol. */
export const protocolOf = (dialect: Dialect): string => (dialect === 'soap12' ? 'soap' : dialect);

/** Everything but the functions of administration on, for any dialect. */
const open: PartialSettings = {
  enablewebservices: true,
  enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
  enabledwsfunctions: [
    ...['open', 'client', 'user', 'course', 'hidden', 'heavy'].map((name) => `test.${name}`),
    'more.*',
    'auth.gettoken',
    'auth.whoami',
    'auth.revoketoken',
    'auth.renewtoken',
    'auth.renewkey',
    'auth.startsession',
    'auth.endsession',
    'auth.endsessions',
  ],
};

/** What the functions of the house have been called with. */
export const calls: string[] = [];

const marked = (text: string): string => {
  calls.push(text);
  return text;
};

/** Functions of every kind of access. */
export const functions = {
  open: define('test.open', {
    description: 'For everyone.',
    effect: 'write',
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => marked(text),
  }),
  client: define('test.client', {
    description: 'For known programs.',
    effect: 'write',
    access: { client: 'required' },
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }, call) => marked(`${text} ${call.client.name}`),
  }),
  user: define('test.user', {
    description: 'For known people.',
    effect: 'write',
    access: { user: 'required', client: 'optional' },
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }, call) => marked(`${text} ${call.user.username}`),
  }),
  course: define('test.course', {
    description: 'For those who may view a course.',
    effect: 'write',
    access: { user: 'required', capabilities: ['course:view'] },
    context: ({ course }) => `/course/${course}`,
    params: { course: t.int() },
    returns: t.string(),
    handler: ({ course }, call) => {
      if (course === 13) call.require('course:unlucky', '/course/13');
      return marked(String(course));
    },
  }),
  hidden: define('test.hidden', {
    description: 'For known people, and in no list.',
    effect: 'write',
    access: { user: 'required' },
    listed: false,
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => marked(text),
  }),
  heavy: define('test.heavy', {
    description: 'Counts as ten.',
    effect: 'write',
    access: { client: 'optional' },
    quota: { weight: 10 },
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => marked(text),
  }),
  off: define('test.off', {
    description: 'Is not among those that are on.',
    effect: 'write',
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => marked(text),
  }),
} as const;

/** How a call ended. */
export interface Ending {
  /** `ok` or the code of the fault. */
  readonly code: string;
  readonly value?: unknown;
  readonly message?: string;
  readonly issues?: readonly Issue[];
  readonly status: number;
  readonly headers: Headers;
  /** Everything that came back, as text. */
  readonly text: string;
}

/** Headers to send along, or what makes them of a finished request. */
export type More = Readonly<Record<string, string>> | ((request: ClientRequest) => Readonly<Record<string, string>>);

/** A server on a database of its own. */
export interface House {
  readonly server: Server;
  readonly url: string;
  readonly database: string;
  /** Calls a function over HTTP in a dialect. */
  call(dialect: Dialect, name: string, params: object, headers?: More, path?: string): Promise<Ending>;
  /** Runs a function of administration as the site itself. */
  admin<T = Record<string, never>>(name: string, params?: object): Promise<T>;
  close(): Promise<void>;
}

export interface HouseParts {
  readonly kind: 'sqlite' | 'postgres';
  readonly settings?: PartialSettings;
  readonly more?: readonly AnyFunction[];
  readonly secrets?: readonly string[];
  /** The database of another house, to share. */
  readonly database?: string;
  readonly redis?: string;
  readonly shared?: boolean;
  readonly log?: LogTarget;
}

/** A secret of the site, for tests. */
export const siteSecret = 'a-secret-of-the-site-for-tests-only-0123456789';

/** Who administers a house. */
const operator = {
  user: { id: '', username: 'operator' },
  grants: [{ context: '/', capabilities: new Set(['*']) }],
};

/** Opens a house. */
export async function openHouse(parts: HouseParts): Promise<House> {
  const own = parts.database === undefined ? await createDatabase(parts.kind) : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'polywire-access-'));
  const database = parts.database ?? own?.url ?? '';
  const all: readonly AnyFunction[] = [...Object.values(functions), ...(parts.more ?? [])];
  const server = await createServer({
    functions: all,
    database,
    settings: { ...open, ...parts.settings },
    secrets: parts.secrets ?? [siteSecret],
    ...(parts.redis === undefined ? {} : { redis: parts.redis }),
    ...(parts.shared === undefined ? {} : { shared: parts.shared }),
    log: parts.log ?? false,
  });
  const { url } = await server.listen({ port: 0 });
  return {
    server,
    url,
    database,
    call: (dialect, name, params, headers = {}, path) => callOver(url, server, dialect, name, params, headers, path),
    admin: async <T>(name: string, params: object = {}) =>
      (await server.call(`admin.${name}`, { ...params }, operator)) as T,
    close: async () => {
      await server.close(0);
      await own?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function callOver(
  url: string,
  server: Server,
  dialect: Dialect,
  name: string,
  params: object,
  more: More,
  path?: string,
): Promise<Ending> {
  const client = clients[dialect];
  const named: AnyFunction = server.catalog.find(name) ?? { ...functions.open, name };
  const target = { url: new URL(path ?? client.path, url), namespace: 'urn:polywire' };
  const request = client.encode(named, params as Readonly<Record<string, unknown>>, target);
  const response = await fetch(request.url, {
    method: request.method,
    headers: { ...request.headers, ...(typeof more === 'function' ? more(request) : more) },
    ...(request.method === 'GET' ? {} : { body: request.body }),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const contentType = response.headers.get('content-type') ?? '';
  const answer = client.decode(named, { status: response.status, contentType, body }, new Issues());
  const common = { status: response.status, headers: response.headers, text: body.toString() };
  return answer.ok
    ? { ...common, code: 'ok', value: answer.value }
    : { ...common, code: answer.code, message: answer.message, issues: answer.issues };
}
