import { inTurns } from './bookmarks.ts';
import type { Text } from './chunks.ts';
import type { AnyFunction } from './define.ts';
import { Issues } from './issues.ts';
import type { Plan } from './plan.ts';
import type { Call } from './protocol.ts';
import type { Turn } from './turn.ts';

/** Bytes of a message from which on it is decoded, and its calls are carried out, in turns: a smaller one takes a few milliseconds. */
export const bulkBytes = 262_144;

/**
 * Reads and validates the parameters of a large call in turns, with the same outcome as at once.
 * @throws Fault `invalid-params`; `timeout` where the deadline passes or the caller goes away meanwhile
 */
export async function readInTurns(fn: AnyFunction, plan: Plan, call: Call, turn: Turn): Promise<unknown> {
  const issues = new Issues();
  const params = await inTurns(issues, turn, () => issues.collect(() => call.read(fn, issues)));
  if (issues.list.length === 0 && (await plan.gradual.params(params, turn))) return params;
  if (params !== undefined) {
    await inTurns(issues, turn, () => issues.collect(() => plan.params.issues(params, issues)));
  }
  throw issues.fault('invalid-params', 'The parameters do not fit');
}

/**
 * Checks a long result in turns.
 * @throws Fault `invalid-result`, `timeout`
 */
export async function checkInTurns(plan: Plan, value: unknown, turn: Turn): Promise<unknown> {
  if (await plan.gradual.result?.(value, turn)) return value;
  const issues = new Issues();
  await inTurns(issues, turn, () => issues.collect(() => plan.result?.issues(value, issues)));
  throw issues.fault('invalid-result', 'The function gave a result that does not fit its declaration');
}

/**
 * Puts the pieces of a long result together in turns.
 * @throws Fault `invalid-result`, `timeout`
 */
export async function writeInTurns(pieces: Iterable<string>, turn: Turn): Promise<Text> {
  const text: string[] = [];
  for (const piece of pieces) {
    if (piece.charCodeAt(0) >= 0) text.push(piece); // asked for a character, V8 makes one text of its parts at once
    if (turn.isOver()) await turn.next();
  }
  return text;
}
