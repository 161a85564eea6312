import { type Descriptor, type Fields, unwrap } from './descriptor.ts';
import { type Issues, invalid } from './issues.ts';
import type { SchemaForm } from './schema.ts';
import { int64Max, int64Min } from './text-value.ts';
import {
  bytesFit,
  decimalFits,
  int64Fits,
  isDayText,
  isDecimalText,
  isJsonValue,
  isMoment,
  memberless,
} from './values.ts';

/**
 * Says what is wrong with a value that the compiled validator has refused: a walk over the descriptor that stops as soon
 * as `issues` has enough. Values that a reader has reported already are passed over.
 */
export function explain(d: Descriptor, value: unknown, issues: Issues, form: SchemaForm): void {
  if (value === invalid) return;
  switch (d.kind) {
    case 'nullable':
      if (value !== null) explain(d.inner, value, issues, form);
      return;
    case 'optional':
    case 'default':
      explain(d.inner, value, issues, form);
      return;
    case 'list':
      explainList(d, value, issues, form);
      return;
    case 'map':
      explainMap(d, value, issues, form);
      return;
    case 'object':
      explainFields(d.fields, value, issues, form);
      return;
    default: {
      const wrong = scalarProblem(d, value);
      if (wrong !== undefined) issues.add(...wrong);
    }
  }
}

/** The same for a record of fields: of an object's, or of a function's parameters. */
export function explainFields(fields: Fields, value: unknown, issues: Issues, form: SchemaForm): void {
  if (!isRecord(value, issues)) return;
  for (const [name, field] of Object.entries(fields)) {
    const item = Object.hasOwn(value, name) ? value[name] : undefined;
    if (item !== undefined) explainAt(name, field, item, issues, form);
    else if (!unwrap(field).optional) issues.add('required', 'is missing', name);
  }
  const unknown = form.open ? [] : Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
  for (const name of unknown) issues.add('unknown', 'is not known here', name.slice(0, 100));
}

function explainAt(step: string | number, d: Descriptor, value: unknown, issues: Issues, form: SchemaForm): void {
  issues.enter(step);
  explain(d, value, issues, form);
  issues.leave();
}

type List = Extract<Descriptor, { kind: 'list' }>;
type Dictionary = Extract<Descriptor, { kind: 'map' }>;

function explainList(d: List, value: unknown, issues: Issues, form: SchemaForm): void {
  if (!Array.isArray(value)) {
    issues.add('type', 'must be a list');
    return;
  }
  const most = d.max ?? form.list;
  if (value.length > most) issues.add('length', `must have at most ${most} items`);
  if (d.min !== undefined && value.length < d.min) issues.add('length', `must have at least ${d.min} items`);
  const bookmark = issues.bookmarks?.open<number>();
  for (let i = bookmark?.place ?? 0; i < value.length && i < most; i++) {
    explainAt(i, d.item, value[i], issues, form);
    if (bookmark?.isOver()) bookmark.stop(i + 1);
  }
  bookmark?.close(value.length);
}

function explainMap(d: Dictionary, value: unknown, issues: Issues, form: SchemaForm): void {
  if (!isRecord(value, issues)) return;
  const keys = Object.keys(value);
  const most = d.max ?? form.list;
  if (keys.length > most) issues.add('length', `must have at most ${most} entries`);
  for (const key of keys.slice(0, most)) {
    explainAt(key.slice(0, 100), d.value, value[key], issues, form);
  }
}

/** Whether members can be looked at; what hides them, as a Map does, is noted as well as what has none. */
function isRecord(value: unknown, issues: Issues): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    issues.add('type', 'must be an object');
    return false;
  }
  const tag = memberless(value);
  if (tag) issues.add('type', `must be a plain object, not a ${tag}`);
  return true;
}

type Problem = readonly [code: string, message: string];
type Leaf = Exclude<Descriptor, { kind: 'nullable' | 'optional' | 'default' | 'list' | 'map' | 'object' }>;

function scalarProblem(d: Leaf, value: unknown): Problem | undefined {
  switch (d.kind) {
    case 'string':
      return stringProblem(d, value);
    case 'boolean':
      return unless(typeof value === 'boolean', 'type', 'must be true or false');
    case 'int':
      return (
        unless(Number.isInteger(value), 'type', 'must be a whole number') ??
        rangeProblem(value as number, d.min ?? -2_147_483_648, d.max ?? 2_147_483_647)
      );
    case 'float':
      return (
        unless(Number.isFinite(value), 'type', 'must be a finite number') ?? rangeProblem(value as number, d.min, d.max)
      );
    case 'int64':
      return (
        unless(typeof value === 'bigint', 'type', 'must be a whole number') ??
        unless(int64Fits(d, value), 'range', `must be ${bounds(d.min ?? int64Min, d.max ?? int64Max)}`)
      );
    case 'decimal':
      return (
        unless(isDecimalText(value), 'type', 'must be a decimal number without exponent') ??
        unless(decimalFits(d, value), 'range', `must be ${bounds(d.min, d.max)}`)
      );
    case 'date':
      return unless(isDayText(value), 'type', 'must be a day as YYYY-MM-DD');
    case 'datetime':
      return unless(isMoment(value), 'type', 'must be a date and time between the years 1 and 9999');
    case 'bytes':
      return (
        unless(value instanceof Uint8Array, 'type', 'must be bytes') ??
        unless(bytesFit(d, value), 'length', `must have at most ${d.max} bytes`)
      );
    case 'enum':
      return unless(d.values.includes(value as string), 'enum', `must be one of ${d.values.join(', ').slice(0, 500)}`);
    case 'json':
      return unless(isJsonValue(value), 'type', 'must be a JSON value of at most 100 levels');
  }
}

function unless(right: boolean, code: string, message: string): Problem | undefined {
  return right ? undefined : [code, message];
}

function stringProblem(d: Extract<Descriptor, { kind: 'string' }>, value: unknown): Problem | undefined {
  if (typeof value !== 'string') return ['type', 'must be text'];
  const length = d.min === undefined && d.max === undefined ? 0 : [...value].length;
  return (
    unless(length >= (d.min ?? 0), 'length', `must have at least ${d.min} characters`) ??
    unless(length <= (d.max ?? length), 'length', `must have at most ${d.max} characters`) ??
    unless(d.pattern === undefined || new RegExp(d.pattern, 'u').test(value), 'pattern', `must match ${d.pattern}`)
  );
}

function rangeProblem(value: number, min: number | undefined, max: number | undefined): Problem | undefined {
  const inside = (min === undefined || value >= min) && (max === undefined || value <= max);
  return unless(inside, 'range', `must be ${bounds(min, max)}`);
}

function bounds(min: unknown, max: unknown): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
}
