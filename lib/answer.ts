import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { answerBody, bytesOf, sendBody } from './answer-body.ts';
import { challenge } from './auth/challenge.ts';
import { Fault } from './fault.ts';
import type { CallRecord } from './log.ts';
import type { WireResponse } from './protocol.ts';
import { noBody, type Visit, wireRequest } from './visit.ts';

/** Whatever breaks outside of a call ends its own request, with a fault where one can still be told, and never the process. */
export function guarded(visit: Visit, step: () => void): void {
  try {
    step();
  } catch (reason) {
    giveUp(visit, reason);
  }
}

function giveUp(visit: Visit, reason: unknown): void {
  const { host, requestId, response } = visit;
  try {
    host.log.events.error({ requestId, err: reason }, 'the answer could not be made');
    if (response.headersSent) response.destroy();
    else refuse(visit, Fault.from(reason));
  } catch {
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { 'X-Request-Id': requestId, 'Content-Length': 0, Connection: 'close' }).end();
  }
}

/** Notes a request that ended without a call. */
export function note({ host, match, requestId, trace, visitor }: Visit, fault: Fault): void {
  const record: CallRecord = {
    requestId,
    traceId: trace?.traceId,
    protocol: match.protocol.name,
    function: '',
    fault,
    client: undefined,
    user: undefined,
    address: visitor.address,
    ended: performance.now(),
    duration: 0,
  };
  host.log.call(record);
  trace?.spans?.ended(record);
}

/** What HTTP itself says whatever the protocol: of broken framing (RFC 6585 §5, RFC 9112 §3.2), of documents for the known, or of none. */
const gateStatus: Readonly<Record<string, number>> = {
  headers: 431,
  framing: 400,
  documents: 401,
  document: 404,
  service: 404,
};

/** Answers with a fault in the protocol's own form, without a message to repeat anything of. */
export function refuse(visit: Visit, fault: Fault): void {
  const { match, request, requestId, response, site } = visit;
  const { protocol } = match;
  note(visit, fault);
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

/** Headers to send beside the answer's own. */
type More = Readonly<Record<string, string>> | undefined;

/** Sends an answer with its length. */
export function send(visit: Visit, answer: WireResponse, close = false, more: More = undefined): void {
  const { request, response, host, match } = visit;
  if (response.headersSent || response.destroyed) return;
  const body = answerBody(answer.body);
  const headers = headersOf(visit, answer, more);
  const bytes = bytesOf(body);
  const bare = answer.status === 204 || answer.status === 304; // RFC 9110 §8.6
  if (!bare) headers.push('Content-Length', String(bytes));
  if (close || host.refusal(request.socket) !== undefined) headers.push('Connection', 'close');
  host.observer.traffic.of(match.protocol.name).answered(answer.status, bytes);
  response.writeHead(answer.status, headers);
  sendBody(response, request.method === 'HEAD' || bare ? undefined : body, { bytes, own: !visit.mounted });
  limitReading(visit);
}

/** Ends a connection whose caller takes not a byte of an answer for too long; what the system has taken at once is out of our hands. */
function limitReading({ response, site }: Visit): void {
  const limit = (socket: Socket): void => {
    socket.setTimeout(site.settings.limits.answerTimeout);
    response.prependOnceListener('finish', () => socket.setTimeout(0)); // before Node begins to count idleness
  };
  if (response.socket === null) response.once('socket', limit);
  else if (response.socket.writableLength > 0) limit(response.socket);
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
