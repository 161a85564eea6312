import { type Descriptor, type Fields, type ObjectDescriptor, unwrap } from './descriptor.ts';
import { fieldsSchema, type JsonSchema, type SchemaForm, schemaOf } from './schema.ts';

/** Which way a value goes: sent by callers, or answered to them. */
export type Direction = 'sent' | 'answered';

/** Whether values look differently when they are sent: exact digits may then be numbers too. */
function variesIn(descriptor: Descriptor): boolean {
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'int64':
    case 'decimal':
      return true;
    case 'list':
      return variesIn(core.item);
    case 'map':
      return variesIn(core.value);
    case 'object':
      return Object.values(core.fields).some(variesIn);
    default:
      return false;
  }
}

/** JSON Schemas (2020-12) of a document whose objects are told once, by name, and referred to. */
export interface SchemaSet {
  /** The schema of a value; its objects go into `named`. */
  schema(descriptor: Descriptor, direction: Direction): JsonSchema;
  /** The schema of a record of fields. */
  fields(fields: Fields, direction: Direction): JsonSchema;
  /** Every object that was referred to so far, by name. */
  readonly named: Readonly<Record<string, JsonSchema>>;
}

/**
 * Collects the schemas of a document.
 * @param path what references begin with: `#/components/schemas/`
 * @param plain whether formats are only those of JSON Schema itself
 */
export function createSchemaSet(path: string, plain = false): SchemaSet {
  const named: Record<string, JsonSchema> = {};
  const forms = { sent: formOf('sent'), answered: formOf('answered') };

  function formOf(direction: Direction): SchemaForm {
    const refer = (object: ObjectDescriptor): JsonSchema => ({ $ref: `${path}${nameOf(object, direction)}` });
    return { form: direction === 'sent' ? 'wire' : 'answer', open: false, list: Infinity, plain, refer };
  }

  /** What is sent otherwise than it is answered has a name of its own, which no type of a catalog has: theirs have no dots. */
  function nameOf(object: ObjectDescriptor, direction: Direction): string {
    const name = direction === 'sent' && variesIn(object) ? `${object.name}.Sent` : object.name;
    if (!Object.hasOwn(named, name)) {
      named[name] = {}; // so that nothing goes round in circles
      named[name] = { title: object.name, ...fieldsSchema(object.fields, forms[direction]) };
    }
    return name;
  }

  return {
    schema: (descriptor, direction) => schemaOf(descriptor, forms[direction]),
    fields: (fields, direction) => fieldsSchema(fields, forms[direction]),
    named,
  };
}
