import type { FunctionUsage } from './contract.ts';

/** What functions can be put in order by. */
export const columns = [
  { name: 'function', title: 'Function' },
  { name: 'calls', title: 'Calls' },
  { name: 'errors', title: 'Errors' },
  { name: 'rate', title: 'Error rate' },
  { name: 'mean', title: 'Mean' },
  { name: 'p50', title: 'p50' },
  { name: 'p95', title: 'p95' },
  { name: 'p99', title: 'p99' },
  { name: 'max', title: 'Slowest' },
] as const;

export type Column = (typeof columns)[number]['name'];

/** An order of functions. */
export interface Order {
  readonly column: Column;
  readonly falling: boolean;
}

/** The share of a function's calls that ended in an error. */
export function rateOf({ calls, errors }: FunctionUsage): number {
  return calls === 0 ? 0 : errors / calls;
}

function amountOf(one: FunctionUsage, column: Exclude<Column, 'function'>): number {
  return column === 'rate' ? rateOf(one) : (one[column] ?? 0);
}

/** Functions in an order; those that are equal in it by their names. */
export function ordered(functions: readonly FunctionUsage[], { column, falling }: Order): readonly FunctionUsage[] {
  const sign = falling ? -1 : 1;
  const byName = (a: FunctionUsage, b: FunctionUsage): number =>
    a.function < b.function ? -1 : Number(a.function > b.function);
  return functions.toSorted((a, b) =>
    column === 'function' ? sign * byName(a, b) : sign * (amountOf(a, column) - amountOf(b, column)) || byName(a, b),
  );
}

/** The order after a click on the head of a column: turned if it is in force, numbers from the largest on. */
export function turned(order: Order, column: Column): Order {
  return order.column === column ? { column, falling: !order.falling } : { column, falling: column !== 'function' };
}

/** Functions whose names have a text in them, whatever its case. */
export function named(functions: readonly FunctionUsage[], text: string): readonly FunctionUsage[] {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? functions : functions.filter((one) => one.function.toLowerCase().includes(wanted));
}
