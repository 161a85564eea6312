import type { NewUser } from './data.ts';
import { type BenchRequest, methodCall, soapFields } from './workloads.ts';

/** The users of W5. */
export const BULK_SIZE = 40_000;

/** Every way to send them. */
export const BULK_DIALECTS = ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'soap12', 'encoded'] as const;
export type BulkDialect = (typeof BULK_DIALECTS)[number];

const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
const ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';

/** One call of a function with many users. */
export function bulkRequest(dialect: BulkDialect, name: string, users: readonly NewUser[]): BenchRequest {
  const json = { 'Content-Type': 'application/json' };
  const xml = { 'Content-Type': 'text/xml; charset=utf-8' };
  switch (dialect) {
    case 'rest':
      return { path: `/rest/${name}`, headers: json, body: JSON.stringify({ users }) };
    case 'jsonrpc':
      return {
        path: '/jsonrpc',
        headers: json,
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: name, params: { users } }),
      };
    case 'xmlrpc':
      return { path: '/xmlrpc', headers: xml, body: methodCall(name, [users]) };
    case 'soap':
      return { path: '/soap', headers: { ...xml, SOAPAction: '""' }, body: envelope(SOAP11, name, '', users) };
    case 'soap12':
      return {
        path: '/soap',
        headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
        body: envelope(SOAP12, name, '', users),
      };
    case 'encoded':
      return {
        path: '/soap',
        headers: { ...xml, SOAPAction: '""' },
        body: envelope(SOAP11, name, ` s:encodingStyle="${ENCODING}"`, users),
      };
  }
}

function envelope(namespace: string, name: string, style: string, users: readonly NewUser[]): string {
  const wrapper = `p:${name.replaceAll('.', '_')}`;
  return (
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${namespace}"><s:Body>` +
    `<${wrapper} xmlns:p="urn:polywire"${style}>${soapFields({ users })}</${wrapper}></s:Body></s:Envelope>`
  );
}
