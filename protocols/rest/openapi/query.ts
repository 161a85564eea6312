import { type Descriptor, unwrap } from '../../../lib/descriptor.ts';
import type { JsonSchema } from '../../../lib/schema.ts';
import type { SchemaSet } from '../../../lib/schema-set.ts';

/** Whether a value is one text in a query. */
function isScalar(descriptor: Descriptor): boolean {
  const { core } = unwrap(descriptor);
  return !['list', 'map', 'object', 'json'].includes(core.kind);
}

/** Whether OpenAPI can say how a parameter stands in a query: one text, a list of texts, or one level of members. */
export function fitsQuery(descriptor: Descriptor): boolean {
  const { core } = unwrap(descriptor);
  if (core.kind === 'list') return isScalar(core.item);
  if (core.kind === 'map') return false; // its keys may be any text, brackets too
  if (core.kind === 'object') return Object.values(core.fields).every(isScalar);
  return true;
}

/** How the texts of a parameter are put together (OpenAPI 3.1 §4.8.12): `a=`, `a[]=` and `a[k]=`. */
function serialisation(name: string, descriptor: Descriptor, schema: JsonSchema, optional: boolean): JsonSchema {
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'list': {
      // an empty list cannot be told in a query: it is as if the parameter were absent
      const minItems = optional ? {} : { minItems: Math.max(1, core.min ?? 0) };
      return { name: `${name}[]`, style: 'form', explode: true, schema: { ...schema, ...minItems } };
    }
    case 'object':
      return { name, style: 'deepObject', explode: true, schema };
    case 'json':
      return { name, content: { 'application/json': { schema } } };
    default:
      return { name, schema };
  }
}

/** A parameter of the query. Null cannot be sent there. */
export function queryParameter(name: string, descriptor: Descriptor, set: SchemaSet): JsonSchema {
  const { core, nullable, optional } = unwrap(descriptor);
  const { description = core.description, deprecated = core.deprecated } = descriptor;
  return {
    ...serialisation(name, descriptor, set.schema(nullable ? core : descriptor, 'sent'), optional),
    in: 'query',
    required: !optional,
    ...(description === undefined ? {} : { description }),
    ...(deprecated === undefined ? {} : { deprecated: true }),
  };
}
