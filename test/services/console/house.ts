import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnyFunction, createServer, define, type PartialSettings, type Server, t } from '../../../index.ts';
import { type Answer, ask, type Plain } from '../../door/wire.ts';
import { createDatabase, type DatabaseKind } from '../../lib/store/databases.ts';

/** The pages that tests look at, by their path below `/console/`; what must never be served is among them. */
export const pageTexts: Readonly<Record<string, string>> = {
  'index.html': '<!doctype html><title>Polywire</title><script type="module" src="/console/app.js"></script>',
  'app.js': 'export {};',
  'app.css': 'body { margin: 0 }',
  'chunks/chart-ABCD2345.js': 'export const chart = 1;',
  'notes.txt': 'not for anybody',
};

export const functions: readonly AnyFunction[] = [
  define('shop.greet', {
    description: 'Greets somebody. Then it says no more.\nThis is another line.',
    effect: 'read',
    params: { name: t.string({ description: 'Whom.' }) },
    returns: t.string(),
    examples: [{ params: { name: 'Ana' } }],
    handler: ({ name }) => `Hello, ${name}!`,
  }),
  define('shop.order', {
    description: 'Orders something.',
    effect: 'write',
    access: { user: 'required', capabilities: ['shop:order'] },
    params: {
      lines: t.list(
        t.object('ShopLine', { article: t.string({ description: 'Its number.' }), count: t.int({ min: 1 }) }),
      ),
      pin: t.string({ sensitive: true }),
    },
    returns: t.object('ShopOrder', { id: t.int64({ description: 'The number of the order.' }) }),
    errors: { 'sold-out': { number: 700, status: 409, message: 'There is none left' } },
    handler: ({ lines }) => ({ id: BigInt(lines.length) }),
  }),
  define('shop.hidden', {
    description: 'In no list.',
    effect: 'read',
    listed: false,
    returns: t.string(),
    handler: () => 'found',
  }),
  define('shop.inside', {
    description: 'Never from outside.',
    effect: 'read',
    internal: true,
    returns: t.string(),
    handler: () => 'inside',
  }),
] as readonly AnyFunction[];

/** What came back of a call. */
export interface CallAnswer extends Answer {
  /** `ok` or the code of the error. */
  readonly code: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into results of every shape
  readonly result: any;
}

export type Headers = Plain['headers'];

/** A site with a console. */
export interface ConsoleHouse {
  readonly server: Server;
  readonly port: number;
  readonly host: string;
  readonly database: string | undefined;
  get(path: string, headers?: Headers, method?: string): Promise<Answer>;
  call(name: string, params?: object, headers?: Headers): Promise<CallAnswer>;
  /** Makes a user with these roles, signs in by the console, and gives the headers of the session. */
  signIn(username: string, ...roles: readonly string[]): Promise<NonNullable<Headers>>;
  admin(name: string, params?: object): Promise<unknown>;
  close(): Promise<void>;
}

export interface ConsoleHouseParts {
  readonly kind?: DatabaseKind;
  /** The database of another house. */
  readonly database?: string;
  readonly settings?: PartialSettings;
  readonly more?: readonly AnyFunction[];
  readonly pages?: Readonly<Record<string, string>>;
}

const operator = {
  user: { id: '', username: 'operator' },
  grants: [{ context: '/', capabilities: new Set(['*']) }],
};

/** The password of everybody who signs in. */
export const password = 'a-long-password';

/** Writes files of pages into a folder of its own. */
export function pagesFolder(texts = pageTexts): string {
  const folder = mkdtempSync(join(tmpdir(), 'polywire-pages-'));
  mkdirSync(join(folder, 'chunks'));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Opens a site on a database of its own, or on none. */
export async function openConsole(parts: ConsoleHouseParts = {}): Promise<ConsoleHouse> {
  const { kind, settings, more = [] } = parts;
  const own = kind === undefined ? undefined : await createDatabase(kind);
  const database = parts.database ?? own?.url;
  const folder = pagesFolder(parts.pages);
  const server = await createServer({
    functions: [...functions, ...more],
    pages: folder,
    log: false,
    ...(database === undefined ? {} : { database }),
    ...(settings === undefined ? {} : { settings }),
  });
  const { port } = await server.listen({ port: 0 });
  const host = `127.0.0.1:${port}`;
  const admin = (name: string, params: object = {}) => server.call(`admin.${name}`, { ...params }, operator);
  const call: ConsoleHouse['call'] = (name, params = {}, headers = []) =>
    post(port, JSON.stringify({ function: name, params }), [['Content-Type', 'application/json'], ...headers]);
  return {
    server,
    port,
    host,
    database,
    get: (path, headers = [], method = 'GET') => ask(port, { method, path, headers: withHost(host, headers) }),
    call,
    admin,
    signIn: async (username, ...roles) => {
      await admin('create_user', { username, name: username, password });
      for (const role of roles) await admin('assign_role', { user: username, role });
      return sessionOf(await call('auth.startsession', { username, password }));
    },
    close: async () => {
      await server.close(0);
      await own?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The headers of a session that has begun. */
export function sessionOf({ headers, result, body }: CallAnswer): NonNullable<Headers> {
  const cookie = headers['set-cookie']?.split(';', 1)[0];
  if (cookie === undefined) throw new Error(`no session: ${body}`);
  return [
    ['Cookie', cookie],
    ['X-CSRF-Token', result.csrf],
  ];
}

function withHost(host: string, headers: NonNullable<Headers>): NonNullable<Headers> {
  return headers.some(([name]) => name === 'Host') ? headers : [['Host', host], ...headers];
}

/** Posts a body to the console's calls. */
export async function post(port: number, body: string, headers: NonNullable<Headers>): Promise<CallAnswer> {
  const answer = await ask(port, { path: '/console/call', body, headers: withHost(`127.0.0.1:${port}`, headers) });
  const { status, error, result } = JSON.parse(answer.body);
  return { ...answer, code: status === 'ok' ? 'ok' : error.code, result };
}
