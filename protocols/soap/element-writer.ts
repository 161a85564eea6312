import type { Text } from '../../lib/chunks.ts';
import { property, Source } from '../../lib/codegen.ts';
import { type Descriptor, type Fields, unwrap } from '../../lib/descriptor.ts';
import { arrayItemType, entryElement, entryTypeName, itemElement, memberScope, xsdType } from '../../wsdl/names.ts';
import { beginText, endText, type Pausing, pauseCode } from '../xml/pieces.ts';
import { escapeInUtf8 } from '../xml/write.ts';
import { Appender } from './appender.ts';
import type { SoapStyle } from './envelope.ts';

/** Writes a checked value as an element, declared fields only. */
export type ElementWriter = (value: unknown) => Text;

type Core = ReturnType<typeof unwrap>['core'];

/**
 * Builds the writer of a descriptor as an element with this name.
 * @param scope where the value stands, for the names of types in rpc/encoded (`wsdl/names.ts`)
 */
export function elementWriter(descriptor: Descriptor, name: string, scope: string, style: SoapStyle): ElementWriter {
  const source = new Source();
  const out = new Appender();
  new Compiler(source, style, 'put away').element(out, name, descriptor, 'f', scope);
  const [begin, end] = [source.constant(beginText), source.constant(endText)];
  return source.build<ElementWriter>('f', `${begin}(); let s = ''; ${out.code} return ${end}(s);`);
}

/** Writes a checked value as an element in pieces, for long lists. */
export type PieceWriter = (value: unknown) => Iterable<string>;

