import type { Text } from '../../lib/chunks.ts';
import { property, type Source } from '../../lib/codegen.ts';
import { type Descriptor, type Fields, type ScalarDescriptor, type Unwrapped, unwrap } from '../../lib/descriptor.ts';
import { beginText, endText, type Pausing, pauseCode } from '../xml/pieces.ts';
import { escapeText } from '../xml/write.ts';
import { writeDatetime } from './dates.ts';
import { plainNumber } from './numbers.ts';
import { writeJson } from './values.ts';

/** Statements that append to `s`, with neighbouring constant text merged. */
class Code {
  private readonly lines: string[] = [];
  private terms: string[] = [];
  private constant = '';

  text(constant: string): void {
    this.constant += constant;
  }

  /** An expression whose text is appended; a constant stands between any two. */
  value(expression: string): void {
    this.settle();
    this.terms.push(expression);
  }

  block(head: string, body: () => void): void {
    this.flush();
    this.lines.push(`${head} {`);
    body();
    this.flush();
    this.lines.push('}');
  }

  line(statement: string): void {
    this.flush();
    this.lines.push(statement);
  }

  toString(): string {
    this.flush();
    return this.lines.join('\n');
  }

  private settle(): void {
    if (this.constant !== '') this.terms.push(JSON.stringify(this.constant));
    this.constant = '';
  }

  private flush(): void {
    this.settle();
    if (this.terms.length > 0) this.lines.push(`s += ${this.terms.join(' + ')};`);
    this.terms = [];
  }
}

/** What is being compiled: the source, and whether answers may have `i8` and nil members. */
interface Unit {
  readonly source: Source;
  readonly extended: boolean;
  readonly objects: Map<Fields, string>;
  readonly pausing: Pausing;
}

/** Compiles a descriptor into a function from a checked value to its `<value>` element. */
export function writerOf(descriptor: Descriptor, source: Source, extended: boolean): (value: unknown) => Text {
  const code = new Code();
  code.line(`${source.constant(beginText)}();`);
  code.line("let s = '';");
  writeValue(descriptor, 'v', code, { source, extended, objects: new Map(), pausing: 'put away' });
  code.line(`return ${source.constant(endText)}(s);`);
  return source.build('v', code.toString());
}

/** The same as a generator of the element in pieces, for long lists. */
export function piecesOf(
  descriptor: Descriptor,
  source: Source,
  extended: boolean,
): (value: unknown) => Iterable<string> {
  const code = new Code();
  code.line("let s = '';");
  writeValue(descriptor, 'v', code, { source, extended, objects: new Map(), pausing: 'yield' });
  code.line('yield s;');
  source.add(`function* pieces(v) {\n${code}\n}`);
  return source.build('v', 'return pieces(v);');
}

const nil = '<value><nil/></value>';

/** A value where null must be said: a result, an item, an entry. */
function writeValue(descriptor: Descriptor, ref: string, code: Code, unit: Unit): void {
  const unwrapped = unwrap(descriptor);
  if (!unwrapped.nullable) {
    writeCore(unwrapped.core, ref, code, unit);
    return;
  }
  code.block(`if (${ref} === null)`, () => code.text(nil));
  code.block('else', () => writeCore(unwrapped.core, ref, code, unit));
}

function writeCore(core: Unwrapped['core'], ref: string, code: Code, unit: Unit): void {
  switch (core.kind) {
    case 'list':
      writeList(core.item, ref, code, unit);
      return;
    case 'map':
      writeMap(core.value, ref, code, unit);
      return;
    case 'object':
      code.line(`s = ${unit.pausing === 'yield' ? 'yield* ' : ''}${objectWriter(core.fields, unit)}(s, ${ref});`);
      return;
    case 'json':
      code.value(`${unit.source.constant(writeJson)}(${ref})`);
      return;
    default:
      writeScalar(core.kind, ref, code, unit);
  }
}

