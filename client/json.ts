import { toBase64 } from '../lib/base64.ts';
import type { FunctionData } from '../lib/define.ts';
import { Fault, type Issue } from '../lib/fault.ts';
import type { Issues } from '../lib/issues.ts';
import { JsonNumber } from '../lib/json/number.ts';
import { isJsonObject } from '../lib/json/object.ts';
import { jsonReader } from '../lib/json/read.ts';
import type { Answer, ClientResponse, Refusal } from './client.ts';
import { decodeBody } from './text.ts';

/** A value as handlers have it as JSON text: digits, moments and bytes become text (DESIGN §3). */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, wireValue, indent);
}

function wireValue(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? toBase64(value) : value;
}

/** A number outside of quotes with more digits than every double keeps. Inside of them it costs time and no more. */
const longNumber = /[:[,\s]-?[0-9][0-9.]{15}/;
/** The texts and the numbers of a JSON document that has been parsed before: only then is each text known to end. */
const tokens = /"(?:[^"\\]+|\\.)*"|-?[0-9][0-9.eE+-]*/gs;

/**
 * A JSON answer, no digit lost: a number that a double would change is a JsonNumber.
 * @throws Fault if it is none
 */
export function readJson(response: ClientResponse): unknown {
  const text = decodeBody(response);
  try {
    const value: unknown = JSON.parse(text);
    return longNumber.test(text) ? parseLong(text) : value;
  } catch (cause) {
    throw new Fault('malformed', 'The answer is not JSON', { cause });
  }
}

/** Parses with numbers that a double would change as marked texts; nobody guesses the mark. */
function parseLong(text: string): unknown {
  const mark = `${Math.random()}:`;
  const isKept = (token: string): boolean => token.startsWith('"') || String(Number(token)) === token;
  const marked = text.replace(tokens, (token) => (isKept(token) ? token : `"${mark}${token}"`));
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? new JsonNumber(value.slice(mark.length)) : value,
  );
}

/**
 * A JSON answer that is an object.
 * @throws Fault if it is none
 */
export function readObject(response: ClientResponse): Readonly<Record<string, unknown>> {
  const value = readJson(response);
  if (isJsonObject(value)) return value;
  throw new Fault('malformed', 'The answer is not a JSON object');
}

/** A result by its descriptor. */
export function readResult(fn: FunctionData, result: unknown, issues: Issues): Answer {
  return { ok: true, value: fn.returns === undefined ? null : jsonReader(fn.returns)(result, issues) };
}

/** The error object of DESIGN §4, or as much of it as there is. */
export function readError(
  fn: Pick<FunctionData, 'errors'>,
  error: unknown,
  otherwise: { readonly code: unknown; readonly message: unknown },
  issues: Issues,
): Refusal {
  const found: Readonly<Record<string, unknown>> = { ...otherwise, ...(isJsonObject(error) ? error : {}) };
  const { message, data, retryAfter, requestId } = found;
  const code = String(found['code']);
  const declared = Object.hasOwn(fn.errors, code) ? fn.errors[code]?.data : undefined;
  return {
    ok: false,
    code,
    message: String(message),
    issues: Array.isArray(found['issues']) ? (found['issues'].filter(isJsonObject) as unknown as Issue[]) : [],
    data: declared === undefined || data === undefined ? undefined : jsonReader(declared)(data, issues),
    retryAfter: typeof retryAfter === 'number' ? retryAfter : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
  };
}
