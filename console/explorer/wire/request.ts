import type { ClientRequest } from '../../../client/client.ts';
import { clients, type Dialect } from '../../../client/index.ts';
import { jsonText } from '../../../client/json.ts';
import type { FunctionData } from '../../../lib/define.ts';
import type { Way } from './ways.ts';

/** What a call is made of. */
export interface CallParts {
  readonly fn: FunctionData;
  /** As handlers have them. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly way: Way;
  /** Where the server is. */
  readonly origin: string;
  /** The target namespace of SOAP. */
  readonly namespace: string;
}

/** Whether a way is one of the protocols' own client sides. */
export function isDialect(name: string): name is Dialect {
  return Object.hasOwn(clients, name);
}

/**
 * The request of a call, to the byte.
 * @throws Fault for values that the protocol cannot carry
 */
export function requestOf({ fn, values, way, origin, namespace }: CallParts): ClientRequest {
  const url = new URL(way.path, origin);
  return isDialect(way.name)
    ? clients[way.name].encode(fn, values, { url, namespace })
    : consoleCall(url, fn.name, values);
}

function consoleCall(url: URL, name: string, values: object): ClientRequest {
  const body = `{"function":${JSON.stringify(name)},"params":${jsonText(values)}}`;
  return { method: 'POST', url, headers: { 'Content-Type': 'application/json' }, body };
}

/** A request as it goes over the wire, but for what the browser adds. */
export function requestText({ method, url, headers, body }: ClientRequest): string {
  const head = [`${method} ${url.pathname}${url.search} HTTP/1.1`, `Host: ${url.host}`];
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...head, ...lines, '', body].join('\n');
}
