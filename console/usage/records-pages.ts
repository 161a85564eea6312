import type { CallRecord } from './contract.ts';

/** Asks for the newest records before a time: the newest first. */
export type Ask = (until: number, limit: number) => Promise<readonly CallRecord[]>;

/** All records of a range, and whether there are more than a file should have. */
export interface Records {
  readonly records: readonly CallRecord[];
  readonly cut: boolean;
}

/** Records in one answer: what `admin.audit` gives at most is ten thousand. */
const page = 5_000;
/** Records in one file. */
const most = 200_000;

/**
 * Gathers records page by page, the newest first. A page ends within a millisecond of which some records may be told
 * already: the next page begins with that millisecond again, and those are left out of it.
 */
export async function allRecords(until: number, ask: Ask, limit = page, bound = most): Promise<Records> {
  const records: CallRecord[] = [];
  for (let before = until; records.length < bound; ) {
    const oldest = records.at(-1)?.time;
    const told = oldest === undefined ? 0 : countFromEnd(records, oldest);
    const found = await ask(before, limit + told);
    records.push(...found.slice(told));
    if (found.length < limit + told) return { records, cut: false };
    before = Date.parse(records.at(-1)?.time ?? '') + 1;
  }
  return { records: records.slice(0, bound), cut: true };
}

function countFromEnd(records: readonly CallRecord[], time: string): number {
  const other = records.findLastIndex((record) => record.time !== time);
  return records.length - 1 - other;
}
