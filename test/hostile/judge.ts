import type { Attack, Expected } from './attack.ts';
import type { Endpoint } from './endpoints.ts';
import type { Outcome } from './line.ts';
import { expectedRuns, wrongEnd } from './meet.ts';
import type { Report } from './site/watch.ts';
import type { Known } from './site/words.ts';

/** What must hold after every hostile input, whatever the answer is; the names are those of the table. */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'no effect' | 'nothing opened' | 'event loop' | 'log';

/** An invariant that does not hold. */
export interface Violation {
  readonly invariant: Invariant;
  readonly what: string;
  /** Whether a pause of the machine can look like it: then it is tried again. */
  readonly timing: boolean;
}

/** The right call after an attack. */
export interface Probe {
  readonly answered: boolean;
  readonly right: boolean;
  readonly took: number;
}

/** What has come of an attack. */
export interface Aftermath {
  /** Everything that was sent, as characters. */
  readonly sent: string;
  readonly outcomes: readonly Outcome[];
  readonly probe: Probe;
  readonly report: Report;
  /** Bytes of resident memory more than before, once it has settled. */
  readonly grown: number;
}

const longestProbe = 500;
const longestAnswer = 2_000;
const mostGrown = 64 * 1_048_576;
const longestDelay = 100;

/** What shows how the server is made: stacks, files, modules, statements. */
const makings =
  /\n {4}at |\bat \S+ \(|\.[cm]?[jt]s:[0-9]+|node:internal|node_modules|\bfile:\/\/|\/(?:home|tmp|root|usr|etc|var)\/|\b(?:koa|ajv|kysely|libsql|sqlite|pino|better-sqlite|xmlbuilder2|SQLITE_[A-Z]+|ERR_[A-Z_]+|HPE_[A-Z_]+|TypeError|RangeError|SyntaxError|ReferenceError|Cannot read propert|is not a function|Unexpected token|SELECT |INSERT )\b/gi;

function violation(invariant: Invariant, what: string, timing = false): Violation {
  return { invariant, what, timing };
}

function answersText({ outcomes }: Aftermath): string {
  return outcomes
    .flatMap(({ answers, rest }) => [
      ...answers.map(({ headers, body }) => `${JSON.stringify(headers)}\n${body.toString('latin1')}`),
      rest.toString('latin1'),
    ])
    .join('\n');
}

/** I5: what is the server's own; what the caller has sent itself may come back. */
function leaks(aftermath: Aftermath, secrets: readonly string[], paths: readonly string[]): Violation[] {
  const text = answersText(aftermath);
  const known = aftermath.sent.toLowerCase();
  const shown = [...text.matchAll(makings)]
    .map(([found]) => found)
    .filter((found) => !known.includes(found.toLowerCase()));
  const told = [...secrets, ...paths].filter((secret) => text.includes(secret));
  const logged = secrets.filter((secret) => aftermath.report.log.some((line) => line.includes(secret)));
  return [
    ...shown.map((found) => violation('I5', `an answer has ${JSON.stringify(found)}`)),
    ...told.map((secret) => violation('I5', `an answer has ${secret}`)),
    ...logged.map((secret) => violation('I5', `the log has ${secret}`)),
    ...aftermath.report.log
      .filter((line) => !isOneLine(line))
      .map((line) => violation('I5', `the log was written into: ${line}`)),
  ];
}

/** Where others want more processors than there are, everything takes longer, the asking too. */
const patience = ({ crowded }: Report): number => (crowded ? 4 : 1);

/** The log is JSON, a document a line: nobody can write lines of their own into it. */
function isOneLine(line: string): boolean {
  try {
    return line.indexOf('\n') === line.length - 1 && typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/**
 * I1, I3, I6, and the three that concern the process as a whole. Where others keep the processors from it, the loop waits
 * for them too: then only so much of its delay counts as the process was busy itself.
 */
export function processViolations(aftermath: Aftermath, runs: readonly string[]): Violation[] {
  const { probe, report, grown } = aftermath;
  const found: Violation[] = [];
  if (!probe.answered) found.push(violation('I1', 'the probe was not answered', true));
  else if (!probe.right) found.push(violation('I1', 'the probe was answered wrongly'));
  if (probe.took > longestProbe * patience(report))
    found.push(violation('I1', `the probe took ${Math.round(probe.took)} ms`, true));
  if (grown > mostGrown) found.push(violation('I3', `memory grew by ${Math.round(grown / 1_048_576)} MiB`));
  for (const name of report.polluted) found.push(violation('I6', `every object has ${name}`));
  if (JSON.stringify(report.effects) !== JSON.stringify(runs)) {
    found.push(violation('no effect', `[${runs.join(', ')}] may run, [${report.effects.join(', ')}] ran`));
  }
  for (const opened of new Set(report.opened)) found.push(violation('nothing opened', opened));
  if (report.delay > longestDelay && (report.busy > longestDelay || !report.crowded)) {
    found.push(violation('event loop', `its delay is ${Math.round(report.delay)} ms at the 99th percentile`, true));
  }
  return found;
}

/** I2, I4 and I5: what concerns the connections of one attack. */
export function answerViolations(
  attack: Attack,
  endpoint: Endpoint,
  aftermath: Aftermath,
  known: Known,
  within = longestAnswer,
): Violation[] {
  const found: Violation[] = [];
  const longest = within * patience(aftermath.report);
  const late = aftermath.outcomes.find(({ closed, took }) => !closed || took > longest);
  if (late !== undefined) {
    const what = `${late.closed ? 'closed' : 'neither answered nor closed'} after ${Math.round(late.took)} ms`;
    found.push(violation('I2', what, true));
  }
  const expected = typeof attack.expects === 'function' ? attack.expects(endpoint) : attack.expects;
  const wrong = wrongEnd(expected, endpoint, aftermath.outcomes);
  if (wrong !== undefined) found.push(violation('I4', wrong));
  return [...found, ...leaks(aftermath, [...known.secrets, ...(attack.secrets ?? [])], known.paths)];
}

/** Whoever is refused is refused on the record; the line of the probe is another's. */
function unlogged(expected: Expected, { report }: Aftermath): readonly Violation[] {
  const refused = 'fault' in expected || 'http' in expected || ('empty' in expected && expected.empty >= 400);
  const told = report.log.some((line) => !line.includes('"function":"hostile.probe"'));
  return refused && !told ? [violation('log', 'nothing was written down')] : [];
}

/** Every invariant that does not hold after an attack. */
export function violations(
  attack: Attack,
  endpoint: Endpoint,
  aftermath: Aftermath,
  known: Known,
  within?: number,
): readonly Violation[] {
  const expected = typeof attack.expects === 'function' ? attack.expects(endpoint) : attack.expects;
  return [
    ...processViolations(aftermath, expectedRuns(expected)),
    ...answerViolations(attack, endpoint, aftermath, known, within),
    ...unlogged(expected, aftermath),
  ];
}
