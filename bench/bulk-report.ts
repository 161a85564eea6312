import { cpus } from 'node:os';
import type { BulkReading, BulkResult } from './bulk.ts';
import { protocolOf } from './bulk.ts';
import { BULK_SIZE, type BulkDialect } from './bulk-requests.ts';
import { TITLES, table } from './report.ts';
import { summarise } from './statistics.ts';
import { BULK_BOUNDS, OURS } from './targets.ts';

const DIALECTS: Readonly<Record<BulkDialect, string>> = {
  ...TITLES,
  soap: 'SOAP 1.1',
  soap12: 'SOAP 1.2',
  encoded: 'SOAP, rpc/encoded',
};

/** The report of W5 as Markdown. */
export function bulkReportOf(results: readonly BulkResult[], rounds: number, day: string): string {
  const parts = [
    `# W5 of ${day}`,
    `Node.js ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} CPUs; ${rounds} rounds. ${BULK_SIZE.toLocaleString('en')} users in one call of \`create_users\`, to a fresh process in each round.`,
    '*CPU* is that of the peer for one call ÷ ours in the same round, the median of the rounds and, after ±, half of their range as a share of it: above 1 we need less. *Memory* is the peak after the first call. *Longest block* is for how long the event loop stood still at most during that call. Of both the least of the rounds is given, and in brackets the most: neighbours on the machine only ever make them larger.',
    table(
      ['protocol', 'server', 'CPU', 'memory', 'longest block', 'bounds', ''],
      results.map((result) => row(result, results)),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Our cells beyond their bounds. */
export function bulkMisses(results: readonly BulkResult[]): readonly string[] {
  return results
    .filter((result) => result.server === OURS && !isWithin(result))
    .map((result) => `${DIALECTS[result.dialect]} W5: ${cells(result).join(', ')}`);
}

const readingsOf = ({ readings }: BulkResult): readonly BulkReading[] =>
  readings.filter((reading): reading is BulkReading => typeof reading !== 'string');

const boundsOf = ({ dialect }: BulkResult) => BULK_BOUNDS[protocolOf(dialect)];

const least = (result: BulkResult, what: keyof BulkReading): number =>
  Math.min(...readingsOf(result).map((reading) => reading[what]));

function isWithin(result: BulkResult): boolean {
  const { megabytes, block } = boundsOf(result);
  return least(result, 'megabytes') < megabytes && least(result, 'block') < block;
}

function row(result: BulkResult, results: readonly BulkResult[]): readonly string[] {
  const { server, dialect, readings } = result;
  const failure = readings.find((reading) => typeof reading === 'string');
  const head = [DIALECTS[dialect], server];
  if (failure !== undefined) return [...head, 'not measured', String(failure), '', '', ''];
  if (server !== OURS) return [...head, timesOurs(result, results), ...cells(result), '', ''];
  const { megabytes, block } = boundsOf(result);
  return [...head, '1', ...cells(result), `< ${megabytes} MB, < ${block} ms`, isWithin(result) ? 'pass' : '**miss**'];
}

function cells(result: BulkResult): readonly string[] {
  const span = (what: keyof BulkReading, unit: string): string => {
    const most = Math.max(...readingsOf(result).map((reading) => reading[what]));
    return `${Math.round(least(result, what))} ${unit} (${Math.round(most)})`;
  };
  return [span('megabytes', 'MB'), span('block', 'ms')];
}

/** A peer's CPU ÷ ours in each round. */
function timesOurs(peer: BulkResult, results: readonly BulkResult[]): string {
  const ours = results.find(({ server, dialect }) => server === OURS && dialect === peer.dialect);
  if (ours === undefined) return '';
  const own = readingsOf(ours);
  const summary = summarise(readingsOf(peer).map(({ ticks }, round) => ticks / (own[round]?.ticks ?? Number.NaN)));
  if (summary === undefined) return 'not measured';
  return `${summary.median.toPrecision(2)} × ± ${Math.round(100 * summary.spread)} %`;
}
