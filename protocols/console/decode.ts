import { Fault } from '../../lib/fault.ts';
import { readNamed } from '../../lib/json/arguments.ts';
import { JsonNumber } from '../../lib/json/number.ts';
import { type ParsedJson, parseJsonBody } from '../../lib/json/parse.ts';
import { parseJsonInTurns } from '../../lib/json/parse-in-turns.ts';
import type { Call, Decoded, WireRequest } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import type { Turn } from '../../lib/turn.ts';

/** One call: `{"function": "test.greet", "params": {"name": "Ana"}}`. */
export function decode(request: WireRequest, site: Site): Decoded<undefined> {
  try {
    return message(parseJsonBody(request.body, contentType(request), site.settings.limits), request);
  } catch (reason) {
    return refused(reason);
  }
}

/** The same for a large one. */
export async function decodeInTurns(request: WireRequest, site: Site, turn: Turn): Promise<Decoded<undefined>> {
  try {
    return message(await parseJsonInTurns(request.body, contentType(request), site.settings.limits, turn), request);
  } catch (reason) {
    return refused(reason);
  }
}

function refused(reason: unknown): Decoded<undefined> {
  return { calls: [Fault.from(reason)], note: undefined };
}

/** JSON alone: a form of another site can be no call, even where a browser says nothing of its origin. */
function contentType({ headers }: WireRequest): string {
  const type = headers['content-type'] ?? '';
  if (type.split(';', 1)[0]?.trim().toLowerCase() === 'application/json') return type;
  throw new Fault('unsupported-media-type', 'Send application/json');
}

function message(parsed: ParsedJson, { body }: WireRequest): Decoded<undefined> {
  const { function: name, params = {} } = objectOf(parsed.value, 'The body');
  if (typeof name !== 'string') throw new Fault('invalid-request', 'The member function must be text');
  const raw = objectOf(params, 'The member params');
  const call: Call = { name, size: body.length, read: (fn, issues) => readNamed(fn, raw, parsed, issues) };
  return { calls: [call], note: undefined };
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)) {
    return value as Record<string, unknown>;
  }
  throw new Fault('invalid-request', `${what} must be a JSON object`);
}
