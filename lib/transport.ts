import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { beginWith } from './access.ts';
import { guarded, note, refuse, send } from './answer.ts';
import { isKnown } from './auth/identity.ts';
import { readBody } from './body.ts';
import { exchange } from './exchange.ts';
import { Fault } from './fault.ts';
import { door, visitorOf } from './gates/door.ts';
import { beginTrace } from './observe/begin-trace.ts';
import { openScope, type Scope } from './pipeline.ts';
import type { WireResponse } from './protocol.ts';
import { type Host, noBody, type Visit, wireRequest } from './visit.ts';

/** Answers a request if its path is a protocol's; `path` is given where a mount has cut it. */
export type Transport = (request: IncomingMessage, response: ServerResponse, path?: string) => boolean;

/** Ids of requests: unique in the process, and hard to guess from outside. */
const idPrefix = randomBytes(6).toString('hex');
let idCount = 0;

/** From a Node request to a Node response: door → document or body → exchange → answer. */
export function createTransport(host: Host): Transport {
  return (request, response, cut) => {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const path = cut ?? (mark === -1 ? url : url.slice(0, mark));
    const match = host.match(path);
    if (match === undefined) return false;
    const site = host.site();
    if (match.protocol.exists?.(site) === false) return false;
    const visitor = visitorOf(request, site, match.protocol);
    const query = mark === -1 ? '' : url.slice(mark + 1);
    const requestId = `${idPrefix}-${(++idCount).toString(36)}`;
    const trace = beginTrace(request, response, match, visitor, requestId);
    const mounted = cut !== undefined;
    const visit: Visit = { host, site, match, visitor, request, response, requestId, path, query, mounted, trace };
    const refusal = host.refusal(request.socket) ?? door(request, visitor, match, site, host.flood);
    guarded(visit, () => (refusal === undefined ? receive(visit) : refuse(visit, refusal)));
    return true;
  };
}

/** What passes the door: a call with a body to read, one without, a document, or a preflight. */
function receive(visit: Visit): void {
  const { methods } = visit.match.route;
  const method = visit.request.method ?? 'GET';
  const served = methods.includes(method);
  if (method === 'OPTIONS') answerOptions(visit, [...allowed(visit), 'OPTIONS'].join(', '));
  else if (method === 'POST' && served) receiveBody(visit);
  else if (method === 'GET' || method === 'HEAD') receiveBare(visit, served);
  else refuse(visit, notAllowed(allowed(visit)));
}

/** What the address of a request answers. */
function allowed(visit: Visit): readonly string[] {
  const { match, site } = visit;
  return match.protocol.methods?.(wireRequest(visit, noBody), site) ?? match.route.methods;
}

function answerOptions(visit: Visit, allow: string): void {
  send(visit, { status: 204, headers: { Allow: allow, ...preflight(visit, allow) }, body: '' });
}

function receiveBody(visit: Visit): void {
  const { host, request, response, site } = visit;
  const { body, largeBodies } = site.settings.limits;
  const takeRoom = (bytes: number) => host.largeBodies.take(bytes, largeBodies, response);
  readBody(
    request,
    response,
    { limit: site.bodyLimit, usual: body, takeRoom },
    (body) => guarded(visit, () => call(visit, body)),
    (fault) => refuse(visit, fault),
    () => note(visit, departed()),
  );
}

function receiveBare(visit: Visit, served: boolean): void {
  const { match, site } = visit;
  const document = match.protocol.document?.(wireRequest(visit, noBody), site);
  if (document !== undefined) sendDocument(visit, document);
  else if (served) call(visit, noBody);
  else refuse(visit, notAllowed(allowed(visit)));
}

/** Documents are for everyone who has passed the door, or for known callers only: as the settings say. */
function sendDocument(visit: Visit, document: WireResponse | Fault): void {
  const { host, request, site } = visit;
  const answer = (): void => (document instanceof Fault ? refuse(visit, document) : send(visit, document));
  if (site.settings.documents === 'public' || visit.match.route.page) {
    answer();
    return;
  }
  const scope = scopeOf(visit);
  const done = (): void => {
    if (isKnown(scope.identity)) answer();
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
      'Authorization, Content-Digest, Content-Type, Idempotency-Key, Mcp-Method, Mcp-Name, MCP-Protocol-Version, Signature, Signature-Input, SOAPAction, traceparent, tracestate, X-API-Key, X-CSRF-Token',
    'Access-Control-Max-Age': '600',
  };
}

/** Runs the message and sends the answer, now or once all is known that it waits for. */
function call(visit: Visit, body: Buffer): void {
  const { host, match, request, trace } = visit;
  const scope = scopeOf(visit);
  const wire = wireRequest(visit, body);
  const begin = host.access === undefined ? asNobody : beginWith(host.access, request, wire, scope);
  const traffic = host.observer.traffic.of(match.protocol.name);
  traffic.received += body.length;
  const answer =
    trace?.spans === undefined
      ? exchange(wire, match.protocol, scope, begin, host.log)
      : trace.spans.within(() => exchange(wire, match.protocol, scope, begin, host.log));
  if (!(answer instanceof Promise)) {
    send(visit, answer, false, scope.headers);
    return;
  }
  wait(visit, scope);
  traffic.inFlight++;
  answer.then(
    (done) => {
      traffic.inFlight--;
      guarded(visit, () => send(visit, done, false, scope.headers));
    },
    (reason: unknown) => {
      traffic.inFlight--;
      guarded(visit, () => refuse(visit, Fault.from(reason)));
    },
  );
}

const asNobody = () => undefined;

function scopeOf({ host, match, request, requestId, site, trace, visitor }: Visit): Scope {
  const csrf = request.headers['x-csrf-token'];
  return openScope({
    site,
    siteNow: host.site,
    protocol: match.protocol,
    requestId,
    deadlines: host.deadlines,
    address: visitor.address,
    origin: visitor.origin,
    csrf: typeof csrf === 'string' ? csrf : undefined,
    trace,
  });
}

const departed = (): Fault => new Fault('timeout', 'The caller went away', { gate: 'caller' });

/** Waits for handlers; should the caller go away before they are done, they are told. */
function wait({ response }: Visit, scope: Scope): void {
  response.once('close', () => {
    if (response.writableFinished) return;
    scope.gone = departed();
    scope.pending?.abort(scope.gone);
  });
}
