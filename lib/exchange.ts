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
  const add = (call: Call | Fault, outcome: Outcome): void => {
    const now = performance.now();
    outcomes.push(outcome);
    log.call({
      requestId: scope.requestId,
      protocol: protocol.name,
      function: outcome.fn?.name ?? (call instanceof Fault ? '' : call.name),
      fault: outcome.ok ? undefined : outcome.fault,
      duration: now - started,
    });
    started = now;
  };
  const proceed = (): WireResponse | Promise<WireResponse> => {
    for (let i = outcomes.length; i < calls.length; i++) {
      const call = calls[i] as Call | Fault;
      const outcome = run(call, scope, write);
      if (outcome instanceof Promise) {
        return outcome.then((settled) => {
          add(call, settled);
          return proceed();
        });
      }
      add(call, outcome);
    }
    return protocol.encode(outcomes, note, scope.requestId, scope.site);
  };
  return proceed();
}

/** `decode` is total; should it break all the same, that is our fault and not the end of the process. */
function decode<Note>(request: WireRequest, protocol: Protocol<Note>, scope: Scope): Decoded<Note> {
  try {
    return protocol.decode(request, scope.site);
  } catch (reason) {
    return { calls: [Fault.from(reason)], note: protocol.blank(request) };
  }
}
