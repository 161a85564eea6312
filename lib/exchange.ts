import type { Text } from './chunks.ts';
import type { AnyFunction } from './define.ts';
import { Fault } from './fault.ts';
import type { Log } from './log.ts';
import { run, type Scope } from './pipeline.ts';
import type { Call, Decoded, Outcome, Protocol, WireRequest, WireResponse } from './protocol.ts';

/**
 * A message's whole way: decode → run each call, one after the other → encode. Nothing is awaited unless a handler waits.
 * The calls of a batch run in their order, so that a later one sees what an earlier one wrote.
 */
export function exchange<Note>(
  request: WireRequest,
  protocol: Protocol<Note>,
  scope: Scope,
  log: Log,
): WireResponse | Promise<WireResponse> {
  const { calls, note } = decode(request, protocol, scope);
  const write = (fn: AnyFunction, value: unknown) => protocol.write(fn, value, note);
  const outcomes: Outcome[] = [];
  let started = performance.now();
  for (const call of calls) {
    const outcome = run(call, scope, write);
    if (outcome instanceof Promise) {
      return rest(outcome, calls, outcomes, scope, write, log).then(() =>
        protocol.encode(outcomes, note, scope.requestId, scope.site),
      );
    }
    outcomes.push(outcome);
    started = record(call, outcome, scope, started, log);
  }
  return protocol.encode(outcomes, note, scope.requestId, scope.site);
}

/** The calls from the first whose handler waits. */
async function rest(
  waiting: Promise<Outcome>,
  calls: readonly (Call | Fault)[],
  outcomes: Outcome[],
  scope: Scope,
  write: (fn: AnyFunction, value: unknown) => Text,
  log: Log,
): Promise<void> {
  let started = performance.now();
  let outcome = await waiting;
  for (let i = outcomes.length; ; outcome = await run(scope.gone ?? (calls[i] as Call | Fault), scope, write)) {
    outcomes.push(outcome);
    started = record(calls[i] as Call | Fault, outcome, scope, started, log);
    if (++i === calls.length) return;
  }
}

/** Notes how a call ended. */
function record(call: Call | Fault, outcome: Outcome, scope: Scope, started: number, log: Log): number {
  const now = performance.now();
  log.call({
    requestId: scope.requestId,
    protocol: scope.protocol.name,
    function: outcome.fn?.name ?? (call instanceof Fault ? '' : call.name),
    fault: outcome.ok ? undefined : outcome.fault,
    ended: now,
    duration: now - started,
  });
  return now;
}

/** `decode` is total; should it break all the same, that is our fault and not the end of the process. */
function decode<Note>(request: WireRequest, protocol: Protocol<Note>, scope: Scope): Decoded<Note> {
  try {
    return protocol.decode(request, scope.site);
  } catch (reason) {
    return { calls: [Fault.from(reason)], note: protocol.blank(request) };
  }
}
