import type { Presented } from '../authenticator.ts';
import { headerValues } from './header-values.ts';
import { type InnerList, writeInnerList } from './structured-fields.ts';

/** What of a request can be signed. */
export type SignedMessage = Pick<Presented, 'method' | 'origin' | 'path' | 'query' | 'rawHeaders'>;

const withQuestionMark = (query: string): string => (query === '' ? '' : `?${query}`);

/** The derived components of requests (RFC 9421 §2.2); `@query-param` needs a parameter, and we take none. */
const derived: Readonly<Record<string, (message: SignedMessage) => string | undefined>> = {
  '@method': ({ method }) => method,
  '@authority': ({ origin }) => urlOf(origin)?.host,
  '@scheme': ({ origin }) => urlOf(origin)?.protocol.slice(0, -1),
  '@path': ({ path }) => path || '/',
  '@query': ({ query }) => `?${query}`,
  '@request-target': ({ path, query }) => `${path || '/'}${withQuestionMark(query)}`,
  '@target-uri': ({ origin, path, query }) => {
    const url = urlOf(origin);
    return url && `${url.origin}${path || '/'}${withQuestionMark(query)}`;
  },
};

/** Its host is in lower case and has no default port (RFC 9421 §2.2.3). */
function urlOf(origin: string): URL | undefined {
  return URL.canParse(origin) ? new URL(origin) : undefined;
}

const fieldName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

function componentValue(name: string, message: SignedMessage): string | undefined {
  if (name.startsWith('@')) return Object.hasOwn(derived, name) ? derived[name]?.(message) : undefined;
  if (!fieldName.test(name)) return undefined;
  const values = headerValues(message.rawHeaders, name);
  return values.length === 0 ? undefined : values.join(', ');
}

/** The names of the components that a signature covers; undefined if one has parameters, is no name or stands there twice. */
export function coveredComponents({ items }: InnerList): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { value, parameters } of items) {
    if (typeof value !== 'string' || parameters.size > 0 || names.has(value)) return undefined;
    names.add(value);
  }
  return names;
}

/**
 * What is signed: a line for each component and the parameters of the signature (RFC 9421 §2.5).
 * @returns undefined if the request lacks a component, or a line would not be visible ASCII
 */
export function signatureBase(input: InnerList, message: SignedMessage): string | undefined {
  const names = coveredComponents(input);
  if (names === undefined) return undefined;
  const lines: string[] = [];
  for (const name of names) {
    const value = componentValue(name, message);
    if (value === undefined || !/^[\t -~]*$/.test(value)) return undefined;
    lines.push(`"${name}": ${value}`);
  }
  lines.push(`"@signature-params": ${writeInnerList(input)}`);
  return lines.join('\n');
}

/** What every signature must cover, so that nothing of the call can be changed. */
export function requiredComponents(body: Uint8Array): readonly string[] {
  const target = ['@method', '@authority', '@path', '@query'];
  return body.length === 0 ? target : [...target, 'content-digest', 'content-type'];
}
