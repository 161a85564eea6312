import { type Descriptor, unwrap } from '../../../lib/descriptor.ts';
import type { JsonSchema } from '../../../lib/schema.ts';
import type { SchemaSet } from '../../../lib/schema-set.ts';

/** Whether a value is one text in a query. */
function isScalar(descriptor: Descriptor): boolean {
  const { core } = unwrap(descriptor);
  return !['list', 'map', 'object', 'json'].includes(core.kind);
}

/** A value as it can be sent in a query, where nothing is null. */
function withoutNull(descriptor: Descriptor): Descriptor {
  const { core, nullable } = unwrap(descriptor);
  if (core.kind === 'list' && unwrap(core.item).nullable) return { ...core, item: unwrap(core.item).core };
  if (core.kind === 'map' && unwrap(core.value).nullable) return { ...core, value: unwrap(core.value).core };
  return nullable ? core : descriptor;
}

/** Whether OpenAPI can say how a parameter stands in a query: one text, a list of texts, or one level of keys or members. */
export function fitsQuery(descriptor: Descriptor): boolean {
  const { core } = unwrap(descriptor);
  if (core.kind === 'list') return isScalar(core.item);
  if (core.kind === 'map') return isScalar(core.value);
  if (core.kind === 'object') {
    return Object.values(core.fields).every((field) => isScalar(field) && !unwrap(field).nullable);
  }
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
    case 'map': {
      // no brackets in keys: they are what keys are told by; and an empty one cannot be told, as a list
      const minProperties = optional ? {} : { minProperties: 1 };
      const propertyNames = { pattern: '^[^\\[\\]]+$' };
      return { name, style: 'deepObject', explode: true, schema: { ...schema, propertyNames, ...minProperties } };
    }
    case 'object':
      return { name, style: 'deepObject', explode: true, schema };
    case 'json':
      return { name, content: { 'application/json': { schema } } };
    default:
      return { name, schema };
  }
}

/** A parameter of the query. Null cannot be sent there, and exact digits are text, as they are in answers. */
export function queryParameter(name: string, descriptor: Descriptor, set: SchemaSet): JsonSchema {
  const { core, optional } = unwrap(descriptor);
  const { description = core.description, deprecated = core.deprecated } = descriptor;
  return {
    ...serialisation(name, descriptor, set.schema(withoutNull(descriptor), 'answered'), optional),
    in: 'query',
    required: !optional,
    ...(description === undefined ? {} : { description }),
    ...(deprecated === undefined ? {} : { deprecated: true }),
  };
}
