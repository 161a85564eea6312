import { baseUrl } from '../../lib/base-url.ts';
import type { Json } from '../../lib/descriptor.ts';
import { exactJson } from '../../lib/json/exact-json.ts';
import type { RequestHead, WireResponse } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { openapiDocument } from './openapi/document.ts';
import { yaml } from './openapi/yaml.ts';

/** How a document is written, and its media type (RFC 9512 for YAML). */
const forms = {
  '/openapi.json': { type: 'application/json; charset=utf-8', write: (document: Json) => exactJson(document) },
  '/openapi.yaml': { type: 'application/yaml; charset=utf-8', write: (document: Json) => yaml(document).trimStart() },
} as const;

/** A document by its path. */
export type DocumentPath = keyof typeof forms;

/** Where documents answer. */
export const documentPaths = Object.keys(forms) as readonly DocumentPath[];

/** Stands where the address goes: `servers` comes before any text of a catalog. */
const address = 'https://address.invalid';

const documents = new WeakMap<Site, Map<DocumentPath, string>>();

/** Serves the OpenAPI document of what is on. */
export function document(head: RequestHead, site: Site): WireResponse | undefined {
  const path = documentPaths.find((known) => known === head.path);
  if (path === undefined) return undefined;
  return {
    status: 200,
    headers: { 'Content-Type': forms[path].type, 'Cache-Control': 'private' },
    body: documentText(path, site, baseUrl(head, site)),
  };
}

/** The OpenAPI document of what is on, for callers who use this address. */
export function documentText(path: DocumentPath, site: Site, url: string): string {
  return text(path, site).replace(JSON.stringify(address), () => JSON.stringify(url));
}

/** The document without its address, written once for each site. */
function text(path: DocumentPath, site: Site): string {
  const known = documents.get(site) ?? new Map<DocumentPath, string>();
  documents.set(site, known);
  let written = known.get(path);
  if (written === undefined) {
    const { openapi, info, ...rest } = openapiDocument(site);
    const whole = { openapi, info, servers: [{ url: address }], ...rest };
    written = forms[path].write(whole as unknown as Json);
    known.set(path, written);
  }
  return written;
}
