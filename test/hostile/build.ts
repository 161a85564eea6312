import { type Endpoint, forms, jsonTaking } from './endpoints.ts';

/** Names and values of headers, in their order, twice if given twice. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** A request that is written as it is said, not as it should be. */
export interface Request {
  readonly method?: string;
  readonly path?: string;
  readonly version?: string;
  /** What stands in the place of the usual Host; none at all where it is undefined. */
  readonly host?: string | undefined;
  /** What stands in the place of the usual Content-Type; none at all where it is undefined. */
  readonly type?: string | undefined;
  readonly headers?: Headers;
  readonly body?: string | Buffer;
  /** What stands in the place of the true length; none at all where it is undefined. */
  readonly length?: string | undefined;
}

const defaultFunction = 'hostile.mark';

/** Where a function is called. */
export function pathOf(endpoint: Endpoint, name: string = defaultFunction): string {
  return endpoint === 'REST' ? `/rest/${name}` : forms[endpoint].path;
}

/** The bytes of a request to an endpoint; every part may be replaced. */
export function request(endpoint: Endpoint, parts: Request): Buffer {
  const method = parts.method ?? (endpoint === 'WSDL' ? 'GET' : 'POST');
  const body = Buffer.from((parts.body ?? '') as string);
  const has = (name: string) => Object.hasOwn(parts, name);
  const type = has('type') ? parts.type : forms[endpoint].type || undefined;
  const host = has('host') ? parts.host : 'localhost';
  const bare = method === 'GET' || method === 'HEAD';
  const length = has('length') ? parts.length : bare ? undefined : String(body.length);
  const lines = [
    `${method} ${parts.path ?? pathOf(endpoint)} HTTP/${parts.version ?? '1.1'}`,
    ...(host === undefined ? [] : [`Host: ${host}`]),
    ...(type === undefined || bare ? [] : [`Content-Type: ${type}`]),
    ...(parts.headers ?? []).map(([name, value]) => `${name}: ${value}`),
    ...(length === undefined ? [] : [`Content-Length: ${length}`]),
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text as content of an element. */
export const escaped = (text: string): string => text.replace(/[&<>]/g, (found) => escapes[found] as string);

const soapNamespaces = {
  'SOAP 1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  'SOAP 1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;

/** Places in a message of XML into which an attack puts something. */
export interface Places {
  /** The function. */
  readonly name?: string;
  /** What stands for its parameter: elements as they are. */
  readonly params?: string;
  /** The content of its parameter `text`, unless `params` is given. */
  readonly text?: string;
  /** Before the root, in it (attributes), in the operation's tag, after the root. */
  readonly before?: string;
  readonly root?: string;
  readonly operation?: string;
  readonly after?: string;
  /** SOAP only: the Header's blocks; what follows the operation in Body; what follows Body. */
  readonly header?: string;
  readonly beside?: string;
  readonly behind?: string;
}

/** The namespace of an endpoint's envelope. */
export function envelopeNamespace(endpoint: Endpoint): string {
  return soapNamespaces[endpoint as 'SOAP 1.1'];
}

/** A message of XML with something in its places. */
export function message(endpoint: Endpoint, places: Places = {}): string {
  const { name = defaultFunction, text = 'x', before = '', root = '', after = '' } = places;
  const { header, operation = '', beside = '', behind = '' } = places;
  if (endpoint === 'XML-RPC') {
    const params = places.params ?? `<param><value><string>${text}</string></value></param>`;
    return `${before}<methodCall${root}><methodName>${name}</methodName><params>${params}</params></methodCall>${after}`;
  }
  const params = places.params ?? `<text>${text}</text>`;
  const element = `p:${name.replaceAll('.', '_')}`;
  const head = header === undefined ? '' : `<e:Header>${header}</e:Header>`;
  const body = `<e:Body><${element} xmlns:p="urn:polywire"${operation}>${params}</${element}>${beside}</e:Body>`;
  return `${before}<e:Envelope xmlns:e="${envelopeNamespace(endpoint)}"${root}>${head}${body}${behind}</e:Envelope>${after}`;
}

/** A message of XML as a request. */
export function send(endpoint: Endpoint, places: Places = {}, parts: Request = {}): Buffer {
  return request(endpoint, { body: message(endpoint, places), ...parts });
}

type Params = Readonly<Record<string, string>>;

function xmlParams(endpoint: Endpoint, params: Params): string {
  return Object.entries(params)
    .map(([name, value]) =>
      endpoint === 'XML-RPC'
        ? `<param><value><string>${escaped(value)}</string></value></param>`
        : `<${name}>${escaped(value)}</${name}>`,
    )
    .join('');
}

/** A body that calls a function with texts for parameters, in any protocol. */
export function bodyOf(endpoint: Endpoint, name: string, params: Params): string {
  if (jsonTaking.includes(endpoint as 'REST')) return jsonBody(endpoint, name, JSON.stringify(params));
  return message(endpoint, { name, params: xmlParams(endpoint, params) });
}

/** A message of MCP; the arguments are JSON text. */
function toolCall(name: string, params: string): string {
  return `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":${JSON.stringify(name)},"arguments":${params}}}`;
}

/** A right call of a function with texts for parameters; every part of the request may be replaced. */
export function call(endpoint: Endpoint, name = defaultFunction, params: Params = { text: 'x' }, parts: Request = {}) {
  if (endpoint === 'WSDL') return request(endpoint, parts);
  return request(endpoint, { path: pathOf(endpoint, name), body: bodyOf(endpoint, name, params), ...parts });
}

/** The body of a call whose parameters are given as JSON text. */
export function jsonBody(endpoint: Endpoint, name: string, params: string): string {
  if (endpoint === 'REST') return params;
  if (endpoint === 'Console') return `{"function":${JSON.stringify(name)},"params":${params}}`;
  if (endpoint === 'MCP') return toolCall(name, params);
  return `{"jsonrpc":"2.0","method":${JSON.stringify(name)},"params":${params},"id":1}`;
}

/** A call whose one parameter `value` is given as JSON text. */
export function jsonCall(endpoint: Endpoint, name: string, value: string, parts: Request = {}): Buffer {
  return request(endpoint, {
    path: pathOf(endpoint, name),
    body: jsonBody(endpoint, name, `{"value":${value}}`),
    ...parts,
  });
}
