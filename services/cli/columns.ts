import { table } from './output.ts';

/** Columns narrower than this are not cut. */
const narrowest = 12;

/** Between how many characters tables are kept, whatever the terminal has. */
const widths = { least: 80, most: 120 };

/** A column of a table. */
export interface Column {
  readonly head: string;
  /** Whether its cells must stay whole: people copy them. */
  readonly whole: boolean;
}

/** Characters that a table may be wide here. */
export function tableWidth(): number {
  return Math.min(widths.most, Math.max(widths.least, process.stdout.columns ?? widths.most));
}

/**
 * An aligned table that fits a width: columns without any content are left out, and the widest ones that need not stay
 * whole are cut.
 */
export function fittedTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const used = columns.map((_, i) => i).filter((i) => i === 0 || rows.some((row) => row[i] !== ''));
  const kept = used.map((i) => ({ ...(columns[i] as Column), cells: rows.map((row) => row[i] ?? '') }));
  const limits = kept.map(({ head, cells }) => Math.max(head.length, ...cells.map((cell) => cell.length)));
  for (;;) {
    const excess = limits.reduce((sum, limit) => sum + limit + 2, -2) - width;
    const widest = indexOfWidest(kept, limits);
    if (excess <= 0 || widest === -1) break;
    const { head } = kept[widest] as Column;
    limits[widest] = Math.max(narrowest, head.length, (limits[widest] ?? 0) - Math.max(1, Math.floor(excess / 2)));
  }
  const line = (row: readonly string[]) => row.map((cell, i) => cut(cell, limits[i] ?? 0));
  return table([
    line(kept.map(({ head }) => head)),
    ...rows.map((_, row) => line(kept.map(({ cells }) => cells[row] ?? ''))),
  ]);
}

/** The widest column that can be cut further; -1 if there is none. */
function indexOfWidest(columns: readonly Column[], limits: readonly number[]): number {
  let widest = -1;
  for (const [i, { whole, head }] of columns.entries()) {
    const limit = limits[i] ?? 0;
    if (whole || limit <= Math.max(narrowest, head.length)) continue;
    if (widest === -1 || limit > (limits[widest] ?? 0)) widest = i;
  }
  return widest;
}

function cut(cell: string, limit: number): string {
  return cell.length <= limit ? cell : `${cell.slice(0, limit - 1)}…`;
}
