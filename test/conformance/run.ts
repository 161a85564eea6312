import { expect } from 'chai';
import { type AnyFunction, createServer, define, type FaultCode, type Server } from '../../index.ts';
import { type Cell, type Column, columns, type Edge } from './edge.ts';
import { type Answer, exchange, hangUp } from './http.ts';
import { formOf } from './numbers.ts';
import { protocolColumns } from './protocols.ts';
import type { Seen } from './reading.ts';
import { sameResult } from './same.ts';
import { table } from './table.ts';

/** What went wrong in a cell; undefined if it is as the table says. */
export type Outcome = string | undefined;

/** A row with the name of its function and what each of its possible cells came to. */
export interface RunRow {
  readonly edge: Edge;
  readonly name: string;
  readonly outcomes: ReadonlyMap<Column, Outcome>;
}

/** What handlers got, by function: the last parameters, and how often. */
type Seizures = Map<string, { params: Readonly<Record<string, unknown>>; count: number }>;

/** The functions of the table: one for each row. */
function functionOf(edge: Edge, name: string, seizures: Seizures): AnyFunction {
  return define(name, {
    description: `Answers what it gets: ${edge.kind}.`,
    effect: 'read',
    params: edge.params,
    returns: edge.returns,
    handler: (params) => {
      const before = seizures.get(name)?.count ?? 0;
      seizures.set(name, { params, count: before + 1 });
      return edge.answer(params) as never;
    },
  }) as AnyFunction;
}

/** A server of these functions, everything on, on a free port. */
export async function listeningServer(
  functions: readonly AnyFunction[],
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = await createServer({
    functions,
    log: false,
    settings: {
      enablewebservices: true,
      enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
      enabledwsfunctions: ['*'],
      limits: { floodPerMinute: 0 },
    },
  });
  const { url } = await server.listen({ port: 0 });
  return { server, url };
}

/** Runs every row through every column, against a listening server. */
export async function runTable(): Promise<readonly RunRow[]> {
  const counts = new Map<string, number>();
  const named = table.map((edge) => {
    const count = (counts.get(edge.kind) ?? 0) + 1;
    counts.set(edge.kind, count);
    return { edge, name: `conf.${edge.kind.replaceAll('-', '')}_${count}` };
  });
  const seizures: Seizures = new Map();
  const { server, url } = await listeningServer(named.map(({ edge, name }) => functionOf(edge, name, seizures)));
  try {
    const rows: RunRow[] = [];
    for (const { edge, name } of named) rows.push({ edge, name, outcomes: await runRow(edge, name, url, seizures) });
    return rows;
  } finally {
    hangUp();
    await server.close();
  }
}

async function runRow(edge: Edge, name: string, url: string, seizures: Seizures): Promise<Map<Column, Outcome>> {
  const outcomes = new Map<Column, Outcome>();
  for (const column of columns) {
    const cell = edge.cells[column];
    if (cell.is === 'impossible') continue;
    seizures.delete(name);
    outcomes.set(column, await runCell(edge, name, url, column, cell, seizures));
  }
  return outcomes;
}

type PossibleCell = Exclude<Cell, { is: 'impossible' }>;

async function runCell(
  edge: Edge,
  name: string,
  url: string,
  column: Column,
  cell: PossibleCell,
  seizures: Seizures,
): Promise<Outcome> {
  const protocol = protocolColumns[column];
  const answer = await exchange(url, protocol.request(name, cell.input));
  try {
    const seen = protocol.read(answer);
    checkFrame(answer, seen);
    const seized = seizures.get(name);
    if (cell.is === 'refused') checkRefusal(cell, seen, column, seized?.count ?? 0);
    else {
      expect(seen.fault, 'the fault').to.equal(undefined);
      expect(seen.status, 'the status').to.equal(200);
      const { other } = cell.value ?? { other: edge.expected };
      expect(seized?.params, 'what the handler got').to.deep.equal(other);
      sameResult(edge.returns, column, seen.result, protocol.expected(name, cell.output ?? cell.input));
    }
    return undefined;
  } catch (reason) {
    return `${(reason as Error).message}\n      answer: ${answer.status} ${answer.body.slice(0, 600)}`;
  }
}

/** What holds for every answer (DESIGN §4, §7). */
export function checkFrame(answer: Answer, seen: Seen): void {
  expect(answer.wrong, 'headers').to.deep.equal([]);
  if (seen.requestId !== undefined) expect(seen.requestId, 'the request id').to.equal(answer.headers['x-request-id']);
}

function checkRefusal(cell: Extract<Cell, { is: 'refused' }>, seen: Seen, column: Column, calls: number): void {
  const code = cell.code as FaultCode;
  expect(seen.fault?.code, 'the code').to.equal(code);
  const { number, status } = formOf(code, column, false);
  expect(seen.fault?.number, 'the number').to.equal(number);
  // DESIGN §4 leaves open whether a limit that a message exceeds is told under HTTP's 413.
  expect(seen.status, 'the status').to.be.oneOf(code === 'too-large' ? [status, 413] : [status]);
  expect(seen.requestId, 'the request id in the fault').to.not.equal(undefined);
  if (cell.paths !== undefined)
    expect([...(seen.fault?.paths ?? [])].sort(), 'the paths').to.deep.equal([...cell.paths].sort());
  expect(calls, 'calls of the handler').to.equal(code === 'invalid-result' ? 1 : 0);
}
