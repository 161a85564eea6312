import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Settings } from '../../settings.ts';
import type { Authenticator, Presented } from '../authenticator.ts';
import type { Custody } from '../custody.ts';
import type { UseNotes } from '../key-uses.ts';
import { contentDigestFits } from './content-digest.ts';
import { headerValues } from './header-values.ts';
import { readSignature, type Signature } from './read-signature.ts';
import { requiredComponents, signatureBase } from './signature-base.ts';
import { type SignedRequest, signedOrigins, verifySigned } from './signed-request.ts';

/**
 * Client programs that sign their requests (RFC 9421, hmac-sha256) and the digest of the body with them (RFC 9530).
 * The algorithm belongs to the key: what the request says about it decides nothing.
 */
export function signatureAuthenticator(custody: Custody, uses?: Pick<UseNotes, 'key'>): Authenticator<true> {
  return {
    name: 'signature',
    kind: 'client',
    headers: ['signature', 'signature-input'],
    find: ({ headers }) =>
      headers.signature !== undefined || headers['signature-input'] !== undefined ? true : undefined,
    verify: (_found, request) => {
      const signed = readSigned(custody.settings(), request);
      return signed && verifySigned(custody, signed, uses);
    },
  };
}

/** What the request says, and how it is checked; undefined where nothing could make it right. */
function readSigned(settings: Settings, request: Presented): SignedRequest | undefined {
  const { rawHeaders, body } = request;
  const signature = readSignature(rawHeaders);
  if (signature === undefined || !isComplete(signature, request)) return undefined;
  const bases = signedOrigins(request, settings)
    .map((origin) => signatureBase(signature.input, { ...request, origin }))
    .filter((base) => base !== undefined);
  if (bases.length === 0) return undefined;
  return {
    scheme: 'signature',
    keyId: signature.keyId,
    created: signature.created * 1_000,
    nonce: signature.nonce,
    call: request,
    check: (secret) => bases.some((base) => isSigned(base, secret, signature.bytes)) && digestFits(signature),
  };

  function digestFits({ covered }: Signature): boolean {
    return (
      !covered.has('content-digest') || contentDigestFits(headerValues(rawHeaders, 'content-digest').join(', '), body)
    );
  }
}

/** Whether nothing that matters is left unsigned, and the signature has not expired by its own word. */
function isComplete({ covered, expires }: Signature, { body, now }: Presented): boolean {
  if (expires !== undefined && now > expires * 1_000) return false;
  return requiredComponents(body).every((name) => covered.has(name));
}

function isSigned(base: string, secret: string, signature: Buffer): boolean {
  return timingSafeEqual(createHmac('sha256', secret).update(base).digest(), signature);
}
