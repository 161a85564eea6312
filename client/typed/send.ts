import type { ClientRequest, ClientResponse } from '../client.ts';
import { TransportError } from './error.ts';

/** What came back, with what HTTP says besides. */
export interface Received extends ClientResponse {
  /** Seconds of Retry-After (RFC 9110 §10.2.3). */
  readonly retryAfter: number | undefined;
  readonly renewedToken: string | undefined;
}

/**
 * Sends a request by `fetch` and takes in the whole answer, up to `longest` bytes. Redirects are not followed: they would take
 * credentials elsewhere.
 * @throws TransportError; what the signal was aborted with
 */
export async function send(
  fetch: typeof globalThis.fetch,
  { method, url, headers, body }: ClientRequest,
  signal: AbortSignal,
  longest: number,
): Promise<Received> {
  try {
    const payload = method === 'GET' ? {} : { body };
    const response = await fetch(url.href, { method, headers, ...payload, signal, redirect: 'error' });
    const seconds = response.headers.get('retry-after');
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      retryAfter: seconds === null ? undefined : secondsOf(seconds),
      renewedToken: response.headers.get('x-renewed-token') ?? undefined,
      body: await bodyOf(response, longest),
    };
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof TransportError) throw cause;
    throw new TransportError('network', `No answer from ${url.origin}: ${reasonOf(cause)}`, { cause });
  }
}

/** `fetch` says what happened in a cause, if at all. */
function reasonOf(thrown: unknown): string {
  const { message, cause } = thrown as { readonly message?: string; readonly cause?: { readonly message?: string } };
  return cause?.message || message || String(thrown);
}

function secondsOf(text: string): number | undefined {
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1_000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

async function bodyOf(response: Response, longest: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (value === undefined) break;
    chunks.push(value);
    length += value.length;
    if (length <= longest) continue;
    reader?.cancel().catch(() => {});
    throw new TransportError('too-large', `The answer is longer than ${longest} bytes`, { status: response.status });
  }
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const body = new Uint8Array(length);
  for (let at = 0, i = 0; i < chunks.length; at += (chunks[i++] as Uint8Array).length)
    body.set(chunks[i] as Uint8Array, at);
  return body;
}
