import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { Fault } from '../fault.ts';
import type { CredentialLimits } from '../store/records.ts';
import type { JwtSettings } from './auth-settings.ts';
import type { Authenticator, Presented, Proof } from './authenticator.ts';
import type { Custody } from './custody.ts';
import { type KeySets, keySets } from './jwt-keys.ts';
import { userProof } from './proof.ts';
import { headerValues } from './signature/header-values.ts';

/** Those with a public key alone: whoever knows how a token is checked cannot make one (RFC 8725 §3.1). */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Seconds that the issuer's clock may differ from ours. */
const tolerance = 60;
/** Characters of a token. */
const longest = 8_192;

/** The token of an Authorization header if it looks like a JWT: base64url of `{"` and two dots. */
function jwtOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(eyJ[^.]*\.[^.]*\.[^.]*)$/i.exec(authorization ?? '')?.[1];
}

/** Users whom another issuer vouches for by a JSON Web Token (RFC 7519, RFC 6750 §2.1), as the setting `jwt` says. */
export function jwtAuthenticator(custody: Custody): Authenticator<string> {
  const keys = keySets();
  return {
    name: 'jwt',
    kind: 'user',
    headers: ['authorization'],
    find: ({ headers }) => (custody.settings().jwt === undefined ? undefined : jwtOf(headers.authorization)),
    async verify(token, request) {
      const settings = custody.settings().jwt;
      if (settings === undefined || headerValues(request.rawHeaders, 'authorization').length !== 1) return undefined;
      const payload = await checked(token, settings, keys, request);
      return payload && proofOf(payload, settings, custody, request);
    },
  };
}

/** @throws Fault `unavailable` where the keys cannot be had */
async function checked(
  token: string,
  { issuer, audience, jwks }: JwtSettings,
  keys: KeySets,
  { now }: Presented,
): Promise<JWTPayload | undefined> {
  if (token.length > longest) return undefined;
  const { jwtVerify } = await import('jose');
  try {
    const find: JWTVerifyGetKey = async (header, jws) => (await keys(jwks))(header, jws);
    const currentDate = new Date(now);
    const rules = { issuer, audience, algorithms, currentDate, clockTolerance: tolerance, requiredClaims: ['exp'] };
    return (await jwtVerify(token, find, rules)).payload;
  } catch (reason) {
    if (reason instanceof Fault) throw reason;
    return undefined;
  }
}

async function proofOf(
  payload: JWTPayload,
  settings: JwtSettings,
  { directory }: Custody,
  { now }: Presented,
): Promise<Proof | undefined> {
  const username = own(payload, settings.username);
  const scopes = scopesOf(own(payload, settings.scope));
  if (scopes === 'wrong' || typeof username !== 'string' || !/^[^\p{Cc}]{1,255}$/u.test(username)) return undefined;
  const member = await directory.userByName(username);
  const validUntil = ((payload.exp ?? 0) + tolerance) * 1_000;
  const limits: CredentialLimits = { validUntil, addresses: [], protocols: [], functions: [] };
  const proof = member && userProof(member, now, limits);
  return proof && scopes !== undefined ? { ...proof, scopes } : proof;
}

function own(payload: JWTPayload, claim: string): unknown {
  return Object.hasOwn(payload, claim) ? payload[claim] : undefined;
}

/** A list, or names with spaces between them (RFC 8693 §4.2); without the claim nothing is narrowed. */
function scopesOf(claim: unknown): readonly string[] | undefined | 'wrong' {
  if (claim === undefined) return undefined;
  if (typeof claim === 'string') return claim.split(' ').filter((scope) => scope !== '');
  return Array.isArray(claim) && claim.every((scope) => typeof scope === 'string') ? claim : 'wrong';
}
