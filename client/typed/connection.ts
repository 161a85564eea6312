import type { ClientRequest } from '../client.ts';
import type { CallOptions, ClientOptions } from './options.ts';
import { type Received, send } from './send.ts';

/** What a client is told once, and what it learns: where the site is, and who calls. */
export interface Connection {
  /** The address of a path of the site. */
  address(path: string): URL;
  /** Whether the server knows who calls. */
  readonly identified: boolean;
  /** Sends a request with what proves who calls, and takes over a token that has been renewed. */
  send(request: ClientRequest, signal: AbortSignal, own?: CallOptions['headers']): Promise<Received>;
}

/** Bytes that an answer may have where nobody says. */
const usualLongest = 256 * 1_048_576;

/** Prepares everything that all requests of a client have in common. */
export function connect(options: ClientOptions): Connection {
  const { fetch = globalThis.fetch, headers, key, onToken, longestAnswer = usualLongest } = options;
  const { location } = globalThis as { readonly location?: { readonly href: string } };
  const site = new URL(options.url, location?.href);
  let { token } = options;
  return {
    identified: options.identified ?? (token !== undefined || key !== undefined),
    address: (path) => new URL(`${site.href.replace(/[?#].*$/, '').replace(/\/+$/, '')}${path}`),
    send: async (request, signal, own) => {
      const all = {
        ...request.headers,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(key !== undefined && { 'X-API-Key': key }),
        ...(await (typeof headers === 'function' ? headers() : headers)),
        ...own,
      };
      const received = await send(fetch, { ...request, headers: all }, signal, longestAnswer);
      const { renewedToken } = received;
      if (renewedToken !== undefined && token !== undefined) {
        token = renewedToken;
        onToken?.(token);
      }
      return received;
    },
  };
}
