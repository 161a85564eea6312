import type { Protocol, RequestHead, WireResponse } from '../protocol.ts';
import type { Site } from '../site.ts';
import { exportCatalog } from './export.ts';
import type { ExportedCatalog } from './form.ts';
import { narrowed } from './narrow.ts';

/** Where the catalog answers by GET. */
const catalogPath = '/catalog.json';

interface Written {
  readonly catalog: ExportedCatalog;
  readonly text: string;
}

/** The catalogs of sites, written once. */
const catalogs = new WeakMap<Site, Written>();

/**
 * Serves the catalog of what is on and listed, for typed clients and consoles; `?function=NAME`, once or more often, narrows it.
 * It belongs to no protocol and is on while any is.
 * The second parameter is the protocol in whose form refusals are told.
 */
export function catalogDocument(
  protocols: readonly Protocol[],
  { decode, write, encode, blank }: Pick<Protocol, 'decode' | 'write' | 'encode' | 'blank'>,
): Protocol {
  const on = (site: Site): readonly string[] =>
    protocols.map(({ name }) => name).filter((name) => site.protocolIsOn(name));
  return {
    name: 'catalog',
    routes: [{ path: catalogPath, document: true, methods: ['GET', 'HEAD'] }],
    isOn: (site) => on(site).length > 0,
    decode,
    write,
    encode,
    blank,
    document: (head, site) => document(head, site, on(site)),
  };
}

function document({ query }: RequestHead, site: Site, protocols: readonly string[]): WireResponse {
  const { catalog, text } = writtenOf(site, protocols);
  const names = new URLSearchParams(query).getAll('function');
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'private' },
    body: names.length === 0 ? text : JSON.stringify(narrowed(catalog, names)),
  };
}

function writtenOf(site: Site, protocols: readonly string[]): Written {
  let written = catalogs.get(site);
  if (written === undefined) {
    const catalog = exportCatalog(site.listed, { namespace: site.settings.namespace, protocols });
    written = { catalog, text: JSON.stringify(catalog) };
    catalogs.set(site, written);
  }
  return written;
}
