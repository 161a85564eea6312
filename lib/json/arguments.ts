import type { AnyFunction } from '../define.ts';
import type { Issues } from '../issues.ts';
import type { ParsedJson } from './parse.ts';
import { type FieldsReader, fieldsReader, isPlainJson } from './read.ts';

interface ArgumentPlan {
  /** Whether JSON's values are what the handler gets. */
  readonly plain: boolean;
  readonly read: FieldsReader;
  readonly names: readonly string[];
  readonly aliased: boolean;
}

const plans = new WeakMap<AnyFunction, ArgumentPlan>();

function planOf(fn: AnyFunction): ArgumentPlan {
  let plan = plans.get(fn);
  if (plan === undefined) {
    plan = {
      plain: Object.values(fn.params).every(isPlainJson),
      read: fieldsReader(fn.params),
      names: Object.keys(fn.params),
      aliased: Object.keys(fn.aliases).length > 0,
    };
    plans.set(fn, plan);
  }
  return plan;
}

/** Reads the arguments of a function out of a JSON object: by name, aliases included. */
export function readNamed(
  fn: AnyFunction,
  raw: Record<string, unknown>,
  parsed: ParsedJson,
  issues: Issues,
): Record<string, unknown> {
  const plan = planOf(fn);
  const named = plan.aliased ? withoutAliases(fn, raw, issues) : raw;
  return plan.plain && parsed.plain ? named : plan.read(named, issues);
}

/** Reads the arguments of a function out of a JSON array: by position, trailing ones may be omitted. */
export function readPositional(
  fn: AnyFunction,
  raw: readonly unknown[],
  parsed: ParsedJson,
  issues: Issues,
): Record<string, unknown> {
  const { names } = planOf(fn);
  const named: Record<string, unknown> = {};
  for (let i = 0; i < raw.length; i++) {
    const name = names[i];
    if (name === undefined) issues.add('unknown', `is more than the ${names.length} parameters there are`, i);
    else named[name] = raw[i];
  }
  return readNamed(fn, named, parsed, issues);
}

/** The same object with parameters under their own names. */
export function withoutAliases(fn: AnyFunction, raw: Record<string, unknown>, issues: Issues): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw)) {
    const name = Object.hasOwn(fn.aliases, key) ? (fn.aliases[key] as string) : key;
    if (Object.hasOwn(named, name)) issues.add('duplicate', 'is given twice, once under another name', name);
    else Object.defineProperty(named, name, { value, enumerable: true, writable: true, configurable: true });
  }
  return named;
}
