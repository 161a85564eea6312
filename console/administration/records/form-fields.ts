import { sentence } from '../../parts/words.ts';

/** What a form knows of a value: text, whether, or several texts. */
export type FormValue = string | boolean | readonly string[];
export type FormValues = Readonly<Record<string, FormValue>>;

/** Where suggestions for a field come from. */
export type Suggested = 'functions' | 'protocols' | 'capabilities' | 'users' | 'roles' | 'services';

/** A field of a form, and the parameter that it becomes. */
export interface FieldSpec {
  readonly name: string;
  readonly kind: 'text' | 'area' | 'password' | 'list' | 'picks' | 'moment' | 'count' | 'flag' | 'choice';
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly choices?: readonly (readonly [value: string, label: string])[];
  readonly suggest?: Suggested;
  /** Whether a change may take the value away by null. */
  readonly nullable?: boolean;
  readonly initial?: FormValue;
  /** A group of fields that is folded until it is wanted. */
  readonly more?: boolean;
}

type Values = Readonly<Record<string, unknown>>;

function emptyValue({ kind, choices }: FieldSpec): FormValue {
  if (kind === 'list' || kind === 'picks') return [];
  if (kind === 'flag') return false;
  return kind === 'choice' ? (choices?.[0]?.[0] ?? '') : '';
}

/** A moment as the browser's own field has it: local time, without a zone. */
export function localMoment(moment: string): string {
  const date = new Date(moment);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function valueIn(field: FieldSpec, value: unknown): FormValue {
  if (value === undefined || value === null) return emptyValue(field);
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'boolean') return value;
  return field.kind === 'moment' ? localMoment(String(value)) : String(value);
}

/** The values of a form, empty or of a record. */
export function valuesOf(fields: readonly FieldSpec[], record?: Values): FormValues {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      record === undefined ? (field.initial ?? emptyValue(field)) : valueIn(field, record[field.name]),
    ]),
  );
}

/** The parameter that a value becomes; undefined where nothing is said. */
function paramOf({ kind }: FieldSpec, value: FormValue | undefined): unknown {
  if (typeof value === 'string') {
    const text = kind === 'password' || kind === 'area' ? value : value.trim();
    if (text === '') return undefined;
    if (kind === 'moment') return new Date(text).toISOString();
    return kind === 'count' ? Number(text) : text;
  }
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

/** The parameters of a form that makes something: what is empty is left out. */
export function paramsOf(fields: readonly FieldSpec[], values: FormValues): Record<string, unknown> {
  const entries = fields.map((field) => [field.name, paramOf(field, values[field.name])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function same(one: FormValue | undefined, other: FormValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The parameters of a form that changes something: only what is another value now; null takes a value away. */
export function changesOf(fields: readonly FieldSpec[], values: FormValues, record: Values): Record<string, unknown> {
  const before = valuesOf(fields, record);
  const changed = fields.filter(({ name }) => !same(values[name], before[name]));
  return Object.fromEntries(
    changed.map((field) => [field.name, paramOf(field, values[field.name]) ?? nothingOf(field)]),
  );
}

function nothingOf({ kind, nullable }: FieldSpec): unknown {
  if (kind === 'list' || kind === 'picks') return [];
  return nullable ? null : '';
}

/** What is wrong with values before they are sent, by field. */
export function problemsOf(fields: readonly FieldSpec[], values: FormValues): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const field of fields) {
    const problem = problemOf(field, values[field.name]);
    if (problem !== undefined) found[field.name] = problem;
  }
  const [from, until] = [values['valid_from'], values['valid_until']];
  if (typeof from === 'string' && typeof until === 'string' && from !== '' && until !== '' && from >= until) {
    found['valid_until'] = 'This must be later than the beginning.';
  }
  return found;
}

function problemOf({ kind, required }: FieldSpec, value: FormValue | undefined): string | undefined {
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) return required ? 'This is needed.' : undefined;
  if (kind === 'count' && !/^\d{1,10}$/.test(String(value).trim())) return 'A whole number, 0 or more.';
  if (kind === 'moment' && Number.isNaN(Date.parse(String(value)))) return 'A day and a time.';
  return kind === 'password' && String(value).length < 8 ? 'At least 8 characters.' : undefined;
}

/** What the server says is wrong, by path. */
interface Told {
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
}

/** What the server found wrong, by field; with what belongs to no field. */
export function problemsIn(
  fields: readonly FieldSpec[],
  { issues = [] }: Told,
): { readonly byField: Readonly<Record<string, string>>; readonly others: boolean } {
  const byField: Record<string, string> = {};
  let others = issues.length === 0;
  for (const { path, message } of issues) {
    const field = fields.find(({ name }) => path === name || path.startsWith(`${name}/`));
    if (field === undefined) others = true;
    else byField[field.name] ??= sentence(placeText(path.slice(field.name.length + 1)) + message);
  }
  return { byField, others };
}

/** A place inside a field: `0` is its first item. */
function placeText(path: string): string {
  const [at = '', ...rest] = path.split('/');
  if (at === '') return '';
  return `${[/^\d+$/.test(at) ? `item ${Number(at) + 1}` : at, ...rest].join(', ')} `;
}
