import type { Column, Wire } from './edge.ts';
import type { Answer, Request } from './http.ts';
import { readXml } from './infoset.ts';
import {
  namespace,
  readJsonrpc,
  readMcp,
  readRest,
  readSoap,
  readXmlrpc,
  type Seen,
  type SoapVersion,
} from './reading.ts';

/** How a column calls a function and reads the answer: nothing here is ours. */
export interface ProtocolColumn {
  readonly title: string;
  /** The call of a function with what stands on the wire. */
  request(name: string, input: Wire): Request;
  read(answer: Answer): Seen;
  /** What the answer to a call must hold, read in the same way. */
  expected(name: string, output: Wire): unknown;
}

const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

function whole(wire: Wire, usual: (text: string) => string): string {
  return typeof wire === 'string' ? usual(wire) : wire.whole;
}

const parse = (_: string, output: Wire): unknown => JSON.parse(whole(output, (text) => text));

function restPath(name: string): string {
  return `/rest/${name}`;
}

const rest: ProtocolColumn = {
  title: 'REST, JSON',
  request: (name, input) => ({
    method: 'POST',
    path: restPath(name),
    headers: { 'Content-Type': 'application/json' },
    body: whole(input, (text) => `{"value":${text}}`),
  }),
  read: readRest,
  expected: parse,
};

const texts = (input: Wire): string => whole(input, (text) => `value=${encodeURIComponent(text)}`);

const query: ProtocolColumn = {
  title: 'REST, query',
  request: (name, input) => ({ method: 'GET', path: `${restPath(name)}?${texts(input)}`, headers: {} }),
  read: readRest,
  expected: parse,
};

const form: ProtocolColumn = {
  title: 'REST, form',
  request: (name, input) => ({
    method: 'POST',
    path: restPath(name),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: texts(input),
  }),
  read: readRest,
  expected: parse,
};

const jsonrpc: ProtocolColumn = {
  title: 'JSON-RPC',
  request: (name, input) => ({
    method: 'POST',
    path: '/jsonrpc',
    headers: { 'Content-Type': 'application/json' },
    body: `{"jsonrpc":"2.0","id":1,"method":"${name}","params":${whole(input, (text) => `{"value":${text}}`)}}`,
  }),
  read: readJsonrpc,
  expected: parse,
};

const mcp: ProtocolColumn = {
  title: 'MCP',
  request: (name, input) => ({
    method: 'POST',
    path: '/mcp',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
    body: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${name.replaceAll('.', '_')}","arguments":${whole(input, (text) => `{"value":${text}}`)}}}`,
  }),
  read: readMcp,
  expected: parse,
};

const xmlrpc: ProtocolColumn = {
  title: 'XML-RPC',
  request: (name, input) => {
    const params = whole(input, (text) => `<param><value>${text}</value></param>`);
    return {
      method: 'POST',
      path: '/xmlrpc',
      headers: { 'Content-Type': 'text/xml' },
      body: `<?xml version="1.0"?><methodCall><methodName>${name}</methodName><params>${params}</params></methodCall>`,
    };
  },
  read: readXmlrpc,
  expected: (_, output) => readXml(whole(output, (text) => `<value>${text}</value>`)),
};

/** The media type, the namespace and further headers of a version of SOAP. */
export const soapVersions = {
  '1.1': {
    type: 'text/xml',
    envelope: 'http://schemas.xmlsoap.org/soap/envelope/',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' },
  },
  '1.2': {
    type: 'application/soap+xml',
    envelope: 'http://www.w3.org/2003/05/soap-envelope',
    headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
  },
} as const;

function soap(version: SoapVersion): ProtocolColumn {
  const { envelope, headers } = soapVersions[version];
  return {
    title: `SOAP ${version}`,
    request: (name, input) => {
      const operation = name.replaceAll('.', '_');
      const content = whole(input, (text) => `<value>${text}</value>`);
      const start = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${envelope}" xmlns:xsi="${xsi}" xmlns:w="${namespace}">`;
      const body = `<s:Body><w:${operation}>${content}</w:${operation}></s:Body>`;
      return { method: 'POST', path: '/soap', headers, body: `${start}${body}</s:Envelope>` };
    },
    read: (answer) => readSoap(answer, version),
    expected: (name, output) => {
      const wrapper = `w:${name.replaceAll('.', '_')}Response`;
      const content = whole(output, (text) => `<result>${text}</result>`);
      return readXml(`<${wrapper} xmlns:w="${namespace}" xmlns:xsi="${xsi}">${content}</${wrapper}>`);
    },
  };
}

export const protocolColumns: Readonly<Record<Column, ProtocolColumn>> = {
  rest,
  query,
  form,
  jsonrpc,
  mcp,
  xmlrpc,
  soap11: soap('1.1'),
  soap12: soap('1.2'),
};
