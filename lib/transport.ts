import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeText } from './chunks.ts';
import type { Deadlines } from './deadline.ts';
import { exchange } from './exchange.ts';
import { Fault } from './fault.ts';
import { door, type Visitor, visitorOf } from './gates/door.ts';
import type { FloodLimit } from './gates/flood.ts';
import type { Log } from './log.ts';
import type { Scope } from './pipeline.ts';
import type { WireRequest, WireResponse } from './protocol.ts';
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

/** One request on its way: what its steps share. */
interface Visit {
  readonly host: Host;
  readonly site: Site;
  readonly match: Match;
  readonly visitor: Visitor;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly path: string;
  readonly query: string;
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
    const requestId = `${idPrefix}-${(++idCount).toString(36)}`;
    const visit: Visit = { host, site, match, visitor, request, response, requestId, path, query };
    const refusal = host.refusal() ?? door(request, visitor, match.protocol, site, host.flood);
    guarded(visit, () => (refusal === undefined ? receive(visit) : refuse(visit, refusal)));
    return true;
  };
}

const noBody = Buffer.alloc(0);

function wireRequest({ request, match, visitor, requestId, path, query }: Visit, body: Buffer): WireRequest {
  return {
    method: request.method ?? 'GET',
    path,
    tail: match.tail,
    query,
    headers: request.headers,
    requestId,
    address: visitor.address,
    origin: visitor.origin,
    body,
  };
}

/** What passes the door: a call with a body to read, one without, a document, or a preflight. */
function receive(visit: Visit): void {
  const { methods } = visit.match.route;
  const method = visit.request.method ?? 'GET';
  const served = methods.includes(method);
  if (method === 'OPTIONS') answerOptions(visit, [...methods, 'OPTIONS'].join(', '));
  else if (method === 'POST' && served) receiveBody(visit);
  else if (method === 'GET' || method === 'HEAD') receiveBare(visit, served);
  else refuse(visit, notAllowed(methods));
}

function answerOptions(visit: Visit, allow: string): void {
  send(visit, { status: 204, headers: { Allow: allow, ...preflight(visit, allow) }, body: '' });
}

function receiveBody(visit: Visit): void {
  const problem = bodyProblem(visit.request, visit.site.bodyLimit);
  if (problem === undefined) readBody(visit);
  else refuse(visit, problem);
}

function receiveBare(visit: Visit, served: boolean): void {
  const { match, site } = visit;
  const document = match.protocol.document?.(wireRequest(visit, noBody), site);
  if (document !== undefined) send(visit, document);
  else if (served) call(visit, noBody);
  else refuse(visit, notAllowed(match.route.methods));
}

function notAllowed(methods: readonly string[]): Fault {
  const message = `This address answers ${methods.join(', ')}`;
  return new Fault('method-not-allowed', message, { allow: methods, gate: 'method' });
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

/**
 * Reads the body once, as bytes, and not a byte beyond the limit. A body that ends early ends its connection: nothing
 * runs, and nobody is left to answer.
 */
function readBody(visit: Visit): void {
  const { request, response, site } = visit;
  const chunks: Buffer[] = [];
  let size = 0;
  if (request.headers.expect !== undefined && request.httpVersion !== '1.0') response.writeContinue();
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= site.bodyLimit) chunks.push(chunk);
    else {
      request.removeAllListeners('data').removeAllListeners('end');
      refuse(visit, tooLarge(site.bodyLimit));
    }
  });
  request.on('end', () =>
    guarded(visit, () => call(visit, chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks))),
  );
}

/** Whatever breaks outside of a call ends its own request and never the process. */
function guarded(visit: Visit, step: () => void): void {
  try {
    step();
  } catch (reason) {
    const { host, requestId, response } = visit;
    host.log.events.error({ requestId, err: reason }, 'the answer could not be made');
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { 'X-Request-Id': requestId, 'Content-Length': 0, Connection: 'close' }).end();
  }
}

/** Runs the message and sends the answer, now or once its handlers are done. */
function call(visit: Visit, body: Buffer): void {
  const { host, match, requestId, site } = visit;
  const scope: Scope = {
    site,
    protocol: match.protocol,
    caller: nobody,
    requestId,
    deadlines: host.deadlines,
    pending: undefined,
    gone: undefined,
  };
  const answer = exchange(wireRequest(visit, body), match.protocol, scope, host.log);
  if (!(answer instanceof Promise)) {
    send(visit, answer);
    return;
  }
  wait(visit, scope);
  answer.then(
    (done) => guarded(visit, () => send(visit, done)),
    (reason: unknown) => guarded(visit, () => refuse(visit, Fault.from(reason))),
  );
}

const nobody = {};

/** Waits for handlers; should the caller go away before they are done, they are told. */
function wait({ response }: Visit, scope: Scope): void {
  response.once('close', () => {
    if (response.writableFinished) return;
    scope.gone = new Fault('timeout', 'The caller went away', { gate: 'caller' });
    scope.pending?.abort(scope.gone);
  });
}

/** What HTTP itself says of broken framing, whatever the protocol: RFC 6585 §5, RFC 9112 §3.2. */
const framingStatus: Readonly<Record<string, number>> = { headers: 431, framing: 400 };

/** Answers with a fault in the protocol's own form, without a message to repeat anything of. */
function refuse(visit: Visit, fault: Fault): void {
  const { host, match, request, requestId, response, site } = visit;
  const { protocol } = match;
  host.log.call({ requestId, protocol: protocol.name, function: '', fault, ended: performance.now(), duration: 0 });
  const unread = !request.complete && request.method === 'POST';
  if (unread) hangUp(request, response);
  const blank = protocol.blank(wireRequest(visit, noBody));
  const answer = protocol.encode([{ ok: false, fn: undefined, fault }], blank, requestId, site);
  send(visit, { ...answer, status: framingStatus[fault.gate ?? ''] ?? answer.status }, unread);
}

/** Ends a connection whose body nobody will read: the answer goes out, what still arrives is dropped for a moment. */
function hangUp(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.once('finish', () => setTimeout(() => request.destroy(), 1_000).unref());
}

/**
 * Characters up to which a text goes out in one write with its headers. Longer ones are encoded once, into a buffer whose
 * length is then known: encoding is what costs there, a second write what costs here.
 */
const shortAnswer = 16_384;

function bodyOf({ body }: WireResponse): string | Buffer {
  if (typeof body === 'string') return body.length > shortAnswer ? Buffer.from(body) : body;
  return Buffer.isBuffer(body) ? body : encodeText(body);
}

/** Sends an answer with its length. */
function send({ visitor, requestId, request, response, host }: Visit, answer: WireResponse, close = false): void {
  if (response.headersSent || response.destroyed) return;
  const body = bodyOf(answer);
  const headers = ['X-Request-Id', requestId, 'X-Content-Type-Options', 'nosniff'];
  for (const name of Object.keys(answer.headers)) headers.push(name, answer.headers[name] as string);
  if (answer.status !== 204) headers.push('Content-Length', String(Buffer.byteLength(body)));
  if (visitor.varies) headers.push('Vary', 'Origin');
  if (visitor.cors !== undefined) {
    headers.push('Access-Control-Allow-Origin', visitor.cors);
    headers.push('Access-Control-Expose-Headers', 'X-Request-Id, Retry-After');
  }
  if (close || host.refusal() !== undefined) headers.push('Connection', 'close');
  response.writeHead(answer.status, headers);
  response.end(request.method === 'HEAD' || answer.status === 204 ? undefined : body);
}
