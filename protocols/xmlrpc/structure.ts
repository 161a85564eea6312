import { Fault } from '../../lib/fault.ts';
import { Run } from '../xml/run.ts';
import type { XmlScanner } from '../xml/scanner.ts';

/** The namespace of Apache's `nil` and `i8`, whatever its prefix. */
export const extensions = 'http://ws.apache.org/xmlrpc/namespaces/extensions';

/** How a value is typed on the wire; `untyped` is text without an element, a string by the XML-RPC specification. */
export type WireType =
  | 'untyped'
  | 'string'
  | 'int'
  | 'i4'
  | 'i8'
  | 'boolean'
  | 'double'
  | 'dateTime.iso8601'
  | 'base64'
  | 'struct'
  | 'array'
  | 'nil'
  | 'unknown';

/** A value whose type element has been opened; of an untyped one the text, and it is closed already. */
export interface Opened {
  readonly type: WireType;
  readonly text: string;
}

const typeElements: ReadonlyMap<WireType, Opened> = new Map(
  (
    [
      'string',
      'int',
      'i4',
      'i8',
      'boolean',
      'double',
      'dateTime.iso8601',
      'base64',
      'struct',
      'array',
      'nil',
    ] satisfies WireType[]
  ).map((type) => [type, { type, text: '' }]),
);
const unknown: Opened = { type: 'unknown', text: '' };
const blank = /^[ \t\r\n]*$/;

const runs = new Map<string, Run>();

/** The run of a template: those that are alike are one. */
export function runOf(template: string): Run {
  let run = runs.get(template);
  if (run === undefined) {
    run = new Run(template);
    runs.set(template, run);
  }
  return run;
}

const nameAndValue = runOf('<name>*</name><value>');

/** What an opened type element of that name is. */
export function openedAs(type: WireType): Opened {
  return typeElements.get(type) ?? unknown;
}

/** A message that is XML, but not as the XML-RPC specification has it. */
export function nonconforming(message: string): Fault {
  return new Fault('invalid-request', message);
}

/** Consumes the start tag of the one element that may come here. */
export function openOnly(x: XmlScanner, name: string): void {
  if (x.openIf(name)) return;
  if (!x.open()) throw nonconforming(`A ${name} element is missing`);
  if (x.local !== name || x.uri !== '') throw nonconforming(`A ${name} element must stand here, not another`);
}

/** Consumes the start tag of the next element of a sequence (true) or the end tag around the sequence (false). */
export function openNext(x: XmlScanner, name: string): boolean {
  if (x.openIf(name)) return true;
  if (!x.open()) return false;
  if (x.local !== name || x.uri !== '') throw nonconforming(`Only ${name} elements may stand here`);
  return true;
}

/** Consumes the end tag of an element whose content is complete. */
export function close(x: XmlScanner, name: string): void {
  if (!x.closeIf(name) && x.open()) throw nonconforming(`A ${name} element has more in it than belongs there`);
}

/** Consumes the one element that may come here and returns its text. */
export function textOf(x: XmlScanner, name: string): string {
  openOnly(x, name);
  return x.text();
}

/** Consumes `<name>…</name><value>` of a member and returns the name, any text as it stands. */
export function memberName(x: XmlScanner): string {
  const usual = x.take(nameAndValue);
  if (usual !== undefined) return usual;
  const name = textOf(x, 'name');
  openOnly(x, 'value');
  return name;
}

/** Consumes what tells the type of a value: its type element's start tag, or an untyped value whole. */
export function openType(x: XmlScanner): Opened {
  const text = x.textOrOpen();
  if (!x.sawOpen) return { type: 'untyped', text };
  if (!blank.test(text)) throw nonconforming('A value has text beside its type');
  if (x.uri === '') return openedAs(x.local as WireType);
  return x.uri === extensions && (x.local === 'nil' || x.local === 'i8') ? openedAs(x.local) : unknown;
}

/** Consumes a value to its end after `openType`, whatever it is. */
export function skipOpened(opened: Opened, x: XmlScanner): void {
  if (opened.type === 'untyped') return;
  x.skip();
  close(x, 'value');
}

/** Consumes the text of a simple type and the end of its value. */
export function simpleText(opened: Opened, x: XmlScanner): string {
  if (opened.type === 'untyped') return opened.text;
  const text = x.text();
  close(x, 'value');
  return text;
}

/** Consumes an opened `nil` to the end of its value. */
export function closeNil(opened: Opened, x: XmlScanner): null {
  if (!blank.test(simpleText(opened, x))) throw nonconforming('A nil element must be empty');
  return null;
}

/** How a type is called in messages about a value that has another. */
export function typeLabel(type: WireType): string {
  if (type === 'untyped') return 'text';
  return type === 'unknown' ? 'a value of an unknown type' : type;
}

/** A member's name as the step of a path: whole, unless somebody sends a book. */
export function pathStep(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name;
}

/** Reads a message to its end; one that is not well formed is `malformed`, whatever else is wrong with it before. */
export function wellFormed<T>(x: XmlScanner, read: () => T): T {
  try {
    return read();
  } catch (reason) {
    if (reason instanceof Fault && reason.code === 'invalid-request') {
      while (x.depth > 0) x.skip();
      x.end();
    }
    throw reason;
  }
}
