import { toBase64 } from '../lib/base64.ts';
import { type Descriptor, type Fields, type Unwrapped, unwrap } from '../lib/descriptor.ts';
import type { Issues } from '../lib/issues.ts';
import { readText, type Spelling } from '../lib/text-value.ts';
import { escapeText } from '../protocols/xml/write.ts';
import { readDatetime, writeDatetime } from '../protocols/xmlrpc/dates.ts';
import { plainNumber } from '../protocols/xmlrpc/numbers.ts';
import { child, type Node } from './tree.ts';

const spelling: Spelling = { xml: true };

/** Writes a value as handlers have it as a `<value>` (DESIGN §3, XML-RPC). */
export function xmlrpcValue(descriptor: Descriptor, value: unknown): string {
  return `<value>${content(unwrap(descriptor).core, value)}</value>`;
}

function content(core: Unwrapped['core'], value: unknown): string {
  if (value === null) return '<nil/>';
  switch (core.kind) {
    case 'list':
      return array((value as readonly unknown[]).map((item) => xmlrpcValue(core.item, item)));
    case 'map':
      return struct(Object.entries(value as object).map(([name, item]) => [name, xmlrpcValue(core.value, item)]));
    case 'object':
      return struct(
        Object.entries(value as object)
          .map(([name, item]) => [name, core.fields[name] as Descriptor, item] as const)
          .filter(([, field, item]) => item !== undefined && !(item === null && unwrap(field).nullable)) // left out
          .map(([name, field, item]) => [name, xmlrpcValue(field, item)]),
      );
    case 'json':
      return anyContent(value);
    case 'int':
      return `<int>${value}</int>`;
    case 'boolean':
      return `<boolean>${value === true ? 1 : 0}</boolean>`;
    case 'float':
      return `<double>${plainNumber(value as number)}</double>`;
    case 'datetime':
      return `<dateTime.iso8601>${writeDatetime(value as Date)}</dateTime.iso8601>`;
    case 'bytes':
      return `<base64>${toBase64(value as Uint8Array)}</base64>`;
    default:
      return `<string>${escapeText(String(value))}</string>`;
  }
}

function array(values: readonly string[]): string {
  return `<array><data>${values.join('')}</data></array>`;
}

function struct(members: readonly (readonly [name: string, value: string])[]): string {
  const all = members.map(([name, value]) => `<member><name>${escapeText(name)}</name>${value}</member>`);
  return `<struct>${all.join('')}</struct>`;
}

/** Any JSON value in natural types. */
function anyContent(value: unknown): string {
  const any = (item: unknown) => `<value>${anyContent(item)}</value>`;
  if (value === null) return '<nil/>';
  if (typeof value === 'boolean') return `<boolean>${value ? 1 : 0}</boolean>`;
  if (typeof value === 'number') {
    return value === (value | 0) ? `<int>${value}</int>` : `<double>${plainNumber(value)}</double>`;
  }
  if (Array.isArray(value)) return array(value.map(any));
  if (typeof value === 'object') return struct(Object.entries(value).map(([name, item]) => [name, any(item)]));
  return `<string>${escapeText(String(value))}</string>`;
}

/** Reads a `<value>` by descriptor; what does not fit goes into `issues`. */
export function readXmlrpcValue(descriptor: Descriptor, value: Node, issues: Issues): unknown {
  const { core, nullable } = unwrap(descriptor);
  const type = value.children[0]?.local ?? 'string';
  if (core.kind === 'json') return readAny(value, issues);
  if (type === 'nil') return nullable ? null : issues.add('type', 'must not be nil');
  const expected = core.kind === 'list' ? 'array' : core.kind === 'map' || core.kind === 'object' ? 'struct' : 'scalar';
  const found = type === 'array' || type === 'struct' ? type : 'scalar';
  return found === expected ? readCore(core, value, issues) : issues.add('type', `must be of the type ${expected}`);
}

function readCore(core: Unwrapped['core'], value: Node, issues: Issues): unknown {
  const typed = value.children[0];
  switch (core.kind) {
    case 'list':
      return readItems(items(typed), (item) => readXmlrpcValue(core.item, item, issues), issues);
    case 'map':
      return readMap(members(typed), (member) => readXmlrpcValue(core.value, member, issues), issues);
    case 'object':
      return readFields(core.fields, members(typed), issues);
    case 'json':
      return readAny(value, issues);
    case 'datetime':
      return readDatetime((typed?.text ?? value.text).trim(), issues);
    default:
      return readText(core, typed?.text ?? value.text, issues, spelling);
  }
}

function items(array: Node | undefined): readonly Node[] {
  return child(array, 'data')?.children ?? [];
}

function members(struct: Node | undefined): readonly (readonly [name: string, value: Node])[] {
  return (struct?.children ?? []).flatMap((member) => {
    const value = child(member, 'value');
    return value === undefined ? [] : [[child(member, 'name')?.text ?? '', value] as const];
  });
}

function readItems(nodes: readonly Node[], read: (node: Node) => unknown, issues: Issues): unknown[] {
  return nodes.map((node, i) => {
    issues.enter(i);
    const value = read(node);
    issues.leave();
    return value;
  });
}

function readMap(
  entries: readonly (readonly [name: string, value: Node])[],
  read: (node: Node) => unknown,
  issues: Issues,
): Record<string, unknown> {
  const pairs = entries.map(([name, node]) => {
    issues.enter(name);
    const value = read(node);
    issues.leave();
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}

/** The members of a struct; a nullable one that is absent is null (DESIGN §3). */
function readFields(
  fields: Fields,
  entries: readonly (readonly [name: string, value: Node])[],
  issues: Issues,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) continue;
    issues.enter(name);
    values[name] = readXmlrpcValue(field, value, issues);
    issues.leave();
  }
  for (const [name, field] of Object.entries(fields)) {
    const { nullable, optional } = unwrap(field);
    if (nullable && !optional) values[name] ??= null;
  }
  return values;
}

/** A value of any type as JSON. */
function readAny(value: Node, issues: Issues): unknown {
  const typed = value.children[0];
  switch (typed?.local) {
    case 'nil':
      return null;
    case 'array':
      return readItems(items(typed), (item) => readAny(item, issues), issues);
    case 'struct':
      return readMap(members(typed), (member) => readAny(member, issues), issues);
    case 'boolean':
      return typed.text.trim() === '1';
    case 'int':
    case 'i4':
    case 'i8':
    case 'double':
      return Number(typed.text);
    default:
      return typed?.text ?? value.text;
  }
}
