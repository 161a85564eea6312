import type { Parameter } from './base-string.ts';
import { percentDecode } from './percent.ts';

/** The algorithms by their names in OAuth and in Node. */
const algorithms = new Map([
  ['HMAC-SHA1', 'sha1'],
  ['HMAC-SHA256', 'sha256'],
]);

/** What an Authorization header of OAuth says. */
export interface OauthAuthorization {
  readonly consumerKey: string;
  /** As Node names it. */
  readonly algorithm: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly nonce: string;
  readonly signature: Buffer;
  readonly bodyHash: string | undefined;
  /** All parameters that are signed. */
  readonly parameters: readonly Parameter[];
}

/**
 * Reads the header (RFC 5849 §3.5.1): two-legged, so that `oauth_token` is absent or empty.
 * @returns undefined for what is malformed, incomplete, repeated, or of another method or version
 */
export function readAuthorization(header: string): OauthAuthorization | undefined {
  const parameters = readParameters(header);
  if (parameters === undefined) return undefined;
  const found = new Map(parameters);
  if (found.size < parameters.length || found.get('oauth_token')) return undefined;
  const algorithm = algorithms.get(found.get('oauth_signature_method') ?? '');
  const consumerKey = found.get('oauth_consumer_key');
  const [timestamp = '', nonce = ''] = [found.get('oauth_timestamp'), found.get('oauth_nonce')];
  const signature = readSignature(found.get('oauth_signature') ?? '');
  if (algorithm === undefined || consumerKey === undefined || signature === undefined) return undefined;
  if (!/^[1-9][0-9]{0,11}$/.test(timestamp) || !/^[ -~]{1,256}$/.test(nonce)) return undefined;
  if ((found.get('oauth_version') ?? '1.0') !== '1.0') return undefined;
  return {
    consumerKey,
    algorithm,
    timestamp: Number(timestamp),
    nonce,
    signature,
    bodyHash: found.get('oauth_body_hash'),
    parameters: parameters.filter(([name]) => name !== 'realm' && name !== 'oauth_signature'),
  };
}

function readParameters(header: string): readonly Parameter[] | undefined {
  const scheme = /^OAuth +/i.exec(header)?.[0];
  if (scheme === undefined) return undefined;
  const pair = /([A-Za-z0-9\-._~%]+)="([ !#-[\]-~]*)"(?:[ \t]*,[ \t]*(?=[^ \t])|$)/y;
  const parameters: Parameter[] = [];
  pair.lastIndex = scheme.length;
  do {
    const [, name = '', value = ''] = pair.exec(header) ?? [];
    const [plainName, plainValue] = [percentDecode(name), name === 'realm' ? value : percentDecode(value)];
    if (!plainName || plainValue === undefined) return undefined;
    parameters.push([plainName, plainValue]);
  } while (pair.lastIndex < header.length);
  return parameters;
}

/** RFC 5849 §3.4.2: in base64, and in the one form of it that bytes have. */
function readSignature(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === text ? bytes : undefined;
}
