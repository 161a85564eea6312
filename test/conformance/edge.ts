import type { Descriptor, Fields } from '../../index.ts';

/** How arguments are put on the wire: one column of the table each. */
export const columns = ['rest', 'query', 'form', 'jsonrpc', 'mcp', 'xmlrpc', 'soap11', 'soap12'] as const;
export type Column = (typeof columns)[number];

/** The spelling that columns share: JSON literals, texts of a query or form, XML-RPC values, content of SOAP elements. */
export const spellings = ['json', 'query', 'xmlrpc', 'soap'] as const;
export type Spelling = (typeof spellings)[number];

export const spellingOf: Readonly<Record<Column, Spelling>> = {
  rest: 'json',
  query: 'query',
  form: 'query',
  jsonrpc: 'json',
  mcp: 'json',
  xmlrpc: 'xmlrpc',
  soap11: 'soap',
  soap12: 'soap',
};

/**
 * What stands on the wire, by hand. A text is the value of the parameter `value` (or of the result); `whole` is all
 * parameters (or the whole result) instead: a JSON object, a query, the `<param>` elements, the children of the wrapper.
 */
export type Wire = string | { readonly whole: string };

/** The call is carried out: the handler gets `value`, and the answer is `output`. */
interface Sent {
  readonly is: 'sent';
  readonly input: Wire;
  /** As it stands on the wire; as the input if left out. */
  readonly output?: Wire;
  /** What the handler gets in place of the edge's value. */
  readonly value?: { readonly other: unknown };
  /** What is lost, as DESIGN says. */
  readonly loss?: string;
}

/** The call is refused before or after the handler. */
interface Refused {
  readonly is: 'refused';
  readonly input: Wire;
  readonly code: string;
  /** Of the issues, in order; not looked at if left out. */
  readonly paths?: readonly string[];
}

/** The protocol has no way to say it. */
interface Impossible {
  readonly is: 'impossible';
  readonly reason: string;
}

export type Cell = Sent | Refused | Impossible;

/** One row: a function `params → returns`, and what happens to one value in every column. */
export interface Edge {
  readonly kind: string;
  readonly name: string;
  readonly params: Fields;
  readonly returns: Descriptor | undefined;
  /** What the handler answers, given all its parameters. */
  readonly answer: (params: Readonly<Record<string, unknown>>) => unknown;
  /** All parameters as the handler must get them. */
  readonly expected: Readonly<Record<string, unknown>>;
  readonly cells: Readonly<Record<Column, Cell>>;
}

/** Cells by spelling; a single column may have its own. A text is the input of the row's usual cell. */
export type Cells = Readonly<Record<Spelling, string | Cell>> & { readonly [C in Column]?: string | Cell };

export type Outputs = { readonly json?: Wire; readonly xmlrpc?: Wire; readonly soap?: Wire };

export function sent(input: Wire, options: Omit<Sent, 'is' | 'input'> = {}): Cell {
  return { is: 'sent', input, ...options };
}

/** Refused as parameters that do not fit, by default at the parameter `value` itself. */
export function refused(input: Wire, paths: readonly string[] = ['value']): Cell {
  return { is: 'refused', input, code: 'invalid-params', paths };
}

/** Refused with another code; issues are looked at only where paths are given. */
export function fault(input: Wire, code: string, paths?: readonly string[]): Cell {
  return { is: 'refused', input, code, ...(paths && { paths }) };
}

export function impossible(reason: string): Cell {
  return { is: 'impossible', reason };
}

/** The parameter is not there at all. */
export const absent: Readonly<Record<Spelling, Wire>> = {
  json: { whole: '{}' },
  query: { whole: '' },
  xmlrpc: { whole: '' },
  soap: { whole: '' },
};
