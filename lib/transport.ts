import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import getRawBody from 'raw-body';
import type { Deadlines } from './deadline.ts';
import { exchange } from './exchange.ts';
import { Fault } from './fault.ts';
import { door, type Visitor, visitorOf } from './gates/door.ts';
import type { FloodLimit } from './gates/flood.ts';
import type { HandlerCall } from './handler-call.ts';
import type { Log } from './log.ts';
import type { Protocol, RequestHead, WireRequest, WireResponse } from './protocol.ts';
import type { Match } from './router.ts';
import type { Site } from './site.ts';

/** What the transport needs of its server. */
export interface Host {
  readonly match: (path: string) => Match | undefined;
  readonly site: () => Site;
  readonly deadlines: Deadlines;
  readonly flood: FloodLimit;
  readonly log: Log;
  /** Whether the server takes no more work, and why: draining, or too many connections. */
  readonly refusal: () => Fault | undefined;
}

/** Answers a request if its path is a protocol's; `path` is given where a mount has cut it. */
export type Transport = (request: IncomingMessage, response: ServerResponse, path?: string) => boolean;

/** Ids of requests: unique in the process, and hard to guess from outside. */
const idPrefix = randomBytes(6).toString('hex');
let idCount = 0;

/** One exchange on its way: what the steps of a request share. */
interface Visit {
  readonly host: Host;
  readonly site: Site;
  readonly protocol: Protocol;
  readonly head: RequestHead;
  readonly visitor: Visitor;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** From a Node request to a Node response: door → document or body → exchange → answer. */
export function createTransport(host: Host): Transport {
  return (request, response, mounted) => {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const path = mounted ?? (mark === -1 ? url : url.slice(0, mark));
    const match = host.match(path);
    if (match === undefined) return false;
    const site = host.site();
    const visitor = visitorOf(request, site);
    const query = mark === -1 ? '' : url.slice(mark + 1);
    const head = headOf(request, visitor, path, match.tail, query);
    const visit: Visit = { host, site, protocol: match.protocol, head, visitor, request, response };
    const refusal = host.refusal() ?? door(request, visitor, match.protocol, site, host.flood);
    if (refusal === undefined) receive(visit, match.route.methods);
    else refuse(visit, refusal);
    return true;
  };
}

function headOf(request: IncomingMessage, visitor: Visitor, path: string, tail: string, query: string): RequestHead {
  return {
    method: request.method ?? 'GET',
    path,
    tail,
    query,
    headers: request.headers,
    requestId: `${idPrefix}-${(++idCount).toString(36)}`,
    address: visitor.address,
    origin: visitor.origin,
  };
}

/** What passes the door: a preflight, a document, a call without body, or a body to read. */
function receive(visit: Visit, methods: readonly string[]): void {
  const { head, protocol, site, request } = visit;
  if (head.method === 'OPTIONS') {
    const allow = [...methods, 'OPTIONS'].join(', ');
    send(visit, { status: 204, headers: { Allow: allow, ...preflight(visit, allow) }, body: '' });
    return;
  }
  if (head.method === 'GET' || head.method === 'HEAD') {
    const document = protocol.document?.(head, site);
    if (document !== undefined) {
      send(visit, document);
      return;
    }
  }
  if (!methods.includes(head.method)) {
    refuse(
      visit,
      new Fault('method-not-allowed', `This address answers ${methods.join(', ')}`, { allow: methods, gate: 'method' }),
    );
    return;
  }
  if (head.method !== 'POST') {
    call(visit, Buffer.alloc(0));
    return;
  }
  const problem = bodyProblem(request, site.bodyLimit);
  if (problem !== undefined) refuse(visit, problem);
  else readBody(visit);
}

/** What a browser asks before a page of another origin may call (Fetch standard §3.2.2). */
function preflight({ visitor, request }: Visit, allow: string): Record<string, string> {
  if (visitor.cors === undefined || request.headers['access-control-request-method'] === undefined) return {};
  return {
    'Access-Control-Allow-Methods': allow,
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, Idempotency-Key, SOAPAction, X-API-Key',
    'Access-Control-Max-Age': '600',
  };
}

/** What is wrong with a body before any of it is read. */
function bodyProblem({ headers }: IncomingMessage, limit: number): Fault | undefined {
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    return new Fault('unsupported-media-type', 'Compressed requests are not taken', { gate: 'body' });
  }
  const length = headers['content-length'];
  return length !== undefined && Number(length) > limit ? tooLarge(limit) : undefined;
}

