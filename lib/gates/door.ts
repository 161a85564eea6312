import type { IncomingMessage } from 'node:http';
import { Fault, type FaultCode, type FaultOptions } from '../fault.ts';
import type { Protocol, Route } from '../protocol.ts';
import type { Match } from '../router.ts';
import type { Settings } from '../settings.ts';
import type { Site } from '../site.ts';
import { type AddressList, addressList, connectionEnds, type Ends, type Peer, peerOf } from './address.ts';
import type { FloodLimit } from './flood.ts';
import { type HostRule, hostRule } from './host.ts';

/** Headers that a request may have. */
const mostHeaders = 100;

/** The settings of the door, ready to be asked. */
interface Rules {
  readonly host: HostRule;
  readonly origins: ReadonlySet<string>;
  /** The public URL's own. */
  readonly publicOrigin: string | undefined;
  readonly addresses: AddressList | undefined;
  /** Who may open the site's own pages. */
  readonly pageAddresses: AddressList | undefined;
  readonly proxies: AddressList;
}

const rulesOf = new WeakMap<Settings, Rules>();

/**
 * Prepares the rules of a site's door.
 * @throws TypeError naming an address, range or URL in the settings that is none
 */
export function doorRules(settings: Settings): Rules {
  let rules = rulesOf.get(settings);
  if (rules === undefined) {
    const { addresses, console: pages, corsOrigins, publicUrl } = settings;
    const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
    const whole = addresses.length > 0 ? addressList(addresses) : undefined;
    rules = {
      host: hostRule(settings),
      origins: new Set([...corsOrigins, ...(publicOrigin === undefined ? [] : [publicOrigin])]),
      publicOrigin,
      addresses: whole,
      pageAddresses: pages.addresses.length > 0 ? addressList(pages.addresses) : whole,
      proxies: addressList(settings.trustedProxies),
    };
    rulesOf.set(settings, rules);
  }
  return rules;
}

/** What the door has found out about a request. */
export interface Visitor extends Peer {
  /** Scheme and host by which the caller knows us; empty if the host is not one of ours. */
  readonly origin: string;
  /** The page's origin if it is one that may read our answers (Fetch standard, CORS). */
  readonly cors: string | undefined;
  /** Whether answers differ by Origin (RFC 9110 §12.5.5). */
  readonly varies: boolean;
  readonly ends: Ends;
}

/** Finds out who is at the door of a protocol; refuses nobody. */
export function visitorOf(request: IncomingMessage, site: Site, { ownPages }: Pick<Protocol, 'ownPages'>): Visitor {
  const rules = doorRules(site.settings);
  const { headers } = request;
  const ends = connectionEnds(request.socket);
  const { address, secure } = peerOf(ends, headers, rules.proxies);
  const { origin } = headers;
  return {
    address,
    secure,
    origin: rules.host(headers.host ?? '', ends.localIsLoopback, secure),
    cors: ownPages === undefined && origin !== undefined && rules.origins.has(origin) ? origin : undefined,
    varies: ownPages === undefined && rules.origins.size > 0,
    ends,
  };
}

function refuse(gate: string, code: FaultCode, message: string, options: FaultOptions = {}): Fault {
  return new Fault(code, message, { ...options, gate });
}

/**
 * The gates before the body is read, in order (DESIGN §5, 1 to 7).
 * @returns the fault of the first gate that refuses, or undefined
 */
export function door(
  request: IncomingMessage,
  visitor: Visitor,
  { protocol, route }: Pick<Match, 'protocol' | 'route'>,
  site: Site,
  flood: FloodLimit,
): Fault | undefined {
  const { settings } = site;
  return (
    switchGate(site, protocol) ??
    headersGate(request) ??
    framingGate(request) ??
    hostGate(request, visitor) ??
    originGate(request, visitor, protocol, route, settings) ??
    contentTypeGate(request, protocol) ??
    httpsGate(visitor, settings) ??
    addressGate(visitor, settings, protocol) ??
    floodGate(visitor, settings, flood)
  );
}

/** The gates of what is no protocol's and is not for everyone: a request that is one, to a host of ours, from no other site's page. */
export function pageGate(request: IncomingMessage, visitor: Visitor, { settings }: Site): Fault | undefined {
  return framingGate(request) ?? hostGate(request, visitor) ?? originGate(request, visitor, {}, {}, settings);
}

