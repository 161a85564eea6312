import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { ClientRequest } from '../../client/client.ts';
import { clients } from '../../client/index.ts';
import type { House } from './house.ts';

/** An Authorization header of OAuth 1.0a (RFC 5849 §3.4), by a client that shares nothing with the server. */
export function oauth1(request: ClientRequest, key: string, secret: string, nonce: string, now = Date.now()): string {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const parameters: Record<string, string> = {
    oauth_consumer_key: key,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(Math.floor(now / 1_000)),
    oauth_nonce: nonce,
    oauth_version: '1.0',
    oauth_body_hash: createHash('sha256').update(request.body).digest('base64'),
  };
  const pairs = Object.entries(parameters)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const base = [request.method, request.url.origin + request.url.pathname, pairs.join('&')].map(encode).join('&');
  const signature = createHmac('sha256', `${encode(secret)}&`)
    .update(base)
    .digest('base64');
  const all = { ...parameters, oauth_signature: signature };
  return `OAuth ${Object.entries(all)
    .map(([name, value]) => `${name}="${encode(value)}"`)
    .join(', ')}`;
}

const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';

/** A UsernameToken (Web Services Security UsernameToken Profile 1.0). */
export function usernameToken(
  username: string,
  password: string,
  type: 'text' | 'digest',
  { nonce = randomBytes(16), now = Date.now() }: { readonly nonce?: Buffer; readonly now?: number } = {},
): string {
  const created = new Date(now).toISOString();
  const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
  const profile = `${wsse}-username-token-profile-1.0#Password`;
  const secret =
    type === 'text'
      ? `<w:Password Type="${profile}Text">${password}</w:Password>`
      : `<w:Password Type="${profile}Digest">${digest}</w:Password><w:Nonce EncodingType="${wsse}-soap-message-security-1.0#Base64Binary">${nonce.toString('base64')}</w:Nonce><u:Created>${created}</u:Created>`;
  return `<w:Security xmlns:w="${wsse}-wssecurity-secext-1.0.xsd" xmlns:u="${wsse}-wssecurity-utility-1.0.xsd"><w:UsernameToken><w:Username>${username}</w:Username>${secret}</w:UsernameToken></w:Security>`;
}

/** Calls `test.user` by a SOAP message with a header that the usual client does not write. */
export async function callBySoap(house: House, version: 'soap' | 'soap12', header: string) {
  const fn = house.server.catalog.find('test.user');
  if (fn === undefined) throw new Error('no function');
  const target = { url: new URL('/soap', house.url), namespace: 'urn:polywire' };
  const request = clients[version].encode(fn, { text: 'x' }, target);
  const prefix = /<([a-z]+):Body>/.exec(request.body)?.[1] ?? '';
  const body = request.body.replace(
    `<${prefix}:Body>`,
    `<${prefix}:Header>${header}</${prefix}:Header><${prefix}:Body>`,
  );
  const answer = await fetch(request.url, { method: 'POST', headers: request.headers, body });
  const text = await answer.text();
  return { code: /<code>(.*?)<\/code>/.exec(text)?.[1] ?? 'ok', text, headers: answer.headers };
}
