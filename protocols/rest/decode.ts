import { Fault } from '../../lib/fault.ts';
import { readNamed } from '../../lib/json/arguments.ts';
import { decodeJsonBody, parseJson } from '../../lib/json/parse.ts';
import type { Call, Decoded, WireRequest } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import { parseForm } from './form.ts';
import type { RestNote } from './index.ts';
import { parseMultipart } from './multipart.ts';
import { readTexts, type Texts } from './read.ts';

/** One request is one call: the function in the path, its parameters in the query (GET, HEAD) or in the body (POST). */
export function decode(request: WireRequest, site: Site): Decoded<RestNote> {
  const reading = request.method !== 'POST';
  try {
    const name = functionName(request.tail);
    const read = reading ? fromTexts(parseForm(request.query, site.settings.limits), site) : fromBody(request, site);
    const call: Call = { name, read, size: request.body.length, ...(reading ? { effect: 'read' as const } : {}) };
    return { calls: [call], note: { cacheable: reading } };
  } catch (reason) {
    return { calls: [Fault.from(reason)], note: { cacheable: false } };
  }
}

function functionName(tail: string): string {
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

/** Reads a body by its Content-Type: JSON, a form, or multipart fields. RFC 9110 §8.3. */
function fromBody({ body, headers }: WireRequest, site: Site): Call['read'] {
  const contentType = headers['content-type'] ?? '';
  const { limits } = site.settings;
  switch (contentType.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/json': {
      const parsed = parseJson(body.length === 0 ? '{}' : decodeJsonBody(body, contentType), limits);
      const raw = parsed.value;
      if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
        throw new Fault('invalid-request', 'The body must be a JSON object of parameters');
      }
      return (fn, issues) => readNamed(fn, raw as Record<string, unknown>, parsed, issues);
    }
    case 'application/x-www-form-urlencoded':
      return fromTexts(parseForm(body.toString('latin1'), limits), site);
    case 'multipart/form-data':
      return fromTexts(parseMultipart(body, contentType, limits), site);
    default:
      throw new Fault(
        'unsupported-media-type',
        'Send application/json, application/x-www-form-urlencoded or multipart/form-data',
      );
  }
}
