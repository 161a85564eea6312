import { joinText } from '../../lib/chunks.ts';
import type { Errors, ListedFunction } from '../../lib/define.ts';
import { type Descriptor, type Fields, noteOf, unwrap } from '../../lib/descriptor.ts';
import { jsonWriter } from '../../lib/json/write.ts';
import { takesNamed } from './named.ts';

/** A function as it is described to callers; what a list does not tell is left out. */
export type Described = ListedFunction & { readonly errors?: Errors };

/** How the types of a function are told where some may be anything (introspection convention of xmlrpc-c). */
const undefinedSignature = 'undef';

/** The function whose message is taken apart while it is decoded, so that its parameter has a place and no name. */
export const multicallName = 'system.multicall';

/** The XML-RPC type that a value of a descriptor is sent as; undefined if it may be any. */
function wireName(descriptor: Descriptor): string | undefined {
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'string':
    case 'enum':
    case 'date':
    case 'decimal':
    case 'int64':
      return 'string';
    case 'int':
    case 'boolean':
      return core.kind;
    case 'float':
      return 'double';
    case 'datetime':
      return 'dateTime.iso8601';
    case 'bytes':
      return 'base64';
    case 'list':
      return 'array';
    case 'map':
    case 'object':
      return 'struct';
    case 'json':
      return undefined;
  }
}

/** How many parameters a call must have at least: the trailing ones that may be left out do not count. */
function fewest(params: Fields): number {
  const needed = Object.values(params).map((field) => !unwrap(field).optional && !unwrap(field).nullable);
  return needed.lastIndexOf(true) + 1;
}

/** All ways to call a function as lists of types, result first: by position, shorter ones last, and by names. */
export function signaturesOf({ name, params, returns }: ListedFunction): string[][] | typeof undefinedSignature {
  const result = returns === undefined ? 'boolean' : wireName(returns);
  const types = Object.values(params).map(wireName);
  if (result === undefined || !types.every((type) => type !== undefined)) return undefinedSignature;
  const signatures: string[][] = [];
  for (let count = types.length; count >= fewest(params); count--) signatures.push([result, ...types.slice(0, count)]);
  if (types.length > 0 && name !== multicallName && takesNamed(params)) signatures.push([result, 'struct']);
  return signatures;
}

/** What a function does, takes, gives and fails with, as text. */
export function helpOf(fn: Described): string {
  const lines = [fn.description, ...deprecationHelp(fn)];
  const params = Object.entries(fn.params);
  if (params.length > 0) {
    const named = fn.name !== multicallName && takesNamed(fn.params) ? ', or one struct of them by name' : '';
    lines.push(
      '',
      `Parameters in this order${named}:`,
      ...params.map(([name, field]) => `  ${fieldHelp(name, field)}`),
    );
  }
  lines.push('', `Result: ${fn.returns === undefined ? 'boolean, always 1' : typeHelp(fn.returns)}`);
  const errors = Object.entries(fn.errors ?? {});
  if (errors.length > 0) {
    lines.push('', 'Errors:');
    for (const [code, { number, message }] of errors) lines.push(`  ${number} ${code}${message ? `: ${message}` : ''}`);
  }
  return lines.join('\n');
}

function deprecationHelp({ deprecated }: Described): readonly string[] {
  if (deprecated === undefined) return [];
  return ['', `Deprecated since ${deprecated.since}${deprecated.use === undefined ? '' : `: use ${deprecated.use}`}`];
}

function fieldHelp(name: string, field: Descriptor): string {
  const description = noteOf(field, 'description');
  const deprecated = noteOf(field, 'deprecated');
  const notes = [description, deprecated === undefined ? undefined : `Deprecated: ${deprecated}`];
  const told = notes.filter((note) => note !== undefined).join(' ');
  return `${name}: ${typeHelp(field)}${absenceHelp(field)}${told === '' ? '' : ` – ${told}`}`;
}

/** What comes of leaving a value out; a default is told as JSON has it, unless it is a secret. */
function absenceHelp(field: Descriptor): string {
  const { optional, fallback } = unwrap(field);
  if (!optional) return '';
  if (fallback === undefined || noteOf(field, 'sensitive')) return ', optional';
  return `, default ${joinText(jsonWriter(field)(fallback.value))}`;
}

function typeHelp(descriptor: Descriptor): string {
  const { core, nullable } = unwrap(descriptor);
  const type = wireName(core) ?? 'any value';
  return `${type}${detail(core)}${nullable ? ', or nil' : ''}`;
}

function detail(core: Descriptor): string {
  if (core.kind === 'enum') return `, one of ${core.values.join(', ')}`;
  if (core.kind === 'int64') return ' of digits, 64 bits';
  if (core.kind === 'decimal') return ' of digits, a decimal number';
  if (core.kind === 'date') return ', a day as YYYY-MM-DD';
  if (core.kind === 'list') return ` of (${typeHelp(core.item)})`;
  if (core.kind === 'map') return ` of any names, each (${typeHelp(core.value)})`;
  if (core.kind !== 'object') return '';
  return ` ${core.name} {${Object.entries(core.fields)
    .map(([name, field]) => fieldHelp(name, field))
    .join('; ')}}`;
}