/** The switches of the site and of its protocols. */
export function switchGate(
  site: Site,
  { name, isOn, ownPages }: Pick<Protocol, 'name' | 'isOn' | 'ownPages'>,
): Fault | undefined {
  if (ownPages) return undefined;
  if (!site.on) return refuse('site', 'service-off', 'Web services are switched off');
  const on = isOn?.(site) ?? site.protocolIsOn(name);
  return on ? undefined : refuse('protocol', 'protocol-off', 'This protocol is switched off');
}

/** Node drops headers beyond its own limit silently; we refuse (RFC 6585 §5). */
function headersGate(request: IncomingMessage): Fault | undefined {
  return request.rawHeaders.length > 2 * mostHeaders
    ? refuse('headers', 'too-large', `The request has more than ${mostHeaders} headers`)
    : undefined;
}

/**
 * What Node takes, and what two who read it could take for two things: versions before and after HTTP/1 (RFC 9112 §2.3), a
 * second Host header (§3.2), a transfer coding beside chunked (§6.1).
 */
export function framingGate(request: IncomingMessage): Fault | undefined {
  if (request.httpVersionMajor !== 1) return refuse('framing', 'malformed', 'Call by HTTP/1.1 or HTTP/1.0');
  const coding = request.headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    return refuse('framing', 'malformed', 'The only transfer coding that is taken is chunked');
  }
  let hosts = 0;
  const raw = request.rawHeaders;
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  return hosts > 1 ? refuse('framing', 'malformed', 'The request has more than one Host header') : undefined;
}

/** A host of ours: what defeats DNS rebinding. HTTP/1.0 may have none. */
function hostGate(request: IncomingMessage, visitor: Visitor): Fault | undefined {
  if (request.headers.host === undefined && request.httpVersion === '1.0') return undefined;
  return visitor.origin === '' ? refuse('host', 'misdirected', 'This host is not served here') : undefined;
}

/**
 * Pages of other sites may call only if they are listed, whatever the method; where our own pages call, nobody else's may.
 * A link that leads to a page is followed wherever it stands.
 */
function originGate(
  request: IncomingMessage,
  visitor: Visitor,
  { ownPages }: Pick<Protocol, 'ownPages'>,
  { page }: Pick<Route, 'page'>,
  settings: Settings,
): Fault | undefined {
  const { origin, 'sec-fetch-site': fetchSite } = request.headers;
  if (page && origin === undefined && isFollowedLink(request)) return undefined;
  if (origin !== undefined) {
    const ours = origin === visitor.origin || (ownPages && origin === doorRules(settings).publicOrigin);
    return ours || visitor.cors !== undefined
      ? undefined
      : refuse('origin', 'origin-refused', 'Pages of this origin may not call');
  }
  return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none'
    ? undefined
    : refuse('origin', 'origin-refused', 'Pages of other sites may not call');
}

/** Whether a person follows a link in a window of its own (Fetch Metadata Request Headers §2). */
function isFollowedLink({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** A POST says what it carries; a browser's beacon or a bare form does not. */
function contentTypeGate(request: IncomingMessage, protocol: Protocol): Fault | undefined {
  if (request.method !== 'POST' || request.headers['content-type'] !== undefined) return undefined;
  if (protocol.untyped === true && request.headers.origin === undefined) return undefined;
  return refuse('content-type', 'unsupported-media-type', 'The request has no Content-Type');
}

function httpsGate(visitor: Visitor, settings: Settings): Fault | undefined {
  if (visitor.secure || !settings.httpsRequired) return undefined;
  return isHere(visitor) ? undefined : refuse('https', 'https-required', 'Call by HTTPS');
}

/** Whether the caller is this machine itself, and no trusted proxy on it. */
function isHere({ address, ends }: Visitor): boolean {
  return ends.remoteIsLoopback && address === ends.remote;
}

/** Whoever sits at the machine itself reaches our own pages whatever the lists say: a wrong one must be put right somewhere. */
function addressGate(visitor: Visitor, settings: Settings, { ownPages }: Protocol): Fault | undefined {
  const rules = doorRules(settings);
  const addresses = ownPages ? rules.pageAddresses : rules.addresses;
  if (ownPages && isHere(visitor)) return undefined;
  return addresses === undefined || addresses(visitor.address)
    ? undefined
    : refuse('address', 'address-refused', 'Calls from this address are refused');
}

function floodGate(visitor: Visitor, settings: Settings, flood: FloodLimit): Fault | undefined {
  const { floodPerMinute } = settings.limits;
  if (floodPerMinute === 0) return undefined;
  const retryAfter = flood.hit(visitor.address, floodPerMinute);
  return retryAfter === 0
    ? undefined
    : refuse('flood', 'rate-limited', 'Too many requests from this address', { retryAfter });
}
