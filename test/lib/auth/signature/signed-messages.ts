import { createHash, createHmac } from 'node:crypto';
import { expect } from 'chai';
import type { Presented, Proof } from '../../../../lib/auth/authenticator.ts';
import { signatureAuthenticator } from '../../../../lib/auth/signature/authenticator.ts';
import { type Signer, signRequest } from '../../../../lib/auth/signature/sign.ts';
import { type House, keyId, noon, presented, secret } from './signing-house.ts';

export const body = '{"jsonrpc":"2.0","id":1,"method":"test.echo"}';
export const type = { 'Content-Type': 'application/json' };
export const signer: Signer = { keyId, secret, now: noon, nonce: 'nonce-01' };

type Change = Parameters<typeof presented>[0];

/** A signed request as it arrives. */
export function arriving(signing: Partial<Signer> = {}, change: Change = {}, content = body): Presented {
  const { method = 'POST', origin = 'https://api.example.org', path = '/jsonrpc', query = '' } = change ?? {};
  const url = `${origin}${path}${query === '' ? '' : `?${query}`}`;
  const plain = content === '' ? {} : type;
  const added = signRequest({ method, url, headers: plain, body: content }, { ...signer, ...signing });
  return presented({ ...change, body: content, rawHeaders: Object.entries<string>({ ...plain, ...added }).flat() });
}

/** The same request with other headers. */
export function withHeaders(request: Presented, change: (raw: string[]) => string[]): Presented {
  return presented({ ...request, rawHeaders: change([...request.rawHeaders]) });
}

export function withHeader(request: Presented, name: string, change: (value: string) => string): Presented {
  return withHeaders(request, (raw) =>
    raw.map((value, i) => (i % 2 === 1 && raw[i - 1] === name ? change(value) : value)),
  );
}

export async function proof(at: House, request: Presented): Promise<Proof | undefined> {
  const authenticator = signatureAuthenticator(at);
  expect(authenticator.find(request)).to.equal(true);
  return authenticator.verify(true, request);
}

export async function accepted(at: House, request: Presented): Promise<boolean> {
  return (await proof(at, request)) !== undefined;
}

/** Signs by hand, with parameters of one's own and without some components. */
export function signedAs(
  parameters = `;created=${noon / 1_000};nonce="nonce-01"`,
  without: readonly string[] = [],
): Presented {
  const values: Record<string, string> = {
    '@method': 'POST',
    '@authority': 'api.example.org',
    '@path': '/jsonrpc',
    '@query': '?',
    'content-type': 'application/json',
    'content-digest': `sha-512=:${createHash('sha512').update(body).digest('base64')}:`,
  };
  const names = Object.keys(values).filter((name) => !without.includes(name));
  const input = `(${names.map((name) => `"${name}"`).join(' ')})${parameters};keyid="${keyId}"`;
  const base = [...names.map((name) => `"${name}": ${values[name]}`), `"@signature-params": ${input}`].join('\n');
  const signature = createHmac('sha256', secret).update(base).digest('base64');
  const digest = ['content-type', 'content-digest'].flatMap((name) => [name, values[name] ?? '']);
  return presented({ body, rawHeaders: [...digest, 'signature-input', `s=${input}`, 'signature', `s=:${signature}:`] });
}
