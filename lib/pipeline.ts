import type { Deadlines } from './deadline.ts';
import type { AnyFunction } from './define.ts';
import { Fault } from './fault.ts';
import { admit, type Knock } from './gates/admit.ts';
import { HandlerCall } from './handler-call.ts';
import { Issues } from './issues.ts';
import { type Plan, planOf } from './plan.ts';
import type { Call, Outcome } from './protocol.ts';

/** What all calls of one message share. */
export interface Scope extends Knock {
  readonly requestId: string;
  readonly deadlines: Deadlines;
  /** The call whose handler is being waited for, so that it can be told when the caller goes away. */
  pending: HandlerCall | undefined;
  /** Set once the caller has gone away: what has not begun will not begin. */
  gone: Fault | undefined;
}

/**
 * The one way of a call: admit → read → validate → invoke → check → write, and the only catch. A handler that does not
 * wait is answered without waiting.
 * @param write puts the checked result into the protocol's own form
 */
export function run<W>(
  call: Call | Fault,
  scope: Scope,
  write: (fn: AnyFunction, value: unknown) => W,
): Outcome<W> | Promise<Outcome<W>> {
  let fn: AnyFunction | undefined;
  try {
    if (call instanceof Fault) throw call;
    fn = admit(call, scope);
    const plan = planOf(fn, scope.site.settings.limits.list);
    const params = readParams(fn, plan, call);
    const context = new HandlerCall(
      fn,
      scope.site,
      scope.protocol.name,
      scope.requestId,
      scope.caller,
      scope.protocol.functions ?? [],
    );
    const value = fn.handler(params as never, context as never);
    return isPromise(value) ? settle(fn, plan, value, context, scope, write) : done(fn, plan, value, write);
  } catch (reason) {
    return { ok: false, fn, fault: Fault.from(reason) };
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/** Reads and validates; everything that is wrong, up to the limit, is in one fault. */
function readParams(fn: AnyFunction, plan: Plan, call: Call): unknown {
  const issues = new Issues();
  const params = issues.collect(() => call.read(fn, issues));
  if (issues.list.length === 0 && plan.params.fits(params)) return params;
  if (params !== undefined) issues.collect(() => plan.params.issues(params, issues));
  if (issues.list.length === 0) throw new Fault('invalid-params', 'The parameters do not fit');
  throw issues.fault('invalid-params', 'The parameters do not fit');
}

/** Checks a result against its descriptor and writes it. */
function done<W>(
  fn: AnyFunction,
  { result }: Plan,
  value: unknown,
  write: (fn: AnyFunction, value: unknown) => W,
): Outcome<W> {
  if (result !== undefined && !result.fits(value)) {
    const issues = new Issues();
    issues.collect(() => result.issues(value, issues));
    throw issues.fault('invalid-result', 'The function gave a result that does not fit its declaration');
  }
  return { ok: true, fn, written: write(fn, value) };
}

/** Waits for a handler, but not longer than its deadline: then it is told by its signal and answered for. */
function settle<W>(
  fn: AnyFunction,
  plan: Plan,
  value: PromiseLike<unknown>,
  context: HandlerCall,
  scope: Scope,
  write: (fn: AnyFunction, value: unknown) => W,
): Promise<Outcome<W>> {
  scope.pending = context;
  return new Promise<unknown>((resolve, reject) => {
    const cancel = scope.deadlines.add(fn.deadline ?? scope.site.settings.limits.deadline, () => {
      const late = new Fault('timeout', 'The function did not answer in time', { gate: 'deadline' });
      context.abort(late);
      reject(late);
    });
    context.onAbort = reject;
    value.then(resolve, reject).then(cancel, cancel);
  })
    .then((result) => done(fn, plan, result, write))
    .catch((reason: unknown) => ({ ok: false, fn, fault: Fault.from(reason) }));
}
