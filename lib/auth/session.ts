import type { SessionRecord } from '../store/records.ts';
import type { Authenticator, Proof } from './authenticator.ts';
import type { Custody } from './custody.ts';
import type { Member } from './directory.ts';
import { userProof } from './proof.ts';
import { hashOf, newSecret } from './secret.ts';

/** `__Host-`: browsers take it over HTTPS only, for this host and path `/` (RFC 6265bis §4.1.3.2). */
const cookieName = '__Host-polywire';
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';
/** What takes the cookie away. */
const noCookie = `${cookieName}=; Max-Age=0; ${attributes}`;
/** Browsers' own protocols, and the catalog that their pages read: nothing else is asked with a cookie. */
export const sessionProtocols: readonly string[] = ['rest', 'jsonrpc', 'console', 'catalog'];
/** Milliseconds after which a session that is used is extended again. */
const extension = 60_000;
const secretForm = /^pws_[A-Za-z0-9_-]{32}$/;

/** The session's cookie in a Cookie header; undefined if there is none, or more than one: someone has planted a second. */
function cookieIn(header: string | undefined): string | undefined {
  const values = (header ?? '').split(';').flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals !== -1 && pair.slice(0, equals).trim() === cookieName ? [pair.slice(equals + 1).trim()] : [];
  });
  return values.length === 1 ? values[0] : undefined;
}

/** A session that has begun. */
export interface StartedSession {
  /** The value of the Set-Cookie header. */
  readonly cookie: string;
  /** What every POST must repeat in `X-CSRF-Token`. */
  readonly csrf: string;
  /** Milliseconds since 1970, should the session not be used. */
  readonly validUntil: number;
}

/**
 * Begins a session of a user who has logged in.
 * @param now milliseconds since 1970
 */
export async function startSession(
  { store, settings }: Custody,
  { record }: Member,
  now: number,
): Promise<StartedSession> {
  const secret = newSecret('pws_');
  const csrf = newSecret('pwc_');
  const validUntil = now + settings().logins.sessionSeconds * 1_000;
  await store.sessions.create({ hash: hashOf(secret), userId: record.id, csrf, created: now, validUntil });
  return { cookie: `${cookieName}=${secret}; ${attributes}`, csrf, validUntil };
}

/**
 * Ends one session.
 * @param hash as its proof names it
 * @returns the value of the Set-Cookie header that takes the cookie away
 */
export async function endSession({ store }: Custody, hash: string): Promise<string> {
  await store.sessions.remove(hash);
  return noCookie;
}

/**
 * Ends all sessions of a user.
 * @returns the value of the Set-Cookie header that takes the cookie away
 */
export async function endSessions({ store }: Custody, userId: number): Promise<string> {
  await store.sessions.removeOf(userId);
  return noCookie;
}

/** Users by the session of their browser. Sessions end without raising a revision, so each request asks the store. */
export function sessionAuthenticator(custody: Custody): Authenticator<string> {
  return {
    name: 'session',
    kind: 'user',
    headers: ['cookie'],
    ambient: true,
    find: ({ headers, protocol }) => (sessionProtocols.includes(protocol) ? cookieIn(headers.cookie) : undefined),
    verify: (found, { now }) => (secretForm.test(found) ? verify(custody, hashOf(found), now) : undefined),
  };
}

async function verify(custody: Custody, hash: string, now: number): Promise<Proof | undefined> {
  const session = await custody.store.sessions.find(hash);
  if (session === undefined || now >= session.validUntil) return undefined;
  const member = await custody.directory.user(session.userId);
  const proof = member === undefined ? undefined : userProof(member, now);
  if (proof === undefined) return undefined;
  extend(custody, session, now);
  const validUntil = Math.min(session.validUntil, proof.limits.validUntil ?? Infinity);
  return { ...proof, limits: { ...proof.limits, validUntil }, csrf: session.csrf, session: hash };
}

/** Moves the end of a session that is used, in the background; it is tried again with the next request. */
function extend({ store, settings }: Custody, { hash, validUntil }: SessionRecord, now: number): void {
  const until = now + settings().logins.sessionSeconds * 1_000;
  if (until - validUntil < extension) return;
  store.sessions.extend(hash, until).catch(() => {});
}
