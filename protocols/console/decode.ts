import { Fault } from '../../lib/fault.ts';
import { readNamed } from '../../lib/json/arguments.ts';
import { jsonDecoder } from '../../lib/json/decoder.ts';
import { isJsonObject } from '../../lib/json/object.ts';
import type { ParsedJson } from '../../lib/json/parse.ts';
import type { Call, Decoded, WireRequest } from '../../lib/protocol.ts';

/** One call: `{"function": "test.greet", "params": {"name": "Ana"}}`. */
export const { decode, decodeInTurns } = jsonDecoder({ mediaTypes: ['application/json'], message, blank: undefined });

function message(parsed: ParsedJson, { body }: WireRequest): Decoded<undefined> {
  const { function: name, params = {} } = objectOf(parsed.value, 'The body');
  if (typeof name !== 'string') throw new Fault('invalid-request', 'The member function must be text');
  const raw = objectOf(params, 'The member params');
  const call: Call = { name, size: body.length, read: (fn, issues) => readNamed(fn, raw, parsed, issues) };
  return { calls: [call], note: undefined };
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (isJsonObject(value)) return value;
  throw new Fault('invalid-request', `${what} must be a JSON object`);
}
