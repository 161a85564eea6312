import { type Descriptor, type Fields, unwrap } from './descriptor.ts';
import { isJsonValue } from './values.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a schema is for: values as handlers have them, or as they stand in JSON on the wire. */
export interface SchemaForm {
  readonly form: 'value' | 'wire';
  /** Whether objects may have fields that are not declared. */
  readonly open: boolean;
  /** Items that a list may have where its descriptor does not say. */
  readonly list: number;
}

function defined(members: Record<string, unknown>): JsonSchema {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** Descriptor → JSON Schema 2020-12; the kinds that JSON lacks become keywords of ours in the value form. */
export function schemaOf(descriptor: Descriptor, form: SchemaForm): JsonSchema {
  const schema = form.form === 'value' ? valueSchema(descriptor, form) : wireSchema(descriptor, form);
  return descriptor.description === undefined || form.form === 'value'
    ? schema
    : { ...schema, description: descriptor.description };
}

/** The schema of a record of fields: of an object's, or of a function's parameters. */
export function fieldsSchema(fields: Fields, form: SchemaForm): JsonSchema {
  const required = Object.keys(fields).filter((name) => !unwrap(fields[name] as Descriptor).optional);
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field, form)])),
    required,
    ...(form.open ? {} : { additionalProperties: false }),
  };
}

function valueSchema(d: Descriptor, form: SchemaForm): JsonSchema {
  switch (d.kind) {
    case 'int64':
      return { int64: defined({ min: d.min, max: d.max }) };
    case 'decimal':
      return { type: 'string', decimal: defined({ min: d.min, max: d.max }) };
    case 'date':
      return { type: 'string', day: true };
    case 'datetime':
      return { moment: true };
    case 'bytes':
      return { bytes: defined({ max: d.max }) };
    case 'json':
      return { json: true };
    default:
      return sharedSchema(d, form);
  }
}

function wireSchema(d: Descriptor, form: SchemaForm): JsonSchema {
  switch (d.kind) {
    case 'int64':
      return { type: ['string', 'integer'], pattern: '^-?(0|[1-9][0-9]*)$', format: 'int64' };
    case 'decimal':
      return { type: ['string', 'number'], pattern: '^-?[0-9]+(\\.[0-9]+)?$', format: 'decimal' };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'datetime':
      return { type: 'string', format: 'date-time' };
    case 'bytes':
      return { type: 'string', contentEncoding: 'base64' };
    case 'json':
      return {};
    case 'object':
      return { title: d.name, ...sharedSchema(d, form) };
    default:
      return sharedSchema(d, form);
  }
}

function sharedSchema(
  d: Exclude<Descriptor, { kind: 'int64' | 'decimal' | 'date' | 'datetime' | 'bytes' | 'json' }>,
  form: SchemaForm,
): JsonSchema {
  switch (d.kind) {
    case 'string':
      return defined({ type: 'string', minLength: d.min, maxLength: d.max, pattern: d.pattern });
    case 'boolean':
      return { type: 'boolean' };
    case 'int':
      return { type: 'integer', minimum: d.min ?? -2_147_483_648, maximum: d.max ?? 2_147_483_647 };
    case 'float':
      return defined({ type: 'number', minimum: d.min, maximum: d.max });
    case 'enum':
      return { type: 'string', enum: d.values };
    case 'list':
      return defined({ type: 'array', items: schemaOf(d.item, form), minItems: d.min, maxItems: d.max ?? form.list });
    case 'map':
      return defined({
        type: 'object',
        additionalProperties: schemaOf(d.value, form),
        maxProperties: d.max ?? form.list,
      });
    case 'object':
      return fieldsSchema(d.fields, form);
    case 'nullable':
      return { anyOf: [{ type: 'null' }, schemaOf(d.inner, form)] };
    case 'optional':
      return schemaOf(d.inner, form);
    case 'default':
      return form.form === 'wire' && isJsonValue(d.value)
        ? { ...schemaOf(d.inner, form), default: d.value }
        : schemaOf(d.inner, form);
  }
}
