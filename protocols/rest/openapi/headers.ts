import type { AnyFunction } from '../../../lib/define.ts';
import type { JsonSchema } from '../../../lib/schema.ts';

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

/** The headers of answers (OpenAPI 3.1 §4.8.21), told once and referred to. Those that are always there are required. */
export const answerHeaders = {
  'X-Request-Id': { description: 'The id of the request, for the log.', required: true, schema: text },
  'Retry-After': { description: 'Seconds after which a retry may succeed.', schema: count },
  'RateLimit-Limit': { description: 'Calls that may be made in a minute.', schema: count },
  'RateLimit-Remaining': { description: 'Calls that are left of this minute.', schema: count },
  'RateLimit-Reset': { description: 'Seconds until the next minute begins.', schema: count },
  'X-Renewed-Token': { description: 'A token in place of the one that was sent and is soon to expire.', schema: text },
  'Idempotency-Replayed': {
    description: 'Whether this is the answer to an earlier call under the same Idempotency-Key.',
    schema: { const: 'true' },
  },
  'Cache-Control': { description: 'How long the answer may be kept.', schema: text },
  'WWW-Authenticate': { description: 'The ways to prove who calls.', required: true, schema: text },
  Allow: { description: 'The methods that are answered here.', schema: text },
} as const satisfies Readonly<Record<string, JsonSchema>>;

function refer(names: readonly (keyof typeof answerHeaders)[]): JsonSchema {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** What is told of a caller who has been let in and counted. */
const counted = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'X-Renewed-Token'] as const;

/** What standard errors of a status say of themselves; those of these statuses are told before a call is counted. */
const uncounted: Readonly<Record<number, readonly (keyof typeof answerHeaders)[]>> = {
  401: ['WWW-Authenticate'],
  403: [],
  404: [],
  405: ['Allow'],
  413: [],
  415: [],
  421: [],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** The headers of a result. */
export function headersOfResult({ effect }: AnyFunction): JsonSchema {
  const own = effect === 'write' ? (['Idempotency-Replayed'] as const) : (['Cache-Control'] as const);
  return refer(['X-Request-Id', ...counted, ...own]);
}

/** The headers of an error by its status; one that a function declares is told after its call was counted. */
export function headersOfError(status: number, declared = false): JsonSchema {
  const own = uncounted[status];
  return refer(['X-Request-Id', ...(own ?? []), ...(declared || own === undefined ? counted : [])]);
}
