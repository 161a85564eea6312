import type { AnyFunction } from '../lib/define.ts';
import { type Descriptor, type EnumDescriptor, unwrap } from '../lib/descriptor.ts';
import { isXmlText } from './markup.ts';

/**
 * What documentation tells of a member: its description, limits, default and deprecation. Limits stand here and not in
 * facets, so that changing one changes nobody's stub (DESIGN §3 "Type names"); so do defaults, as XSD's break Mono's.
 */
export function memberDocumentation(descriptor: Descriptor): string | undefined {
  const sentences = [
    notes(descriptor).description,
    ...limits(unwrap(descriptor).core),
    fallback(descriptor),
    deprecation(descriptor),
  ];
  return join(sentences);
}

/** What documentation tells of a named type: the description alone, as the rest depends on where it is used. */
export function typeDocumentation(descriptor: Descriptor): string | undefined {
  return prose(join([descriptor.description]));
}

/** What documentation tells of a function: description, effect, deprecation and where to read more. */
export function functionDocumentation(fn: AnyFunction): string {
  const use = fn.deprecated?.use === undefined ? '' : `: use ${fn.deprecated.use}`;
  const deprecated = fn.deprecated && `Deprecated since ${fn.deprecated.since}${use}`;
  return prose(join([fn.description, deprecated, ...fn.helpUrls.map((url) => `See ${url}`)])) ?? fn.name;
}

/** Text that wsimport copies into Java comments, where `\\u` without four digits does not compile: its backslash is doubled. */
function prose(text: string | undefined): string | undefined {
  return text?.replace(/(?<!\\)((?:\\\\)*)\\u/g, '$1\\\\u');
}

/**
 * Whether the values of an enumeration can be facets. Where XML cannot hold one, or gSOAP and JAXB would copy its line
 * break, quote or backslash into code that does not compile, the type is a plain string and documentation has the values;
 * so it is where gowsdl, which keeps letters and digits, would give two constants one name, and beyond JAXB's 256 constants.
 */
export function isEnumerable({ values }: EnumDescriptor): boolean {
  const constants = new Set(values.map((value) => value.replace(/[^A-Za-z0-9]/g, '').toLowerCase()));
  return (
    values.every((value) => isXmlText(value) && !/[\t\n\r"\\]/.test(value)) &&
    constants.size === values.length &&
    !constants.has('') &&
    values.length <= 256
  );
}

/** Puts sentences together, each ended by a full stop unless it ends otherwise. */
function join(sentences: readonly (string | undefined)[]): string | undefined {
  const texts = sentences.map((sentence) => sentence?.trim() ?? '').filter((sentence) => sentence !== '');
  if (texts.length === 0) return undefined;
  return texts.map((text) => (/[.!?:…]$/.test(text) || /^See \S+$/.test(text) ? text : `${text}.`)).join(' ');
}

/** The outermost description and deprecation: what a wrapper says is meant for this one use. */
function notes(descriptor: Descriptor): {
  description: string | undefined;
  deprecated: string | undefined;
  sensitive: boolean;
} {
  let { description, deprecated, sensitive = false } = descriptor;
  let at = descriptor;
  while (at.kind === 'nullable' || at.kind === 'optional' || at.kind === 'default') {
    at = at.inner;
    description ??= at.description;
    deprecated ??= at.deprecated;
    sensitive ||= at.sensitive ?? false;
  }
  return { description, deprecated, sensitive };
}

function deprecation(descriptor: Descriptor): string | undefined {
  const { deprecated } = notes(descriptor);
  return deprecated === undefined ? undefined : `Deprecated: ${deprecated}`;
}

function fallback(descriptor: Descriptor): string | undefined {
  const { fallback: given } = unwrap(descriptor);
  if (given === undefined || notes(descriptor).sensitive) return undefined;
  return `Default: ${JSON.stringify(shown(given.value))}.`;
}

/** A default as JSON would show it (DESIGN §3 "What a value becomes"). */
function shown(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shown);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shown(member)]));
}

function limits(core: Descriptor): (string | undefined)[] {
  switch (core.kind) {
    case 'string':
      return [
        range(core.min, core.max, ' characters'),
        core.pattern === undefined ? undefined : `Matches /${core.pattern}/u.`,
      ];
    case 'int':
    case 'int64':
    case 'float':
    case 'decimal':
      return [range(core.min, core.max, '')];
    case 'bytes':
      return [range(undefined, core.max, ' bytes')];
    case 'list':
      return [range(core.min, core.max, ' items'), below('Each item', core.item)];
    case 'map':
      return [range(undefined, core.max, ' entries'), below('Each value', core.value)];
    case 'enum':
      return [
        isEnumerable(core) ? undefined : `One of ${core.values.map((value) => JSON.stringify(value)).join(', ')}.`,
      ];
    case 'json':
      return ['Any JSON value, as JSON text.'];
    default:
      return [];
  }
}

/** What is told of items and values stands with the member that holds the list, as ArrayOfX is shared; an object tells of itself. */
function below(label: string, descriptor: Descriptor): string | undefined {
  if (unwrap(descriptor).core.kind === 'object') return undefined;
  const text = memberDocumentation(descriptor);
  return text === undefined ? undefined : `${label}: ${text}`;
}

type Bound = number | bigint | string | undefined;

function range(min: Bound, max: Bound, unit: string): string | undefined {
  if (min === undefined && max === undefined) return undefined;
  if (max === undefined) return `At least ${min}${unit}`;
  return min === undefined ? `At most ${max}${unit}` : `From ${min} to ${max}${unit}`;
}
