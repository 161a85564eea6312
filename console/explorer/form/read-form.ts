import { type Descriptor, type Fields, type Unwrapped, unwrap } from '../../../lib/descriptor.ts';
import { explainFields } from '../../../lib/explain.ts';
import { Fault, type Issue } from '../../../lib/fault.ts';
import { Issues } from '../../../lib/issues.ts';
import { parseExactJson } from '../../../lib/json/exact.ts';
import { jsonReader } from '../../../lib/json/read.ts';
import { readText } from '../../../lib/text-value.ts';
import type { FieldState, FormState } from './field-state.ts';

/** What a form holds, as handlers have it, and what is wrong with it by the path of the field. */
export interface ReadForm {
  readonly values: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
}

/** Items that a list may have where its descriptor does not say (DESIGN §8). */
const listLimit = 16_384;

/** The deepest JSON that is read (DESIGN §8). */
const depthLimit = 100;

/** Reads a form by descriptor, as a server would read the call. */
export function readForm(fields: Fields, form: FormState): ReadForm {
  const issues = new Issues();
  const values = issues.collect(() => readFields(fields, form, issues)) ?? {};
  issues.collect(() => explainFields(fields, values, issues, { form: 'value', open: true, list: listLimit }));
  return { values, issues: inOrder(fields, issues.list) };
}

/** Issues in the order of the fields, whoever found them. */
function inOrder(fields: Fields, issues: readonly Issue[]): readonly Issue[] {
  const places = new Map(Object.keys(fields).map((name, place) => [name, place]));
  const placeOf = ({ path }: Issue): number => places.get(path.split('/', 1)[0] ?? '') ?? -1;
  return [...issues].sort((a, b) => placeOf(a) - placeOf(b));
}

function readFields(fields: Fields, form: FormState, issues: Issues): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const state = form[name];
    if (state?.sent) values[name] = readAt(name, field, state, issues);
  }
  return values;
}

function readAt(step: string | number, descriptor: Descriptor, state: FieldState, issues: Issues): unknown {
  issues.enter(step);
  const value = readField(descriptor, state, issues);
  issues.leave();
  return value;
}

function readField(descriptor: Descriptor, state: FieldState, issues: Issues): unknown {
  const { core, nullable } = unwrap(descriptor);
  if (nullable && state.isNull) return null;
  switch (core.kind) {
    case 'list':
      return state.items.map((item, i) => readAt(i, core.item, item.state, issues));
    case 'map':
      return readEntries(core.value, state, issues);
    case 'object':
      return readFields(core.fields, state.fields, issues);
    case 'json':
      return readJson(core, state.text, issues);
    default:
      return readScalar(core, state.text, issues);
  }
}

type Scalar = Exclude<Unwrapped['core'], { kind: 'list' | 'map' | 'object' | 'json' }>;

/** Numbers and moments may have spaces around them: people paste them. Text is taken as it is. */
function readScalar(core: Scalar, text: string, issues: Issues): unknown {
  if (core.kind === 'string' || core.kind === 'bytes') return readText(core, text, issues);
  const trimmed = text.trim();
  return trimmed === '' && !(core.kind === 'enum' && core.values.includes(''))
    ? issues.add('required', 'is missing')
    : readText(core, core.kind === 'enum' ? text : trimmed, issues);
}

function readEntries(value: Descriptor, { items }: FieldState, issues: Issues): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const keys = new Set<string>();
  for (const { key, state } of items) {
    if (keys.has(key)) issues.add('duplicate', 'is given twice', key.slice(0, 100));
    keys.add(key);
    const read = readAt(key, value, state, issues);
    Object.defineProperty(values, key, { value: read, enumerable: true, writable: true, configurable: true });
  }
  return values;
}

/** Whether brackets stand within others too often for a reader that goes down into them. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.replace(/"(?:[^"\\]|\\.)*"/gs, '').matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > depthLimit) return true;
  }
  return false;
}

function readJson(core: Descriptor, text: string, issues: Issues): unknown {
  if (text.trim() === '') return issues.add('required', 'is missing');
  if (isTooDeep(text)) return issues.add('type', `must be a JSON value of at most ${depthLimit} levels`);
  let raw: unknown;
  try {
    raw = parseExactJson(text);
  } catch (reason) {
    if (!(reason instanceof Fault)) throw reason;
    const [first] = reason.issues;
    return issues.add('type', first === undefined ? jsonProblem(reason.message) : `${first.path} ${first.message}`);
  }
  return jsonReader(core)(raw, issues);
}

/** `The text is not JSON: line 1, column 2` as a problem of a field. */
function jsonProblem(message: string): string {
  return message.replace(/^The text is not JSON: /, 'is not JSON: look at ');
}
