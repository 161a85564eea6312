import { type AuthCell, type AuthVariant, OFF } from './auth.ts';
import type { Readings } from './measure.ts';
import type { Options } from './options.ts';
import { conditions, passOrMiss, TITLES, table } from './report.ts';
import { type Summary, summarise } from './statistics.ts';
import { CREDENTIALS_AT_MOST } from './targets.ts';

/** What a cell needs relative to another variant in the same protocol. */
interface Relation {
  readonly summary: Summary | undefined;
  /** Its least CPU per request in any round ÷ the other's least. */
  readonly quietest: number;
}

/** The report as Markdown: ratios only, for absolute times mean nothing on another machine. */
export function authReportOf(readings: Readings<AuthCell>, options: Options, day: string): string {
  const cells = [...readings.keys()];
  const withCredential = cells.filter(({ variant }) => variant.without !== undefined);
  const withDatabase = cells.filter(({ variant }) => variant.without === undefined && variant !== OFF);
  const parts = [
    `# What credentials cost, ${day}`,
    conditions(options),
    '## With a credential ÷ without',
    credentialExplanation,
    table(
      ['protocol', 'caller', 'database', '÷ without', 'quietest', 'bound', '', '÷ nothing at all'],
      withCredential.map((cell) => credentialRow(readings, cell)),
    ),
    '## With a database ÷ nothing at all',
    databaseExplanation,
    table(
      ['protocol', 'database', '÷ nothing at all', 'quietest'],
      withDatabase.map((cell) => databaseRow(readings, cell)),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

const credentialExplanation =
  "CPU per request of W1 ÷ the same call's in the same round without a credential, to functions open to everyone: on " +
  'the same sort of database, and, in the last column, on none. A token belongs to a service, its user has the ' +
  "function's capability by a role, and its calls are counted per minute; so are those of an API key. What PostgreSQL " +
  'and Redis themselves need is not in it.';

const databaseExplanation =
  'What a database costs calls that bring no credential: most of it is the record of each call that is kept.';

/** The bounded cells that need more than their bound and the slack: what a gate refuses. */
export function overruns(readings: Readings<AuthCell>, slack: number): readonly string[] {
  return [...readings.keys()].flatMap((cell) => {
    const { protocol, variant } = cell;
    if (!variant.bounded) return [];
    const { summary } = relate(readings, cell, variant.without);
    if (summary !== undefined && summary.median <= CREDENTIALS_AT_MOST * (1 + slack)) return [];
    return [
      `${TITLES[protocol]}, ${variant.caller}, ${variant.database}: ${ratio(summary)}, at most ${CREDENTIALS_AT_MOST}`,
    ];
  });
}

function credentialRow(readings: Readings<AuthCell>, cell: AuthCell): readonly string[] {
  const { protocol, variant } = cell;
  const { summary, quietest } = relate(readings, cell, variant.without);
  const passed = summary && summary.median <= CREDENTIALS_AT_MOST;
  const verdict = variant.bounded ? [`≤ ${CREDENTIALS_AT_MOST}`, passOrMiss(passed)] : ['', ''];
  const toNothing = ratio(relate(readings, cell, OFF).summary);
  const { caller, database } = variant;
  return [TITLES[protocol], caller, database, ratio(summary), plain(quietest), ...verdict, toNothing];
}

function databaseRow(readings: Readings<AuthCell>, cell: AuthCell): readonly string[] {
  const { summary, quietest } = relate(readings, cell, OFF);
  return [TITLES[cell.protocol], cell.variant.database, ratio(summary), plain(quietest)];
}

function relate(readings: Readings<AuthCell>, cell: AuthCell, to: AuthVariant | undefined): Relation {
  const own = readings.get(cell) ?? [];
  const beside = [...readings.keys()].find(({ variant, protocol }) => variant === to && protocol === cell.protocol);
  const other = (beside && readings.get(beside)) ?? [];
  return {
    summary: summarise(own.map((reading, round) => reading / (other[round] ?? Number.NaN))),
    quietest: least(own) / least(other),
  };
}

const least = (readings: readonly number[]): number => Math.min(...readings.filter(Number.isFinite));

const plain = (number: number): string => (Number.isFinite(number) ? number.toFixed(2) : 'not measured');

const ratio = (summary: Summary | undefined): string =>
  summary === undefined ? 'not measured' : `${summary.median.toFixed(2)} ± ${Math.round(100 * summary.spread)} %`;
