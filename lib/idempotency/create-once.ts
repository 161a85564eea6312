import type { Identity } from '../auth/identity.ts';
import type { AnyFunction } from '../define.ts';
import { Fault, type FaultCode } from '../fault.ts';
import type { Settings } from '../settings.ts';
import type { Outcomes } from '../store/store.ts';
import { digestWith, sha256 } from './digest.ts';
import type { Once } from './once.ts';
import { type Ending, readEnding, writeEnding } from './outcome-text.ts';

/** Milliseconds that an outcome is kept. */
const kept = 24 * 3_600_000;

export interface OnceParts {
  readonly outcomes: Outcomes;
  /** Hears of outcomes that could not be kept; their callers have had their answers. */
  readonly onProblem?: (reason: unknown) => void;
}

/** Prepares the carrying out of a message's calls under its Idempotency-Key; `onReplay` hears of each kept answer. */
export type BeginOnce = (
  key: string,
  identity: Identity,
  settings: Settings,
  now: number,
  onReplay?: () => void,
) => Once;

function refuse(code: FaultCode, message: string, retryAfter?: number): Fault {
  return new Fault(code, message, { gate: 'idempotency', ...(retryAfter === undefined ? {} : { retryAfter }) });
}

/**
 * Carries calls out once for each authenticated caller, function and Idempotency-Key, in the manner of
 * draft-ietf-httpapi-idempotency-key-header-07. The n-th write call of a batch, counted as they are carried out, is the
 * n-th again when the batch comes again. Whatever a handler came to is kept, faults too; one that never came to an end
 * (the process died, the store went away) is a conflict until the key is forgotten, since nobody knows what it has done.
 */
export function createOnce({ outcomes, onProblem = () => {} }: OnceParts): BeginOnce {
  return (key, identity, _settings, now, onReplay) => {
    let calls = 0;
    return async (fn, params, run) => {
      const call = ++calls;
      check(key, identity, fn);
      const named = JSON.stringify([identity.client?.id ?? null, identity.user?.id ?? null, fn.name, key, call]);
      const scope = sha256(named);
      const args = await digestWith(named, params); // the key makes guessing arguments by their digest hopeless
      const held = await outcomes.begin(scope, args, now + kept);
      if (held !== undefined) return replay(fn, args, held, onReplay);
      const ending = await carryOut(run);
      await keep(outcomes, scope, fn, ending, onProblem);
      return conclude(ending);
    };
  };
}

function check(key: string, { client, user }: Identity, { sensitive }: AnyFunction): void {
  if (client === undefined && user === undefined) {
    throw refuse('unauthenticated', 'An Idempotency-Key is for known callers');
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw refuse('invalid-request', 'An Idempotency-Key has 1 to 255 visible ASCII characters and no spaces');
  }
  if (sensitive) throw refuse('invalid-request', 'The result of this function is not kept for an Idempotency-Key');
}

function replay(
  fn: AnyFunction,
  args: string,
  held: { readonly args: string; readonly outcome: string | undefined },
  onReplay: (() => void) | undefined,
): unknown {
  if (held.args !== args) throw refuse('conflict', 'This Idempotency-Key was used with other parameters');
  if (held.outcome === undefined) {
    throw refuse('conflict', 'The call with this Idempotency-Key has not ended, or how it ended is not known', 1);
  }
  const ending = readEnding(fn, held.outcome);
  onReplay?.();
  return conclude(ending);
}

async function carryOut(run: () => Promise<unknown>): Promise<Ending> {
  try {
    return { ok: true, value: await run() };
  } catch (reason) {
    return { ok: false, fault: Fault.from(reason) };
  }
}

async function keep(
  outcomes: Outcomes,
  scope: string,
  fn: AnyFunction,
  ending: Ending,
  onProblem: (reason: unknown) => void,
): Promise<void> {
  try {
    await outcomes.finish(scope, writeEnding(fn, ending));
  } catch (reason) {
    onProblem(reason);
  }
}

function conclude(ending: Ending): unknown {
  if (ending.ok) return ending.value;
  throw ending.fault;
}
