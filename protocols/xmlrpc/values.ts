import { Fault } from '../../lib/fault.ts';
import type { Issues } from '../../lib/issues.ts';
import { enterList, stopIfOver } from '../xml/again.ts';
import type { XmlScanner } from '../xml/scanner.ts';
import { escapeText } from '../xml/write.ts';
import { plainNumber } from './numbers.ts';
import { jsonScalars } from './scalars.ts';
import {
  close,
  closeNil,
  memberName,
  type Opened,
  openNext,
  openOnly,
  openType,
  pathStep,
  simpleText,
  skipOpened,
} from './structure.ts';

/** Refuses a list or a dictionary that nobody has declared to be so long (DESIGN §8). */
function tooLong(most: number, what = 'A list', items = 'items'): Fault {
  return new Fault('too-large', `${what} has more than ${most} ${items}`);
}

/** Sets an own member, also one called `__proto__`. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** Reads the items of an opened array through its end tag. */
export function readItems(x: XmlScanner, issues: Issues, max: number, most: number, item: () => unknown): unknown[] {
  openOnly(x, 'data');
  const bookmark = enterList(x, issues);
  const items = bookmark?.items ?? [];
  while (!bookmark?.done && openNext(x, 'value')) {
    if (items.length >= most) throw tooLong(most);
    if (items.length > max)
      x.skip(); // one more than allowed is enough for the validator to refuse the list
    else {
      issues.enter(items.length);
      items.push(item());
      issues.leave();
    }
    stopIfOver(bookmark, x);
  }
  bookmark?.close(x.place());
  close(x, 'array');
  return items;
}

/** Reads the members of an opened struct through its end tag into a dictionary; a name given twice is refused. */
export function readEntries(
  x: XmlScanner,
  issues: Issues,
  most: number,
  value: () => unknown,
): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  for (let count = 0; openNext(x, 'member'); count++) {
    if (count >= most) throw tooLong(most, 'A dictionary', 'entries');
    const name = memberName(x);
    if (Object.hasOwn(entries, name)) {
      issues.add('duplicate', 'is given twice', pathStep(name));
      x.skip();
    } else {
      issues.enter(pathStep(name));
      setOwn(entries, name, value());
      issues.leave();
    }
    close(x, 'member');
  }
  return entries;
}

/** Reads a value of any type, opened already, as JSON through `</value>`. */
export function readJsonAs(opened: Opened, x: XmlScanner, issues: Issues, most: number): unknown {
  const next = () => readJsonAs(openType(x), x, issues, most);
  const { type } = opened;
  if (type === 'array' || type === 'struct') {
    const value = type === 'array' ? readItems(x, issues, most, most, next) : readEntries(x, issues, most, next);
    close(x, 'value');
    return value;
  }
  if (type === 'nil') return closeNil(opened, x);
  const convert = jsonScalars[type];
  if (convert) return convert(simpleText(opened, x), issues);
  skipOpened(opened, x);
  return issues.add('type', 'must be a value of a known type');
}

/** Writes a JSON value in natural types: whole numbers of 32 bits as int, other numbers as double, null as nil. */
export function writeJson(value: unknown): string {
  if (value === null) return '<value><nil/></value>';
  if (typeof value === 'string') return `<value><string>${escapeText(value)}</string></value>`;
  if (typeof value === 'boolean') return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  if (typeof value === 'number') {
    return value === (value | 0)
      ? `<value><int>${value}</int></value>`
      : `<value><double>${plainNumber(value)}</double></value>`;
  }
  if (Array.isArray(value)) return `<value><array><data>${value.map(writeJson).join('')}</data></array></value>`;
  return writeJsonObject(value as Readonly<Record<string, unknown>>);
}

function writeJsonObject(value: Readonly<Record<string, unknown>>): string {
  let members = '';
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member !== undefined) members += `<member><name>${escapeText(key)}</name>${writeJson(member)}</member>`;
  }
  return `<value><struct>${members}</struct></value>`;
}
