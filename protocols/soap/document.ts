import type { RequestHead, WireResponse } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { withAddress, wsdlDocument } from '../../wsdl/document.ts';

/** The forms of the WSDL by the value of `?wsdl` (DESIGN §3 "SOAP and WSDL shape"). */
const styles = { __proto__: null as never, '': 'literal', '1.2': 'soap12', encoded: 'encoded' } as const;
type Style = 'literal' | 'soap12' | 'encoded';

/** The documents of a site, with a placeholder where the address goes. A change of settings makes a new site. */
const documents = new WeakMap<Site, Map<Style, string>>();

/** Serves the WSDL for `?wsdl`, `?wsdl=1.2` and `?wsdl=encoded` (WSDL 1.1). */
export function document(head: RequestHead, site: Site): WireResponse | undefined {
  const style = wanted(head.query);
  if (style === undefined) return undefined;
  return {
    status: 200,
    headers: { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'private' },
    body: withAddress(template(site, style), addressOf(head, site)),
  };
}

function wanted(query: string): Style | undefined {
  if (query === '') return undefined;
  for (const [name, value] of new URLSearchParams(query)) {
    if (name.toLowerCase() === 'wsdl')
      return (styles as Readonly<Record<string, Style | undefined>>)[value.toLowerCase()];
  }
  return undefined;
}

function template(site: Site, style: Style): string {
  const known = documents.get(site) ?? new Map<Style, string>();
  documents.set(site, known);
  let text = known.get(style);
  if (text === undefined) {
    text = wsdlDocument(site.listed, { namespace: site.settings.namespace, name: 'Polywire', style });
    known.set(style, text);
  }
  return text;
}

/** The address that callers use: never a host that nobody has allowed, as the door checks `head.origin`. */
function addressOf(head: RequestHead, site: Site): string {
  const { publicUrl } = site.settings;
  return `${publicUrl === undefined ? head.origin : publicUrl.replace(/\/+$/, '')}/soap`;
}
