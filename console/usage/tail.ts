import type { CallRecord } from './contract.ts';

/** A row of the live tail: a call, or what stands for calls that were too many. */
export type TailRow =
  | { readonly key: string; readonly call: CallRecord }
  | { readonly key: string; readonly call: undefined };

/** The tail: the newest calls first, and where to go on. */
export interface Tail {
  readonly rows: readonly TailRow[];
  /** What the next question goes on from; undefined asks for the newest calls. */
  readonly cursor: string | undefined;
  /** Counts rows, for their keys. */
  readonly made: number;
}

export const emptyTail: Tail = { rows: [], cursor: undefined, made: 0 };

/** Rows that are kept, and calls that are asked for at once. */
export const mostRows = 300;
export const mostAsked = 200;

/**
 * The tail with an answer of `admin.audit`: after a cursor the oldest come first, else the newest. Where there is more than
 * one answer holds, the tail does not run after it: it begins at the newest calls again, and a row without a call tells that
 * some are missing.
 */
export function fed(tail: Tail, answer: readonly CallRecord[]): Tail {
  if (tail.cursor === undefined) return begun(tail, answer);
  if (answer.length >= mostAsked) return { ...tail, cursor: undefined };
  if (answer.length === 0) return tail;
  const fresh = rowsOf(answer.toReversed(), tail.made);
  return { rows: cut([...fresh, ...tail.rows]), cursor: cursorOf(answer), made: tail.made + answer.length };
}

/** Whether an answer has brought calls, but for those that look for calls: each look would be news to the next. */
export function hasNews(before: Tail, after: Tail): boolean {
  const fresh = after.rows.slice(0, after.made - before.made);
  return fresh.some(({ call }) => call?.function !== 'admin.audit' || call.protocol !== 'console');
}

/** The tail from the newest calls on, with those before them that it has already. */
function begun(tail: Tail, newest: readonly CallRecord[]): Tail {
  const oldest = newest.at(-1);
  if (oldest === undefined) return tail;
  const before = tail.rows.filter(({ call }) => call === undefined || call.time < oldest.time);
  const gap: readonly TailRow[] = before.length === 0 ? [] : [{ key: `gap-${tail.made}`, call: undefined }];
  const rows = cut([...rowsOf(newest, tail.made), ...gap, ...before]);
  return { rows, cursor: cursorOf(newest), made: tail.made + newest.length };
}

function rowsOf(newestFirst: readonly CallRecord[], made: number): readonly TailRow[] {
  return newestFirst.map((call, i) => ({ key: String(made + newestFirst.length - i), call }));
}

/** The greatest of the cursors: numbers of any length, as text. */
function cursorOf(records: readonly CallRecord[]): string {
  return String(records.reduce((most, { cursor }) => (BigInt(cursor) > most ? BigInt(cursor) : most), 0n));
}

function cut(rows: readonly TailRow[]): readonly TailRow[] {
  return rows.slice(0, mostRows);
}

/** Who made a call, as a filter has it; undefined if nobody is known. */
export function callerOf({ client, user }: CallRecord): string | undefined {
  if (user !== undefined) return `user:${user}`;
  return client === undefined ? undefined : `key:${client}`;
}
