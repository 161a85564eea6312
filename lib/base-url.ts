import type { RequestHead } from './protocol.ts';
import type { Site } from './site.ts';

/**
 * The address that callers use, without a slash at its end, for documents: the public URL, else the host by which they have
 * called, which the door has checked, else (by HTTP/1.0 a caller may name none) the first allowed host; empty if none is known.
 */
export function baseUrl({ origin }: Pick<RequestHead, 'origin'>, { settings }: Site): string {
  const { allowedHosts, httpsRequired, publicUrl } = settings;
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const [host] = allowedHosts;
  if (origin !== '' || host === undefined) return origin;
  return `${httpsRequired ? 'https' : 'http'}://${host}`;
}
