import { createCatalog } from '../../../lib/catalog.ts';
import { Deadlines } from '../../../lib/deadline.ts';
import type { AnyFunction } from '../../../lib/define.ts';
import type { Fault } from '../../../lib/fault.ts';
import { openScope, run } from '../../../lib/pipeline.ts';
import type { Outcome, Protocol, WireRequest } from '../../../lib/protocol.ts';
import { type PartialSettings, readSettings } from '../../../lib/settings.ts';
import { createSite, type Site } from '../../../lib/site.ts';
import { soap } from '../../../protocols/soap/index.ts';

export const envelope11 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const envelope12 = 'http://www.w3.org/2003/05/soap-envelope';
export const encoding11 = 'http://schemas.xmlsoap.org/soap/encoding/';
export const xsi = 'http://www.w3.org/2001/XMLSchema-instance';
const xsd = 'http://www.w3.org/2001/XMLSchema';

/** A site on which all these functions are on. */
export function siteOf(functions: readonly unknown[], settings: PartialSettings = {}): Site {
  const on = { enablewebservices: true, enabledwsprotocols: ['soap'], enabledwsfunctions: ['*'] };
  return createSite(createCatalog(functions as AnyFunction[]), readSettings({ ...on, ...settings }));
}

/** A request by hand. */
export function post(body: string | Buffer, headers: Record<string, string> = {}): WireRequest {
  return {
    method: 'POST',
    path: '/soap',
    tail: '',
    query: '',
    headers: { 'content-type': 'text/xml; charset=utf-8', ...headers },
    requestId: 'r-1',
    address: '127.0.0.1',
    origin: 'http://localhost:8080',
    body: Buffer.from(body),
  };
}

/** A SOAP 1.1 envelope with this Body, other prefixes than ours. */
export function message11(body: string, header = ''): string {
  const head = header === '' ? '' : `<E:Header>${header}</E:Header>`;
  return `<E:Envelope xmlns:E="${envelope11}">${head}<E:Body>${body}</E:Body></E:Envelope>`;
}

/** The same in SOAP 1.2. */
export function message12(body: string, header = ''): string {
  return message11(body, header).replace(envelope11, envelope12);
}

/** An rpc/encoded message in SOAP 1.1. */
export function messageEncoded(body: string): string {
  const spaces = `xmlns:xsi="${xsi}" xmlns:xsd="${xsd}" xmlns:enc="${encoding11}" xmlns:p="urn:polywire" xmlns:apache="http://xml.apache.org/xml-soap"`;
  return `<E:Envelope xmlns:E="${envelope11}" ${spaces} E:encodingStyle="${encoding11}"><E:Body>${body}</E:Body></E:Envelope>`;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly fault: Fault | undefined;
}

/** Sends a request the whole way of a call, without a network. Handlers must not wait. */
export function answer(site: Site, request: WireRequest): Answer {
  const { calls, note } = soap.decode(request, site);
  const { requestId } = request;
  const scope = openScope({ site, protocol: soap as Protocol, requestId, deadlines: new Deadlines() });
  const outcomes = calls.map(
    (call) => run(call, scope, { write: (fn, value) => soap.write(fn, value, note) }) as Outcome,
  );
  const response = soap.encode(outcomes, note, request.requestId, site);
  const [first] = outcomes;
  return {
    status: response.status,
    headers: response.headers,
    text: response.body.toString(),
    fault: first && !first.ok ? first.fault : undefined,
  };
}

export const soap12Type = { 'content-type': 'application/soap+xml; charset=utf-8' };
