import type { IncomingMessage } from 'node:http';
import { connectionEnds, listOf } from './gates/address.ts';
import { framingGate, pageGate, visitorOf } from './gates/door.ts';
import type { Protocol } from './protocol.ts';
import type { Site } from './site.ts';

/** A page that is no protocol's: an object becomes JSON, a text plain text. */
export interface Page {
  readonly status: number;
  readonly body: string | object;
  /** The methods by which it is asked, where it was another. */
  readonly allow?: string;
}

/** The path that was asked for, as it was sent. */
export function askedPath({ url = '/' }: IncomingMessage): string {
  const mark = url.indexOf('?');
  return mark === -1 ? url : url.slice(0, mark);
}

/** By OPTIONS some load balancers ask how we are. */
const methods = ['GET', 'HEAD', 'OPTIONS'];

/** The page in the place of another where that was not asked for as pages are. */
export function refusedPage(request: IncomingMessage, page: Page): Page | undefined {
  if (page.status === 404) return undefined;
  const broken = framingGate(request);
  if (broken !== undefined) return { status: 400, body: `${broken.message}.\n` };
  if (methods.includes(request.method ?? '')) return undefined;
  return { status: 405, body: 'This page is for reading.\n', allow: methods.join(', ') };
}

/**
 * Health for machines, and what is on for people.
 * @param unready whether calls had better go elsewhere for the moment
 * @param reason why, where the caller may know it (`knowsDetails`)
 */
export function pageOf(
  path: string,
  site: Site,
  protocols: readonly Protocol[],
  unready: boolean,
  reason = 'unavailable',
): Page {
  switch (path) {
    case '/healthz':
      return { status: 200, body: { status: 'ok' } };
    case '/readyz':
      return unready ? { status: 503, body: { status: reason } } : { status: 200, body: { status: 'ready' } };
    case '/':
      return { status: 200, body: overview(site, protocols) };
    default:
      return { status: 404, body: 'Nothing answers here.\n' };
  }
}

/** Whether details are for this caller: from this machine itself, and not passed on by a proxy that runs here. */
export function knowsDetails({ socket, headers }: IncomingMessage): boolean {
  const { forwarded, via, 'x-forwarded-for': hops } = headers;
  return connectionEnds(socket).remoteIsLoopback && (hops ?? forwarded ?? via) === undefined;
}

/**
 * Whether this caller may read the metrics: this machine itself, and the addresses of the setting, seen through trusted
 * proxies as the door sees them. A proxy that is not trusted brings nobody in, even where its own address is listed.
 */
export function readsMetrics(request: IncomingMessage, site: Site): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const visitor = visitorOf(request, site, {});
  if (pageGate(request, visitor, site) !== undefined) return false;
  if (visitor.ends.remoteIsLoopback && visitor.address === visitor.ends.remote) return knowsDetails(request);
  return listOf(site.settings.metricsAddresses)(visitor.address);
}

function overview(site: Site, protocols: readonly Protocol[]): string {
  const on = site.on ? protocols.filter(({ name, ownPages }) => !ownPages && site.protocolIsOn(name)) : [];
  const lines = on.map(({ name, routes }) => `${name}: ${routes.map(({ path }) => path).join(' ')}\n`);
  const pages = protocols
    .filter(({ ownPages, exists }) => ownPages && exists?.(site) !== false)
    .map(({ name, routes }) => `${name}: ${routes.find(({ page, prefix }) => page && prefix)?.path}\n`);
  return `Polywire\n${lines.join('') || 'Web services are off.\n'}${pages.join('')}`;
}
