import type { AnyFunction } from '../../lib/define.ts';
import { type Descriptor, type Fields, unwrap } from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import type { Issues } from '../../lib/issues.ts';
import { withoutAliases } from '../../lib/json/arguments.ts';
import { parseJson } from '../../lib/json/parse.ts';
import { jsonReader } from '../../lib/json/read.ts';
import type { Limits } from '../../lib/settings.ts';
import { readText } from '../../lib/text-value.ts';

/** Parameters as texts, lists and records of texts; bytes where a multipart field is a file. */
export type Texts = { readonly [name: string]: unknown };

/** Reads the arguments of a function out of texts, by descriptor. */
export function readTexts(fn: AnyFunction, texts: Texts, issues: Issues, limits: Limits): Record<string, unknown> {
  return readFields(fn.params, withoutAliases(fn, texts, issues), issues, limits);
}

function readFields(fields: Fields, raw: Texts, issues: Issues, limits: Limits): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const { fallback } = unwrap(field);
    if (Object.hasOwn(raw, name)) {
      issues.enter(name);
      values[name] = readOne(field, raw[name], issues, limits);
      issues.leave();
    } else if (fallback !== undefined) values[name] = fallback.value;
  }
  for (const name of Object.keys(raw)) {
    if (!Object.hasOwn(fields, name)) issues.add('unknown', 'is not known here', name.slice(0, 100));
  }
  return values;
}

function isRecord(raw: unknown): raw is Texts {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) && !(raw instanceof Uint8Array);
}

function readOne(descriptor: Descriptor, raw: unknown, issues: Issues, limits: Limits): unknown {
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'list':
      return Array.isArray(raw)
        ? readList(core.item, raw, issues, limits)
        : issues.add('type', 'must be a list: name[0]=…&name[1]=…');
    case 'map':
      return isRecord(raw)
        ? readMap(core.value, raw, issues, limits)
        : issues.add('type', 'must be a dictionary: name[key]=…');
    case 'object':
      return isRecord(raw)
        ? readFields(core.fields, raw, issues, limits)
        : issues.add('type', 'must be an object: name[field]=…');
    case 'bytes':
      if (raw instanceof Uint8Array) return raw;
  }
  if (typeof raw !== 'string') return issues.add('type', 'must be a single value');
  return core.kind === 'json' ? readJson(core, raw, issues, limits) : readText(core, raw, issues);
}

function readList(item: Descriptor, raw: readonly unknown[], issues: Issues, limits: Limits): unknown[] {
  return Array.from(raw, (value, index) => {
    issues.enter(index);
    const read = value === undefined ? issues.add('required', 'is missing') : readOne(item, value, issues, limits);
    issues.leave();
    return read;
  });
}

function readMap(value: Descriptor, raw: Texts, issues: Issues, limits: Limits): Record<string, unknown> {
  const entries = Object.keys(raw).map((key): [string, unknown] => {
    issues.enter(key);
    const read = readOne(value, raw[key], issues, limits);
    issues.leave();
    return [key, read];
  });
  return Object.fromEntries(entries);
}

function readJson(descriptor: Descriptor, raw: string, issues: Issues, limits: Limits): unknown {
  try {
    return jsonReader(descriptor)(parseJson(raw, limits).value, issues);
  } catch (reason) {
    if (reason instanceof Fault && reason.code === 'malformed') return issues.add('type', 'must be JSON text');
    throw reason;
  }
}
