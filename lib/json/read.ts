import { type Descriptor, type Fields, unwrap } from '../descriptor.ts';
import type { Issues } from '../issues.ts';
import {
  int64Max,
  int64Min,
  readBase64,
  readDate,
  readDecimal,
  readFloat,
  readInt,
  readInt64,
  readMoment,
} from '../text-value.ts';
import { JsonNumber } from './number.ts';
import { isJsonObject } from './object.ts';

/** Reads a JSON value by descriptor: what the handler gets, or a note in `issues` of what is wrong. */
export type JsonReader = (raw: unknown, issues: Issues) => unknown;

/** A reader of all named fields of a JSON object: absent ones stay absent, defaults are filled in, others are reported. */
export type FieldsReader = (raw: Record<string, unknown>, issues: Issues) => Record<string, unknown>;

const readers = new WeakMap<Descriptor, JsonReader>();

/** The reader of a descriptor, built once. */
export function jsonReader(descriptor: Descriptor): JsonReader {
  let reader = readers.get(descriptor);
  if (reader === undefined) {
    reader = build(descriptor);
    readers.set(descriptor, reader);
  }
  return reader;
}

/** Whether JSON's own values are already what handlers get, so that there is nothing to read. */
export function isPlainJson(descriptor: Descriptor): boolean {
  switch (descriptor.kind) {
    case 'string':
    case 'boolean':
    case 'int':
    case 'float':
    case 'enum':
      return true;
    case 'list':
      return isPlainJson(descriptor.item);
    case 'map':
      return isPlainJson(descriptor.value);
    case 'object':
      return Object.values(descriptor.fields).every(isPlainJson);
    case 'nullable':
    case 'optional':
      return isPlainJson(descriptor.inner);
    case 'int64':
    case 'decimal':
    case 'date':
    case 'datetime':
    case 'bytes':
    case 'json':
    case 'default':
      return false;
  }
}

function build(descriptor: Descriptor): JsonReader {
  switch (descriptor.kind) {
    case 'string':
    case 'enum':
      return (raw, issues) => (typeof raw === 'string' ? raw : issues.add('type', 'must be text'));
    case 'boolean':
      return (raw, issues) => (typeof raw === 'boolean' ? raw : issues.add('type', 'must be true or false'));
    case 'int':
      return readJsonInt;
    case 'int64':
      return readJsonInt64;
    case 'float':
      return readJsonFloat;
    case 'decimal':
      return (raw, issues) => {
        const text = typeof raw === 'string' ? raw : numberText(raw);
        return text === undefined
          ? issues.add('type', 'must be a decimal number, as text or exact')
          : readDecimal(text, issues);
      };
    case 'date':
      return (raw, issues) =>
        typeof raw === 'string' ? readDate(raw, issues) : issues.add('type', 'must be a day as YYYY-MM-DD');
    case 'datetime':
      return (raw, issues) =>
        typeof raw === 'string'
          ? readMoment(raw, issues)
          : issues.add('type', 'must be a date and time as text (RFC 3339)');
    case 'bytes':
      return (raw, issues) =>
        typeof raw === 'string' ? readBase64(raw, issues) : issues.add('type', 'must be base64 text');
    case 'list':
      return listReader(descriptor.item);
    case 'map':
      return mapReader(descriptor.value);
    case 'object': {
      const fields = fieldsReader(descriptor.fields);
      return (raw, issues) => (isJsonObject(raw) ? fields(raw, issues) : issues.add('type', 'must be an object'));
    }
    case 'json':
      return readAnyJson;
    case 'nullable': {
      const inner = jsonReader(descriptor.inner);
      return (raw, issues) => (raw === null ? null : inner(raw, issues));
    }
    case 'optional':
    case 'default':
      return jsonReader(descriptor.inner);
  }
}

/** The digits of a number as written, or undefined if the value is no number. */
function numberText(raw: unknown): string | undefined {
  if (raw instanceof JsonNumber) return raw.text;
  return typeof raw === 'number' ? String(raw) : undefined;
}

