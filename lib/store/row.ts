import { createHash } from 'node:crypto';
import type { Row } from './tables.ts';

const lists = new Set(['addresses', 'protocols', 'functions', 'capabilities']);
const switches = new Set(['enabled', 'restricted', 'signing', 'renewing']);

/** The columns of a record. */
export function rowOf<T extends object, C extends keyof T & string>(record: T, columns: readonly C[]): Pick<Row<T>, C> {
  const row: Record<string, unknown> = {};
  for (const column of columns) if (column in record) row[column] = columnOf(record[column]);
  return row as Pick<Row<T>, C>;
}

/** The columns of a change to a record `T`: members that may not be changed, or are none, are passed over. */
export function changeOf<T>(change: object, columns: readonly (keyof T & string)[]): Partial<Row<T>> {
  return rowOf(change as T & object, columns) as Partial<Row<T>>;
}

function columnOf(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return Number(value);
  return Array.isArray(value) ? JSON.stringify(value) : value;
}

/** The record that a row holds, without what is null. */
export function recordOf<T>(row: object): T {
  const record: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (value === null) continue;
    if (lists.has(name)) record[name] = JSON.parse(value);
    else record[name] = switches.has(name) ? value === 1 : value;
  }
  return record as T;
}

/** A name as it is compared: without case. */
export const nameKey = (name: string): string => name.toLowerCase();

/** The column that goes with a new name, if there is one. */
export const newNameKey = (name: string | undefined): { nameKey?: string } =>
  name === undefined ? {} : { nameKey: nameKey(name) };

/** Whether every database can hold a text and find it again. */
const plain = /^[\x20-\x7e]{0,200}$/;

/** What callers made up, as part of a primary key: itself if it is short and plain, else its SHA-256. */
export function keyText(text: string): string {
  return plain.test(text) ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** What PostgreSQL cannot keep in a text: NUL and halves of surrogate pairs. */
const strange = /[\0\p{Surrogate}]/gu;

/** A text as every database can keep it. */
export const storable = (text: string): string => text.replace(strange, '\ufffd');
