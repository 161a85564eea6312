import type { AnyFunction, DeclaredError, FunctionData } from '../define.ts';
import type { Json, Notes } from '../descriptor.ts';

/** A descriptor as JSON. Its wrappers are members of it: with what they say about themselves, where they say anything. */
export interface ExportedType extends Notes {
  readonly kind: string;
  readonly optional?: true | Notes;
  readonly nullable?: true | Notes;
  /** What stands for a value that is left out, as JSON; it is not told of secrets. */
  readonly default?: Json;
  /** Limits; those of int64 and decimal as text, so that no digit is lost. */
  readonly min?: number | string;
  readonly max?: number | string;
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** Of the items of a list, of the values of a map. */
  readonly item?: ExportedType;
  /** The name of an object's type, whose fields stand in the catalog's `types` … */
  readonly name?: string;
  /** … or here, where they are described in other words than there. */
  readonly fields?: ExportedFields;
}

/** Types by the names of fields or parameters, in order. */
export type ExportedFields = Readonly<Record<string, ExportedType>>;

export interface ExportedError extends Omit<DeclaredError, 'data'> {
  readonly data?: ExportedType;
}

/** What a function says about itself in plain data, left out where it is what every function has. */
export type ExportedTraits = Pick<
  AnyFunction,
  | 'access'
  | 'listed'
  | 'post'
  | 'csrf'
  | 'cache'
  | 'quota'
  | 'deprecated'
  | 'helpUrls'
  | 'idempotent'
  | 'destructive'
  | 'sensitive'
  | 'body'
  | 'deadline'
  | 'aliases'
>;

/** A function as JSON, all of it but its handler. */
export interface ExportedFunction extends Partial<ExportedTraits> {
  readonly name: string;
  readonly description: string;
  readonly effect: 'read' | 'write';
  readonly params?: ExportedFields;
  readonly returns?: ExportedType;
  readonly errors?: Readonly<Record<string, ExportedError>>;
  /** With parameters as they stand in JSON; none with secrets. */
  readonly examples?: readonly { readonly params: Readonly<Record<string, Json>>; readonly description?: string }[];
}

/** A catalog as JSON, from which its descriptors can be made again. */
export interface ExportedCatalog {
  /** The version of this form. */
  readonly polywire: 2;
  /** What a client must know of the site that serves it. */
  readonly site?: { readonly namespace: string; readonly protocols: readonly string[] };
  /** The fields of object types, by the types' names. */
  readonly types: Readonly<Record<string, ExportedFields>>;
  /** In the order of their names. */
  readonly functions: readonly ExportedFunction[];
}

/** What functions have that say nothing else. */
export function usualTraits(effect: FunctionData['effect']): ExportedTraits {
  return {
    access: {},
    listed: true,
    post: false,
    csrf: false,
    cache: undefined,
    quota: undefined,
    deprecated: undefined,
    helpUrls: [],
    idempotent: effect === 'read',
    destructive: effect === 'write',
    sensitive: false,
    body: undefined,
    deadline: undefined,
    aliases: {},
  };
}
