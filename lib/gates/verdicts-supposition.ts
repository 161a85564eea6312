import type { IncomingMessage } from 'node:http';
import type { Authenticator, Presented, Proof } from '../auth/authenticator.ts';
import { type Chain, type ChainMember, type Identity, identify } from '../auth/identity.ts';
import type { Catalog } from '../catalog.ts';
import type { AnyFunction } from '../define.ts';
import { Fault } from '../fault.ts';
import type { Call, Protocol, Route } from '../protocol.ts';
import type { Settings } from '../settings.ts';
import { createSite, type Site } from '../site.ts';
import type { ServiceRecord } from '../store/records.ts';
import { admit } from './admit.ts';
import { door, visitorOf } from './door.ts';
import { FloodLimit } from './flood.ts';

/** A credential that a supposed call brings: its secret is taken for right. */
export interface SupposedCredential {
  /** The name of the authenticator that takes it. */
  readonly authenticator: string;
  readonly kind: 'client' | 'user';
  /** What people call it: `the key 4711`. */
  readonly label: string;
  /** Whether it comes in the Authorization header, which must be understood. */
  readonly authorization?: boolean;
  readonly proof: Proof;
  /** Why its authenticator would not take it, whenever and from wherever it comes. */
  readonly flaw?: string | undefined;
}

/** A call that nobody has made, and the site that it would come to. */
export interface Supposition {
  readonly catalog: Catalog;
  readonly settings: Settings;
  readonly services: readonly ServiceRecord[];
  /** The authenticators of the site. */
  readonly chain: Chain;
  readonly protocol: Protocol;
  readonly function: string;
  /** The service that the caller addresses (`/soap/<service>`). */
  readonly service?: string | undefined;
  readonly method: string;
  readonly address: string;
  readonly https: boolean;
  readonly host: string;
  readonly origin?: string | undefined;
  readonly credentials: readonly SupposedCredential[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the caller is supposed to be beyond what the credentials prove. */
  readonly also?: Partial<Identity>;
}

export function siteOf({ catalog, settings, services }: Supposition): Site {
  return createSite(catalog, settings, services);
}

/** The function that is meant, also one of the protocol's own. */
export function functionOf({ catalog, protocol, function: name }: Supposition): AnyFunction | undefined {
  return protocol.functions?.find((fn) => fn.name === name) ?? catalog.find(name);
}

/** The methods that the protocol answers. */
export function methodsOf({ protocol }: Supposition): readonly string[] {
  return [...new Set(protocol.routes.flatMap(({ document, methods }) => (document ? [] : methods)))];
}

/**
 * Goes through the door as a request does.
 * @throws Fault of the first gate that refuses
 */
export function enterDoor(supposed: Supposition): void {
  const { protocol, method } = supposed;
  const site = siteOf(supposed);
  const request = requestOf(supposed);
  const route = protocol.routes[0] as Route;
  const refusal = door(request, visitorOf(request, site, protocol), { protocol, route }, site, new FloodLimit());
  if (refusal !== undefined) throw refusal;
  if (!methodsOf(supposed).includes(method)) {
    throw new Fault('method-not-allowed', 'The protocol does not answer this method', { gate: 'method' });
  }
}

/** The least of a request that the door looks at; both ends of its connection are where the caller is. */
function requestOf({ method, address, https, host, origin }: Supposition): IncomingMessage {
  const headers = {
    host,
    ...(origin !== undefined && { origin }),
    ...(method === 'POST' && { 'content-type': 'application/octet-stream' }),
  };
  const socket = { remoteAddress: address, localAddress: address, encrypted: https };
  const rawHeaders = Object.entries(headers).flat();
  return { method, httpVersion: '1.1', httpVersionMajor: 1, headers, rawHeaders, socket } as unknown as IncomingMessage;
}

/**
 * Proves the supposed credentials.
 * @throws Fault of the first gate that refuses
 */
export function proveCaller(supposed: Supposition): Identity {
  const { method, address, host, https, protocol, credentials, now, also } = supposed;
  const authorized = credentials.some(({ authorization }) => authorization === true);
  const presented: Presented = {
    method,
    origin: `${https ? 'https' : 'http'}://${host}`,
    path: '/',
    query: '',
    headers: authorized ? { authorization: '' } : {},
    rawHeaders: [],
    body: Buffer.alloc(0),
    message: undefined,
    address,
    protocol: protocol.name,
    requestId: '',
    now,
  };
  const chain = supposed.chain.map((member) => standIn(member, credentials));
  return { ...(identify(chain, presented) as Identity), ...also };
}

/** An authenticator that finds what is supposed, and takes it for right unless it has a flaw. */
function standIn({ authenticator, importance }: ChainMember, credentials: readonly SupposedCredential[]): ChainMember {
  const { name, kind, ambient = false } = authenticator;
  const supposed = credentials.find((credential) => credential.authenticator === name);
  const instead: Authenticator = {
    name,
    kind: supposed?.kind ?? kind,
    ambient,
    find: () => supposed,
    verify: () => (supposed?.flaw === undefined ? supposed?.proof : undefined),
  };
  return { authenticator: instead, importance };
}

/**
 * Lets the caller call the function.
 * @throws Fault of the first gate that refuses
 */
export function admitCall(supposed: Supposition): void {
  const { protocol, address, now, service, method, function: name } = supposed;
  const call: Call = {
    name,
    ...(service !== undefined && { service }),
    ...(method !== 'POST' && { effect: 'read' }),
    read: () => ({}),
  };
  admit(call, { site: siteOf(supposed), protocol, identity: proveCaller(supposed), address, now, csrf: undefined });
}
