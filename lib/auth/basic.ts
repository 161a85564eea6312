import type { Authenticator, Presented, Proof } from './authenticator.ts';
import type { Custody } from './custody.ts';
import type { Member } from './directory.ts';
import { logIn } from './login.ts';
import { LoginMemory } from './login-memory.ts';
import type { Passwords } from './password.ts';
import { userProof } from './proof.ts';
import { credentialsOf } from './token-credentials.ts';

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 7617 §2 forbids them
const control = /[\x00-\x1f\x7f]/;

/** Reads `user-id:password` (RFC 7617 §2, in UTF-8 as of §2.1). */
function readPair(text: string): { readonly username: string; readonly password: string } | undefined {
  if (!base64.test(text)) return undefined;
  try {
    const pair = utf8.decode(Buffer.from(text, 'base64'));
    const colon = pair.indexOf(':');
    if (colon < 1 || control.test(pair)) return undefined;
    return { username: pair.slice(0, colon), password: pair.slice(colon + 1) };
  } catch {
    return undefined; // not UTF-8
  }
}

/** Users by HTTP Basic (RFC 7617). A password that was right is right for a minute without being hashed again. */
export function basicAuthenticator(custody: Custody, hashes?: Passwords): Authenticator<string> {
  const { directory } = custody;
  const memory = new LoginMemory(() => directory.revision);
  const prove = (member: Member | undefined, now: number) =>
    member === undefined ? undefined : userProof(member, now);
  const verify = async (
    username: string,
    password: string,
    { address, requestId, now }: Presented,
  ): Promise<Proof | undefined> => {
    const { revision } = directory;
    const member = await logIn(custody, { username, password, address, requestId, now }, hashes);
    if (member !== undefined) memory.keep(username, password, member.record.id, now, revision);
    return prove(member, now);
  };
  return {
    name: 'basic',
    kind: 'user',
    headers: ['authorization'],
    find: (request) => credentialsOf(request, 'basic'),
    verify: (found, request) => {
      const pair = readPair(found);
      if (pair === undefined) return undefined;
      const { now } = request;
      const known = memory.find(pair.username, pair.password, now);
      if (known === undefined) return verify(pair.username, pair.password, request);
      const member = directory.user(known);
      return member instanceof Promise ? member.then((found) => prove(found, now)) : prove(member, now);
    },
  };
}