function tooLarge(limit: number): Fault {
  return new Fault('too-large', `The request has more than ${limit} bytes`, { gate: 'body' });
}

function readBody(visit: Visit): void {
  const { request, response, site } = visit;
  if (request.headers.expect !== undefined) response.writeContinue();
  getRawBody(request, { limit: site.bodyLimit, length: request.headers['content-length'] ?? null }, (error, body) => {
    if (!error) call(visit, body);
    else if (error.type === 'entity.too.large') refuse(visit, tooLarge(site.bodyLimit));
    else if (!request.destroyed)
      refuse(visit, new Fault('malformed', 'The body is not as long as announced', { cause: error }));
  });
}

/** Runs the message and sends the answer, now or once its handlers are done. */
function call(visit: Visit, body: Buffer): void {
  const { head, host, protocol, response, site } = visit;
  const pending: HandlerCall[] = [];
  const scope = {
    site,
    protocol,
    caller: {},
    requestId: head.requestId,
    deadlines: host.deadlines,
    onPending: (handler: HandlerCall) => pending.push(handler),
  };
  const request: WireRequest = { ...head, body };
  const answer = exchange(request, protocol, scope, host.log);
  if (!(answer instanceof Promise)) {
    send(visit, answer);
    return;
  }
  response.once('close', () => {
    if (response.writableFinished) return;
    for (const handler of pending) handler.abort(new Fault('timeout', 'The caller went away', { gate: 'caller' }));
  });
  answer.then(
    (done) => send(visit, done),
    (reason: unknown) => refuse(visit, Fault.from(reason)),
  );
}

/** Answers with a fault in the protocol's own form, without a message to repeat anything of. */
function refuse(visit: Visit, fault: Fault): void {
  const { head, host, protocol, request, response, site } = visit;
  host.log.call({ requestId: head.requestId, protocol: protocol.name, function: '', fault, duration: 0 });
  if (!request.complete && head.method === 'POST') hangUp(request, response);
  const answer = protocol.encode([{ ok: false, fn: undefined, fault }], protocol.blank(head), head.requestId, site);
  send(visit, fault.gate === 'headers' ? { ...answer, status: 431 } : answer);
}

/** Ends a connection whose body nobody will read: the answer goes out, what still arrives is dropped for a moment. */
function hangUp(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  request.resume();
  response.once('finish', () => setTimeout(() => request.destroy(), 1_000).unref());
}

/** Sends an answer: encoded once, its length known. */
function send({ visitor, head, response, host }: Visit, answer: WireResponse): void {
  if (response.headersSent || response.destroyed) return;
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const headers: Record<string, string | number> = {
    ...answer.headers,
    'X-Request-Id': head.requestId,
    'X-Content-Type-Options': 'nosniff',
  };
  if (answer.status !== 204) headers['Content-Length'] = body.length;
  if (visitor.cors !== undefined) {
    headers['Access-Control-Allow-Origin'] = visitor.cors;
    headers['Access-Control-Expose-Headers'] = 'X-Request-Id, Retry-After';
    headers['Vary'] = 'Origin';
  }
  if (host.refusal() !== undefined) headers['Connection'] = 'close';
  response.writeHead(answer.status, headers);
  response.end(head.method === 'HEAD' || answer.status === 204 ? undefined : body);
}
