import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import Koa from 'koa';
import type { Access } from './access.ts';
import type { Catalog } from './catalog.ts';
import { Deadlines } from './deadline.ts';
import { Fault } from './fault.ts';
import { FloodLimit } from './gates/flood.ts';
import { serveInOrder } from './in-order.ts';
import { type Caller, callInside } from './inside.ts';
import { LargeBodies } from './large-bodies.ts';
import type { Log } from './log.ts';
import type { Exposition } from './observe/exposition.ts';
import { family } from './observe/families.ts';
import { Observer } from './observe/observer.ts';
import { askedPath, knowsDetails, pageOf, readsMetrics, refusedPage } from './pages.ts';
import type { Protocol } from './protocol.ts';
import { createRouter } from './router.ts';
import type { Limits, SettingsStore } from './settings.ts';
import type { Site } from './site.ts';
import { createTransport, type Transport } from './transport.ts';

/** The parts that a server is put together from. */
export interface Parts {
  readonly catalog: Catalog;
  /** The site of the moment. */
  readonly site: () => Site;
  readonly protocols: readonly Protocol[];
  /** Documents that belong to no one protocol, and what refuses in their place. */
  readonly documents?: readonly Protocol[];
  readonly settings: SettingsStore;
  readonly log: Log;
  /** Keeps the numbers; one of the server's own if left out. */
  readonly observer?: Observer;
  /** How callers are known; undefined where everyone is nobody. */
  readonly access?: Access | undefined;
  /** Whether what the server stands on is there: false makes `/readyz` say 503. */
  readonly ready?: () => boolean;
  /** Lets go of what belongs to the server, once it has stopped. */
  readonly release?: () => Promise<void>;
}

export interface ListenOptions {
  /** 0 picks a free port; 8080 if left out. */
  readonly port?: number;
  /** 127.0.0.1 if left out. */
  readonly host?: string;
}

/** A server of functions. */
export interface Server {
  /** Switches and settings, which may be changed while the server runs. */
  readonly settings: SettingsStore;
  /** Every function that there is, on or off. */
  readonly catalog: Catalog;
  /** Starts to listen, once. */
  listen(options?: ListenOptions): Promise<{ readonly url: string; readonly port: number }>;
  /**
   * Calls a function in process: through reading, validation and result checks, past the switches.
   * @throws Fault
   */
  call(name: string, params?: Readonly<Record<string, unknown>>, caller?: Caller): Promise<unknown>;
  /** What `/metrics` answers, for servers that are mounted elsewhere: as OpenMetrics where `accept` prefers that. */
  metrics(accept?: string): Promise<Exposition>;
  /** Koa middleware that answers the protocols' paths and passes all others on. */
  koa(): Koa.Middleware;
  /** Stops taking calls, lets those in flight finish (at most so many milliseconds, 30,000 if left out), and lets go of everything. */
  close(grace?: number): Promise<void>;
}

/** Puts a server together. */
export function assemble(parts: Parts): Server {
  const { observer = new Observer(), site } = parts;
  const log = observer.counting(parts.log);
  observer.know(parts.catalog, parts.protocols);
  const state: Connections = { draining: false, count: 0, silent: new Set(), surplus: new WeakSet() };
  observer.add(() => [family('polywire_connections_open', [{ labels: {}, value: state.count }])]);
  const deadlines = new Deadlines();
  const transport = createTransport({
    match: createRouter([...parts.protocols, ...(parts.documents ?? [])]),
    site,
    deadlines,
    flood: new FloodLimit(),
    largeBodies: new LargeBodies(),
    log,
    observer,
    access: parts.access,
    refusal: (socket) => {
      if (state.draining)
        return new Fault('unavailable', 'The server is shutting down', { retryAfter: 5, gate: 'draining' });
      return state.surplus.has(socket)
        ? new Fault('unavailable', 'Too many connections', { retryAfter: 5, gate: 'connections' })
        : undefined;
    },
  });
  let http: HttpServer | undefined;
  return {
    settings: parts.settings,
    catalog: parts.catalog,
    call: (name, params = {}, caller = {}) => callInside(name, params, caller, site(), deadlines, log),
    metrics: (accept) => observer.page(accept),
    koa: () => async (context, next) => {
      if (!transport(context.req, context.res, mountedPath(context))) return next();
      context.respond = false;
      return undefined;
    },
    listen: async ({ port = 8080, host = '127.0.0.1' } = {}) => {
      if (http?.listening) throw new Error('The server listens already');
      http = createListener(
        transport,
        sitePages(parts, observer, () => {
          if (state.draining) return 'draining';
          return parts.ready?.() === false ? 'the store is away' : undefined;
        }),
        site().settings.limits,
        parts.log,
      );
      observer.begin();
      countConnections(http, state, () => site().settings.limits.connections);
      return listening(http, port, host);
    },
    close: async (grace = 30_000) => {
      state.draining = true;
      if (http !== undefined) await drain(http, grace, state.silent);
      parts.settings.close();
      await parts.release?.();
      parts.log.flush();
    },
  };
}

