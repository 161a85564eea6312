import type { Issues } from '../../lib/issues.ts';
import type { Settings } from '../../lib/settings.ts';
import { entryElement } from '../../wsdl/names.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import { type ElementReader, isOurs, type Member, mostEntries, readMember, refuseUnknown, tooMany } from './member.ts';
import { setOwn } from './own.ts';

/** An entry as far as it has been read. */
interface Entry {
  key?: string;
  value?: unknown;
}

/** The reader of a map: entries of key and value in a wrapper, keys of any text (DESIGN §3). */
export function mapReader(value: Member, max: number | undefined): ElementReader {
  return (scanner, issues, settings) => {
    const most = mostEntries(max, settings);
    const map: Record<string, unknown> = {};
    for (let count = 0; scanner.open(); count++) {
      if (count >= most) throw tooMany(most);
      if (scanner.local === entryElement && isOurs(scanner, settings)) {
        addEntry(map, readEntry(value, count, scanner, issues, settings), count, issues);
      } else refuseUnknown(scanner, issues, settings);
    }
    return map;
  };
}

/** How an entry is called in paths: by its key once that is known. */
function stepOf({ key }: Entry, count: number): string | number {
  return key?.slice(0, 100) ?? count;
}

function readEntry(value: Member, count: number, scanner: XmlScanner, issues: Issues, settings: Settings): Entry {
  const entry: Entry = {};
  while (scanner.open()) readPart(entry, value, count, scanner, issues, settings);
  return entry;
}

/** The child of an entry just opened: its key or its value, in either order. */
function readPart(
  entry: Entry,
  value: Member,
  count: number,
  scanner: XmlScanner,
  issues: Issues,
  settings: Settings,
): void {
  const part = isOurs(scanner, settings) ? scanner.local : '';
  if (part !== 'key' && part !== 'value') refuseUnknown(scanner, issues, settings);
  else if (entry[part] !== undefined) {
    issues.add('duplicate', `has two elements ${part}`, stepOf(entry, count));
    scanner.skip();
  } else if (part === 'key') entry.key = scanner.text();
  else {
    issues.enter(stepOf(entry, count));
    entry.value = readMember(value, scanner, issues, settings, true);
    issues.leave();
  }
}

function addEntry(map: Record<string, unknown>, entry: Entry, count: number, issues: Issues): void {
  const { key, value } = entry;
  if (key === undefined || value === undefined) {
    issues.add('required', 'an entry has a key and a value', stepOf(entry, count));
  } else if (Object.hasOwn(map, key)) issues.add('duplicate', 'is given twice', stepOf(entry, count));
  else setOwn(map, key, value);
}
