import type { DeclaredError, FunctionData } from '../define.ts';
import type { Descriptor, Fields, Notes, ObjectDescriptor } from '../descriptor.ts';
import { Fault } from '../fault.ts';
import { Issues } from '../issues.ts';
import { jsonReader } from '../json/read.ts';
import {
  type ExportedCatalog,
  type ExportedError,
  type ExportedFields,
  type ExportedFunction,
  type ExportedTraits,
  type ExportedType,
  usualTraits,
} from './form.ts';

/**
 * Makes the functions of an exported catalog again, all but their handlers: what readers, writers and schemas of every kind are
 * built from. Knows no more than the language, so that it runs in browsers too.
 * @throws Fault `malformed` for what no export has written
 */
export function importCatalog(catalog: ExportedCatalog): readonly FunctionData[] {
  if (catalog?.polywire !== 2) throw malformed('it is of another version');
  try {
    const importer = new Importer(catalog.types);
    return catalog.functions.map((fn) => importer.function(fn));
  } catch (reason) {
    if (reason instanceof Fault) throw reason;
    throw malformed('something in it is not as it was written', reason);
  }
}

function malformed(why: string, cause?: unknown): Fault {
  return new Fault('malformed', `The exported catalog cannot be read: ${why}`, { cause });
}

function mapped<T, R>(record: Readonly<Record<string, T>>, change: (item: T) => R): Readonly<Record<string, R>> {
  return Object.freeze(Object.fromEntries(Object.entries(record).map(([name, item]) => [name, change(item)])));
}

/** A descriptor as the builders make it, but for Standard Schema, which needs a validator. */
function descriptor(data: Readonly<Record<string, unknown>>): Descriptor {
  const members = Object.entries(data).filter(([, value]) => value !== undefined);
  return Object.freeze(Object.fromEntries(members)) as unknown as Descriptor;
}

/** The notes of a wrapper; `true` says that it has none. */
const notesOf = (wrapper: true | Notes): Notes => (wrapper === true ? {} : wrapper);

/** Turns JSON into descriptors; types of one name share their fields. */
class Importer {
  readonly #types: ExportedCatalog['types'];
  readonly #fields = new Map<string, Fields | undefined>();

  constructor(types: ExportedCatalog['types']) {
    this.#types = types;
  }

  function(fn: ExportedFunction): FunctionData {
    const params = this.#fieldsOf(fn.params ?? {});
    return Object.freeze({
      name: fn.name,
      description: fn.description,
      effect: fn.effect,
      ...traitsOf(fn),
      params,
      returns: fn.returns && this.#type(fn.returns),
      errors: mapped(fn.errors ?? {}, (error) => this.#error(error)),
      examples: (fn.examples ?? []).map((example) => ({ ...example, params: readFields(params, example.params) })),
      internal: false,
    });
  }

  #error({ data, ...error }: ExportedError): DeclaredError {
    return Object.freeze(data === undefined ? error : { ...error, data: this.#type(data) as ObjectDescriptor });
  }

  #fieldsOf(fields: ExportedFields): Fields {
    return mapped(fields, (field) => this.#type(field));
  }

  #type({ optional, nullable, default: fallback, ...core }: ExportedType): Descriptor {
    let made = this.#core(core);
    if (nullable !== undefined) made = descriptor({ kind: 'nullable', inner: made, ...notesOf(nullable) });
    if (optional === undefined) return made;
    if (fallback === undefined) return descriptor({ kind: 'optional', inner: made, ...notesOf(optional) });
    return descriptor({ kind: 'default', inner: made, value: read(made, fallback), ...notesOf(optional) });
  }

  #core({ min, max, item, fields, ...type }: ExportedType): Descriptor {
    switch (type.kind) {
      case 'int64':
        return descriptor({ ...type, min: digits(min), max: digits(max) });
      case 'list':
        return descriptor({ ...type, item: this.#type(item as ExportedType), min, max });
      case 'map':
        return descriptor({ ...type, value: this.#type(item as ExportedType), max });
      case 'object':
        return descriptor({ ...type, fields: fields === undefined ? this.#named(type.name) : this.#fieldsOf(fields) });
      case 'enum':
        return descriptor({ ...type, values: Object.freeze([...(type.values ?? [])]) });
      case 'string':
      case 'boolean':
      case 'int':
      case 'float':
      case 'decimal':
      case 'date':
      case 'datetime':
      case 'bytes':
      case 'json':
        return descriptor({ ...type, min, max });
      default:
        throw malformed(`there is no kind ${JSON.stringify(type.kind)}`);
    }
  }

  #named(name = ''): Fields {
    let fields = this.#fields.get(name);
    if (fields === undefined) {
      const exported = Object.hasOwn(this.#types, name) ? this.#types[name] : undefined;
      if (exported === undefined) throw malformed(`it has no type ${name}`);
      if (this.#fields.has(name)) throw malformed(`the type ${name} is a part of itself`);
      this.#fields.set(name, undefined);
      fields = this.#fieldsOf(exported);
      this.#fields.set(name, fields);
    }
    return fields;
  }
}

const digits = (bound: number | string | undefined): bigint | undefined =>
  bound === undefined ? undefined : BigInt(bound);

function traitsOf(fn: ExportedFunction): ExportedTraits {
  const usual = usualTraits(fn.effect);
  const traits = (Object.keys(usual) as (keyof ExportedTraits)[]).map((trait) => [
    trait,
    Object.hasOwn(fn, trait) ? fn[trait] : usual[trait],
  ]);
  return Object.fromEntries(traits) as unknown as ExportedTraits;
}

function readFields(fields: Fields, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const members = Object.entries(values).map(([name, value]) => [name, read(fields[name] as Descriptor, value)]);
  return Object.fromEntries(members);
}

function read(type: Descriptor, json: unknown): unknown {
  const issues = new Issues();
  const value = issues.collect(() => jsonReader(type)(json, issues));
  if (issues.list.length > 0) throw malformed(`a value of it ${issues.list[0]?.message}`);
  return value;
}
