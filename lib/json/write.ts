import { property, Source } from '../codegen.ts';
import { type Descriptor, unwrap } from '../descriptor.ts';

/** Writes a checked value as JSON text, declared fields only. */
export type JsonWriter = (value: unknown) => string;

/** A text as a JSON string; short ones, which are the many, without leaving JavaScript. */
export function quote(text: string): string {
  if (text.length > 48) return JSON.stringify(text);
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x20 || c === 0x22 || c === 0x5c || (c >= 0xd800 && c <= 0xdfff)) return JSON.stringify(text);
  }
  return `"${text}"`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

const writers = new WeakMap<Descriptor, JsonWriter>();

/** The writer of a descriptor, built once. */
export function jsonWriter(descriptor: Descriptor): JsonWriter {
  let writer = writers.get(descriptor);
  if (writer === undefined) {
    const source = new Source();
    const compiler = new JsonCompiler(source);
    writer = source.build<JsonWriter>('v', `return ${compiler.expression(descriptor, 'v')};`);
    writers.set(descriptor, writer);
  }
  return writer;
}

/** Turns descriptors into the code of a writer; each object type, list and map becomes one function of it. */
class JsonCompiler {
  readonly #source: Source;
  readonly #functions = new Map<Descriptor, string>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** The code of an expression that gives the JSON text of the value that `v` names. */
  expression(descriptor: Descriptor, v: string): string {
    const { core, nullable, fallback } = unwrap(descriptor);
    const value = fallback === undefined ? v : `(${v} === undefined ? ${this.#source.constant(fallback.value)} : ${v})`;
    const text = this.#core(core, value);
    return nullable ? `(${value} === null ? 'null' : ${text})` : text;
  }

  #core(core: ReturnType<typeof unwrap>['core'], v: string): string {
    switch (core.kind) {
      case 'string':
      case 'enum':
        return `${this.#source.constant(quote)}(${v})`;
      case 'boolean':
        return `(${v} ? 'true' : 'false')`;
      case 'int':
      case 'float':
        return `String(${v} + 0)`;
      case 'int64':
      case 'decimal':
      case 'date':
        return `('"' + ${v} + '"')`;
      case 'datetime':
        return `('"' + ${v}.toISOString() + '"')`;
      case 'bytes':
        return `('"' + ${this.#source.constant(base64)}(${v}) + '"')`;
      case 'json':
        return `${this.#source.constant(JSON.stringify)}(${v})`;
      case 'list':
        return this.#call(core, v, (name) => this.#list(name, core.item));
      case 'map':
        return this.#call(core, v, (name) => this.#map(name, core.value));
      case 'object':
        return this.#call(core, v, (name) => this.#object(name, core.fields));
    }
  }

  #call(descriptor: Descriptor, v: string, declare: (name: string) => void): string {
    let name = this.#functions.get(descriptor);
    if (name === undefined) {
      name = this.#source.fresh('w');
      this.#functions.set(descriptor, name);
      declare(name);
    }
    return `${name}(${v})`;
  }

  #list(name: string, item: Descriptor): void {
    const text = this.expression(item, 'v[i]');
    this.#source.add(
      `function ${name}(v) { if (v.length === 0) return '[]'; let s = '[', i = 0; s += ${text}; for (i = 1; i < v.length; i++) s += ',' + ${text}; return s + ']'; }`,
    );
  }

  #map(name: string, value: Descriptor): void {
    const quoted = this.#source.constant(quote);
    const text = this.expression(value, 'v[k]');
    this.#source.add(
      `function ${name}(v) { let s = ''; for (const k of Object.keys(v)) { if (v[k] !== undefined) s += (s === '' ? '' : ',') + ${quoted}(k) + ':' + ${text}; } return '{' + s + '}'; }`,
    );
  }

  #object(name: string, fields: Readonly<Record<string, Descriptor>>): void {
    const entries = Object.entries(fields);
    const statements = entries.map(([field, descriptor], index) => {
      const text = this.expression(descriptor, 'f');
      const always = descriptor.kind !== 'optional';
      const certain = entries.slice(0, index).some(([, earlier]) => earlier.kind !== 'optional');
      const label = JSON.stringify(`${index > 0 && certain ? ',' : ''}${JSON.stringify(field)}:`);
      const comma = index === 0 || certain ? '' : "(s === '{' ? '' : ',') + ";
      const write = `s += ${comma}${label} + ${text};`;
      return `f = ${property('v', field)}; ${always ? write : `if (f !== undefined) { ${write} }`}`;
    });
    this.#source.add(`function ${name}(v) { let s = '{', f; ${statements.join(' ')} return s + '}'; }`);
  }
}
