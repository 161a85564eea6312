import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Access } from './access.ts';
import type { Deadlines } from './deadline.ts';
import type { Fault } from './fault.ts';
import type { Visitor } from './gates/door.ts';
import type { FloodLimit } from './gates/flood.ts';
import type { LargeBodies } from './large-bodies.ts';
import type { Log } from './log.ts';
import type { Observer } from './observe/observer.ts';
import type { Trace } from './observe/trace.ts';
import type { WireRequest } from './protocol.ts';
import type { Match } from './router.ts';
import type { Site } from './site.ts';

/** What the transport needs of its server. */
export interface Host {
  readonly match: (path: string) => Match | undefined;
  readonly site: () => Site;
  readonly deadlines: Deadlines;
  readonly flood: FloodLimit;
  readonly largeBodies: LargeBodies;
  readonly log: Log;
  readonly observer: Observer;
  /** How callers are known and counted; undefined where everyone is nobody. */
  readonly access: Access | undefined;
  /** Whether the server takes no more work from a connection, and why: draining, or too many of them. */
  readonly refusal: (socket: Socket) => Fault | undefined;
}

/** One request on its way: what its steps share. */
export interface Visit {
  readonly host: Host;
  readonly site: Site;
  readonly match: Match;
  readonly visitor: Visitor;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly path: string;
  readonly query: string;
  /** Whether the response comes through somebody else's application, which may look at what is sent. */
  readonly mounted: boolean;
  /** The trace that it belongs to; undefined where there is none, and nobody records one. */
  readonly trace: Trace | undefined;
}

/** The body of a request that has none, or whose body nobody reads. */
export const noBody = Buffer.alloc(0);

/** The request as protocols see it. */
export function wireRequest({ request, match, visitor, requestId, path, query }: Visit, body: Buffer): WireRequest {
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
