import type { DeclaredError, Errors, FunctionData } from '../define.ts';
import { type Descriptor, type Fields, type Json, type Notes, type ObjectDescriptor, unwrap } from '../descriptor.ts';
import { exampleJson, holdsSecret, shownExamples } from '../json/example.ts';
import { jsonWriter } from '../json/write.ts';
import {
  type ExportedCatalog,
  type ExportedError,
  type ExportedFields,
  type ExportedFunction,
  type ExportedTraits,
  type ExportedType,
  usualTraits,
} from './form.ts';

/** The functions of a catalog that can be called from outside, by name. */
export function exportCatalog(functions: readonly FunctionData[], site?: ExportedCatalog['site']): ExportedCatalog {
  const exporter = new Exporter();
  const callable = functions.filter(({ internal }) => !internal).sort((a, b) => (a.name < b.name ? -1 : 1));
  const exported = callable.map((fn) => exporter.function(fn));
  return { polywire: 2, ...(site && { site }), types: exporter.table(), functions: exported };
}

function mapped<T, R>(record: Readonly<Record<string, T>>, change: (item: T) => R): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(record).map(([name, item]) => [name, change(item)]));
}

function withoutUndefined<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

function notesOf({ description, sensitive, deprecated }: Notes): Notes {
  return withoutUndefined({ description, sensitive, deprecated }) as Notes;
}

/** A wrapper's own notes, or that it has none. */
function wrapperOf(wrapper: Notes): true | Notes {
  const notes = notesOf(wrapper);
  return Object.keys(notes).length === 0 ? true : notes;
}

const digits = (bound: bigint | string | undefined): string | undefined =>
  bound === undefined ? undefined : String(bound);

/** The fields of an object type as they were first met. */
interface Known {
  readonly fields: Fields;
  readonly exported: ExportedFields;
  readonly text: string;
}

/** Turns descriptors into JSON and keeps the table of object types. */
class Exporter {
  readonly #types = new Map<string, Known | undefined>();
  readonly #inline = new Map<Fields, ExportedFields>();

  table(): ExportedCatalog['types'] {
    const known = [...this.#types].flatMap(([name, type]) => (type === undefined ? [] : [[name, type.exported]]));
    return Object.fromEntries(known);
  }

  function(fn: FunctionData): ExportedFunction {
    const { name, description, effect, params, returns, errors } = fn;
    const examples = shownExamples(fn).map((example) => ({ ...example, params: exampleJson(fn, example.params) }));
    return withoutUndefined({
      name,
      description,
      effect,
      ...unusualTraits(fn),
      params: Object.keys(params).length === 0 ? undefined : this.#fields(params),
      returns: returns === undefined ? undefined : this.#type(returns),
      errors: Object.keys(errors).length === 0 ? undefined : this.#errors(errors),
      examples: examples.length === 0 ? undefined : examples,
    }) as ExportedFunction;
  }

  #errors(errors: Errors): Readonly<Record<string, ExportedError>> {
    return mapped(errors, ({ number, status, message, data }: DeclaredError) =>
      withoutUndefined({ number, status, message, data: data && this.#type(data) }),
    ) as Readonly<Record<string, ExportedError>>;
  }

  #fields(fields: Fields): ExportedFields {
    return mapped(fields, (field) => this.#type(field));
  }

  #type(descriptor: Descriptor): ExportedType {
    let at = descriptor;
    const wrappers: { optional?: true | Notes; default?: Json; nullable?: true | Notes } = {};
    while (at.kind === 'optional' || at.kind === 'default' || at.kind === 'nullable') {
      wrappers[at.kind === 'nullable' ? 'nullable' : 'optional'] = wrapperOf(at);
      if (at.kind === 'default' && !holdsSecret(at))
        wrappers.default = JSON.parse(jsonWriter(at.inner)(at.value)) as Json;
      at = at.inner;
    }
    return withoutUndefined({ ...this.#core(unwrap(at).core), ...notesOf(at), ...wrappers });
  }

  #core(core: ReturnType<typeof unwrap>['core']): ExportedType {
    const { kind } = core;
    switch (kind) {
      case 'string':
        return { kind, min: core.min, max: core.max, pattern: core.pattern } as ExportedType;
      case 'int':
      case 'float':
        return { kind, min: core.min, max: core.max } as ExportedType;
      case 'int64':
      case 'decimal':
        return { kind, min: digits(core.min), max: digits(core.max) } as ExportedType;
      case 'bytes':
        return { kind, max: core.max } as ExportedType;
      case 'enum':
        return { kind, values: core.values };
      case 'list':
        return { kind, min: core.min, max: core.max, item: this.#type(core.item) } as ExportedType;
      case 'map':
        return { kind, max: core.max, item: this.#type(core.value) } as ExportedType;
      case 'object':
        return this.#object(core);
      default:
        return { kind };
    }
  }

  /** The name of a type alone, unless this use has other fields, or describes them in other words, than the first. */
  #object({ kind, name, fields }: ObjectDescriptor): ExportedType {
    if (!this.#types.has(name)) {
      this.#types.set(name, undefined);
      const exported = this.#fields(fields);
      this.#types.set(name, { fields, exported, text: JSON.stringify(exported) });
      return { kind, name };
    }
    const known = this.#types.get(name);
    if (known?.fields === fields) return { kind, name };
    const inline = this.#inline.get(fields) ?? this.#fields(fields);
    this.#inline.set(fields, inline);
    return JSON.stringify(inline) === known?.text ? { kind, name } : { kind, name, fields: inline };
  }
}

/** What a function says about itself that others do not. */
function unusualTraits(fn: FunctionData): Partial<ExportedTraits> {
  const usual = usualTraits(fn.effect);
  const unusual = (Object.keys(usual) as (keyof ExportedTraits)[])
    .filter((trait) => JSON.stringify(fn[trait]) !== JSON.stringify(usual[trait]))
    .map((trait) => [trait, fn[trait]]);
  return Object.fromEntries(unusual);
}
