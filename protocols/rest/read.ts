import type { AnyFunction } from '../../lib/define.ts';
import {
  type Descriptor,
  type Fields,
  type JsonDescriptor,
  type ScalarDescriptor,
  unwrap,
} from '../../lib/descriptor.ts';
import { Fault } from '../../lib/fault.ts';
import { type Issues, invalid } from '../../lib/issues.ts';
import { withoutAliases } from '../../lib/json/arguments.ts';
import { parseJson } from '../../lib/json/parse.ts';
import { jsonReader } from '../../lib/json/read.ts';
import type { Limits } from '../../lib/settings.ts';
import { readText } from '../../lib/text-value.ts';
import type { Texts } from './form.ts';

type Members = ReadonlyMap<string, Texts>;

/** Reads the arguments of a function out of texts, by descriptor. */
export function readTexts(fn: AnyFunction, texts: Texts, issues: Issues, limits: Limits): Record<string, unknown> {
  const named = new Map(
    Object.entries(withoutAliases(fn, fromMembers(texts.members), issues) as Record<string, Texts>),
  );
  return readFields(fn.params, named, issues, limits);
}

/** An ordinary object of the same entries, `__proto__` among them. */
function fromMembers(members: ReadonlyMap<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(members);
}

function readFields(fields: Fields, members: Members, issues: Issues, limits: Limits): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const texts = members.get(name);
    const { fallback } = unwrap(field);
    if (texts !== undefined) values[name] = readAt(name, field, texts, issues, limits);
    else if (fallback !== undefined) values[name] = fallback.value;
  }
  for (const name of members.keys()) {
    if (!Object.hasOwn(fields, name)) issues.add('unknown', 'is not known here', name.slice(0, 100));
  }
  return values;
}

function readAt(step: string | number, d: Descriptor, texts: Texts, issues: Issues, limits: Limits): unknown {
  issues.enter(step);
  const value = readOne(d, texts, issues, limits);
  issues.leave();
  return value;
}

function readOne(descriptor: Descriptor, texts: Texts, issues: Issues, limits: Limits): unknown {
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'list':
      if (texts.values.length > 0) return issues.add('type', 'must be a list: name[0]=…&name[1]=…');
      return readList(core.item, texts, issues, limits);
    case 'map':
      return isObject(texts, issues) ? readMap(core.value, texts.members, issues, limits) : invalid;
    case 'object':
      return isObject(texts, issues) ? readFields(core.fields, texts.members, issues, limits) : invalid;
    default:
      return readScalar(core, texts, issues, limits);
  }
}

function isObject({ values, appended }: Texts, issues: Issues): boolean {
  if (values.length + appended.length > 0) issues.add('type', 'must be an object: name[key]=…');
  return values.length + appended.length === 0;
}

function readScalar(core: ScalarDescriptor | JsonDescriptor, texts: Texts, issues: Issues, limits: Limits): unknown {
  const { values, appended, members } = texts;
  if (appended.length + members.size > 0) return issues.add('type', 'must be a single value');
  if (values.length > 1) return issues.add('duplicate', 'is given more than once');
  const [raw = ''] = values;
  if (typeof raw !== 'string') return core.kind === 'bytes' ? raw : issues.add('type', 'must be text, not a file');
  return core.kind === 'json' ? readJson(core, raw, issues, limits) : readText(core, raw, issues);
}

/** Items by index, without gaps, or items that are appended. */
function readList(item: Descriptor, { appended, members }: Texts, issues: Issues, limits: Limits): unknown {
  if (appended.length > 0 && members.size > 0) return issues.add('type', 'must have indexes or none, not both');
  const indexes = [...members.keys()].map((key) => (/^(?:0|[1-9][0-9]{0,8})$/.test(key) ? Number(key) : -1));
  if (indexes.includes(-1)) return issues.add('type', 'must be a list: name[0]=…&name[1]=…');
  const length = Math.max(appended.length, ...indexes.map((index) => index + 1));
  if (length > limits.queryItems) throw new Fault('too-large', `A list has more than ${limits.queryItems} items`);
  return Array.from({ length }, (_, index) => {
    const texts = appended[index] ?? members.get(String(index));
    return texts === undefined
      ? issues.add('required', 'is missing', index)
      : readAt(index, item, texts, issues, limits);
  });
}

function readMap(value: Descriptor, members: Members, issues: Issues, limits: Limits): Record<string, unknown> {
  return Object.fromEntries([...members].map(([key, texts]) => [key, readAt(key, value, texts, issues, limits)]));
}

function readJson(descriptor: Descriptor, raw: string, issues: Issues, limits: Limits): unknown {
  try {
    return jsonReader(descriptor)(parseJson(raw, limits).value, issues);
  } catch (reason) {
    if (reason instanceof Fault && reason.code === 'malformed') return issues.add('type', 'must be JSON text');
    throw reason;
  }
}
