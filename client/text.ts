import { Fault } from '../lib/fault.ts';
import type { ClientResponse } from './client.ts';

const declaration = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;

/**
 * The body of an answer as text, without byte order mark.
 * @throws Fault `malformed` where the bytes are not of that encoding, or nobody knows it
 */
export function decodeBody({ body }: Pick<ClientResponse, 'body'>, encoding = 'utf-8'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch (cause) {
    throw new Fault('malformed', `The answer is not text in ${encoding}`, { cause });
  }
}

/** The text of an XML document: its mark beats the charset of the Content-Type, that the declaration (RFC 7303 §3). */
export function decodeXmlBody(response: ClientResponse): string {
  const { body, contentType } = response;
  if (body[0] === 0xfe && body[1] === 0xff) return decodeBody(response, 'utf-16be');
  if (body[0] === 0xff && body[1] === 0xfe) return decodeBody(response, 'utf-16le');
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  const start = String.fromCharCode(...body.subarray(0, 200));
  return decodeBody(response, charset ?? declaration.exec(start)?.[1]);
}