/** The same as `elementWriter`, piece by piece. */
export function pieceWriter(descriptor: Descriptor, name: string, scope: string, style: SoapStyle): PieceWriter {
  const source = new Source();
  const out = new Appender();
  new Compiler(source, style, 'yield').element(out, name, descriptor, 'f', scope);
  source.add(`function* pieces(f) { let s = ''; ${out.code} yield s; }`);
  return source.build<PieceWriter>('f', 'return pieces(f);');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** JSON can say by escapes what XML has no characters for. */
function json(value: unknown): string {
  return escapeInUtf8(JSON.stringify(value).replace(/[\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`));
}

/** The entries of a map that have a value. */
function entriesOf(map: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(map).filter(([, value]) => value !== undefined);
}

/** Turns descriptors into the code of a writer; each object type, list and map becomes one function of it. */
class Compiler {
  readonly #source: Source;
  readonly #style: SoapStyle;
  readonly #functions = new Map<Descriptor, Map<string, string>>();
  #pausing: Pausing;

  constructor(source: Source, style: SoapStyle, pausing: Pausing) {
    this.#source = source;
    this.#style = style;
    this.#pausing = pausing;
  }

  /** Writes the value that the expression `v` names, which is not undefined. */
  element(out: Appender, name: string, descriptor: Descriptor, v: string, scope: string): void {
    const { core, nullable } = unwrap(descriptor);
    if (!nullable) {
      this.#full(out, name, core, v, scope);
      return;
    }
    const full = new Appender();
    this.#full(full, name, core, v, scope);
    // SOAP 1.1 §5.1 types values, and nil is none; beside a type strong-soap takes nil for an empty value
    const nil = new Appender().text(`<${name} xsi:nil="true"/>`);
    out.statement(`if (${v} === null) { ${nil.code} } else { ${full.code} }`);
  }

  #full(out: Appender, name: string, core: Core, v: string, scope: string): void {
    out.text(`<${name}${this.#type(core, scope)}`);
    if (this.#style === 'encoded' && (core.kind === 'list' || core.kind === 'map')) {
      const { uri, local } = arrayItemType(core, scope);
      const count = core.kind === 'list' ? `${v}.length` : `${this.#source.constant(entriesOf)}(${v}).length`;
      out.text(` soapenc:arrayType="${uri}:${local}[`).value(count).text(']"');
    }
    out.text('>');
    this.#content(out, core, v, scope);
    out.text(`</${name}>`);
  }

  #type(core: Core, scope: string): string {
    if (this.#style === 'literal') return '';
    const { uri, local } = xsdType(core, scope);
    return ` xsi:type="${uri}:${local}"`;
  }

  #content(out: Appender, core: Core, v: string, scope: string): void {
    switch (core.kind) {
      case 'list':
        this.#call(out, core, v, scope, (inner) => this.#list(inner, core.item, scope));
        return;
      case 'map':
        this.#call(out, core, v, scope, (inner) => this.#map(inner, core.value, entryTypeName(core, scope), scope));
        return;
      case 'object':
        this.#call(out, core, v, '', (inner) => this.#fields(inner, core.fields, core.name));
        return;
      default:
        out.value(this.#simple(core.kind, v));
    }
  }

  #simple(kind: Exclude<Core['kind'], 'list' | 'map' | 'object'>, v: string): string {
    switch (kind) {
      case 'string':
      case 'enum':
        return `${this.#source.constant(escapeInUtf8)}(${v})`;
      case 'boolean':
        return `(${v} ? 'true' : 'false')`;
      case 'int':
      case 'int64':
      case 'float':
      case 'decimal':
      case 'date':
        return v;
      case 'datetime':
        return `${v}.toISOString()`;
      case 'bytes':
        return `${this.#source.constant(base64)}(${v})`;
      case 'json':
        return `${this.#source.constant(json)}(${v})`;
    }
  }

  /** Calls the function that writes the content of `v`; it is declared when it is first wanted. */
  #call(out: Appender, core: Core, v: string, scope: string, declare: (inner: Appender) => void): void {
    const known = this.#functions.get(core) ?? new Map<string, string>();
    this.#functions.set(core, known);
    const key = this.#style === 'literal' ? this.#pausing : `${this.#pausing} ${scope}`;
    const yields = this.#pausing === 'yield';
    let name = known.get(key);
    if (name === undefined) {
      name = this.#source.fresh('w');
      known.set(key, name);
      const inner = new Appender();
      declare(inner);
      this.#source.add(`function${yields ? '*' : ''} ${name}(s, v) { let f;\n${inner.code} return s; }`);
    }
    out.statement(`s = ${yields ? 'yield* ' : ''}${name}(s, ${v});`);
  }

  #list(out: Appender, item: Descriptor, scope: string): void {
    const inner = new Appender();
    this.#inside(() => this.element(inner, itemElement, item, 'f', scope));
    out.statement(`for (let i = 0; i < v.length; i++) { f = v[i];\n${inner.code} ${this.#pause()} }`);
  }

  #map(out: Appender, value: Descriptor, entryType: string, scope: string): void {
    const encoded = this.#style === 'encoded';
    const inner = new Appender().text(encoded ? `<${entryElement} xsi:type="tns:${entryType}">` : `<${entryElement}>`);
    inner
      .text(encoded ? '<key xsi:type="xsd:string">' : '<key>')
      .value(`${this.#source.constant(escapeInUtf8)}(k)`)
      .text('</key>');
    this.#inside(() => this.element(inner, 'value', value, 'f', scope));
    inner.text(`</${entryElement}>`);
    out.statement(`for (const [k, f] of ${this.#source.constant(entriesOf)}(v)) {\n${inner.code} ${this.#pause()} }`);
  }

  /** Compiles what is inside of a list, which gives no pieces of its own. */
  #inside(compile: () => void): void {
    const outside = this.#pausing;
    if (outside === 'yield') this.#pausing = 'never';
    compile();
    this.#pausing = outside;
  }

  #pause(): string {
    return pauseCode(this.#pausing, this.#source);
  }

  #fields(out: Appender, fields: Fields, holder: string): void {
    for (const [name, descriptor] of Object.entries(fields)) {
      const { nullable, optional, fallback } = unwrap(descriptor);
      const scope = memberScope(holder, name);
      if (!nullable && !optional) {
        this.element(out, name, descriptor, property('v', name), scope);
        continue;
      }
      out.statement(`f = ${property('v', name)};`);
      const inner = new Appender();
      this.element(inner, name, descriptor, 'f', scope);
      if (fallback !== undefined)
        out.statement(`if (f === undefined) f = ${this.#source.constant(fallback.value)};\n${inner.code}`);
      else out.statement(optional ? `if (f !== undefined) { ${inner.code} }` : inner.code);
    }
  }
}
