import type { Access, FunctionData } from '../define.ts';
import { type Descriptor, type Fields, type Json, unwrap } from '../descriptor.ts';
import type { ExportedCatalog } from '../exported/form.ts';
import { importCatalog } from '../exported/import.ts';
import { Fault } from '../fault.ts';
import { holdsSecret } from '../json/example.ts';
import { jsonWriter } from '../json/write.ts';

/** What counts of a descriptor when two are compared, its wrappers folded into it: as JSON, as exports of version 1 have it. */
export interface ComparableType {
  readonly kind: string;
  readonly optional?: true;
  readonly nullable?: true;
  /** Not told of secrets. */
  readonly default?: Json;
  readonly secret?: true;
  /** Limits as text, so that no digit is lost. */
  readonly min?: string;
  readonly max?: string;
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** Of the items of a list, of the values of a map. */
  readonly item?: ComparableType;
  /** The name of an object's type. */
  readonly name?: string;
  readonly fields?: readonly ComparableField[];
}

export interface ComparableField {
  readonly name: string;
  readonly type: ComparableType;
}

export interface ComparableError {
  readonly number: number;
  readonly status: number;
  readonly data?: ComparableType;
}

/** What callers can see of a function. */
export interface ComparableFunction {
  readonly name: string;
  readonly effect: 'read' | 'write';
  /** Left out where it is as it is for every function that writes. */
  readonly destructive?: false;
  readonly post: boolean;
  readonly listed: boolean;
  readonly access: Access;
  readonly params: readonly ComparableField[];
  readonly returns?: ComparableType;
  readonly errors: Readonly<Record<string, ComparableError>>;
  readonly aliases: Readonly<Record<string, string>>;
}

/** A catalog as it was at one moment, to hold a later one against. */
export interface ComparableCatalog {
  readonly functions: readonly ComparableFunction[];
}

function fieldsOf(fields: Fields): readonly ComparableField[] {
  return Object.entries(fields).map(([name, field]) => ({ name, type: typeOf(field) }));
}

const text = (bound: unknown): string | undefined => (bound === undefined ? undefined : String(bound));

/** What is particular to a kind. */
function detailOf(core: ReturnType<typeof unwrap>['core']): Partial<Record<keyof ComparableType, unknown>> {
  switch (core.kind) {
    case 'string':
      return { min: text(core.min), max: text(core.max), pattern: core.pattern };
    case 'int':
    case 'int64':
    case 'float':
    case 'decimal':
      return { min: text(core.min), max: text(core.max) };
    case 'bytes':
      return { max: text(core.max) };
    case 'enum':
      return { values: core.values };
    case 'list':
      return { min: text(core.min), max: text(core.max), item: typeOf(core.item) };
    case 'map':
      return { max: text(core.max), item: typeOf(core.value) };
    case 'object':
      return { name: core.name, fields: fieldsOf(core.fields) };
    default:
      return {};
  }
}

function typeOf(descriptor: Descriptor): ComparableType {
  const { core, nullable, optional, fallback } = unwrap(descriptor);
  const secret = optional && holdsSecret(descriptor);
  const members = {
    kind: core.kind,
    optional: optional || undefined,
    nullable: nullable || undefined,
    default: fallback === undefined || secret ? undefined : defaultOf(core, fallback.value),
    secret: secret || undefined,
    ...detailOf(core),
  };
  return withoutUndefined(members) as unknown as ComparableType;
}

function defaultOf(core: Descriptor, value: unknown): Json {
  return value === null ? null : (JSON.parse(jsonWriter(core)(value)) as Json);
}

function withoutUndefined(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function functionOf({
  name,
  effect,
  destructive,
  post,
  listed,
  access,
  params,
  returns,
  errors,
  aliases,
}: FunctionData): ComparableFunction {
  return {
    name,
    effect,
    ...(effect === 'write' && !destructive ? { destructive: false } : {}),
    post,
    listed,
    access,
    params: fieldsOf(params),
    ...(returns === undefined ? {} : { returns: typeOf(returns) }),
    errors: Object.fromEntries(
      Object.entries(errors).map(([code, { number, status = 400, data }]) => [
        code,
        { number, status, ...(data === undefined ? {} : { data: typeOf(data) }) },
      ]),
    ),
    aliases,
  };
}

/** What counts of the functions that can be called from outside, by name. */
export function comparable(functions: readonly FunctionData[]): ComparableCatalog {
  const callable = functions.filter(({ internal }) => !internal);
  return { functions: callable.map(functionOf).sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/**
 * Reads what was exported, in the present form or in that of version 1.
 * @throws Fault `malformed` for anything else
 */
export function readComparable(json: string): ComparableCatalog {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch (cause) {
    throw new Fault('malformed', 'The file is not JSON', { cause });
  }
  const { polywire, functions } = (read ?? {}) as { readonly polywire?: unknown; readonly functions?: unknown };
  if (!Array.isArray(functions) || (polywire !== 1 && polywire !== 2)) {
    throw new Fault('malformed', 'The file is not what polywire catalog export writes');
  }
  return polywire === 1 ? (read as ComparableCatalog) : comparable(importCatalog(read as ExportedCatalog));
}
