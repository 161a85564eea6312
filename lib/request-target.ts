import type { IncomingMessage } from 'node:http';
import { isHost } from './gates/host.ts';

/** A whole URL without a user and without a fragment (RFC 9110 §4.2.1, §4.2.2): its authority, its path and query. */
const absoluteForm = /^https?:\/\/([^/?#@]*)([/?][^#]*)?$/i;

/**
 * For a target that is no path: makes a request for a whole URL what it would be with its path and a Host header. The
 * target's authority counts, and a Host header that says another does not (RFC 9112 §3.2.2). Its scheme says nothing of
 * how the request came.
 * @returns false for a target that is none
 */
export function takeTarget(request: IncomingMessage): boolean {
  const { headers, rawHeaders, url = '/' } = request;
  if (url === '*') return true; // RFC 9112 §3.2.4: of the whole server
  const [, authority = '', rest = ''] = absoluteForm.exec(url) ?? [];
  if (!isHost(authority)) return false;
  request.url = rest[0] === '/' ? rest : `/${rest}`;
  headers.host = authority;
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.toLowerCase() !== 'host') continue;
    rawHeaders[i + 1] = authority; // what is signed is what counts
    hosts++;
  }
  if (hosts === 0) rawHeaders.push('Host', authority);
  return true;
}
