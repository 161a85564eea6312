import type { Presented } from './authenticator.ts';

/** Characters of a credential that are looked at at most. */
const longest = 8_192;

/**
 * What an Authorization header carries for a scheme (RFC 9110 §11.4).
 * @param scheme in lower case
 * @returns undefined where there is no such header or it is of another scheme; empty for what is broken: nothing after
 * the scheme, far too much, or a second Authorization header
 */
export function credentialsOf({ headers, rawHeaders }: Presented, scheme: string): string | undefined {
  const header = headers.authorization;
  if (header === undefined || header.slice(0, scheme.length).toLowerCase() !== scheme) return undefined;
  const rest = header.slice(scheme.length);
  if (rest !== '' && rest[0] !== ' ') return undefined;
  if (rest.length > longest || isGivenTwice(rawHeaders)) return '';
  return rest.trim();
}

/** Node keeps the first of several Authorization headers only; which of them the caller meant nobody knows. */
function isGivenTwice(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === 13 && name.toLowerCase() === 'authorization') count++;
  }
  return count > 1;
}
