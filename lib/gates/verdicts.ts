import { Fault } from '../fault.ts';
import { callReasons } from './verdicts-call-reasons.ts';
import { callerReasons } from './verdicts-caller-reasons.ts';
import { doorReasons } from './verdicts-door-reasons.ts';
import type { Reasons } from './verdicts-reasons.ts';
import { repaired } from './verdicts-repairs.ts';
import { admitCall, enterDoor, proveCaller, type Supposition } from './verdicts-supposition.ts';

/** What one gate says of a supposed call. */
export interface Verdict {
  /** As `Fault.gate` has it. */
  readonly gate: string;
  /** `skip`: it is not asked, or needs more than what is supposed. */
  readonly verdict: 'pass' | 'refuse' | 'skip';
  /** Why, and what would have to be another way. For administrators: it hides nothing. */
  readonly reason: string;
  /** What the caller would be told, where this is the first gate that refuses. */
  readonly code?: string;
}

/** The gates themselves, by the steps in which a request goes through them. */
const steps: readonly ((supposed: Supposition) => void)[] = [enterDoor, proveCaller, admitCall];

/** What every gate has to say, in the order in which calls come to them (DESIGN §5). */
const reasons: Readonly<Record<string, Reasons>> = { ...doorReasons, ...callerReasons, ...callReasons };

/** A refusal, and what was supposed when it was met. */
interface Refusal {
  readonly fault: Fault;
  readonly supposed: Supposition;
}

interface Walk {
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** The gate behind which nothing can be told. */
  readonly end: string | undefined;
  /** What would pass, as far as the walk went. */
  readonly supposed: Supposition;
}

/**
 * Sends a supposed call through the gates, the real ones. Whenever one refuses, the call goes on as though that one had
 * let it pass, so that all refusals are found at once.
 */
function walk(from: Supposition): Walk {
  let walked: Walk = { refusals: new Map(), end: undefined, supposed: from };
  for (const step of steps) if (walked.end === undefined) walked = through(step, walked);
  return walked;
}

/** Repeats one step until nothing refuses. A gate that refuses what was made right for it is the end. */
function through(step: (supposed: Supposition) => void, { refusals: before, supposed: from }: Walk): Walk {
  const refusals = new Map(before);
  let supposed = from;
  for (let fault = faultOf(step, supposed); fault !== undefined; fault = faultOf(step, supposed)) {
    const gate = fault.gate ?? fault.code;
    const next = refusals.has(gate) ? undefined : repaired(gate, supposed);
    if (!refusals.has(gate)) refusals.set(gate, { fault, supposed });
    if (next === undefined) return { refusals, end: gate, supposed };
    supposed = next;
  }
  return { refusals, end: undefined, supposed };
}

function faultOf(step: (supposed: Supposition) => void, supposed: Supposition): Fault | undefined {
  try {
    step(supposed);
    return undefined;
  } catch (reason) {
    return Fault.from(reason);
  }
}

/** `authenticator:key` is a gate of the row `authenticator`. */
const rowOf = (gate: string): string => gate.split(':', 1)[0] ?? gate;

/** What every gate says of a supposed call, in their order. */
export function verdicts(supposed: Supposition): readonly Verdict[] {
  const walked = walk(supposed);
  const rows = Object.keys(reasons);
  const last = walked.end === undefined ? rows.length : rows.indexOf(rowOf(walked.end));
  const strangers = [...walked.refusals.keys()].filter((gate) => !rows.includes(rowOf(gate)));
  return [
    ...rows.flatMap((row, index) => verdictsOf(row, reasons[row] as Reasons, walked, index > last)),
    ...strangers.map((gate) => refusalOf(gate, undefined, walked.refusals.get(gate) as Refusal)),
  ];
}

function verdictsOf(row: string, words: Reasons, { refusals, end, supposed }: Walk, beyond: boolean): Verdict[] {
  const refused = [...refusals].filter(([gate]) => rowOf(gate) === row);
  if (refused.length > 0) return refused.map(([gate, refusal]) => refusalOf(gate, words, refusal));
  if (beyond) return [{ gate: row, verdict: 'skip', reason: `Not reached: ${end} ends what can be told` }];
  const idle = words.idle?.(supposed);
  return [
    idle === undefined
      ? { gate: row, verdict: 'pass', reason: words.pass(supposed) }
      : { gate: row, verdict: 'skip', reason: idle },
  ];
}

function refusalOf(gate: string, words: Reasons | undefined, { fault, supposed }: Refusal): Verdict {
  return { gate, verdict: 'refuse', reason: words?.refuse(supposed, fault) ?? fault.message, code: fault.code };
}
