import type { Access, AnyFunction, DeclaredError } from './define.ts';
import type { Descriptor, Kind, ObjectDescriptor } from './descriptor.ts';

/** Notes a problem at a path of the definition being checked. */
export type Report = (path: string, problem: string) => void;

type Members<T> = { readonly [K in keyof T]-?: true };

/** Members of a definition; one that is not among them is a misspelling, and `acces` must not make a function public. */
const definition = {
  name: true,
  description: true,
  effect: true,
  access: true,
  params: true,
  returns: true,
  errors: true,
  examples: true,
  listed: true,
  internal: true,
  post: true,
  csrf: true,
  cache: true,
  quota: true,
  deprecated: true,
  helpUrls: true,
  idempotent: true,
  destructive: true,
  sensitive: true,
  context: true,
  body: true,
  deadline: true,
  aliases: true,
  handler: true,
} satisfies Members<AnyFunction>;

const access = { client: true, user: true, capabilities: true } satisfies Members<Access>;
const error = { number: true, status: true, message: true, data: true } satisfies Members<DeclaredError>;
const cache = { mode: true, maxAge: true, sharedMaxAge: true } satisfies Members<NonNullable<AnyFunction['cache']>>;
const quota = { weight: true } satisfies Members<NonNullable<AnyFunction['quota']>>;
const deprecated = { since: true, use: true } satisfies Members<NonNullable<AnyFunction['deprecated']>>;

const switches = ['listed', 'internal', 'post', 'csrf', 'idempotent', 'destructive', 'sensitive'] as const;

/** What beside the notes the builder of each kind takes or makes. */
const options: Readonly<Record<Kind, readonly string[]>> = {
  string: ['min', 'max', 'pattern'],
  boolean: [],
  int: ['min', 'max'],
  int64: ['min', 'max'],
  float: ['min', 'max'],
  decimal: ['min', 'max'],
  date: [],
  datetime: [],
  bytes: ['max'],
  enum: ['values'],
  list: ['item', 'min', 'max'],
  map: ['value', 'max'],
  object: ['name', 'fields'],
  json: [],
  nullable: ['inner'],
  optional: ['inner'],
  default: ['inner', 'value'],
};
const notes = ['kind', 'description', 'sensitive', 'deprecated'];

/** Members that are records, and how one is written. */
const records = {
  access: `{ ${Object.keys(access).join(', ')} }`,
  params: '{ name: t.… }',
  errors: '{ code: { … } }',
  aliases: '{ alias: name }',
} as const;

/** A record of one's own that nobody changes. What is none stays what it is: made one, it would be taken for one without members. */
export function copied<T extends object>(given: T | undefined): T {
  return given === undefined || isRecord(given) ? Object.freeze({ ...given } as T) : given;
}

/** Whether this is what `define` makes. */
export function isDefined(value: unknown): value is AnyFunction {
  if (!isRecord(value)) return false;
  return typeof value.name === 'string' && Object.keys(records).every((name) => name in value);
}

/** Whether the members that must be records are, so that one can look into them; those that are not are reported. */
export function hasRecords(fn: AnyFunction, report: Report): boolean {
  const wrong = (Object.keys(records) as (keyof typeof records)[]).filter((name) => !isRecord(fn[name]));
  for (const name of wrong) report(name, `must be ${records[name]}`);
  return wrong.length === 0;
}

/** Whether a type of objects has fields to look into; if not, that is reported. */
export function hasFields({ name, fields }: ObjectDescriptor, path: string, report: Report): boolean {
  if (isRecord(fields)) return true;
  report(path, `the fields of ${String(name)} must be { name: t.… }`);
  return false;
}

/** Members that nobody knows, or that are of another kind than declared: what a misspelling would silently open. */
export function memberProblems(fn: AnyFunction, report: Report): void {
  for (const name of Object.keys(fn)) if (!(name in definition)) report(name, 'is not a member of a definition');
  for (const name of switches) if (typeof fn[name] !== 'boolean') report(name, 'must be true or false');
  strangers(fn.access, access, 'access', report);
  if (fn.access.capabilities !== undefined && !isTexts(fn.access.capabilities))
    report('access', 'capabilities must be a list of texts');
  if (!isTexts(fn.helpUrls)) report('helpUrls', 'must be a list of texts');
  strangers(fn.quota, quota, 'quota', report);
  cacheProblems(fn, report);
  strangers(fn.deprecated, deprecated, 'deprecated', report);
  if (isRecord(fn.deprecated) && typeof fn.deprecated.since !== 'string') report('deprecated', 'since must be a text');
}

function cacheProblems(fn: AnyFunction, report: Report): void {
  strangers(fn.cache, cache, 'cache', report);
  if (!isRecord(fn.cache)) return;
  if (fn.cache.mode !== 'public' && fn.cache.mode !== 'private') report('cache', "mode must be 'public' or 'private'");
  for (const name of ['maxAge', 'sharedMaxAge'] as const) {
    const seconds: unknown = fn.cache[name];
    if (seconds !== undefined && !(Number.isSafeInteger(seconds) && (seconds as number) >= 0))
      report('cache', `${name} must be whole seconds from 0`);
  }
}

/** Whether a declared error is one; if not, or if it has members that nobody knows, that is reported. */
export function isError(declared: unknown, path: string, report: Report): declared is DeclaredError {
  if (isRecord(declared)) {
    strangers(declared, error, path, report);
    return true;
  }
  report(path, 'must be { number, status?, message?, data? }');
  return false;
}

/** Options that the builder of a descriptor does not have: a misspelt limit is none. */
export function optionProblems(descriptor: Descriptor, path: string, report: Report): void {
  const known = options[descriptor.kind];
  for (const name of Object.keys(descriptor)) {
    if (!known.includes(name) && !notes.includes(name)) report(path, `${name} is no option of t.${descriptor.kind}`);
  }
}

/** Examples that can be looked at: a list, each with the parameters of a call. */
export function areExamples(examples: unknown, report: Report): boolean {
  if (!Array.isArray(examples)) {
    report('examples', 'must be a list of { params }');
    return false;
  }
  const wrong = [...examples.keys()].filter((index) => !isRecord(examples[index]) || !isRecord(examples[index].params));
  for (const index of wrong) report(`examples/${index}`, 'must be { params: { … } }');
  return wrong.length === 0;
}

function strangers(value: unknown, known: object, path: string, report: Report): void {
  if (value === undefined) return;
  const all = Object.keys(known);
  if (!isRecord(value)) report(path, `must be { ${all.join(', ')} }`);
  else {
    for (const name of Object.keys(value))
      if (!all.includes(name)) report(`${path}/${name}`, `is not a member: there are ${all.join(', ')}`);
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
