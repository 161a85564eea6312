import { XMLValidator } from 'fast-xml-parser';
import type { Answer, Plain } from './wire.ts';

/** What a fault says, however it is written. */
export interface Told {
  readonly code: string;
  readonly requestId: string;
}

/** How one protocol is spoken: enough to knock at its door. */
export interface Dialect {
  readonly name: string;
  readonly protocol: string;
  readonly path: string;
  readonly contentType: string;
  /** The bytes of a right call of `test.mark` with a text. */
  readonly body: (text: string) => string;
  /** Whether an answer is the result of such a call. */
  readonly result: (answer: Answer) => string | undefined;
  /** Reads a fault in the protocol's own form; throws if the answer is none. */
  readonly fault: (answer: Answer) => Told;
  /** HTTP status of a fault that HTTP itself does not know. */
  readonly status: (code: string) => number;
}

function xml(answer: Answer): string {
  const valid = XMLValidator.validate(answer.body);
  if (valid !== true) throw new Error(`not XML: ${answer.body} ${JSON.stringify(valid)}`);
  return answer.body;
}

function one(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`${pattern} is not in ${text}`);
  return found;
}

const restStatuses: Readonly<Record<string, number>> = {
  'rate-limited': 429,
  malformed: 400,
  'too-large': 413,
  'unknown-function': 404,
};

const rest: Dialect = {
  name: 'REST',
  protocol: 'rest',
  path: '/rest/test.mark',
  contentType: 'application/json',
  body: (text) => JSON.stringify({ text }),
  result: ({ body }) => (JSON.parse(body) as { result?: string }).result,
  fault: ({ body }) => {
    const { status, error } = JSON.parse(body) as { status: string; error: Told };
    if (status !== 'error') throw new Error(body);
    return error;
  },
  status: (code) => restStatuses[code] ?? 403,
};

const jsonrpc: Dialect = {
  name: 'JSON-RPC',
  protocol: 'jsonrpc',
  path: '/jsonrpc',
  contentType: 'application/json',
  body: (text) => JSON.stringify({ jsonrpc: '2.0', method: 'test.mark', params: [text], id: 1 }),
  result: ({ body }) => (JSON.parse(body) as { result?: string }).result,
  fault: ({ body }) => {
    const { jsonrpc: version, error, id } = JSON.parse(body) as { jsonrpc: string; id: unknown; error: { data: Told } };
    if (version !== '2.0' || id !== null) throw new Error(body);
    return error.data;
  },
  status: () => 200,
};

const mcpStatuses: Readonly<Record<string, number>> = { 'rate-limited': 429, malformed: 400, 'too-large': 413 };

const mcp: Dialect = {
  name: 'MCP',
  protocol: 'mcp',
  path: '/mcp',
  contentType: 'application/json',
  body: (text) =>
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'test_mark', arguments: { text } } }),
  result: ({ body }) =>
    (JSON.parse(body) as { result?: { structuredContent?: { result: string } } }).result?.structuredContent?.result,
  fault: jsonrpc.fault,
  status: (code) => mcpStatuses[code] ?? 403,
};

const xmlrpc: Dialect = {
  name: 'XML-RPC',
  protocol: 'xmlrpc',
  path: '/xmlrpc',
  contentType: 'text/xml',
  body: (text) =>
    `<?xml version="1.0"?><methodCall><methodName>test.mark</methodName><params><param><value>${text}</value></param></params></methodCall>`,
  result: (answer) => /<param><value><string>(.*?)<\/string>/s.exec(xml(answer))?.[1],
  fault: (answer) => {
    const text = one(xml(answer), /<methodResponse><fault>.*<name>faultString<\/name><value><string>(.*?)<\/string>/s);
    return { code: one(text, /^([a-z-]+): /), requestId: one(text, /\(request (.*)\)$/) };
  },
  status: () => 200,
};

function soap(version: '1.1' | '1.2'): Dialect {
  const namespace =
    version === '1.1' ? 'http://schemas.xmlsoap.org/soap/envelope/' : 'http://www.w3.org/2003/05/soap-envelope';
  return {
    name: `SOAP ${version}`,
    protocol: 'soap',
    path: '/soap',
    contentType: version === '1.1' ? 'text/xml; charset=utf-8' : 'application/soap+xml; charset=utf-8',
    body: (text) =>
      `<e:Envelope xmlns:e="${namespace}"><e:Body><p:test_mark xmlns:p="urn:polywire"><text>${text}</text></p:test_mark></e:Body></e:Envelope>`,
    result: (answer) => /<result>(.*?)<\/result>/s.exec(xml(answer))?.[1],
    fault: (answer) => {
      const text = xml(answer);
      if (!text.includes(`"${namespace}"`)) throw new Error(`not SOAP ${version}: ${text}`);
      const fault = one(text, /<(?:soap|env):Body><(?:soap|env):Fault>(.*)<\/(?:soap|env):Fault>/s);
      return { code: one(fault, /<code>(.*?)<\/code>/), requestId: one(fault, /<requestId>(.*?)<\/requestId>/) };
    },
    status: (code) => (version === '1.1' || code.endsWith('-off') ? 500 : 400),
  };
}

/** Every protocol; SOAP in both of its versions. */
export const dialects: readonly Dialect[] = [rest, jsonrpc, mcp, xmlrpc, soap('1.1'), soap('1.2')];

/** A right call, with more headers or other parts. */
export function callOf(dialect: Dialect, more: Partial<Plain> & { readonly text?: string } = {}): Plain {
  const { text = 'hello', headers = [], ...parts } = more;
  const has = (name: string) => headers.some(([given]) => given.toLowerCase() === name);
  const own: [string, string][] = [];
  if (!has('host')) own.push(['Host', 'localhost']);
  if (!has('content-type')) own.push(['Content-Type', dialect.contentType]);
  return { path: dialect.path, body: dialect.body(text), ...parts, headers: [...own, ...headers] };
}
