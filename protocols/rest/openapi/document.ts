import { errorSchemas } from '../../../lib/error-schema.ts';
import type { JsonSchema } from '../../../lib/schema.ts';
import { createSchemaSet } from '../../../lib/schema-set.ts';
import type { Site } from '../../../lib/site.ts';
import { answerHeaders } from './headers.ts';
import { operationsOf } from './operation.ts';
import { errorResponses } from './responses.ts';
import { securitySchemes } from './security.ts';

/** The OpenAPI 3.1 document of the listed functions that are on; `servers` is for whoever serves it to add. */
export function openapiDocument({ listed, settings }: Pick<Site, 'listed' | 'settings'>): JsonSchema {
  const set = createSchemaSet('#/components/schemas/');
  const paths = Object.fromEntries(listed.map((fn) => [`/rest/${fn.name}`, operationsOf(fn, set, settings)]));
  const groups = [...new Set(listed.map(({ name }) => name.split('.', 1)[0]))];
  return {
    openapi: '3.1.1',
    info: {
      title: 'Polywire',
      version: '1',
      description: 'Functions by plain HTTP. Parameters are JSON or, for those that only read, a query.',
    },
    tags: groups.map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...set.named, ...errorSchemas },
      responses: errorResponses,
      headers: answerHeaders,
      securitySchemes: securitySchemes(settings),
    },
  };
}
