import type { AnyFunction } from '../lib/define.ts';
import { Fault, type Issue } from '../lib/fault.ts';
import type { Issues } from '../lib/issues.ts';
import { parseJsonBody } from '../lib/json/parse.ts';
import { jsonReader } from '../lib/json/read.ts';
import type { Answer, ClientResponse } from './client.ts';

/** What a client puts up with from its server. */
const limits = { jsonDepth: 1_000, numberDigits: 10_000 };

/** A value as handlers have it as JSON text: digits, moments and bytes become text (DESIGN §3). */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, wireValue, indent);
}

function wireValue(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

/**
 * A JSON answer as an object, no digit lost.
 * @throws Fault if it is none
 */
export function readObject({ body, contentType }: ClientResponse): Readonly<Record<string, unknown>> {
  const { value } = parseJsonBody(body, contentType, limits);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Fault('malformed', 'The answer is not a JSON object');
}

/** A result by its descriptor. */
export function readResult(fn: AnyFunction, result: unknown, issues: Issues): Answer {
  return { ok: true, value: fn.returns === undefined ? null : jsonReader(fn.returns)(result, issues) };
}

/** The error object of DESIGN §4, or as much of it as there is. */
export function readError(error: unknown, otherwise: Readonly<Record<string, unknown>>): Answer {
  const found = { ...otherwise, ...(typeof error === 'object' ? error : {}) } as Readonly<Record<string, unknown>>;
  return {
    ok: false,
    code: String(found['code']),
    message: String(found['message']),
    issues: Array.isArray(found['issues']) ? (found['issues'] as Issue[]) : [],
    requestId: typeof found['requestId'] === 'string' ? found['requestId'] : undefined,
  };
}
