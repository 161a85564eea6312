import type {
  BooleanDescriptor,
  BytesDescriptor,
  DateDescriptor,
  DatetimeDescriptor,
  DecimalDescriptor,
  DefaultDescriptor,
  Descriptor,
  EnumDescriptor,
  Fields,
  FloatDescriptor,
  Infer,
  Int64Descriptor,
  IntDescriptor,
  JsonDescriptor,
  ListDescriptor,
  MapDescriptor,
  Notes,
  NullableDescriptor,
  ObjectDescriptor,
  OptionalDescriptor,
  Shape,
  StringDescriptor,
} from './descriptor.ts';
import { copied } from './members.ts';
import { standard } from './standard.ts';

type Options<D> = Omit<
  D,
  'kind' | '~type' | '~of' | '~standard' | 'item' | 'value' | 'inner' | 'values' | 'name' | 'fields'
>;

/** Freezes the data of a descriptor and lets it speak Standard Schema without showing it among its members. */
function descriptor<D extends Descriptor>(data: Omit<D, '~type' | '~of' | '~standard'>): D {
  const made = { ...data } as D;
  Object.defineProperty(made, '~standard', { get: () => standard(made), enumerable: false });
  return Object.freeze(made);
}

/** Freezes plain data through and through: a default is shared by all calls. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** The builders of descriptors: `t.string()`, `t.list(t.int())`, … Parameters are plain limits; nothing transforms. */
export const t = {
  /** Text. `min` and `max` count Unicode code points. */
  string: (options: Options<StringDescriptor> = {}): StringDescriptor => descriptor({ kind: 'string', ...options }),
  boolean: (options: Notes = {}): BooleanDescriptor => descriptor({ kind: 'boolean', ...options }),
  /** A whole number from -2147483648 to 2147483647. */
  int: (options: Options<IntDescriptor> = {}): IntDescriptor => descriptor({ kind: 'int', ...options }),
  /** A whole number of 64 bits: a bigint. */
  int64: (options: Options<Int64Descriptor> = {}): Int64Descriptor => descriptor({ kind: 'int64', ...options }),
  /** A finite double. */
  float: (options: Options<FloatDescriptor> = {}): FloatDescriptor => descriptor({ kind: 'float', ...options }),
  /** An exact decimal number: a string such as `-12.50`, never with an exponent. */
  decimal: (options: Options<DecimalDescriptor> = {}): DecimalDescriptor => descriptor({ kind: 'decimal', ...options }),
  /** A calendar day: a string `YYYY-MM-DD`. */
  date: (options: Notes = {}): DateDescriptor => descriptor({ kind: 'date', ...options }),
  /** A moment to the millisecond: a Date. */
  datetime: (options: Notes = {}): DatetimeDescriptor => descriptor({ kind: 'datetime', ...options }),
  /** Bytes: a Uint8Array, at most `max` long. */
  bytes: (options: Options<BytesDescriptor> = {}): BytesDescriptor => descriptor({ kind: 'bytes', ...options }),
  /** One of some literal texts. */
  enum: <const V extends string>(values: readonly V[], options: Notes = {}): EnumDescriptor<V> =>
    descriptor<EnumDescriptor<V>>({
      kind: 'enum',
      values: Array.isArray(values) ? Object.freeze([...values]) : values,
      ...options,
    }),
  /** A list of `min` to `max` items (16,384 unless declared). */
  list: <D extends Descriptor>(item: D, options: Options<ListDescriptor> = {}): ListDescriptor<Infer<D>, D> =>
    descriptor<ListDescriptor<Infer<D>, D>>({ kind: 'list', item, ...options }),
  /** A dictionary from text to values of one type. */
  map: <D extends Descriptor>(value: D, options: Options<MapDescriptor> = {}): MapDescriptor<Infer<D>, D> =>
    descriptor<MapDescriptor<Infer<D>, D>>({ kind: 'map', value, ...options }),
  /** A structure with named fields in order. One name has one definition in a catalog. */
  object: <F extends Fields>(name: string, fields: F, options: Notes = {}): ObjectDescriptor<Shape<F>, F> =>
    descriptor<ObjectDescriptor<Shape<F>, F>>({
      kind: 'object',
      name,
      fields: copied(fields),
      ...options,
    }),
  /** Any JSON value. */
  json: (options: Notes = {}): JsonDescriptor => descriptor({ kind: 'json', ...options }),
  /** The value or null. */
  nullable: <D extends Descriptor>(inner: D, options: Notes = {}): NullableDescriptor<Infer<D>, D> =>
    descriptor<NullableDescriptor<Infer<D>, D>>({ kind: 'nullable', inner, ...options }),
  /** A field or parameter that may be left out. */
  optional: <D extends Descriptor>(inner: D, options: Notes = {}): OptionalDescriptor<Infer<D>, D> =>
    descriptor<OptionalDescriptor<Infer<D>, D>>({ kind: 'optional', inner, ...options }),
  /** A field or parameter that may be left out, and then has this value. */
  default: <D extends Descriptor>(
    inner: D,
    value: NoInfer<Infer<D>>,
    options: Notes = {},
  ): DefaultDescriptor<Infer<D>, D> =>
    descriptor<DefaultDescriptor<Infer<D>, D>>({ kind: 'default', inner, value: frozen(value), ...options }),
  /** The same descriptor with another description, for a type that is used in several places. */
  describe: <D extends Descriptor>(described: D, description: string): D =>
    descriptor<D>({ ...described, description } as Omit<D, '~type' | '~of' | '~standard'>),
} as const;
