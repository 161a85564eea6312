import { cpus } from 'node:os';
import type { Cell, Comparison, Reading, Result } from './compare.ts';
import type { Options } from './options.ts';
import { type Summary, summarise } from './statistics.ts';
import { CONTESTANTS, type Contestant, OF_LIMIT_TARGETS, OURS, PEAK_MEGABYTES } from './targets.ts';
import { PROTOCOLS, type Protocol, WORKLOADS } from './workloads.ts';

/** Protocols as people write them. */
export const TITLES: Readonly<Record<Protocol, string>> = {
  rest: 'REST',
  jsonrpc: 'JSON-RPC',
  soap: 'SOAP',
  xmlrpc: 'XML-RPC',
};

const DECODING = ' **The constant server also decoded every body to text**: these ratios are not for the targets.';

type Row = readonly string[];

/** The whole report as Markdown: ratios only, for absolute times mean nothing on another machine. */
export function reportOf(comparison: Comparison, options: Options, day: string): string {
  const parts = [
    `# Benchmark of ${day}`,
    conditions(options),
    LIMIT,
    ...section('Polywire against its targets', targetsTable(comparison)),
    ...section('Per cent of the constant server', peersTable(comparison)),
    ...section('Polywire relative to each peer', relativeTable(comparison)),
    ...section('Peak memory', memoryTable(comparison)),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Our cells that fall below their target by more than the slack: what a gate refuses. */
export function shortfalls({ results }: Comparison, slack: number): readonly string[] {
  return results.filter(isOurs).flatMap((result) => {
    const target = targetOf(result);
    const summary = ofLimit(result);
    if (target === undefined || (summary !== undefined && 100 * summary.median >= target * (1 - slack))) return [];
    return [`${TITLES[result.protocol]} ${result.workload}: ${percent(summary)}, target ${target} %`];
  });
}

/** What was run and where, without the name of a machine. */
export const conditions = ({ rounds, seconds, decoding }: Options): string =>
  `Node.js ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} CPUs; ` +
  `${rounds} interleaved rounds of ${seconds} s. Ratios are taken within a round; given are their median and, ` +
  `after ±, half of their range as a share of the median.${decoding ? DECODING : ''}`;

const LIMIT =
  "*Of limit* is the constant server's CPU per request ÷ the server's: the constant answers the same bytes.";

/** A Markdown table. */
export const table = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** A ratio in per cent with its spread. */
const percent = (summary: Summary | undefined): string =>
  summary === undefined ? 'not measured' : `${digits(100 * summary.median)} % ± ${Math.round(100 * summary.spread)} %`;

/** The least that the constant needed in any round ÷ the least that the server needed: what neighbours disturbed least. */
function quietest({ readings }: Result): string {
  const least = (side: keyof Reading) => Math.min(...readings.map((reading) => reading[side]).filter(Number.isFinite));
  const ratio = least('constant') / least('own');
  return Number.isFinite(ratio) ? `${digits(100 * ratio)} %` : 'not measured';
}

const section = (title: string, content: string): readonly string[] => (content === '' ? [] : [`## ${title}`, content]);

function targetsTable({ results }: Comparison): string {
  const rows = results.filter(isOurs).map((result) => {
    const summary = ofLimit(result);
    const target = targetOf(result);
    const verdict = target === undefined ? '' : passOrMiss(summary && 100 * summary.median >= target);
    return [
      TITLES[result.protocol],
      result.workload,
      percent(summary),
      quietest(result),
      target === undefined ? '' : `≥ ${target} %`,
      verdict,
    ];
  });
  return rows.length === 0 ? '' : table(['protocol', 'workload', 'of limit', 'quietest', 'target', ''], rows);
}

function peersTable({ results }: Comparison): string {
  const rows = PROTOCOLS.flatMap((protocol) =>
    CONTESTANTS.flatMap(({ name }) => {
      const own = results.filter((result) => result.protocol === protocol && result.server === name);
      if (own.length === 0) return [];
      return [[TITLES[protocol], name, ...perWorkload(own, (result) => percent(ofLimit(result)))]];
    }),
  );
  return table(['protocol', 'server', ...WORKLOADS], rows);
}

function relativeTable({ results }: Comparison): string {
  const ours = results.filter(isOurs);
  const rows = CONTESTANTS.filter(({ name }) => name !== OURS).flatMap((peer) =>
    peer.protocols.flatMap((protocol) => {
      const theirs = results.filter((result) => result.server === peer.name && result.protocol === protocol);
      if (theirs.length === 0 || ours.length === 0) return [];
      return [[TITLES[protocol], peer.name, ...perWorkload(theirs, (their) => relation(peer, their, ours))]];
    }),
  );
  if (rows.length === 0) return '';
  const meaning = "The peer's CPU per request ÷ ours, in the same round: above 1 we need less.";
  return `${meaning}\n\n${table(['protocol', 'peer', ...WORKLOADS], rows)}`;
}

function relation(peer: Contestant, theirs: Result, ours: readonly Result[]): string {
  const own = ours.find((result) => result.protocol === theirs.protocol && result.workload === theirs.workload);
  const summary = summarise(
    theirs.readings.map((reading, round) => reading.own / (own?.readings[round]?.own ?? Number.NaN)),
  );
  if (summary === undefined) return 'not measured';
  const least = peer.atLeast[theirs.workload];
  const ratio = `${digits(summary.median)} × ± ${Math.round(100 * summary.spread)} %`;
  return least === undefined ? ratio : `${ratio} (≥ ${least}: ${passOrMiss(summary.median >= least)})`;
}

function memoryTable({ peaks }: Comparison): string {
  const rows = [...peaks].map(([name, megabytes]) => {
    const rounded = Math.round(megabytes);
    return name === OURS
      ? [name, `${rounded} MB`, `≤ ${PEAK_MEGABYTES} MB`, passOrMiss(megabytes <= PEAK_MEGABYTES)]
      : [name, `${rounded} MB`, '', ''];
  });
  return table(['server', 'peak', 'target', ''], rows);
}

const perWorkload = (results: readonly Result[], write: (result: Result) => string): readonly string[] =>
  WORKLOADS.map((workload) => {
    const result = results.find((candidate) => candidate.workload === workload);
    return result === undefined ? '' : write(result);
  });

const isOurs = ({ server }: Cell): boolean => server === OURS;
const targetOf = ({ protocol, workload }: Cell): number | undefined => OF_LIMIT_TARGETS[protocol][workload];
const ofLimit = ({ readings }: Result): Summary | undefined => summarise(readings.map(share));
const share = ({ own, constant }: Reading): number => constant / own;
/** A verdict. */
export const passOrMiss = (passed: boolean | undefined): string => (passed === true ? 'pass' : '**miss**');

/** Two significant digits below ten, whole numbers above. */
const digits = (number: number): string => (number < 10 ? number.toPrecision(2) : String(Math.round(number)));
