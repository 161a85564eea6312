import type { IncomingMessage, ServerResponse } from 'node:http';
import { cutAddress } from '../audit/cut-address.ts';
import type { Visitor } from '../gates/door.ts';
import type { Match } from '../router.ts';
import { type Arrival, recordedTrace, registeredTracer } from './spans.ts';
import { incoming, passedOn, type Trace } from './trace.ts';

/** The trace of a request; undefined where it belongs to none and nobody records any. */
export function beginTrace(
  request: IncomingMessage,
  response: ServerResponse,
  match: Match,
  visitor: Visitor,
  requestId: string,
): Trace | undefined {
  const caller = incoming(request.headers);
  const tracer = registeredTracer();
  if (tracer === undefined) return caller && passedOn(caller);
  const trace = recordedTrace(tracer, arrivalOf(request, match, visitor, requestId), caller);
  response.once('close', () => trace.end(response.headersSent ? response.statusCode : undefined));
  return trace;
}

/** Nothing of what the caller sent but the method and a host that is ours: no query, no argument, no whole address. */
function arrivalOf(request: IncomingMessage, match: Match, visitor: Visitor, requestId: string): Arrival {
  const { protocol, route } = match;
  const method = knownMethods.has(request.method ?? '') ? (request.method as string) : '_OTHER';
  const address = cutAddress(visitor.address);
  return {
    protocol,
    method: method === '_OTHER' ? 'HTTP' : method,
    route: route.path,
    attributes: {
      'http.request.method': method,
      'http.route': route.path,
      'url.scheme': visitor.secure ? 'https' : 'http',
      'network.protocol.version': request.httpVersion,
      'polywire.request_id': requestId,
      'polywire.protocol': protocol.name,
      ...serverOf(visitor.origin),
      ...(address === '' ? {} : { 'client.address': address }),
    },
  };
}

/** Methods that the HTTP conventions name. */
const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

/** The host by which the caller knows us, if it is one of ours. */
function serverOf(origin: string): { readonly 'server.address'?: string; readonly 'server.port'?: number } {
  if (!URL.canParse(origin)) return {};
  const { hostname, port, protocol } = new URL(origin);
  const standard = protocol === 'https:' ? 443 : 80;
  return { 'server.address': hostname, 'server.port': port === '' ? standard : Number(port) };
}
