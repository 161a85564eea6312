import { baseUrl } from '../../lib/base-url.ts';
import { t } from '../../lib/builders.ts';
import { type AnyFunction, define, type ListedFunction } from '../../lib/define.ts';
import type { Json } from '../../lib/descriptor.ts';
import { exactJson } from '../../lib/json/exact-json.ts';
import type { RequestHead, WireResponse } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { openrpcDocument } from './openrpc/document.ts';

/** Where the document answers by GET. */
export const documentPath = '/openrpc.json';

const discover = define('rpc.discover', {
  description: 'Describes the functions that can be called, as an OpenRPC document.',
  effect: 'read',
  returns: t.json(),
  handler: (_, call) => discovered(call.functions()),
});

/** What callers have been told, by the list that they see: it is one for all who see the same. */
const discoveries = new WeakMap<readonly ListedFunction[], Json>();

function discovered(functions: readonly ListedFunction[]): Json {
  let known = discoveries.get(functions);
  if (known === undefined) {
    known = openrpcDocument(functions.filter(({ name }) => name !== 'rpc.discover')) as Json;
    discoveries.set(functions, known);
  }
  return known;
}

/** What JSON-RPC has of its own: service discovery (OpenRPC 1.3 §"Service Discovery Method"). */
export const discovery: readonly AnyFunction[] = [discover];

/** Stands where the address goes: `servers` comes before any text of a catalog. */
const address = 'https://address.invalid';

/** The documents of sites without their address, written once. */
const documents = new WeakMap<Site, string>();

/** Serves the OpenRPC document of what is on. */
export function document(head: RequestHead, site: Site): WireResponse | undefined {
  if (head.path !== documentPath) return undefined;
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'private' },
    body: documentText(site, baseUrl(head, site)),
  };
}

/** The OpenRPC document of what is on, for callers who use this address. */
export function documentText(site: Site, url: string): string {
  let text = documents.get(site);
  if (text === undefined) {
    const { openrpc, info, ...rest } = openrpcDocument(site.listed);
    text = exactJson({ openrpc, info, servers: [{ name: 'default', url: address }], ...rest });
    documents.set(site, text);
  }
  return text.replace(JSON.stringify(address), () => JSON.stringify(`${url}/jsonrpc`));
}
