import type { JsonSchema } from './schema.ts';

const text = { type: 'string' } as const;

/** The schemas that error objects refer to, by name; their names have dots, which no type of a catalog has. */
export const errorSchemas: Readonly<Record<string, JsonSchema>> = {
  'Polywire.Issue': {
    title: 'Issue',
    description: 'One thing that is wrong with the parameters.',
    type: 'object',
    properties: { path: { ...text, description: 'As users/3/email; empty for the whole.' }, code: text, message: text },
    required: ['path', 'code', 'message'],
    additionalProperties: false,
  },
};

const issues = { type: 'array', items: { $ref: '#/components/schemas/Polywire.Issue' } } as const;

/** The structured error object (DESIGN §4) whose code is one of some, with the data that a function declared for it. */
export function errorObjectSchema(codes: readonly string[], data?: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      code: { type: 'string', enum: codes },
      message: text,
      ...(data === undefined ? { issues } : { data }),
      retryAfter: { type: 'number', description: 'Seconds after which a retry may succeed.' },
      requestId: text,
      help: text,
    },
    required: ['code', 'message', 'requestId', ...(data === undefined ? [] : ['data'])],
    additionalProperties: false,
  };
}
