import type { Exchange } from './capture.ts';
import { type ClientRun, checksOf } from './client.ts';
import type { Verdicts } from './functions.ts';

/** What came of one check with one client. */
export interface Cell {
  readonly is: 'exact' | 'loss' | 'impossible' | 'wrong';
  /** What the client had to say about it, or what is wrong. */
  readonly note: string;
  /** The last exchange that was about it, for cells that are impossible or wrong. */
  readonly capture?: Exchange | undefined;
}

export type Cells = ReadonlyMap<string, Cell>;

interface Said {
  readonly status: string;
  readonly note: string;
}

/** The lines that a client's program printed: name, tab, status, tab, note. */
function readLines(output: string): ReadonlyMap<string, Said> {
  const lines = output.split(/\r?\n/).map((line) => line.split('\t'));
  return new Map(
    lines.flatMap(([name, status, note]) => (name && status ? [[name, { status, note: note ?? '' }]] : [])),
  );
}

/** Whether the server must have seen the value of a check come back: it judges, not the client. */
const isValue = (check: string): boolean =>
  check === 'nothing' || (/\./.test(check) && !/^(?:fault|wsse)\./.test(check));

function cellOf(check: string, said: Said | undefined, verdicts: Verdicts): Omit<Cell, 'capture'> {
  if (said === undefined) return { is: 'wrong', note: 'the program said nothing of it' };
  const { status, note } = said;
  if (status === 'impossible') {
    return note === '' ? { is: 'wrong', note: 'impossible, without a reason' } : { is: 'impossible', note };
  }
  if (status !== 'ok') return { is: 'wrong', note: `${note}; the server saw: ${verdicts.get(check) ?? 'nothing'}` };
  if (!isValue(check)) return { is: 'exact', note };
  const verdict = verdicts.get(check);
  if (verdict === 'exact' || verdict === 'loss') return { is: verdict, note };
  return { is: 'wrong', note: `the client is content, but the server saw: ${verdict ?? 'nothing'}` };
}

/** The last exchange whose request names a check's value and function. */
function captureOf(check: string, exchanges: readonly Exchange[]): Exchange | undefined {
  if (check === 'token') return exchanges.findLast(({ request }) => /edges[._]who\b/.test(request));
  const [kind = '', value = ''] = check.split('.');
  const spelt = new RegExp(`(?:get|put)_${kind}\\b`);
  const about = exchanges.filter(
    ({ request }) => spelt.test(request) && (value === 'absent' || request.includes(value)),
  );
  return about.at(-1);
}

/** What came of every check of a run. */
export function cellsOf(run: ClientRun, output: string, verdicts: Verdicts, exchanges: readonly Exchange[]): Cells {
  const lines = readLines(output);
  return new Map(
    checksOf(run).map((check) => {
      const cell = cellOf(check, lines.get(check), verdicts);
      const telling = cell.is === 'impossible' || cell.is === 'wrong';
      return [check, telling ? { ...cell, capture: captureOf(check, exchanges) } : cell];
    }),
  );
}
