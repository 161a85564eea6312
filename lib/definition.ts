import type { AnyFunction, DeclaredError } from './define.ts';
import type { Descriptor, ObjectDescriptor } from './descriptor.ts';
import { faultCodes } from './fault.ts';
import { Issues } from './issues.ts';
import { plainExample } from './json/example.ts';
import { fieldsReader } from './json/read.ts';
import { areExamples, hasFields, hasRecords, isError, memberProblems, optionProblems, type Report } from './members.ts';
import { paramsValidator, validator } from './validate.ts';
import { compareDecimals, isDecimalText } from './values.ts';

const functionName = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*$/;
const fieldName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const typeName = /^[A-Za-z][A-Za-z0-9_]*$/;
const errorCode = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const kinds =
  'string boolean int int64 float decimal date datetime bytes enum list map object json nullable optional default'.split(
    ' ',
  );

/** Our own functions whose names start with the reserved `system.`. */
const systemFunctions: readonly string[] = ['system.api.list'];

/** What is wrong with one definition, each as `function: path: problem`. */
export function definitionProblems(fn: AnyFunction): string[] {
  const problems: string[] = [];
  const report = (path: string, problem: string) => {
    problems.push(path === '' ? `${fn.name}: ${problem}` : `${fn.name}: ${path}: ${problem}`);
  };
  nameProblems(fn.name, report);
  if (!hasRecords(fn, report)) return problems;
  memberProblems(fn, report);
  sayProblems(fn, report);
  fieldProblems(fn.params, 'params', report);
  aliasProblems(fn, report);
  if (fn.returns !== undefined) resultProblems(fn.returns, report);
  for (const [code, error] of Object.entries(fn.errors)) errorProblems(code, error, report);
  callProblems(fn, report);
  quotaProblems(fn, report);
  if (areExamples(fn.examples, report) && problems.length === 0) exampleProblems(fn, report);
  return problems;
}

function sayProblems(fn: AnyFunction, report: Report): void {
  if (fn.effect !== 'read' && fn.effect !== 'write') report('effect', "must be 'read' or 'write'");
  if (fn.destructive === true && fn.effect === 'read') report('destructive', 'belongs to functions that write');
  if (typeof fn.description !== 'string' || fn.description.trim() === '') report('description', 'is missing');
  if (typeof fn.handler !== 'function') report('handler', 'must be a function');
}

function resultProblems(returns: Descriptor, report: Report): void {
  const kind = returns?.kind;
  if (kind === 'optional' || kind === 'default') report('returns', 'cannot be optional: use nullable');
  else descriptorProblems(returns, 'returns', report);
}

/** What a misspelling would silently open, or leave without an end. */
function callProblems({ access, body, cache, deadline }: AnyFunction, report: Report): void {
  if (cache?.mode === 'public' && (access.client === 'required' || access.user === 'required')) {
    report('cache', 'cannot be public where the caller must be known');
  }
  for (const who of ['client', 'user'] as const) {
    if (![undefined, 'required', 'optional'].includes(access[who]))
      report('access', `${who} must be 'required' or 'optional'`);
  }
  if (body !== undefined && !isLength(body)) report('body', 'must be a whole number of bytes');
  if (deadline !== undefined && !(isLength(deadline) && deadline > 0 && deadline <= 2_147_483_647))
    report('deadline', 'must be whole milliseconds from 1 to 2147483647');
}

function quotaProblems({ quota }: AnyFunction, report: Report): void {
  if (quota?.weight !== undefined && !isLength(quota.weight)) report('quota', 'weight must be a whole number from 0');
}

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function nameProblems(name: string, report: Report): void {
  if (!functionName.test(name))
    report('name', 'must be words of letters, digits and _ joined by dots, each starting with a letter');
  if (name.length > 100) report('name', 'must have at most 100 characters');
  if (name.startsWith('rpc.')) report('name', 'rpc.* is reserved by JSON-RPC 2.0');
  if (name.startsWith('system.') && !systemFunctions.includes(name))
    report('name', 'system.* is reserved for introspection');
}

function isDescriptor(value: unknown): value is Descriptor {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(String(value.kind));
}

function fieldProblems(fields: Readonly<Record<string, Descriptor>>, path: string, report: Report): void {
  const seen = new Map<string, string>();
  for (const [name, field] of Object.entries(fields)) {
    const at = `${path}/${name}`;
    if (!fieldName.test(name)) report(at, 'a field name has letters, digits and _ and does not start with a digit');
    if (name === '__proto__') report(at, 'is not a possible name');
    if (name.length > 100) report(at.slice(0, 120), 'must have at most 100 characters');
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) report(at, `differs from ${other} only in case`);
    seen.set(name.toLowerCase(), name);
    descriptorProblems(field, at, report, true);
  }
}

/** Checks a descriptor and all below it; `field` tells whether it may be left out where it stands. */
function descriptorProblems(d: Descriptor, path: string, report: Report, field = false): void {
  if (!isDescriptor(d)) {
    report(path, 'is not a descriptor: use t.string(), t.int(), …');
    return;
  }
  optionProblems(d, path, report);
  switch (d.kind) {
    case 'optional':
    case 'default':
      if (!field) report(path, `${d.kind} belongs to fields and parameters only`);
      if (isSound(d.inner, path, report)) defaultProblems(d, path, report);
      return;
    case 'nullable':
      if (isDescriptor(d.inner) && d.inner.kind === 'nullable') report(path, 'is nullable twice');
      descriptorProblems(d.inner, path, report);
      return;
    case 'list':
      descriptorProblems(d.item, `${path}/item`, report);
      rangeProblem(d, isLength, path, report);
      return;
    case 'map':
      descriptorProblems(d.value, `${path}/value`, report);
      rangeProblem(d, isLength, path, report);
      return;
    case 'object':
      objectProblems(d, path, report);
      return;
    default:
      scalarProblems(d, path, report);
  }
}

