import type { Access, AnyFunction } from '../define.ts';
import { type Descriptor, type Fields, type Json, unwrap } from '../descriptor.ts';
import { Fault } from '../fault.ts';
import { jsonWriter } from '../json/write.ts';

/** A descriptor as JSON, its wrappers folded into it. */
export interface ExportedType {
  readonly kind: string;
  readonly optional?: true;
  readonly nullable?: true;
  readonly default?: Json;
  /** Limits as text, so that no digit is lost. */
  readonly min?: string;
  readonly max?: string;
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** Of the items of a list, of the values of a map. */
  readonly item?: ExportedType;
  /** The name of an object's type. */
  readonly name?: string;
  readonly fields?: readonly ExportedField[];
}

export interface ExportedField {
  readonly name: string;
  readonly type: ExportedType;
}

export interface ExportedError {
  readonly number: number;
  readonly status: number;
  readonly data?: ExportedType;
}

/** What callers can see of a function. */
export interface ExportedFunction {
  readonly name: string;
  readonly effect: 'read' | 'write';
  readonly post: boolean;
  readonly listed: boolean;
  readonly access: Access;
  readonly params: readonly ExportedField[];
  readonly returns?: ExportedType;
  readonly errors: Readonly<Record<string, ExportedError>>;
  readonly aliases: Readonly<Record<string, string>>;
}

/** A catalog as it was at one moment, to hold a later one against. */
export interface ExportedCatalog {
  readonly polywire: 1;
  readonly functions: readonly ExportedFunction[];
}

function fieldsOf(fields: Fields): readonly ExportedField[] {
  return Object.entries(fields).map(([name, field]) => ({ name, type: typeOf(field) }));
}

const text = (bound: unknown): string | undefined => (bound === undefined ? undefined : String(bound));

/** What is particular to a kind. */
function detailOf(core: ReturnType<typeof unwrap>['core']): Partial<Record<keyof ExportedType, unknown>> {
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

function typeOf(descriptor: Descriptor): ExportedType {
  const { core, nullable, optional, fallback } = unwrap(descriptor);
  const members = {
    kind: core.kind,
    optional: optional || undefined,
    nullable: nullable || undefined,
    default: fallback === undefined ? undefined : (JSON.parse(jsonWriter(core)(fallback.value)) as Json),
    ...detailOf(core),
  };
  return withoutUndefined(members) as unknown as ExportedType;
}

function withoutUndefined(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function functionOf({
  name,
  effect,
  post,
  listed,
  access,
  params,
  returns,
  errors,
  aliases,
}: AnyFunction): ExportedFunction {
  return {
    name,
    effect,
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

/** The functions of a catalog that can be called from outside, by name. */
export function exportCatalog(functions: readonly AnyFunction[]): ExportedCatalog {
  const callable = functions.filter(({ internal }) => !internal);
  return { polywire: 1, functions: callable.map(functionOf).sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/**
 * Reads what was exported.
 * @throws Fault `malformed` for anything else
 */
export function readExported(json: string): ExportedCatalog {
  let read: unknown;
  try {
    read = JSON.parse(json);
  } catch (cause) {
    throw new Fault('malformed', 'The file is not JSON', { cause });
  }
  const { polywire, functions } = (read ?? {}) as Partial<ExportedCatalog>;
  if (polywire !== 1 || !Array.isArray(functions)) {
    throw new Fault('malformed', 'The file is not what polywire catalog export writes');
  }
  return read as ExportedCatalog;
}
