import { Fault } from '../../lib/fault.ts';
import { readNamed } from '../../lib/json/arguments.ts';
import { isJsonObject } from '../../lib/json/object.ts';
import { checkCharset, type ParsedJson, parseJsonBody } from '../../lib/json/parse.ts';
import { parseJsonInTurns } from '../../lib/json/parse-in-turns.ts';
import type { Call, Decoded, WireRequest } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import type { Turn } from '../../lib/turn.ts';
import { parseForm, type Texts } from './form.ts';
import type { RestNote } from './index.ts';
import { parseMultipart } from './multipart.ts';
import { readTexts } from './read.ts';

const emptyObject = Buffer.from('{}');

/** One request is one call: the function in the path, its parameters in the query (GET, HEAD) or in the body (POST). */
export function decode(request: WireRequest, site: Site): Decoded<RestNote> {
  const reading = request.method !== 'POST';
  try {
    const name = functionName(request.tail);
    const read = reading
      ? fromTexts(parseForm(Buffer.from(request.query, 'latin1'), site.settings.limits), site)
      : fromBody(request, site);
    const call: Call = { name, read, size: request.body.length, ...(reading ? { effect: 'read' as const } : {}) };
    return { calls: [call], note: { cacheable: reading } };
  } catch (reason) {
    return refused(reason);
  }
}

/** The same for a large body. */
export async function decodeInTurns(request: WireRequest, site: Site, turn: Turn): Promise<Decoded<RestNote>> {
  const { body, headers, tail } = request;
  const contentType = headers['content-type'] ?? '';
  if (request.method !== 'POST' || mediaTypeOf(contentType) !== 'application/json') return decode(request, site);
  try {
    const name = functionName(tail);
    const parsed = await parseJsonInTurns(body, contentType, site.settings.limits, turn);
    return { calls: [{ name, read: fromJson(parsed), size: body.length }], note: { cacheable: false } };
  } catch (reason) {
    return refused(reason);
  }
}

function refused(reason: unknown): Decoded<RestNote> {
  return { calls: [Fault.from(reason)], note: { cacheable: false } };
}

function mediaTypeOf(contentType: string): string | undefined {
  return contentType.split(';', 1)[0]?.trim().toLowerCase();
}

/** The function that a path names. */
export function functionName(tail: string): string {
  if (!tail.includes('%')) return tail;
  try {
    return decodeURIComponent(tail);
  } catch (cause) {
    throw new Fault('malformed', 'The path has a broken escape', { cause });
  }
}

function fromTexts(texts: Texts, site: Site): Call['read'] {
  return (fn, issues) => readTexts(fn, texts, issues, site.settings.limits);
}

function fromJson(parsed: ParsedJson): Call['read'] {
  const raw = parsed.value;
  if (!isJsonObject(raw)) throw new Fault('invalid-request', 'The body must be a JSON object of parameters');
  return (fn, issues) => readNamed(fn, raw, parsed, issues);
}

/** Reads a body by its Content-Type: JSON, a form, or multipart fields. RFC 9110 §8.3. */
function fromBody({ body, headers }: WireRequest, site: Site): Call['read'] {
  const contentType = headers['content-type'] ?? '';
  const { limits } = site.settings;
  switch (mediaTypeOf(contentType)) {
    case 'application/json':
      return fromJson(parseJsonBody(body.length === 0 ? emptyObject : body, contentType, limits));
    case 'application/x-www-form-urlencoded':
      checkCharset(contentType, 'A form');
      return fromTexts(parseForm(body, limits), site);
    case 'multipart/form-data':
      return fromTexts(parseMultipart(body, contentType, limits), site);
    default:
      throw new Fault(
        'unsupported-media-type',
        'Send application/json, application/x-www-form-urlencoded or multipart/form-data',
      );
  }
}
