import { type Reader, readJsonrpc, readMcp, readRest, readSoap, readWsdl, readXmlrpc } from './answers.ts';
import { type Code, codes, earlyStatus, mcpStatus } from './codes.ts';

/** One way to knock at the site. */
export type Endpoint = 'REST' | 'JSON-RPC' | 'MCP' | 'XML-RPC' | 'SOAP 1.1' | 'SOAP 1.2' | 'WSDL' | 'Console';

export const xmlEndpoints = ['XML-RPC', 'SOAP 1.1', 'SOAP 1.2'] as const satisfies readonly Endpoint[];
export const soapEndpoints = ['SOAP 1.1', 'SOAP 1.2'] as const satisfies readonly Endpoint[];
export const jsonEndpoints = ['REST', 'JSON-RPC', 'MCP'] as const satisfies readonly Endpoint[];
/** Those that take JSON texts, the console's own among them. */
export const jsonTaking = [...jsonEndpoints, 'Console'] as const satisfies readonly Endpoint[];
export const callEndpoints = [...jsonEndpoints, ...xmlEndpoints] as const satisfies readonly Endpoint[];
/** Those that take a body of their own type. */
export const postEndpoints = [...callEndpoints, 'Console'] as const satisfies readonly Endpoint[];
export const allEndpoints = [...callEndpoints, 'WSDL'] as const satisfies readonly Endpoint[];
/** Those and the console's own, which no switch, no list of origins and no credential but a session opens. */
export const pageEndpoints = [...allEndpoints, 'Console'] as const satisfies readonly Endpoint[];

/** How an endpoint is spoken to, and how it must answer. */
interface Form {
  readonly path: string;
  readonly type: string;
  readonly read: Reader;
  /** The status of a fault that is no early one. */
  readonly status: (code: Code) => number;
}

/** SOAP 1.2 part 2, table 20. */
const soap12Status = (code: Code) => (codes[code].soap[1] === 'Sender' ? 400 : 500);

/** Every endpoint. */
export const forms: Readonly<Record<Endpoint, Form>> = {
  REST: { path: '/rest/', type: 'application/json', read: readRest, status: (code) => codes[code].rest },
  Console: { path: '/console/call', type: 'application/json', read: readRest, status: (code) => codes[code].rest },
  'JSON-RPC': { path: '/jsonrpc', type: 'application/json', read: readJsonrpc, status: () => 200 },
  MCP: { path: '/mcp', type: 'application/json', read: readMcp, status: mcpStatus },
  'XML-RPC': { path: '/xmlrpc', type: 'text/xml', read: readXmlrpc, status: () => 200 },
  'SOAP 1.1': { path: '/soap', type: 'text/xml; charset=utf-8', read: readSoap('1.1'), status: () => 500 },
  'SOAP 1.2': { path: '/soap', type: 'application/soap+xml', read: readSoap('1.2'), status: soap12Status },
  WSDL: { path: '/soap?wsdl', type: '', read: readWsdl, status: () => 500 },
};

/** The status with which an endpoint refuses; `early`: before a message could be told. */
export function statusOf(endpoint: Endpoint, code: Code, early: boolean): number {
  return (early ? earlyStatus[code] : undefined) ?? forms[endpoint].status(code);
}
