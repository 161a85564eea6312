import { Fault } from '../../lib/fault.ts';

const form = /^[ \t]*(?:text|application)\/xml[ \t]*(?:;|$)/i;
const parameter = /;[ \t]*charset[ \t]*=[ \t]*(?:"([^"\\]{1,100})"|([^\s;"]{1,100}))[ \t]*(?=;|$)/i;

/** Clients send few different ones; a memory that is full starts afresh. */
const seen = new Map<string, string>();
const mostSeen = 64;

/**
 * The charset that a Content-Type names (RFC 9110 §8.3), undefined if it names none.
 * @throws Fault `unsupported-media-type` if the content is not XML; none at all is what the oldest clients send
 */
export function charsetOf(contentType: string | undefined): string | undefined {
  if (contentType === undefined || contentType === 'text/xml') return undefined;
  const known = seen.get(contentType);
  if (known !== undefined) return known;
  if (!form.test(contentType)) throw new Fault('unsupported-media-type', 'XML-RPC is sent as text/xml');
  const found = parameter.exec(contentType);
  const charset = found?.[1] ?? found?.[2];
  if (charset !== undefined) {
    if (seen.size >= mostSeen) seen.clear();
    seen.set(contentType, charset);
  }
  return charset;
}
