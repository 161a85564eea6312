import { createHash, timingSafeEqual } from 'node:crypto';
import { Issues } from '../issues.ts';
import type { MessageCredentials } from '../protocol.ts';
import type { AppPasswordRecord } from '../store/records.ts';
import { readMoment } from '../text-value.ts';
import type { Authenticator, Presented, Proof } from './authenticator.ts';
import type { Custody } from './custody.ts';
import type { Member } from './directory.ts';
import { isFrom } from './identity.ts';
import { type Claim, countAttempt, logIn, noteFailure, uncountAttempt } from './login.ts';
import { LoginMemory } from './login-memory.ts';
import type { Passwords } from './password.ts';
import { userProof } from './proof.ts';
import { RecentCallers } from './recent-callers.ts';
import { hashOf, sameHash } from './secret.ts';
import { decoyOf, isFirstUse, isValid, signatureWindow } from './signature/signed-request.ts';

/** Characters of a user name or a password. */
const longest = 1_024;

/**
 * Users by WS-Security (UsernameToken Profile 1.0): the password of the account or of an application as text, or that of
 * an application as a digest. An account's password that was right is right for a minute without being hashed again.
 */
export function usernameTokenAuthenticator(custody: Custody, hashes?: Passwords): Authenticator<MessageCredentials> {
  const memory = new LoginMemory(() => custody.directory.revision);
  const recent = new RecentCallers();
  return {
    name: 'username-token',
    kind: 'user',
    headers: [],
    find: ({ message }) => message,
    async verify(found, request) {
      const { username, password, digest } = found;
      if (username.length > longest || password.length > longest) return undefined;
      if (digest !== undefined) return byDigest({ username, password, digest }, request, custody, recent);
      return (await byAppPassword(found, request, custody)) ?? byLogin(found, request, custody, memory, hashes);
    },
  };
}

/** The passwords of a user's applications that count now; for nobody as for somebody without any. */
async function appPasswords(
  { store }: Custody,
  member: Member | undefined,
  now: number,
): Promise<readonly AppPasswordRecord[]> {
  const held = await store.appPasswords.of(member?.record.id ?? 0);
  return held.filter((password) => password.revoked === undefined && isValid(password, now));
}

async function byAppPassword(
  { username, password }: MessageCredentials,
  { now }: Presented,
  custody: Custody,
): Promise<Proof | undefined> {
  const member = await custody.directory.userByName(username);
  const hash = hashOf(password);
  const used = (await appPasswords(custody, member, now)).filter((held) => sameHash(held.hash, hash))[0];
  return member && used && proofOf(member, used, now);
}

/** The account's password. */
async function byLogin(
  { username, password }: MessageCredentials,
  { address, requestId, now }: Presented,
  custody: Custody,
  memory: LoginMemory,
  hashes: Passwords | undefined,
): Promise<Proof | undefined> {
  const { directory } = custody;
  const { revision } = directory;
  const known = memory.find(username, password, now);
  const member =
    known === undefined
      ? await logIn(custody, { username, password, address, requestId, now }, hashes)
      : await directory.user(known);
  if (member === undefined) return undefined;
  if (known === undefined) memory.keep(username, password, member.record.id, now, revision);
  return userProof(member, now);
}

function proofOf(member: Member, { validFrom, validUntil }: AppPasswordRecord, now: number): Proof | undefined {
  return userProof(member, now, { validFrom, validUntil, addresses: [], protocols: [], functions: [] });
}

/**
 * A password that was not sent. Attempts are counted as those to log in are, before anything is computed; those of callers
 * who were right a moment ago only when they turn out to be wrong.
 */
async function byDigest(
  found: Required<MessageCredentials>,
  { address, requestId, now }: Presented,
  custody: Custody,
  recent: RecentCallers,
): Promise<Proof | undefined> {
  const claim: Claim = { username: found.username, address, requestId, now };
  const known = recent.has(claim);
  if (!known) await countAttempt(custody, claim);
  const member = await custody.directory.userByName(claim.username);
  const proof = await digestProof(found, member, now, custody);
  if (proof !== undefined && isFrom(address, proof.addresses ?? [])) {
    recent.keep(claim);
    if (!known) await uncountAttempt(custody, claim);
    return proof;
  }
  recent.forget(claim);
  if (known) await countAttempt(custody, claim);
  noteFailure(custody, claim, member?.record);
  return undefined;
}

/** Checks base64 of SHA-1 of nonce, time and password (§3.1). */
async function digestProof(
  { password, digest }: Required<MessageCredentials>,
  member: Member | undefined,
  now: number,
  custody: Custody,
): Promise<Proof | undefined> {
  const nonce = bytesOf(digest.nonce);
  const sent = bytesOf(password);
  const created = readMoment(digest.created, new Issues(), { zoneless: 'utc' });
  if (!(created instanceof Date) || nonce.length === 0 || nonce.length > 256 || sent.length !== 20) return undefined;
  if (Math.abs(now - created.getTime()) > signatureWindow) return undefined;
  const made = (secret: string) => createHash('sha1').update(nonce).update(digest.created).update(secret).digest();
  const used = (await openPasswords(custody, member, now)).filter(({ secret }) => timingSafeEqual(made(secret), sent));
  const record = used[0]?.record;
  if (member === undefined || record === undefined) return undefined;
  const use = { nonce: nonce.toString('base64'), created: created.getTime() };
  const fresh = await isFirstUse(custody, `username-token:${member.record.id}`, use);
  return fresh ? proofOf(member, record, now) : undefined;
}

interface OpenPassword {
  readonly secret: string;
  readonly record?: AppPasswordRecord;
}

/** Where there is none, one that nobody has: unknown users take the time that known ones take. */
async function openPasswords(
  custody: Custody,
  member: Member | undefined,
  now: number,
): Promise<readonly OpenPassword[]> {
  const { seal } = custody;
  const open = (await appPasswords(custody, member, now)).flatMap((record): readonly OpenPassword[] => {
    const secret = seal.open(record.sealed);
    return secret === undefined || secret === '' ? [] : [{ secret, record }];
  });
  return open.length > 0 ? open : decoyOf(seal).map((secret) => ({ secret }));
}

/** Out of base64; nothing for what is none. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : Buffer.alloc(0);
}