/** The path below where we are mounted; one that is nobody's where the request names a broken URL, of which Koa's own throws. */
function mountedPath(context: Koa.Context): string {
  try {
    return context.path;
  } catch {
    return '';
  }
}

/** The connections of a server. */
interface Connections {
  draining: boolean;
  count: number;
  /** Those that have not asked for anything yet: Node does not count them among the idle ones. */
  readonly silent: Set<Socket>;
  /** Those beyond the limit: they are refused, and not those that were there before them. */
  readonly surplus: WeakSet<Socket>;
}

/** Keeps count of connections, of those that are silent, and of those that are too many. */
function countConnections(http: HttpServer, state: Connections, limit: () => number): void {
  const { silent, surplus } = state;
  http.on('connection', (socket: Socket) => {
    if (++state.count > limit()) surplus.add(socket);
    silent.add(socket);
    socket.once('close', () => {
      state.count--;
      silent.delete(socket);
    });
  });
  http.prependListener('request', ({ socket }) => silent.delete(socket));
  http.prependListener('checkContinue', ({ socket }) => silent.delete(socket));
}

/** A Node server with every limit of its own set (DESIGN §8). */
function createListener(
  transport: Transport,
  pages: ReturnType<Koa['callback']>,
  limits: Limits,
  log: Log,
): HttpServer {
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    if (!transport(request, response)) void pages(request, response);
  };
  const http = createHttpServer({
    maxHeaderSize: 16_384,
    requireHostHeader: false, // we require it ourselves, on the record
    headersTimeout: limits.headersTimeout,
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: limits.keepAliveTimeout,
    connectionsCheckingInterval: 5_000,
  });
  http.maxHeadersCount = 0;
  http.maxConnections = limits.connections + 1_000;
  serveInOrder(http, listener, log);
  return http;
}

/** What is not a protocol's, through Koa, which hosts the site. */
function sitePages(
  { protocols, site }: Parts,
  observer: Observer,
  /** Why the server is not ready. */
  reason: () => string | undefined,
): ReturnType<Koa['callback']> {
  const app = new Koa();
  app.silent = true;
  app.use(async (context, next) => {
    context.set('X-Content-Type-Options', 'nosniff');
    if (askedPath(context.req) !== '/metrics' || !readsMetrics(context.req, site())) return next();
    const { contentType, body } = await observer.page(context.get('Accept'));
    context.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' });
    context.body = body;
  });
  app.use(async (context) => {
    const why = reason();
    const details = knowsDetails(context.req) ? why : undefined;
    const page = pageOf(askedPath(context.req), site(), protocols, why !== undefined, details);
    const { status, body, allow } = refusedPage(context.req, page) ?? page;
    context.status = status;
    context.body = body;
    if (allow !== undefined) context.set('Allow', allow);
  });
  return app.callback();
}

function listening(
  http: HttpServer,
  port: number,
  host: string,
): Promise<{ readonly url: string; readonly port: number }> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      const bound = (http.address() as AddressInfo).port;
      resolve({ url: `http://${nameOf(host)}:${bound}`, port: bound });
    });
  });
}

/** How a host is called in addresses: one that stands for all of this machine's by one that it has. */
function nameOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** New connections are refused at once, idle ones closed; what is in flight gets `grace` milliseconds. */
function drain(http: HttpServer, grace: number, silent: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => http.closeAllConnections(), grace);
    http.close(() => {
      clearTimeout(late);
      resolve();
    });
    http.closeIdleConnections();
    for (const socket of silent) socket.destroy();
  });
}
