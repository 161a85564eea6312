import {
  type DefaultDescriptor,
  type Descriptor,
  type Fields,
  type Int64Descriptor,
  type ObjectDescriptor,
  unwrap,
} from './descriptor.ts';
import { jsonWriter } from './json/write.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a schema is for: values as handlers have them, or as they stand in JSON on the wire, sent or answered. */
export interface SchemaForm {
  readonly form: 'value' | 'wire' | 'answer';
  /** Whether objects may have fields that are not declared. */
  readonly open: boolean;
  /** Items that a list may have where its descriptor does not say; Infinity is no limit. */
  readonly list: number;
  /** Whether formats are only those of JSON Schema itself (2020-12 validation §7.3): readers may warn of others. */
  readonly plain?: boolean;
  /** What stands in place of an object's own schema: a reference to it. */
  readonly refer?: (object: ObjectDescriptor) => JsonSchema;
}

function defined(members: Record<string, unknown>): JsonSchema {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

const finite = (limit: number): number | undefined => (limit === Infinity ? undefined : limit);

/** Descriptor → JSON Schema 2020-12; the kinds that JSON lacks become keywords of ours in the value form. */
export function schemaOf(descriptor: Descriptor, form: SchemaForm): JsonSchema {
  if (form.form === 'value') return valueSchema(descriptor, form);
  const { deprecated } = descriptor;
  const instead = deprecated === undefined ? undefined : `Deprecated: ${deprecated}`;
  const texts = [descriptor.description, rangeText(descriptor), instead];
  const description = texts.filter((text) => text !== undefined).join(' ');
  const notes = defined({
    description: description === '' ? undefined : description,
    deprecated: deprecated === undefined ? undefined : true,
  });
  return { ...wireSchema(descriptor, form), ...notes };
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
    case 'map':
      return { ...sharedSchema(d, form), shown: true };
    case 'object':
      return mayBeEmpty(d) ? { ...sharedSchema(d, form), shown: true } : sharedSchema(d, form);
    default:
      return sharedSchema(d, form);
  }
}

/** Whether nothing has to be in an object, so that one whose members are hidden would pass for an empty one. */
export function mayBeEmpty({ fields }: ObjectDescriptor): boolean {
  return Object.values(fields).every((field) => unwrap(field).optional);
}

function wireSchema(d: Descriptor, form: SchemaForm): JsonSchema {
  switch (d.kind) {
    case 'int64':
      return {
        type: exact(form, 'integer'),
        pattern: '^-?(0|[1-9][0-9]{0,18})$',
        ...(form.form === 'answer' ? {} : int64Range(d)),
        ...ownFormat(form, 'int64'),
      };
    case 'decimal':
      return {
        type: exact(form, 'number'),
        pattern: form.form === 'answer' ? '^-?[0-9]+(\\.[0-9]+)?$' : '^-?([0-9]+(\\.[0-9]+)?|\\.[0-9]+)$',
        ...ownFormat(form, 'decimal'),
      };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'datetime':
      return { type: 'string', format: 'date-time' };
    case 'bytes':
      return defined({
        type: 'string',
        contentEncoding: 'base64',
        pattern: '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
        maxLength: d.max === undefined ? undefined : 4 * Math.ceil(d.max / 3),
      });
    case 'json':
      return {};
    case 'object':
      return form.refer?.(d) ?? { title: d.name, ...sharedSchema(d, form) };
    default:
      return sharedSchema(d, form);
  }
}

/** A format that JSON Schema has not. */
function ownFormat({ plain }: SchemaForm, format: string): JsonSchema {
  return plain ? {} : { format };
}

/** Digits that must be exact are text; sent as a number they are read to the last digit too. */
function exact({ form }: SchemaForm, number: string): string | readonly string[] {
  return form === 'answer' ? 'string' : ['string', number];
}

/** The range of a 64-bit integer that is sent as a number, in doubles that are exact: `exactJson` writes all their digits. */
function int64Range({ min, max }: Int64Descriptor): JsonSchema {
  const exactly = (limit: bigint | undefined): number | undefined =>
    limit !== undefined && BigInt(Number(limit)) === limit ? Number(limit) : undefined;
  const most = exactly(max);
  return {
    minimum: exactly(min) ?? -(2 ** 63),
    ...(most === undefined ? { exclusiveMaximum: 2 ** 63 } : { maximum: most }),
  };
}

/** The range of digits that are text, which no keyword of JSON Schema tells. */
function rangeText(d: Descriptor): string | undefined {
  if (d.kind !== 'int64' && d.kind !== 'decimal') return undefined;
  const parts = [
    ...(d.min === undefined ? [] : [`at least ${d.min}`]),
    ...(d.max === undefined ? [] : [`at most ${d.max}`]),
  ];
  return parts.length === 0 ? undefined : `Must be ${parts.join(' and ')}.`;
}

function defaultSchema(d: DefaultDescriptor, form: SchemaForm): JsonSchema {
  const inner = schemaOf(d.inner, form);
  if (form.form === 'value' || d.sensitive || unwrap(d).core.sensitive) return inner;
  return { ...inner, default: JSON.parse(jsonWriter(d.inner)(d.value)) };
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
      return defined({
        type: 'array',
        items: schemaOf(d.item, form),
        minItems: d.min,
        maxItems: d.max ?? finite(form.list),
      });
    case 'map':
      return defined({
        type: 'object',
        additionalProperties: schemaOf(d.value, form),
        maxProperties: d.max ?? finite(form.list),
      });
    case 'object':
      return fieldsSchema(d.fields, form);
    case 'nullable':
      return { anyOf: [{ type: 'null' }, schemaOf(d.inner, form)] };
    case 'optional':
      return schemaOf(d.inner, form);
    case 'default':
      return defaultSchema(d, form);
  }
}
