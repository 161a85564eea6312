import { baseUrl } from '../../lib/base-url.ts';
import { Fault } from '../../lib/fault.ts';
import type { RequestHead, WireResponse } from '../../lib/protocol.ts';
import type { Site, SiteService } from '../../lib/site.ts';
import type { WsdlStyle } from '../../wsdl/binding.ts';
import { withAddress, wsdlDocument } from '../../wsdl/document.ts';
import { schemaDocument } from '../../wsdl/schema.ts';
import { serviceOf, servicePath } from './service.ts';

/** The forms of the WSDL by the value of `?wsdl` (DESIGN §3 "SOAP and WSDL shape"), and the schema alone. */
const styles: Readonly<Record<string, WsdlStyle | undefined>> = {
  __proto__: null as never,
  '': 'literal',
  '1.1': 'literal',
  '1.2': 'soap12',
  encoded: 'encoded',
};
type Style = WsdlStyle | 'schema';

/** The documents of a site, with a placeholder where the address goes. A change of settings or services makes a new site. */
const documents = new WeakMap<Site, Map<string, string>>();

/**
 * Serves the WSDL for `?wsdl`, `?wsdl=1.2` and `?wsdl=encoded` (WSDL 1.1), and for `?xsd` the schema of the literal messages
 * (XML Schema 1.0): of all functions at `/soap`, of those of one service at `/soap/<service>`.
 */
export function document(head: RequestHead, site: Site): WireResponse | Fault | undefined {
  const style = wanted(head.query);
  if (style === undefined || style instanceof Fault) return style;
  const name = serviceOf(head);
  const service = name === undefined ? undefined : site.service(name);
  if (name !== undefined && service === undefined) {
    // one that is switched off is as one that never was
    return new Fault('unknown-function', 'There is no such service', { gate: 'service' });
  }
  const base = baseUrl(head, site);
  if (base === '' && style !== 'schema') {
    const message = 'A WSDL names the host to call, and the request names none: send a Host header';
    return new Fault('misdirected', message, { gate: 'host' });
  }
  return {
    status: 200,
    headers: { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'private' },
    body: withAddress(template(site, style, service), addressOf(base, service)),
  };
}

/** What a query asks for: nothing of ours, a document, or one that there is not. */
function wanted(query: string): Style | Fault | undefined {
  if (query === '') return undefined;
  for (const [name, value] of new URLSearchParams(query)) {
    const document = name.toLowerCase();
    if (document === 'xsd') return value === '' ? 'schema' : noDocument();
    if (document === 'wsdl') return styles[value.toLowerCase()] ?? noDocument();
  }
  return undefined;
}

function noDocument(): Fault {
  const message = 'There is no such document: there are ?wsdl (SOAP 1.1), ?wsdl=1.2, ?wsdl=encoded and ?xsd';
  return new Fault('unknown-function', message, { gate: 'document' });
}

function template(site: Site, style: Style, service: SiteService | undefined): string {
  const known = documents.get(site) ?? new Map<string, string>();
  documents.set(site, known);
  const key = `${style} ${service?.record.id ?? ''}`;
  let text = known.get(key);
  if (text === undefined) {
    const { namespace } = site.settings;
    const functions = service?.listed ?? site.listed;
    text =
      style === 'schema'
        ? schemaDocument(functions, namespace)
        : wsdlDocument(functions, { namespace, name: nameOf(service), style });
    known.set(key, text);
  }
  return text;
}

/** What WSDL calls the service: its name as an XML name without what stubs cannot have in theirs (Namespaces in XML §4). */
function nameOf(service: SiteService | undefined): string {
  if (service === undefined) return 'Polywire';
  return service.record.name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=[0-9])/, '_');
}

/** The address that callers use: never a host that nobody has allowed, as the door checks the one that they name. */
function addressOf(base: string, service: SiteService | undefined): string {
  return service === undefined ? `${base}/soap` : `${base}${servicePath}${encodeURIComponent(service.record.name)}`;
}
