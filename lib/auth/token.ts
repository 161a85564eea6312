import type { TokenRecord } from '../store/records.ts';
import type { Authenticator, Presented, Proof } from './authenticator.ts';
import type { Custody } from './custody.ts';
import type { Member } from './directory.ts';
import { nobody, stillHolds } from './identity.ts';
import type { UseNotes } from './key-uses.ts';
import { userProof } from './proof.ts';
import { hashOf } from './secret.ts';
import { credentialsOf } from './token-credentials.ts';
import { renewalsOf } from './token-renewal.ts';

/** The header that brings the fresh token of one that renews itself. */
export const renewedHeader = 'X-Renewed-Token';
const longest = 256;

/** JWTs are Bearer tokens as well (RFC 6750): a JSON header in base64url and two dots. */
const isJwt = (text: string): boolean => /^eyJ[^.]*\.[^.]*\.[^.]*$/.test(text);

/** Users by `Authorization: Bearer <token>` (RFC 6750 §2.1), unless it is a JWT. */
export function tokenAuthenticator(custody: Custody, uses: Pick<UseNotes, 'token'>): Authenticator<string> {
  const { directory } = custody;
  const prove = (token: TokenRecord, member: Member | undefined, request: Presented) => {
    const proof = member === undefined ? undefined : proofOf(token, member, request.now);
    if (proof === undefined) return undefined;
    uses.token(token.id, request.now, request.address);
    return token.renewing ? renewed(custody, token, proof, request) : proof;
  };
  const known = (token: TokenRecord | undefined, request: Presented) => {
    if (token === undefined || token.revoked !== undefined) return undefined;
    const member = directory.user(token.userId);
    return member instanceof Promise
      ? member.then((found) => prove(token, found, request))
      : prove(token, member, request);
  };
  return {
    name: 'token',
    kind: 'user',
    headers: ['authorization'],
    repeatable: true,
    find: (request) => {
      const found = credentialsOf(request, 'bearer');
      return found !== undefined && isJwt(found) ? undefined : found;
    },
    verify: (found, request) => {
      if (found === '' || found.length > longest) return undefined;
      const token = directory.token(hashOf(found));
      return token instanceof Promise ? token.then((record) => known(record, request)) : known(token, request);
    },
  };
}

function proofOf(token: TokenRecord, member: Member, now: number): Proof | undefined {
  const { id, perMinute, perDay, serviceId } = token;
  const proof = userProof(member, now, token);
  if (proof === undefined) return undefined;
  return {
    ...proof,
    subjects: [{ name: `token:${id}`, perMinute, perDay }, ...proof.subjects],
    ...(serviceId === undefined ? {} : { serviceId }),
  };
}

/**
 * The proof with a fresh token; it ends with the old one. On a connection where it is remembered, the same fresh token
 * is told again. Nothing is renewed for whoever may not use the token from there.
 */
async function renewed(
  custody: Custody,
  { hash }: TokenRecord,
  proof: Proof,
  request: Presented,
): Promise<Proof | undefined> {
  stillHolds({ ...nobody, proofs: [proof] }, request);
  const renewal = await renewalsOf(custody).renew(hash, request.now);
  if (renewal === undefined) return undefined;
  const limits = { ...proof.limits, validUntil: Math.min(renewal.until, proof.limits.validUntil ?? Infinity) };
  if (renewal.fresh === undefined) return { ...proof, limits };
  return { ...proof, limits, headers: { [renewedHeader]: renewal.fresh.secret } };
}
