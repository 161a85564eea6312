import { type Descriptor, type ListDescriptor, unwrap } from '../../lib/descriptor.ts';
import type { Issues } from '../../lib/issues.ts';
import { readValue } from './params.ts';

const switches: Readonly<Record<string, boolean>> = { on: true, yes: true, off: false, no: false };

/** The word for nothing: null, or an empty list. */
const nothing = 'none';

/**
 * Reads what people write behind an option or a setting's name: lists as words with commas between them, days for the
 * moment at which they begin in UTC, `none` for nothing, everything else as `polywire call` takes it. No item of a list is
 * empty: a shell variable that is not set must not lift the limits that a list sets.
 * @param words one, or several where a list is given in parts
 * @param name how the user knows the value
 */
export function readFlag(descriptor: Descriptor, words: readonly string[], name: string, issues: Issues): unknown {
  const { core, nullable } = unwrap(descriptor);
  const word = words.join(',');
  if (word === nothing && nullable) return null;
  if (core.kind === 'list') return readList(core, words, name, issues);
  return readOne(core, word, name, issues);
}

function readList(list: ListDescriptor, words: readonly string[], name: string, issues: Issues): unknown {
  const joined = words.join(',');
  if (joined === nothing) return [];
  const item = unwrap(list.item).core;
  const structured = ['object', 'map', 'list', 'json'].includes(item.kind);
  const spaced = words.map((word, i) => (i < words.length - 1 ? word.replace(/,\s*$/, '') : word)); // `a, b` is two words
  const parts = structured ? words : spaced.flatMap((word) => word.split(',').map((part) => part.trim()));
  const empty = parts.findIndex((part) => part.trim() === '');
  if (empty !== -1) return issues.add('empty', `must not be empty: an empty list is written ${nothing}`, empty);
  if (structured) return readValue(list, joined.startsWith('[') ? joined : `[${joined}]`, name, issues);
  return parts.map((part) => readOne(item, part, name, issues));
}

function readOne(core: Descriptor, word: string, name: string, issues: Issues): unknown {
  if (core.kind === 'boolean' && Object.hasOwn(switches, word)) return switches[word];
  if (core.kind === 'datetime' && /^\d{4}-\d{2}-\d{2}$/.test(word)) {
    return readValue(core, `${word}T00:00:00Z`, name, issues);
  }
  return readValue(core, word, name, issues);
}
