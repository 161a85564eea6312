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

/** What the server answers: newest first, and whether there is more than that. */
export interface TailAnswer {
  readonly records: readonly CallRecord[];
  readonly cursor: string;
  readonly more: boolean;
}

export const emptyTail: Tail = { rows: [], cursor: undefined, made: 0 };

/** Rows that are kept. */
export const mostRows = 300;

/**
 * The tail with what is new. Where there is more than one answer holds, the tail does not run after it: it begins at the
 * newest calls again, and a row without a call tells that some are missing.
 */
export function fed(tail: Tail, { records, cursor, more }: TailAnswer): Tail {
  if (tail.cursor !== undefined && more) return { ...tail, cursor: undefined };
  if (tail.cursor !== undefined && records.length === 0) return { ...tail, cursor };
  const made = tail.made + records.length + 1;
  const fresh = records.map((call, i): TailRow => ({ key: String(made - i), call }));
  if (tail.cursor !== undefined) return { rows: cut([...fresh, ...tail.rows]), cursor, made };
  const oldest = records.at(-1)?.time ?? '';
  const before = records.length === 0 ? [] : tail.rows.filter(({ call }) => call === undefined || call.time < oldest);
  const gap: readonly TailRow[] = before.length === 0 ? [] : [{ key: `gap-${made}`, call: undefined }];
  return { rows: cut([...fresh, ...gap, ...before]), cursor, made };
}

function cut(rows: readonly TailRow[]): readonly TailRow[] {
  return rows.slice(0, mostRows);
}

/** Who made a call, as a filter has it; undefined if nobody is known. */
export function callerOf({ client, user }: CallRecord): string | undefined {
  if (client !== undefined) return `key:${client}`;
  return user === undefined ? undefined : `user:${user}`;
}
