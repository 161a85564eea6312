import { toBase64 } from '../base64.ts';
import { property, Source } from '../codegen.ts';
import { type Descriptor, type Fields, type Unwrapped, unwrap } from '../descriptor.ts';

/** Writes a checked value as JSON text, declared fields only. */
export type JsonWriter = (value: unknown) => string;

const writers = new WeakMap<Descriptor, JsonWriter>();

/**
 * The writer of a descriptor, built once: it copies what is declared into plain JSON values and lets JSON.stringify do the
 * rest, which is quicker than any text put together in JavaScript.
 */
export function jsonWriter(descriptor: Descriptor): JsonWriter {
  let writer = writers.get(descriptor);
  if (writer === undefined) {
    writer = descriptor.kind === 'string' ? (quote as JsonWriter) : build(descriptor);
    writers.set(descriptor, writer);
  }
  return writer;
}

function build(descriptor: Descriptor): JsonWriter {
  const source = new Source();
  const copy = new CopyCompiler(source).expression(descriptor, 'v');
  return source.build<JsonWriter>('v', `return ${source.constant(JSON.stringify)}(${copy});`);
}

/** What a JSON string cannot hold as it is, lone surrogates among it (RFC 8259 §8.2). */
const special = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** A text as a JSON string; a short plain one without JSON.stringify, which costs three times as much. */
function quote(text: string): string {
  return text.length > 256 || special.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** Turns descriptors into the code of a copier; each object type, list and map becomes one function of it. */
class CopyCompiler {
  private readonly source: Source;
  private readonly functions = new Map<Descriptor, string>();

  constructor(source: Source) {
    this.source = source;
  }

  /** The code of an expression that gives the JSON value of the value named by `v`. */
  expression(descriptor: Descriptor, v: string): string {
    const { core, nullable, optional, fallback } = unwrap(descriptor);
    const value = fallback === undefined ? v : `(${v} === undefined ? ${this.source.constant(fallback.value)} : ${v})`;
    const copy = this.core(core, value);
    if (copy === value) return value;
    const absent = [
      nullable ? `${value} === null` : '',
      optional && fallback === undefined ? `${v} === undefined` : '',
    ];
    const test = absent.filter((part) => part !== '').join(' || ');
    return test === '' ? copy : `(${test} ? ${value} : ${copy})`;
  }

  private core(core: Unwrapped['core'], v: string): string {
    switch (core.kind) {
      case 'string':
      case 'enum':
      case 'boolean':
      case 'int':
      case 'float':
      case 'decimal':
      case 'date':
      case 'json':
        return v;
      case 'int64':
        return `String(${v})`;
      case 'datetime':
        return `${v}.toISOString()`;
      case 'bytes':
        return `${this.source.constant(toBase64)}(${v})`;
      case 'list':
        return this.call(core, v, (name) => this.list(name, core.item));
      case 'map':
        return this.call(core, v, (name) => this.map(name, core.value));
      case 'object':
        return this.call(core, v, (name) => this.object(name, core.fields));
    }
  }

  private call(descriptor: Descriptor, v: string, declare: (name: string) => void): string {
    let name = this.functions.get(descriptor);
    if (name === undefined) {
      name = this.source.fresh('w');
      this.functions.set(descriptor, name);
      declare(name);
    }
    return `${name}(${v})`;
  }

  private list(name: string, item: Descriptor): void {
    const copy = this.expression(item, 'e');
    this.source.add(
      `function ${name}(v) { const a = new Array(v.length); for (let i = 0; i < v.length; i++) { const e = v[i]; a[i] = ${copy}; } return a; }`,
    );
  }

  /** Into an object without prototype, where `__proto__` is a key like any other. */
  private map(name: string, value: Descriptor): void {
    const copy = this.expression(value, 'e');
    this.source.add(
      `function ${name}(v) { const o = Object.create(null); for (const k of Object.keys(v)) { const e = v[k]; o[k] = ${copy}; } return o; }`,
    );
  }

  private object(name: string, fields: Fields): void {
    const members = Object.entries(fields).map(([field, descriptor]) => {
      const copy = this.expression(descriptor, property('v', field));
      return `${JSON.stringify(field)}: ${copy}`;
    });
    this.source.add(`function ${name}(v) { return { ${members.join(', ')} }; }`);
  }
}