/** Whether a descriptor has no problem; those that it has are reported. */
function isSound(d: Descriptor, path: string, report: Report): boolean {
  let sound = true;
  descriptorProblems(d, path, (...problem) => {
    sound = false;
    report(...problem);
  });
  return sound;
}

function objectProblems(d: ObjectDescriptor, path: string, report: Report): void {
  if (typeof d.name !== 'string' || !typeName.test(d.name))
    report(path, `${JSON.stringify(d.name)} is not a possible type name`);
  if (hasFields(d, path, report)) fieldProblems(d.fields, path, report);
}

function defaultProblems(d: Descriptor, path: string, report: Report): void {
  if (d.kind !== 'default') return;
  const issues = new Issues();
  issues.collect(() => validator(d.inner).issues(d.value, issues));
  for (const issue of issues.list)
    report(path, `the default ${issue.path === '' ? '' : `at ${issue.path} `}${issue.message}`);
}

/** Whether the ends of a range are possible ones, in their order. */
function rangeProblem(
  { min, max }: { readonly min?: number | bigint; readonly max?: number | bigint },
  possible: (end: unknown) => boolean,
  path: string,
  report: Report,
): void {
  if (min !== undefined && !possible(min)) report(path, `min cannot be ${String(min)}`);
  if (max !== undefined && !possible(max)) report(path, `max cannot be ${String(max)}`);
  if (min !== undefined && max !== undefined && min > max) report(path, 'min is greater than max');
}

function scalarProblems(d: Descriptor, path: string, report: Report): void {
  if (d.kind === 'enum') enumProblems(d.values, path, report);
  if (d.kind === 'string') patternProblem(d.pattern, path, report);
  if (d.kind === 'string' || d.kind === 'bytes') rangeProblem(d, isLength, path, report);
  if (d.kind === 'int' || d.kind === 'float') rangeProblem(d, Number.isFinite, path, report);
  if (d.kind === 'int64') rangeProblem(d, (end) => typeof end === 'bigint', path, report);
  if (d.kind === 'decimal') decimalProblem(d.min, d.max, path, report);
}

function enumProblems(values: readonly unknown[], path: string, report: Report): void {
  if (!Array.isArray(values)) {
    report(path, 'the values of an enumeration must be a list of texts');
    return;
  }
  if (values.length === 0) report(path, 'an enumeration needs at least one value');
  if (new Set(values).size !== values.length) report(path, 'an enumeration has a value twice');
  if (values.some((value) => typeof value !== 'string')) report(path, 'an enumeration has text values only');
}

function decimalProblem(min: string | undefined, max: string | undefined, path: string, report: Report): void {
  if (![min, max].every((end) => end === undefined || isDecimalText(end)))
    report(path, 'min and max must be decimal texts');
  else if (min !== undefined && max !== undefined && compareDecimals(min, max) > 0)
    report(path, 'min is greater than max');
}

function patternProblem(pattern: string | undefined, path: string, report: Report): void {
  if (pattern === undefined) return;
  try {
    new RegExp(pattern, 'u');
  } catch {
    report(path, `the pattern ${pattern} is not a regular expression`);
  }
}

function errorProblems(code: string, error: DeclaredError, report: Report): void {
  const path = `errors/${code}`;
  if (!isError(error, path, report)) return;
  if (!errorCode.test(code)) report(path, 'an error code is words of small letters and digits joined by -');
  if ((faultCodes as readonly string[]).includes(code)) report(path, 'is a standard code');
  if (!Number.isInteger(error.number) || error.number < 1 || error.number > 2_147_483_647)
    report(path, 'number must be a positive whole number');
  const status = error.status ?? 400;
  if (!Number.isInteger(status) || status < 400 || status > 599) report(path, 'status must be from 400 to 599');
  if (error.data === undefined) return;
  if (!isDescriptor(error.data) || error.data.kind !== 'object') report(path, 'data must be t.object(…)');
  else descriptorProblems(error.data, `${path}/data`, report);
}

function aliasProblems(fn: AnyFunction, report: Report): void {
  for (const [alias, name] of Object.entries(fn.aliases)) {
    if (!fieldName.test(alias)) report(`aliases/${alias}`, 'is not a possible name');
    if (!Object.hasOwn(fn.params, name)) report(`aliases/${alias}`, `${name} is not a parameter`);
    if (Object.hasOwn(fn.params, alias)) report(`aliases/${alias}`, 'is a parameter already');
  }
}

/** Examples are promises: each must be a call that the function takes. */
function exampleProblems(fn: AnyFunction, report: Report): void {
  for (const [index, example] of fn.examples.entries()) {
    const issues = new Issues();
    const values = issues.collect(() =>
      fieldsReader(fn.params)(plainExample(example.params) as Record<string, unknown>, issues),
    );
    if (issues.list.length === 0) issues.collect(() => paramsValidator(fn.params).issues(values, issues));
    for (const { path, message } of issues.list) report(`examples/${index}/${path}`, message);
  }
}
