import type { Presented } from '../authenticator.ts';
import { percentDecode, percentEncode } from './percent.ts';

/** Name and value, decoded. */
export type Parameter = readonly [name: string, value: string];

/** The parameters of a query or an urlencoded body (RFC 5849 §3.4.1.3.1); undefined if it is malformed. */
export function formParameters(text: string): readonly Parameter[] | undefined {
  const parameters: Parameter[] = [];
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const end = pair.includes('=') ? pair.indexOf('=') : pair.length;
    const name = percentDecode(pair.slice(0, end).replaceAll('+', ' '));
    const value = percentDecode(pair.slice(end + 1).replaceAll('+', ' '));
    if (name === undefined || value === undefined) return undefined;
    parameters.push([name, value]);
  }
  return parameters;
}

/**
 * What is signed (RFC 5849 §3.4.1.1).
 * @param parameters all of them, without `realm` and `oauth_signature`
 */
export function baseString(
  { method, origin, path }: Pick<Presented, 'method' | 'origin' | 'path'>,
  parameters: readonly Parameter[],
): string | undefined {
  if (!URL.canParse(origin)) return undefined;
  const address = `${new URL(origin).origin}${path || '/'}`; // in lower case and without a default port (§3.4.1.2)
  return [method.toUpperCase(), address, normalized(parameters)].map(percentEncode).join('&');
}

/** RFC 5849 §3.4.1.3.2: sorted by name, then by value, both encoded. */
function normalized(parameters: readonly Parameter[]): string {
  return parameters
    .map(([name, value]): Parameter => [percentEncode(name), percentEncode(value)])
    .sort(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