function readJsonInt(raw: unknown, issues: Issues): unknown {
  if (typeof raw === 'number' && raw === (raw | 0)) return raw + 0;
  const text = numberText(raw);
  return text === undefined ? issues.add('type', 'must be a whole number') : readInt(text, issues);
}

function readJsonInt64(raw: unknown, issues: Issues): unknown {
  if (typeof raw === 'bigint')
    return raw >= int64Min && raw <= int64Max ? raw : issues.add('range', 'must fit into 64 bits');
  const text = typeof raw === 'string' ? raw : numberText(raw);
  return text === undefined ? issues.add('type', 'must be a whole number, as text or exact') : readInt64(text, issues);
}

function readJsonFloat(raw: unknown, issues: Issues): unknown {
  if (typeof raw === 'number' && Number.isFinite(raw)) return raw;
  return raw instanceof JsonNumber ? readFloat(raw.text, issues) : issues.add('type', 'must be a number');
}

/** Any JSON value; a number that a double would change is refused, since a handler could not get it. */
function readAnyJson(raw: unknown, issues: Issues): unknown {
  if (raw instanceof JsonNumber) {
    return raw.exact ? Number(raw.text) + 0 : issues.add('range', 'is a number that cannot be carried exactly');
  }
  if (Array.isArray(raw)) return readItems(raw, readAnyJson, issues);
  if (isJsonObject(raw)) return readEntries(raw, readAnyJson, issues);
  return raw;
}

function readAt(step: string | number, read: JsonReader, raw: unknown, issues: Issues): unknown {
  issues.enter(step);
  const value = read(raw, issues);
  issues.leave();
  return value;
}

function readItems(raw: readonly unknown[], item: JsonReader, issues: Issues): unknown[] {
  const bookmark = issues.bookmarks?.open<number>();
  const values = bookmark?.items ?? new Array<unknown>(raw.length);
  for (let i = bookmark?.place ?? 0; i < raw.length; i++) {
    values[i] = readAt(i, item, raw[i], issues);
    if (bookmark?.isOver()) bookmark.stop(i + 1);
  }
  bookmark?.close(raw.length);
  return values;
}

function readEntries(raw: Record<string, unknown>, value: JsonReader, issues: Issues): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const key of Object.keys(raw)) {
    const read = readAt(key, value, raw[key], issues);
    if (key === '__proto__')
      Object.defineProperty(values, key, { value: read, enumerable: true, writable: true, configurable: true });
    else values[key] = read;
  }
  return values;
}

function listReader(item: Descriptor): JsonReader {
  const read = jsonReader(item);
  return (raw, issues) => (Array.isArray(raw) ? readItems(raw, read, issues) : issues.add('type', 'must be a list'));
}

function mapReader(value: Descriptor): JsonReader {
  const read = jsonReader(value);
  return (raw, issues) =>
    isJsonObject(raw) ? readEntries(raw, read, issues) : issues.add('type', 'must be an object');
}

/** The reader of a record of fields: of an object's, or of a function's parameters. */
export function fieldsReader(fields: Fields): FieldsReader {
  const plan = Object.entries(fields).map(([name, field]) => ({
    name,
    read: jsonReader(field),
    fallback: unwrap(field).fallback,
  }));
  return (raw, issues) => {
    const values: Record<string, unknown> = {};
    for (const { name, read, fallback } of plan) {
      const item = Object.hasOwn(raw, name) ? raw[name] : undefined;
      if (item !== undefined) values[name] = readAt(name, read, item, issues);
      else if (fallback !== undefined) values[name] = fallback.value;
    }
    reportUnknown(fields, raw, issues);
    return values;
  };
}

function reportUnknown(fields: Fields, raw: Record<string, unknown>, issues: Issues): void {
  for (const name of Object.keys(raw)) {
    if (!Object.hasOwn(fields, name)) issues.add('unknown', 'is not known here', name.slice(0, 100));
  }
}
