import type { RequestHead, WireResponse } from '../../lib/protocol.ts';
import { fileAt, type PageFile, type PageFiles } from './files.ts';

/** What the pages may do: load what is ours, and nothing else (CSP Level 3 §6, Fetch, HTML). */
const policy = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()',
} as const;

const text = 'text/plain; charset=utf-8';

/** Answers for the pages by GET and HEAD. */
export function document({ path, tail, headers }: RequestHead, files: PageFiles): WireResponse {
  if (path === '/console') {
    // relative, so that it holds where the site is mounted below another path
    return { status: 308, headers: { ...policy, Location: 'console/', 'Content-Type': text }, body: '' };
  }
  const file = fileAt(files, tail);
  if (file === undefined) {
    const body = files.size === 0 ? 'The pages of the console have not been built.\n' : 'There is no such file.\n';
    return { status: 404, headers: { ...policy, 'Cache-Control': 'no-store', 'Content-Type': text }, body };
  }
  const kept = {
    ...policy,
    ETag: file.etag,
    'Cache-Control': file.lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (isHeld(headers['if-none-match'], file)) return { status: 304, headers: kept, body: '' };
  return { status: 200, headers: { ...kept, 'Content-Type': file.type }, body: file.body };
}

/** Whether the caller holds the file already (RFC 9110 §13.1.2, compared weakly). */
function isHeld(field: string | undefined, { etag }: PageFile): boolean {
  if (field === undefined) return false;
  return field.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
