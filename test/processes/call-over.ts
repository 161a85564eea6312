import type { ClientRequest } from '../../client/client.ts';
import { clients, type Dialect } from '../../client/index.ts';
import type { AnyFunction } from '../../index.ts';
import { Issues } from '../../lib/issues.ts';

/** Every way to call. */
export const dialects = Object.keys(clients) as readonly Dialect[];

/** How a call ended. */
export interface Ending {
  /** `ok` or the code of the fault. */
  readonly code: string;
  readonly value?: unknown;
  readonly status: number;
  readonly headers: Headers;
  /** All that came back. */
  readonly text: string;
}

/** Headers to send along, or what makes them of a finished request. */
export type More = Readonly<Record<string, string>> | ((request: ClientRequest) => Readonly<Record<string, string>>);

/** The request of a call, ready to be sent to a server. */
export function requestOf(url: string, dialect: Dialect, fn: AnyFunction, params: object): ClientRequest {
  const client = clients[dialect];
  const target = { url: new URL(client.path, url), namespace: 'urn:polywire' };
  return client.encode(fn, params as Readonly<Record<string, unknown>>, target);
}

/** Calls a function over HTTP. */
export async function callOver(
  url: string,
  dialect: Dialect,
  fn: AnyFunction,
  params: object,
  more: More = {},
): Promise<Ending> {
  const request = requestOf(url, dialect, fn, params);
  const response = await fetch(request.url, {
    method: request.method,
    headers: { ...request.headers, ...(typeof more === 'function' ? more(request) : more) },
    ...(request.method === 'GET' ? {} : { body: request.body }),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const contentType = response.headers.get('content-type') ?? '';
  const answer = clients[dialect].decode(fn, { status: response.status, contentType, body }, new Issues());
  const common = { status: response.status, headers: response.headers, text: body.toString() };
  return answer.ok ? { ...common, code: 'ok', value: answer.value } : { ...common, code: answer.code };
}
