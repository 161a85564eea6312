import { readFileSync } from 'node:fs';
import type { FunctionData } from '../../lib/define.ts';
import { type Descriptor, unwrap } from '../../lib/descriptor.ts';
import { Fault, type Issue } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import { parseJson } from '../../lib/json/parse.ts';
import { jsonReader } from '../../lib/json/read.ts';
import { readText } from '../../lib/text-value.ts';
import { validator } from '../../lib/validate.ts';
import { issueText, reasonText, usage } from './failure.ts';
import { suggestion } from './suggest.ts';

const limits = { jsonDepth: 1_000, numberDigits: 10_000 };

type Params = Record<string, unknown>;

/**
 * Reads the parameters of a call off a command line: `name=value` words, and an object as JSON text.
 * @throws CommandFailure in one line
 */
export function readParams(fn: FunctionData, words: readonly string[], json: string | undefined): Params {
  const params: Params = {};
  const issues = new Issues();
  issues.collect(() => {
    if (json !== undefined) readObject(fn, json, params, issues);
    for (const word of words) readWord(fn, word, params, issues);
  });
  const wrong = issues.list.length > 0 ? issues.list : incomplete(fn, params);
  if (wrong.length > 0) throw usage(issueText(wrong));
  return params;
}

/** What cannot even be written; limits are for the server to judge. */
function incomplete(fn: FunctionData, params: Params): readonly Issue[] {
  const issues = new Issues();
  issues.collect(() => {
    for (const [name, value] of Object.entries(params)) {
      issues.enter(name);
      validator(paramOf(fn, name), { list: Number.MAX_SAFE_INTEGER }).issues(value, issues);
      issues.leave();
    }
  });
  return issues.list.filter(({ code }) => code === 'required' || code === 'type');
}

function readObject(fn: FunctionData, text: string, params: Params, issues: Issues): void {
  const raw = parsed(text, '--json');
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw usage('--json takes a JSON object');
  for (const [name, value] of Object.entries(raw)) {
    const descriptor = paramOf(fn, name);
    issues.enter(name);
    params[name] = jsonReader(descriptor)(value, issues);
    issues.leave();
  }
}

function readWord(fn: FunctionData, word: string, params: Params, issues: Issues): void {
  const equals = word.indexOf('=');
  if (equals < 1) throw usage(`'${word}' is not name=value`);
  const name = word.slice(0, equals);
  const descriptor = paramOf(fn, name);
  if (Object.hasOwn(params, name)) throw usage(`${name} is given twice`);
  issues.enter(name);
  params[name] = readValue(descriptor, word.slice(equals + 1), name, issues);
  issues.leave();
}

/** Scalars as text, everything else as JSON text, bytes also as `@file`. */
export function readValue(descriptor: Descriptor, text: string, name: string, issues: Issues): unknown {
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'list':
    case 'map':
    case 'object':
    case 'json':
      return jsonReader(descriptor)(parsed(text, name), issues);
    case 'bytes':
      return text.startsWith('@') ? readBytes(text.slice(1), name) : readText(core, text, issues);
    default:
      return readText(core, text, issues);
  }
}

function readBytes(file: string, name: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (reason) {
    throw usage(`${name}: ${reasonText(reason)}`, reason);
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return parseJson(text, limits).value;
  } catch (reason) {
    if (!(reason instanceof Fault)) throw reason;
    throw usage(`${name}: ${reasonText(reason)}`, reason);
  }
}

function paramOf(fn: FunctionData, name: string): Descriptor {
  const descriptor = Object.hasOwn(fn.params, name) ? fn.params[name] : undefined;
  if (descriptor !== undefined) return descriptor;
  const known = Object.keys(fn.params);
  const all = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
  throw usage(`${fn.name} has no parameter '${name}'${suggestion(name, known)}: ${all}`);
}
