import type { StandardProps } from './standard.ts';

/** What every descriptor may say about itself, whatever its kind. */
export interface Notes {
  /** One sentence for documentation: WSDL, method help, consoles. */
  readonly description?: string;
  /** Never shown in logs, examples or audit records. */
  readonly sensitive?: boolean;
  /** Since when and why it should no longer be used. */
  readonly deprecated?: string;
}

/** Members common to all descriptors: frozen plain data with a literal `kind`, and the TypeScript type it stands for. */
interface Typed<K extends string, T> extends Notes {
  readonly kind: K;
  /** Exists for the compiler only: the type of a value in a handler. */
  readonly '~type': T;
  /** Standard Schema v1, so that a descriptor can be handed to tools that take one. */
  readonly '~standard': StandardProps<T>;
}

export interface StringDescriptor extends Typed<'string', string> {
  /** Characters (Unicode code points). */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression (ECMA-262, flag u) that the whole text need not match unless anchored. */
  readonly pattern?: string;
}
export interface BooleanDescriptor extends Typed<'boolean', boolean> {}
/** A whole number of 32 bits. */
export interface IntDescriptor extends Typed<'int', number> {
  readonly min?: number;
  readonly max?: number;
}
/** A whole number of 64 bits, a bigint in handlers. */
export interface Int64Descriptor extends Typed<'int64', bigint> {
  readonly min?: bigint;
  readonly max?: bigint;
}
/** A finite double. */
export interface FloatDescriptor extends Typed<'float', number> {
  readonly min?: number;
  readonly max?: number;
}
/** A decimal number of any length, a string without exponent in handlers. */
export interface DecimalDescriptor extends Typed<'decimal', string> {
  readonly min?: string;
  readonly max?: string;
}
/** A descriptor that is made of others. */
interface Made<K extends string, T, O> extends Typed<K, T> {
  /** Exists for the compiler only: the types of the others, to tell what callers may leave out inside. */
  readonly '~of': O;
}
/** A calendar day, `YYYY-MM-DD`. */
export interface DateDescriptor extends Typed<'date', string> {}
/** A moment, to the millisecond. */
export interface DatetimeDescriptor extends Typed<'datetime', Date> {}
export interface BytesDescriptor extends Typed<'bytes', Uint8Array> {
  /** Bytes. */
  readonly max?: number;
}
export interface EnumDescriptor<V extends string = string> extends Typed<'enum', V> {
  readonly values: readonly V[];
}
export interface ListDescriptor<T = unknown, O = unknown> extends Made<'list', readonly T[], O> {
  readonly item: Descriptor;
  readonly min?: number;
  readonly max?: number;
}
/** A dictionary with text keys. */
export interface MapDescriptor<T = unknown, O = unknown> extends Made<'map', Readonly<Record<string, T>>, O> {
  readonly value: Descriptor;
  readonly max?: number;
}
export interface ObjectDescriptor<T = unknown, O = unknown> extends Made<'object', T, O> {
  /** The type's name, unique in the catalog: it becomes the XSD complex type. */
  readonly name: string;
  /** In declared order, which is the order on the wire where order counts. */
  readonly fields: Fields;
}
/** Any JSON value. */
export interface JsonDescriptor extends Typed<'json', Json> {}
export interface NullableDescriptor<T = unknown, O = unknown> extends Made<'nullable', T | null, O> {
  readonly inner: Descriptor;
}
export interface OptionalDescriptor<T = unknown, O = unknown> extends Made<'optional', T | undefined, O> {
  readonly inner: Descriptor;
}
export interface DefaultDescriptor<T = unknown, O = unknown> extends Made<'default', T, O> {
  readonly inner: Descriptor;
  readonly value: T;
}

/** The closed set of kinds. Every consumer is one exhaustive switch over `kind`. */
export type Descriptor =
  | StringDescriptor
  | BooleanDescriptor
  | IntDescriptor
  | Int64Descriptor
  | FloatDescriptor
  | DecimalDescriptor
  | DateDescriptor
  | DatetimeDescriptor
  | BytesDescriptor
  | EnumDescriptor
  | ListDescriptor
  | MapDescriptor
  | ObjectDescriptor
  | JsonDescriptor
  | NullableDescriptor
  | OptionalDescriptor
  | DefaultDescriptor;

export type Kind = Descriptor['kind'];
export type ScalarDescriptor = Exclude<
  Descriptor,
  { kind: 'list' | 'map' | 'object' | 'json' | 'nullable' | 'optional' | 'default' }
>;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Named descriptors in order: the fields of an object, or the parameters of a function. */
export type Fields = Readonly<Record<string, Descriptor>>;

/** The value that a descriptor stands for in handlers. */
export type Infer<D> = D extends { readonly '~type': infer T } ? T : never;

/** The object that a record of descriptors stands for: optional fields may be left out, all others are there. */
export type Shape<F> = {
  readonly [K in keyof F as F[K] extends { readonly kind: 'optional' } ? never : K]: Infer<F[K]>;
} & {
  readonly [K in keyof F as F[K] extends { readonly kind: 'optional' } ? K : never]?: Infer<F[K]>;
};

/** The value that a caller gives for a descriptor: as in handlers, but that what has a default may be left out inside. */
export type Input<D> = D extends { readonly kind: infer K; readonly '~of': infer O } ? MadeInput<K, O> : Infer<D>;
type MadeInput<K, O> = K extends 'object'
  ? InputShape<O>
  : K extends 'list'
    ? readonly Input<O>[]
    : K extends 'map'
      ? Readonly<Record<string, Input<O>>>
      : K extends 'nullable'
        ? Input<O> | null
        : Input<O> | undefined;

type MayBeLeftOut = { readonly kind: 'optional' | 'default' };

/** The object that a caller gives for a record of descriptors: what is optional or has a default may be left out. */
export type InputShape<F> = {
  readonly [K in keyof F as F[K] extends MayBeLeftOut ? never : K]: Input<F[K]>;
} & {
  readonly [K in keyof F as F[K] extends MayBeLeftOut ? K : never]?: Input<F[K]>;
};

/** The descriptor without its wrappers, and what the wrappers say. */
export interface Unwrapped {
  readonly core: Exclude<Descriptor, NullableDescriptor | OptionalDescriptor | DefaultDescriptor>;
  readonly nullable: boolean;
  /** May be left out: optional, or has a default. */
  readonly optional: boolean;
  readonly fallback: { readonly value: unknown } | undefined;
}

/** Takes `optional`, `default` and `nullable` off a descriptor. */
export function unwrap(descriptor: Descriptor): Unwrapped {
  let nullable = false;
  let optional = false;
  let fallback: Unwrapped['fallback'];
  let at = descriptor;
  while (at.kind === 'nullable' || at.kind === 'optional' || at.kind === 'default') {
    if (at.kind === 'nullable') nullable = true;
    else optional = true;
    if (at.kind === 'default') fallback = { value: at.value };
    at = at.inner;
  }
  return { core: at, nullable, optional, fallback };
}

/** What a descriptor says of itself, or else what it wraps. */
export function noteOf<K extends 'description' | 'deprecated' | 'sensitive'>(
  descriptor: Descriptor,
  note: K,
): Descriptor[K] {
  if (descriptor[note] !== undefined || !('inner' in descriptor)) return descriptor[note];
  return noteOf(descriptor.inner, note);
}