/** The element of each kind, and what makes its text where that is not the value's own digits. */
const scalars: Readonly<Record<ScalarDescriptor['kind'], { readonly type: string; readonly format?: unknown }>> = {
  int: { type: 'int' },
  int64: { type: 'string' },
  boolean: { type: 'boolean', format: (value: boolean) => (value ? '1' : '0') },
  float: { type: 'double', format: plainNumber },
  datetime: { type: 'dateTime.iso8601', format: writeDatetime },
  bytes: { type: 'base64', format: toBase64 },
  string: { type: 'string', format: escapeText },
  enum: { type: 'string', format: escapeText },
  date: { type: 'string', format: escapeText },
  decimal: { type: 'string', format: escapeText },
};

function writeScalar(kind: ScalarDescriptor['kind'], ref: string, code: Code, { source, extended }: Unit): void {
  const { type, format } = scalars[kind];
  const element = extended && kind === 'int64' ? 'i8' : type;
  code.text(`<value><${element}>`);
  code.value(format === undefined ? ref : `${source.constant(format)}(${ref})`);
  code.text(`</${element}></value>`);
}

function toBase64(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
}

function writeList(item: Descriptor, ref: string, code: Code, unit: Unit): void {
  const [list, i, each] = [unit.source.fresh(), unit.source.fresh(), unit.source.fresh()];
  code.text('<value><array><data>');
  code.line(`const ${list} = ${ref};`);
  code.block(`for (let ${i} = 0; ${i} < ${list}.length; ${i}++)`, () => {
    code.line(`const ${each} = ${list}[${i}];`);
    writeValue(item, each, code, inside(unit));
    pause(code, unit);
  });
  code.text('</data></array></value>');
}

function writeMap(value: Descriptor, ref: string, code: Code, unit: Unit): void {
  const [map, key, each] = [unit.source.fresh(), unit.source.fresh(), unit.source.fresh()];
  code.text('<value><struct>');
  code.line(`const ${map} = ${ref};`);
  code.block(`for (const ${key} of Object.keys(${map}))`, () => {
    code.line(`const ${each} = ${map}[${key}];`);
    code.text('<member><name>');
    code.value(`${unit.source.constant(escapeText)}(${key})`);
    code.text('</name>');
    writeValue(value, each, code, inside(unit));
    code.text('</member>');
    pause(code, unit);
  });
  code.text('</struct></value>');
}

/** What is inside of a list gives no pieces of its own. */
function inside(unit: Unit): Unit {
  return unit.pausing === 'yield' ? { ...unit, pausing: 'never', objects: new Map() } : unit;
}

function pause(code: Code, { source, pausing }: Unit): void {
  code.line(pauseCode(pausing, source));
}

/** A function of its own for each object type, so that each stays small enough to be optimised. */
function objectWriter(fields: Fields, unit: Unit): string {
  let name = unit.objects.get(fields);
  if (name === undefined) {
    name = unit.source.fresh('object');
    unit.objects.set(fields, name);
    const code = new Code();
    code.text('<value><struct>');
    for (const field of Object.keys(fields)) writeMember(field, fields[field] as Descriptor, code, unit);
    code.text('</struct></value>');
    unit.source.add(`function${unit.pausing === 'yield' ? '*' : ''} ${name}(s, o) {\n${code}\nreturn s;\n}`);
  }
  return name;
}

/** A null member is left out, like an absent one (DESIGN §3); with extensions null is said. */
function writeMember(field: string, descriptor: Descriptor, code: Code, unit: Unit): void {
  const { core, nullable, optional } = unwrap(descriptor);
  const write = (ref: string) => {
    code.text(`<member><name>${field}</name>`);
    writeCore(core, ref, code, unit);
    code.text('</member>');
  };
  const access = property('o', field);
  if (!nullable && !optional) {
    write(access);
    return;
  }
  const ref = unit.source.fresh();
  code.line(`const ${ref} = ${access};`);
  const present = nullable ? ` && ${ref} !== null` : ''; // null without `nullable` is a JSON value
  code.block(`if (${ref} !== undefined${present})`, () => write(ref));
  if (nullable && unit.extended) {
    code.block(`else if (${ref} === null)`, () => code.text(`<member><name>${field}</name>${nil}</member>`));
  }
}
