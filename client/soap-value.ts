import { toBase64 } from '../lib/base64.ts';
import { type Descriptor, type Fields, type Unwrapped, unwrap } from '../lib/descriptor.ts';
import type { Issues } from '../lib/issues.ts';
import { readText, type Spelling } from '../lib/text-value.ts';
import { xsiNamespace } from '../protocols/soap/envelope.ts';
import { escapeText } from '../protocols/xml/write.ts';
import { child, type Node } from './tree.ts';

const spelling: Spelling = { xml: true, zoneless: 'utc' };

/** Writes a value as handlers have it as an element (DESIGN §3, SOAP). */
export function soapElement(name: string, descriptor: Descriptor, value: unknown): string {
  const { core, nullable } = unwrap(descriptor);
  if (nullable && value === null) return `<${name} xmlns:xsi="${xsiNamespace}" xsi:nil="true"/>`;
  return `<${name}>${content(core, value)}</${name}>`;
}

function content(core: Unwrapped['core'], value: unknown): string {
  switch (core.kind) {
    case 'list':
      return (value as readonly unknown[]).map((item) => soapElement('item', core.item, item)).join('');
    case 'map':
      return Object.entries(value as object)
        .map(([key, item]) => `<entry><key>${escapeText(key)}</key>${soapElement('value', core.value, item)}</entry>`)
        .join('');
    case 'object':
      return elements(core.fields, value as Readonly<Record<string, unknown>>);
    case 'json':
      return escapeText(JSON.stringify(value));
    case 'datetime':
      return (value as Date).toISOString();
    case 'bytes':
      return toBase64(value as Uint8Array);
    default:
      return escapeText(String(value));
  }
}

/** The fields that an object has of its own, in their order. */
function elements(fields: Fields, values: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .filter(([name]) => Object.hasOwn(values, name) && values[name] !== undefined)
    .map(([name, field]) => soapElement(name, field, values[name]))
    .join('');
}

/** Reads the content of an element by descriptor; what does not fit goes into `issues`. */
export function readSoapValue(descriptor: Descriptor, node: Node, issues: Issues): unknown {
  const { core, nullable } = unwrap(descriptor);
  if (node.nil) return nullable ? null : issues.add('type', 'must not be nil');
  switch (core.kind) {
    case 'list':
      return node.children.map((item, i) => readBelow(core.item, item, i, issues));
    case 'map':
      return Object.fromEntries(node.children.map((entry) => readEntry(core.value, entry, issues)));
    case 'object':
      return readFields(core.fields, node, issues);
    case 'json':
      return readJson(node.text, issues);
    default:
      return readText(core, node.text, issues, spelling);
  }
}

function readBelow(descriptor: Descriptor, node: Node, step: string | number, issues: Issues): unknown {
  issues.enter(step);
  const value = readSoapValue(descriptor, node, issues);
  issues.leave();
  return value;
}

function readEntry(descriptor: Descriptor, entry: Node, issues: Issues): readonly [string, unknown] {
  const key = child(entry, 'key')?.text ?? '';
  const value = child(entry, 'value');
  if (value === undefined) return [key, issues.add('required', 'has no value', key)];
  return [key, readBelow(descriptor, value, key, issues)];
}

function readFields(fields: Fields, node: Node, issues: Issues): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const element = child(node, name);
    if (element !== undefined) values[name] = readBelow(field, element, name, issues);
  }
  return values;
}

/** The kind json travels as text (DESIGN §3). */
function readJson(text: string, issues: Issues): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return issues.add('type', 'must hold JSON');
  }
}
