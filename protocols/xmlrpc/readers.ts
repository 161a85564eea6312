import {
  type Descriptor,
  type Fields,
  type ListDescriptor,
  type MapDescriptor,
  type ScalarDescriptor,
  unwrap,
} from '../../lib/descriptor.ts';
import type { Issues } from '../../lib/issues.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import { type Members, membersOf, type Reader, readMembers } from './members.ts';
import { type Convert, type ScalarForm, scalarForms } from './scalars.ts';
import {
  close,
  closeNil,
  type Opened,
  openedAs,
  openNext,
  openOnly,
  openType,
  runOf,
  simpleText,
  skipOpened,
  typeLabel,
  type WireType,
} from './structure.ts';
import { readEntries, readItems, readJsonAs } from './values.ts';

/** Passes over a value of the wrong type and notes both types, never the value. */
function refuse(expected: string, opened: Opened, x: XmlScanner, issues: Issues): unknown {
  skipOpened(opened, x);
  return issues.add('type', `must be ${expected}, not ${typeLabel(opened.type)}`);
}

/** Takes nil where null is allowed, and refuses every other type. */
function otherwise(expected: string, nullable: boolean, opened: Opened, x: XmlScanner, issues: Issues): unknown {
  return nullable && opened.type === 'nil' ? closeNil(opened, x) : refuse(expected, opened, x, issues);
}

function scalarReader(kind: ScalarDescriptor['kind'], nullable: boolean): Reader {
  const { expected, first, from }: ScalarForm = scalarForms[kind];
  const simple = from[first] as Convert;
  const run = runOf(`<${first}>*</${first}></value>`);
  const reader: Reader = {
    first: openedAs(first),
    simple,
    read(x, issues, most) {
      const text = x.take(run);
      return text === undefined ? reader.readAs(openType(x), x, issues, most) : simple(text, issues);
    },
    readAs(opened, x, issues) {
      const found = from[opened.type];
      if (found === undefined) return otherwise(expected, nullable, opened, x, issues);
      return found(simpleText(opened, x), issues);
    },
  };
  return reader;
}

/** Reads an opened array through its end tag, and tells whether it has no items. */
function isEmptyArray(x: XmlScanner): boolean {
  openOnly(x, 'data');
  let empty = true;
  for (; openNext(x, 'value'); x.skip()) empty = false;
  close(x, 'array');
  return empty;
}

/** An array without items where a struct should be: PHP, whose array is both, writes an empty one so. */
function emptyStruct(empty: () => unknown, x: XmlScanner, issues: Issues): unknown {
  const fits = isEmptyArray(x);
  close(x, 'value');
  return fits ? empty() : issues.add('type', 'must be a struct, not array');
}

/**
 * A reader of a struct or an array: `content` reads from after its start tag through its end tag.
 * `empty` is what a struct without members is.
 */
function compoundReader(
  type: WireType & ('struct' | 'array'),
  nullable: boolean,
  content: (x: XmlScanner, issues: Issues, most: number) => unknown,
  empty?: () => unknown,
): Reader {
  const expected = type === 'array' ? 'an array' : 'a struct';
  const finish = (x: XmlScanner, issues: Issues, most: number): unknown => {
    const value = content(x, issues, most);
    close(x, 'value');
    return value;
  };
  const reader: Reader = {
    first: openedAs(type),
    read: (x, issues, most) => (x.openIf(type) ? finish(x, issues, most) : reader.readAs(openType(x), x, issues, most)),
    readAs(opened, x, issues, most) {
      if (opened.type === type) return finish(x, issues, most);
      if (opened.type === 'array' && empty !== undefined) return emptyStruct(empty, x, issues);
      return otherwise(expected, nullable, opened, x, issues);
    },
  };
  return reader;
}

function listReader({ item, max }: ListDescriptor, nullable: boolean): Reader {
  const reader = readerOf(item);
  return compoundReader('array', nullable, (x, issues, most) =>
    readItems(x, issues, max ?? most, max === undefined ? most : Number.POSITIVE_INFINITY, () =>
      reader.read(x, issues, most),
    ),
  );
}

function mapReader({ value, max }: MapDescriptor, nullable: boolean): Reader {
  const reader = readerOf(value);
  return compoundReader(
    'struct',
    nullable,
    (x, issues, most) => {
      const own = max === undefined ? most : Number.POSITIVE_INFINITY;
      return readEntries(x, issues, own, () => reader.read(x, issues, most));
    },
    () => ({}),
  );
}

function objectReader(fields: Fields, nullable: boolean): Reader {
  const members = fieldMembers(fields, {});
  return compoundReader(
    'struct',
    nullable,
    (x, issues, most) => members.make(readMembers(members, x, issues, most)),
    () => members.make(members.names.map(() => undefined)),
  );
}

function jsonReader(): Reader {
  return {
    first: openedAs('string'),
    read: (x, issues, most) => readJsonAs(openType(x), x, issues, most),
    readAs: readJsonAs,
  };
}

/** The readers of fields or parameters, in declared order. */
export function fieldMembers(fields: Fields, aliases: Readonly<Record<string, string>>): Members {
  return membersOf(fields, aliases, Object.values(fields).map(readerOf));
}

/** Builds the reader of a descriptor; what may be left out is left out by whoever holds the field. */
function readerOf(descriptor: Descriptor): Reader {
  const { core, nullable } = unwrap(descriptor);
  switch (core.kind) {
    case 'list':
      return listReader(core, nullable);
    case 'map':
      return mapReader(core, nullable);
    case 'object':
      return objectReader(core.fields, nullable);
    case 'json':
      return jsonReader();
    default:
      return scalarReader(core.kind, nullable);
  }
}
