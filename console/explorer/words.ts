import type { FunctionData } from '../../lib/define.ts';
import { type Descriptor, unwrap } from '../../lib/descriptor.ts';
import { textOf } from './form/field-state.ts';

const nouns = {
  string: 'text',
  boolean: 'true or false',
  int: 'whole number',
  int64: 'whole number, 64 bits',
  float: 'number',
  decimal: 'exact decimal',
  date: 'day',
  datetime: 'date and time',
  bytes: 'bytes',
  enum: 'choice',
  json: 'any JSON',
} as const;

/** What a type is called: `list of whole number`, `User`. */
export function typeWords(descriptor: Descriptor): string {
  const { core, nullable } = unwrap(descriptor);
  return nullable ? `${coreWords(core)} or null` : coreWords(core);
}

function coreWords(core: ReturnType<typeof unwrap>['core']): string {
  switch (core.kind) {
    case 'list':
      return `list of ${typeWords(core.item)}`;
    case 'map':
      return `map of ${typeWords(core.value)}`;
    case 'object':
      return core.name;
    default:
      return nouns[core.kind];
  }
}

/** The limits of a type, each in a few words. */
export function limitWords(descriptor: Descriptor): readonly string[] {
  const { core } = unwrap(descriptor);
  switch (core.kind) {
    case 'string':
      return [
        ...range(core.min, core.max, 'character'),
        ...(core.pattern === undefined ? [] : [`matches ${core.pattern}`]),
      ];
    case 'int':
    case 'int64':
    case 'float':
    case 'decimal':
      return range(core.min, core.max);
    case 'bytes':
      return range(undefined, core.max, 'byte');
    case 'enum':
      return [core.values.join(', ')];
    case 'list':
      return range(core.min, core.max, 'item');
    case 'map':
      return range(undefined, core.max, 'entry', 'entries');
    default:
      return [];
  }
}

type Bound = number | bigint | string | undefined;

function range(min: Bound, max: Bound, one = '', many = `${one}s`): readonly string[] {
  const counted = (bound: Bound): string => (one === '' ? `${bound}` : `${bound} ${Number(bound) === 1 ? one : many}`);
  if (min === undefined) return max === undefined ? [] : [`at most ${counted(max)}`];
  if (max === undefined) return [`at least ${counted(min)}`];
  return [String(min) === String(max) ? `exactly ${counted(max)}` : `${min} to ${counted(max)}`];
}

/** What stands for a value that is left out, as it would be typed; undefined where there is none. */
export function defaultText(descriptor: Descriptor): string | undefined {
  const { core, fallback } = unwrap(descriptor);
  if (fallback === undefined) return undefined;
  return fallback.value === null ? 'null' : textOf(core, fallback.value);
}

/** What is said of a value: by its own wrapper first. */
export function descriptionOf(descriptor: Descriptor): string | undefined {
  if (descriptor.description !== undefined) return descriptor.description;
  return 'inner' in descriptor ? descriptionOf(descriptor.inner) : undefined;
}

/** Whether a value is a secret. */
export function isSecret(descriptor: Descriptor): boolean {
  if (descriptor.sensitive === true) return true;
  return 'inner' in descriptor ? isSecret(descriptor.inner) : false;
}

/** Why a value should no longer be given. */
export function deprecationOf(descriptor: Descriptor): string | undefined {
  if (descriptor.deprecated !== undefined) return descriptor.deprecated;
  return 'inner' in descriptor ? deprecationOf(descriptor.inner) : undefined;
}

/** Who may call a function, as a sentence. */
export function accessWords({ access }: Pick<FunctionData, 'access'>): string {
  const { client, user, capabilities = [] } = access;
  const needs = [client === 'required' ? 'an API key' : '', user === 'required' ? 'a known user' : ''].filter(Boolean);
  const takes = [client === 'optional' ? 'an API key' : '', user === 'optional' ? 'a user' : ''].filter(Boolean);
  const who = needs.length === 0 ? 'Anyone may call it' : `It needs ${needs.join(' and ')}`;
  const also = takes.length === 0 ? '' : `; it also takes ${takes.join(' and ')}`;
  const what = capabilities.length === 0 ? '' : ` The caller must hold ${capabilities.join(' and ')}.`;
  return `${who}${also}.${what}`;
}

/** What a call does to the site, in words. */
export function effectWords(effect: FunctionData['effect']): string {
  return effect === 'read' ? 'Only reads' : 'Changes something';
}

/** How long a call may take and how large it may be, in words. */
export function callLimits({ deadline, body }: { readonly deadline?: number; readonly body?: number }): string {
  const time = deadline === undefined ? '' : `${deadline / 1_000} s`;
  const size = body === undefined ? '' : `${sizeWords(body)} of message`;
  return [time, size].filter(Boolean).join(', ');
}

function sizeWords(bytes: number): string {
  const mebi = bytes / 1_048_576;
  return Number.isInteger(mebi) ? `${mebi} MiB` : `${bytes.toLocaleString('en')} bytes`;
}

/** What protocols are called. */
export const protocolTitles: Readonly<Record<string, string>> = {
  rest: 'REST',
  jsonrpc: 'JSON-RPC',
  xmlrpc: 'XML-RPC',
  soap: 'SOAP',
  mcp: 'MCP',
};

/** What a protocol is called. */
export function protocolTitle(name: string): string {
  return protocolTitles[name] ?? name;
}
