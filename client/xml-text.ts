import type { ClientResponse } from './client.ts';
import { decodeBody } from './text.ts';

const declaration = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;

/** The text of an XML document: its mark beats the charset of the Content-Type, that the declaration (RFC 7303 §3). */
export function decodeXmlBody(response: ClientResponse): string {
  const { body, contentType } = response;
  if (body[0] === 0xfe && body[1] === 0xff) return decodeBody(response, 'utf-16be');
  if (body[0] === 0xff && body[1] === 0xfe) return decodeBody(response, 'utf-16le');
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  const start = String.fromCharCode(...body.subarray(0, 200));
  return decodeBody(response, charset ?? declaration.exec(start)?.[1]);
}
