import { Fault } from '../../lib/fault.ts';

/** What Content-Type says of a message. */
interface MediaType {
  readonly name: string;
  readonly charset: string | undefined;
}

const parameter = /;[ \t]*([!#$%&'*+.^_`|~\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^ \t;"]*))/g;

/** Clients send few different ones; a memory that is full starts afresh. */
const seen = new Map<string, MediaType>();
const mostSeen = 64;

/** Takes a Content-Type apart (RFC 9110 §8.3.1). */
export function mediaTypeOf(header = ''): MediaType {
  let type = seen.get(header);
  if (type === undefined) {
    type = parse(header);
    if (seen.size >= mostSeen) seen.clear();
    seen.set(header, type);
  }
  return type;
}

function parse(text: string): MediaType {
  const semicolon = text.indexOf(';');
  const name = (semicolon === -1 ? text : text.slice(0, semicolon)).trim().toLowerCase();
  if (semicolon === -1) return { name, charset: undefined };
  for (const [, key = '', quoted, plain] of text.slice(semicolon).matchAll(parameter)) {
    if (key.toLowerCase() === 'charset') return { name, charset: quoted ?? plain };
  }
  return { name, charset: undefined };
}

/**
 * The media type of a message, if it can be SOAP: SOAP 1.1 §6, RFC 3902, and what old clients say. The version is the
 * envelope's business, not this one's.
 */
export function soapMediaType(header: string | undefined): MediaType {
  const type = mediaTypeOf(header);
  if (type.name === 'text/xml' || type.name === 'application/soap+xml' || type.name === 'application/xml') return type;
  throw new Fault('unsupported-media-type', 'SOAP is posted as text/xml (SOAP 1.1) or application/soap+xml (SOAP 1.2)');
}
