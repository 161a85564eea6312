import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Settings } from '../../settings.ts';
import type { Authenticator, Presented } from '../authenticator.ts';
import type { Custody } from '../custody.ts';
import type { UseNotes } from '../key-uses.ts';
import { headerValues, singleHeader } from '../signature/header-values.ts';
import { type SignedRequest, signedOrigins, verifySigned } from '../signature/signed-request.ts';
import { baseString, formParameters, type Parameter } from './base-string.ts';
import { bytesAsText, percentEncode } from './percent.ts';
import { type OauthAuthorization, readAuthorization } from './read-authorization.ts';

/**
 * Client programs that sign their requests by OAuth 1.0a (RFC 5849), HMAC-SHA1 or HMAC-SHA256, without a user's token.
 * A body that is not a form is signed by its hash (OAuth Request Body Hash).
 */
export function oauth1Authenticator(custody: Custody, uses?: Pick<UseNotes, 'key'>): Authenticator<true> {
  return {
    name: 'oauth1',
    kind: 'client',
    headers: ['authorization'],
    find: ({ headers }) => (/^OAuth(?: |$)/i.test(headers.authorization ?? '') ? true : undefined),
    verify: (_found, request) => {
      const signed = readSigned(custody.settings(), request);
      return signed && verifySigned(custody, signed, uses);
    },
  };
}

/** What the request says, and how it is checked; undefined where nothing could make it right. */
function readSigned(settings: Settings, request: Presented): SignedRequest | undefined {
  const authorization = readAuthorization(singleHeader(request.rawHeaders, 'authorization') ?? '');
  const others = otherParameters(request, authorization?.bodyHash);
  if (authorization === undefined || others === undefined) return undefined;
  const parameters = [...authorization.parameters, ...others];
  const bases = signedOrigins(request, settings)
    .map((origin) => baseString({ ...request, origin }, parameters))
    .filter((base) => base !== undefined);
  if (bases.length === 0) return undefined;
  const { consumerKey, timestamp, nonce } = authorization;
  return {
    scheme: 'oauth1',
    keyId: consumerKey,
    created: timestamp * 1_000,
    nonce: `${timestamp}:${nonce}`,
    call: request,
    check: (secret) =>
      bases.some((base) => isSigned(base, secret, authorization)) && bodyFits(authorization, request.body),
  };
}

/**
 * The parameters of query and form (RFC 5849 §3.4.1.3.1); undefined where they bring parameters of OAuth, which belong
 * into the header, or where the body would stay unsigned.
 */
function otherParameters({ query, body, rawHeaders }: Presented, bodyHash?: string): readonly Parameter[] | undefined {
  const types = headerValues(rawHeaders, 'content-type');
  if (types.length > 1) return undefined;
  const isForm = /^application\/x-www-form-urlencoded[ \t]*(?:;|$)/i.test(types[0] ?? '');
  if (!isForm && body.length > 0 && bodyHash === undefined) return undefined;
  const inQuery = formParameters(query);
  const inBody = formParameters(isForm ? body.toString('latin1') : '');
  if (inQuery === undefined || inBody === undefined) return undefined;
  const parameters = [...inQuery, ...inBody];
  return parameters.some(([name]) => name.startsWith('oauth_')) ? undefined : parameters;
}

/** RFC 5849 §3.4.2; there is no secret of a token. */
function isSigned(base: string, secret: string, { algorithm, signature }: OauthAuthorization): boolean {
  const digest = createHmac(algorithm, `${percentEncode(bytesAsText(secret))}&`)
    .update(base)
    .digest();
  return digest.length === signature.length && timingSafeEqual(digest, signature);
}

/** OAuth Request Body Hash 1.0 §3.2. */
function bodyFits({ bodyHash, algorithm }: OauthAuthorization, body: Buffer): boolean {
  return bodyHash === undefined || createHash(algorithm).update(body).digest('base64') === bodyHash;
}
