import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Access, beginWith } from './access.ts';
import { challenge } from './auth/challenge.ts';
import { isKnown } from './auth/identity.ts';
import { readBody } from './body.ts';
import { encodeText } from './chunks.ts';
import type { Deadlines } from './deadline.ts';
import { exchange } from './exchange.ts';
import { Fault } from './fault.ts';
import { door, type Visitor, visitorOf } from './gates/door.ts';
import type { FloodLimit } from './gates/flood.ts';
import type { Log } from './log.ts';
import { openScope, type Scope } from './pipeline.ts';
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
  /** How callers are known and counted; undefined where everyone is nobody. */
  readonly access: Access | undefined;
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
  const { request, response, site } = visit;
  readBody(
    request,
    response,
    site.bodyLimit,
    (body) => guarded(visit, () => call(visit, body)),
    (fault) => refuse(visit, fault),
  );
}

function receiveBare(visit: Visit, served: boolean): void {
  const { match, site } = visit;
  const document = match.protocol.document?.(wireRequest(visit, noBody), site);
  if (document !== undefined) sendDocument(visit, document);
  else if (served) call(visit, noBody);
  else refuse(visit, notAllowed(match.route.methods));
}

/** Documents are for everyone who has passed the door, or for known callers only: as the settings say. */
function sendDocument(visit: Visit, document: WireResponse): void {
  const { host, request, site } = visit;
  if (site.settings.documents === 'public') {
    send(visit, document);
    return;
  }
  const scope = scopeOf(visit);
  const done = (): void => {
    if (isKnown(scope.identity)) send(visit, document);
    else refuse(visit, new Fault('unauthenticated', 'Documents are for known callers', { gate: 'documents' }));
  };
  const refused = (reason: unknown): void => guarded(visit, () => refuse(visit, documentFault(Fault.from(reason))));
  try {
    const begin = host.access && beginWith(host.access, request, wireRequest(visit, noBody), scope);
    const begun = begin?.(undefined);
    if (begun === undefined) done();
    else begun.then(() => guarded(visit, done), refused);
  } catch (reason) {
    refused(reason);
  }
}

/** Wrong credentials are told as HTTP tells them where a document was asked for. */
function documentFault(fault: Fault): Fault {
  return fault.code === 'invalid-credentials'
    ? new Fault('invalid-credentials', fault.message, { gate: 'documents' })
    : fault;
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
    'Access-Control-Allow-Headers':
      'Authorization, Content-Digest, Content-Type, Idempotency-Key, Signature, Signature-Input, SOAPAction, X-API-Key, X-CSRF-Token',
    'Access-Control-Max-Age': '600',
  };
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

/** Runs the message and sends the answer, now or once all is known that it waits for. */
function call(visit: Visit, body: Buffer): void {
  const { host, match, request } = visit;
  const scope = scopeOf(visit);
  const wire = wireRequest(visit, body);
  const begin = host.access === undefined ? asNobody : beginWith(host.access, request, wire, scope);
  const answer = exchange(wire, match.protocol, scope, begin, host.log);
  if (!(answer instanceof Promise)) {
    send(visit, answer, false, scope.headers);
    return;
  }
  wait(visit, scope);
  answer.then(
    (done) => guarded(visit, () => send(visit, done, false, scope.headers)),
    (reason: unknown) => guarded(visit, () => refuse(visit, Fault.from(reason))),
  );
}

const asNobody = () => undefined;

function scopeOf({ host, match, request, requestId, site, visitor }: Visit): Scope {
  const csrf = request.headers['x-csrf-token'];
  return openScope({
    site,
    protocol: match.protocol,
    requestId,
    deadlines: host.deadlines,
    address: visitor.address,
    csrf: typeof csrf === 'string' ? csrf : undefined,
  });
}

/** Waits for handlers; should the caller go away before they are done, they are told. */
function wait({ response }: Visit, scope: Scope): void {
  response.once('close', () => {
    if (response.writableFinished) return;
    scope.gone = new Fault('timeout', 'The caller went away', { gate: 'caller' });
    scope.pending?.abort(scope.gone);
  });
}

/** What HTTP itself says whatever the protocol: of broken framing (RFC 6585 §5, RFC 9112 §3.2), of documents for the known. */
const gateStatus: Readonly<Record<string, number>> = { headers: 431, framing: 400, documents: 401 };

/** Answers with a fault in the protocol's own form, without a message to repeat anything of. */
function refuse(visit: Visit, fault: Fault): void {
  const { host, match, request, requestId, response, site, visitor } = visit;
  const { protocol } = match;
  host.log.call({
    requestId,
    protocol: protocol.name,
    function: '',
    fault,
    client: undefined,
    user: undefined,
    address: visitor.address,
    ended: performance.now(),
    duration: 0,
  });
  const unread = !request.complete && request.method === 'POST';
  if (unread) hangUp(request, response);
  const blank = protocol.blank(wireRequest(visit, noBody));
  const answer = protocol.encode([{ ok: false, fn: undefined, fault }], blank, requestId, site);
  const status = gateStatus[fault.gate ?? ''] ?? answer.status;
  const more = fault.gate === 'documents' ? { 'WWW-Authenticate': challenge(site.settings) } : undefined;
  send(visit, { ...answer, status }, unread, more);
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

/** Headers to send beside the answer's own. */
type More = Readonly<Record<string, string>> | undefined;

/** Sends an answer with its length. */
function send(visit: Visit, answer: WireResponse, close = false, more: More = undefined): void {
  const { request, response, host } = visit;
  if (response.headersSent || response.destroyed) return;
  const body = bodyOf(answer);
  const headers = headersOf(visit, answer, more);
  if (answer.status !== 204) headers.push('Content-Length', String(Buffer.byteLength(body)));
  if (close || host.refusal() !== undefined) headers.push('Connection', 'close');
  response.writeHead(answer.status, headers);
  response.end(request.method === 'HEAD' || answer.status === 204 ? undefined : body);
}

/** The headers of an answer, names and values in turn: what Node writes at the least cost. */
function headersOf({ visitor, requestId }: Visit, answer: WireResponse, more: More): string[] {
  const headers = ['X-Request-Id', requestId, 'X-Content-Type-Options', 'nosniff'];
  for (const name of Object.keys(answer.headers)) headers.push(name, answer.headers[name] as string);
  if (more !== undefined) for (const name of Object.keys(more)) headers.push(name, more[name] as string);
  if (visitor.varies) headers.push('Vary', 'Origin');
  if (visitor.cors !== undefined) {
    headers.push('Access-Control-Allow-Origin', visitor.cors);
    headers.push(
      'Access-Control-Expose-Headers',
      'Idempotency-Replayed, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Renewed-Token, X-Request-Id',
    );
  }
  return headers;
}
