import type { Descriptor, Fields } from '../../lib/descriptor.ts';
import { unwrap } from '../../lib/descriptor.ts';
import { fittedTable } from './columns.ts';
import { sentence, words } from './flags.ts';

type Row = Readonly<Record<string, unknown>>;

/** Names of fields that people copy out of tables; so is the first field, whatever its name. */
const copied = /^(?:id|username|client|request_id|time)$/;

/**
 * A result as people read it: lists of objects as tables, objects line by line.
 * @param columns the fields that a table shows, all if left out
 */
export function resultText(descriptor: Descriptor, value: unknown, width: number, columns?: readonly string[]): string {
  const { core } = unwrap(descriptor);
  if (core.kind === 'list') return listText(unwrap(core.item).core, value as readonly unknown[], width, columns);
  if (core.kind === 'object') return objectText(core.fields, value as Row, width);
  return `${cell(value)}\n`;
}

function listText(item: Descriptor, values: readonly unknown[], width: number, columns?: readonly string[]): string {
  if (item.kind !== 'object') return values.map((value) => `${cell(value)}\n`).join('');
  const fields = Object.keys(item.fields).filter((name) => columns === undefined || columns.includes(name));
  const ordered = columns === undefined ? fields : columns.filter((name) => fields.includes(name));
  const heads = ordered.map((name, i) => ({ head: words(name).toUpperCase(), whole: i === 0 || copied.test(name) }));
  return fittedTable(
    heads,
    (values as readonly Row[]).map((value) => ordered.map((name) => cell(value[name], true))),
    width,
  );
}

function objectText(fields: Fields, value: Row, width: number): string {
  const { lines, tables } = partsOf(fields, value, width);
  const widest = Math.max(0, ...lines.map(([head]) => head.length));
  return [...lines.map(([head, text]) => `${`${head}:`.padEnd(widest + 2)} ${text}\n`), ...tables].join('');
}

interface Parts {
  readonly lines: readonly (readonly [head: string, text: string])[];
  readonly tables: readonly string[];
}

/** Lines for plain members, those of objects among them, and tables for lists of objects. */
function partsOf(fields: Fields, value: Row, width: number): Parts {
  const lines: (readonly [string, string])[] = [];
  const tables: string[] = [];
  for (const [name, descriptor] of Object.entries(fields)) {
    const member = value[name];
    const { core } = unwrap(descriptor);
    if (isEmpty(member)) continue;
    if (core.kind === 'object') {
      const inner = partsOf(core.fields, member as Row, width);
      lines.push(...inner.lines);
      tables.push(...inner.tables);
    } else if (isTable(core)) tables.push(`\n${sentence(words(name))}:\n${resultText(core, member, width)}`);
    else lines.push([sentence(words(name)), cell(member)]);
  }
  return { lines, tables };
}

function isTable(core: Descriptor): boolean {
  return core.kind === 'list' && unwrap(core.item).core.kind === 'object';
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** A value in one line; what could move a terminal's cursor is left out. */
export function cell(value: unknown, short = false): string {
  if (isEmpty(value)) return '';
  if (value instanceof Date) return short ? shortTime(value) : value.toISOString();
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.map((item) => cell(item)).join(', ');
  const text = typeof value === 'object' ? JSON.stringify(value, bigintText) : String(value);
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** A moment in UTC, to the second, without a time of day that is midnight. */
function shortTime(time: Date): string {
  return time
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')
    .replace(/(?: 00:00)?:00$/, '');
}

function bigintText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
