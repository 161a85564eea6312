import { createHmac, randomBytes } from 'node:crypto';
import { contentDigest } from './content-digest.ts';
import { requiredComponents, signatureBase } from './signature-base.ts';
import { type InnerList, type Item, writeInnerList } from './structured-fields.ts';

/** A request to be signed. */
export interface Signable {
  readonly method: string;
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** How it is signed. */
export interface Signer {
  readonly keyId: string;
  readonly secret: string;
  /** Headers to be signed besides those that must be, in lower case. */
  readonly cover?: readonly string[];
  /** Milliseconds since 1970; now if left out. */
  readonly now?: number;
  /** 8 to 256 characters of ASCII, never used before; random if left out. */
  readonly nonce?: string;
}

/**
 * Signs a request as the `signature` authenticator asks for it (RFC 9421, RFC 9530).
 * @returns the headers to be sent along: Signature-Input, Signature and, with a body, Content-Digest
 * @throws TypeError for a body without Content-Type, and for headers to be signed that are not there
 */
export function signRequest(request: Signable, signer: Signer): Readonly<Record<string, string>> {
  const url = new URL(request.url);
  const body = Buffer.from(request.body ?? '');
  const added = body.length === 0 ? {} : { 'Content-Digest': contentDigest(body) };
  const input = inputOf([...requiredComponents(body), ...(signer.cover ?? [])], signer);
  const base = signatureBase(input, {
    method: request.method,
    origin: url.origin,
    path: url.pathname,
    query: url.search.slice(1),
    rawHeaders: Object.entries({ ...request.headers, ...added }).flat(),
  });
  if (base === undefined) throw new TypeError('The request lacks a header that is to be signed, or one is not ASCII');
  const signature = createHmac('sha256', signer.secret).update(base).digest('base64');
  return { ...added, 'Signature-Input': `sig1=${writeInnerList(input)}`, Signature: `sig1=:${signature}:` };
}

function inputOf(
  names: readonly string[],
  { keyId, now = Date.now(), nonce = randomBytes(16).toString('hex') }: Signer,
): InnerList {
  const items = [...new Set(names)].map((value): Item => ({ value, parameters: new Map() }));
  const parameters = new Map<string, string | number>([
    ['created', Math.floor(now / 1_000)],
    ['keyid', keyId],
    ['alg', 'hmac-sha256'],
    ['nonce', nonce],
  ]);
  return { items, parameters };
}
