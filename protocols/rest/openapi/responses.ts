import type { AnyFunction } from '../../../lib/define.ts';
import { errorObjectSchema } from '../../../lib/error-schema.ts';
import type { JsonSchema } from '../../../lib/schema.ts';
import type { SchemaSet } from '../../../lib/schema-set.ts';
import { standardCodes } from '../fault.ts';
import { headersOfError, headersOfResult } from './headers.ts';

const text = { type: 'string' } as const;

/** The envelope of an error whose code is one of some, with the data that a function declared for it. */
function envelope(codes: readonly string[], data?: JsonSchema): JsonSchema {
  const error = errorObjectSchema(codes, data);
  return {
    type: 'object',
    properties: { status: { const: 'error' }, error },
    required: ['status', 'error'],
    additionalProperties: false,
  };
}

function response(description: string, schema: JsonSchema, headers: JsonSchema): JsonSchema {
  return { description, headers, content: { 'application/json': { schema } } };
}

/** What a call may be refused with whatever the function, by HTTP status. */
const standard = new Map<number, readonly string[]>(standardCodes());

/** The responses that operations refer to: `Error400`. */
export const errorResponses: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
  [...standard].map(([status, codes]) => [
    `Error${status}`,
    response(codes.join(', '), envelope(codes), headersOfError(status)),
  ]),
);

/** The errors of an operation by status: the standard ones, and what its function declares. */
function errorsOf(fn: AnyFunction, set: SchemaSet): Readonly<Record<string, JsonSchema>> {
  const declared = new Map<number, readonly [code: string, schema: JsonSchema][]>();
  for (const [code, { status = 400, data }] of Object.entries(fn.errors)) {
    const schema = envelope([code], data === undefined ? undefined : set.schema(data, 'answered'));
    declared.set(status, [...(declared.get(status) ?? []), [code, schema]]);
  }
  const statuses = [...new Set([...standard.keys(), ...declared.keys()])].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const own = declared.get(status);
      if (own === undefined) return [status, { $ref: `#/components/responses/Error${status}` }];
      const codes = standard.get(status) ?? [];
      const schemas = [...own.map(([, schema]) => schema), ...(codes.length === 0 ? [] : [envelope(codes)])];
      const description = [...own.map(([code]) => code), ...codes].join(', ');
      return [status, response(description, { anyOf: schemas }, headersOfError(status, true))];
    }),
  );
}

/** Every response of an operation. */
export function responsesOf(fn: AnyFunction, set: SchemaSet): JsonSchema {
  const result = fn.returns === undefined ? { type: 'null' } : set.schema(fn.returns, 'answered');
  const ok = {
    type: 'object',
    properties: { status: { const: 'ok' }, result, requestId: text },
    required: ['status', 'result', 'requestId'],
    additionalProperties: false,
  };
  return { 200: response('The result.', ok, headersOfResult(fn)), ...errorsOf(fn, set) };
}
