import type { Descriptor, Fields } from '../../index.ts';
import {
  type Cell,
  type Cells,
  type Column,
  columns,
  type Edge,
  type Outputs,
  refused,
  sent,
  spellingOf,
  type Wire,
} from './edge.ts';

/** What a row is about beside its cells. */
export interface RowOptions {
  /** Where it differs from the kind's own descriptor. */
  readonly takes?: Descriptor;
  /** All parameters, where there are others than `value`; the answer then is an object of them. */
  readonly params?: Fields;
  readonly returns?: Descriptor;
  /** The function declares no result. */
  readonly silent?: true;
  /** What the handler answers, whatever it gets. */
  readonly answers?: unknown;
  /** How the answer stands on the wire, where that is not as the call. */
  readonly out?: Outputs;
}

/** Makes the rows of one kind. */
export interface Rows {
  /** A value that arrives: texts are sent, and come back the same unless `out` says how. */
  good(name: string, value: unknown, cells: Cells, options?: RowOptions): void;
  /** A value that is refused: texts are refused with the path `value`. */
  bad(name: string, cells: Cells, options?: RowOptions): void;
  readonly edges: readonly Edge[];
}

/** Collects the rows of a kind whose parameter and result have the type `descriptor`. */
export function rowsOf(kind: string, descriptor: Descriptor): Rows {
  const edges: Edge[] = [];
  const add = (name: string, value: unknown, cells: Cells, options: RowOptions, usual: (input: string) => Cell) => {
    edges.push({
      kind,
      name,
      params: options.params ?? { value: options.takes ?? descriptor },
      returns: options.silent ? undefined : (options.returns ?? options.takes ?? descriptor),
      answer: (params) => (options.silent ? undefined : 'answers' in options ? options.answers : params['value']),
      expected: options.params === undefined ? { value } : (value as Readonly<Record<string, unknown>>),
      cells: allCells(cells, options.out ?? {}, usual),
    });
  };
  return {
    good: (name, value, cells, options = {}) => add(name, value, cells, options, (input) => sent(input)),
    bad: (name, cells, options = {}) => add(name, undefined, cells, options, (input) => refused(input)),
    edges,
  };
}

/** Rows whose parameters and result are fields of an object: what wrappers are about. */
export function fieldRowsOf(kind: string, params: Fields, returns: Descriptor): Rows {
  const rows = rowsOf(kind, returns);
  const edges: Edge[] = [];
  const own = (options: RowOptions): RowOptions => ({ params, returns, ...options });
  const take = () => {
    const last = rows.edges.at(-1);
    if (last !== undefined) edges.push({ ...last, answer: (all) => all });
  };
  return {
    good: (name, value, cells, options = {}) => {
      rows.good(name, value, cells, own(options));
      take();
    },
    bad: (name, cells, options = {}) => {
      rows.bad(name, cells, own(options));
      take();
    },
    edges,
  };
}

function allCells(cells: Cells, out: Outputs, usual: (input: string) => Cell): Readonly<Record<Column, Cell>> {
  const cellOf = (column: Column): Cell => {
    const given = cells[column] ?? cells[spellingOf[column]];
    const cell = typeof given === 'string' ? usual(given) : given;
    if (cell.is !== 'sent' || cell.output !== undefined) return cell;
    return { ...cell, output: usualOutput(column, cell.input, cells, out) };
  };
  return Object.fromEntries(columns.map((column) => [column, cellOf(column)])) as Record<Column, Cell>;
}

/** The answer to a query or form is JSON, so its usual form is that of the JSON call. */
function usualOutput(column: Column, input: Wire, cells: Cells, out: Outputs): Wire {
  const spelling = spellingOf[column];
  if (spelling !== 'query') return out[spelling] ?? input;
  const { json } = cells;
  const asJson =
    out.json ?? (typeof json === 'string' ? json : json.is === 'sent' ? (json.output ?? json.input) : undefined);
  if (asJson === undefined) throw new Error('a row whose JSON cell is not sent must say how JSON answers');
  return asJson;
}
