import { type Identity, nobody } from './auth/identity.ts';
import type { Deadlines } from './deadline.ts';
import type { AnyFunction } from './define.ts';
import { Fault } from './fault.ts';
import { admit, contextGate, type Knock } from './gates/admit.ts';
import { HandlerCall } from './handler-call.ts';
import type { Once } from './idempotency/once.ts';
import { Issues } from './issues.ts';
import { type Plan, planOf } from './plan.ts';
import type { Call, Outcome } from './protocol.ts';

/** What all calls of one message share. */
export interface Scope extends Knock {
  /** Nobody until the credentials have been looked at. */
  identity: Identity;
  readonly requestId: string;
  readonly deadlines: Deadlines;
  /** Counts an admitted call; a promise where that has to wait. */
  count: ((fn: AnyFunction) => undefined | Promise<void>) | undefined;
  /** Carries calls out once for each Idempotency-Key; undefined where the message has none. */
  once: Once | undefined;
  /** What the answer must tell beside the protocol's own: a fresh token, how the quota stands. */
  headers: Readonly<Record<string, string>> | undefined;
  /** The call whose handler is being waited for, so that it can be told when the caller goes away. */
  pending: HandlerCall | undefined;
  /** Set once the caller has gone away: what has not begun will not begin. */
  gone: Fault | undefined;
}

/** What a scope begins with: nobody, who has done nothing yet. */
export interface Opening extends Pick<Scope, 'site' | 'protocol' | 'requestId' | 'deadlines'> {
  readonly address?: string;
  readonly csrf?: string | undefined;
  readonly identity?: Identity;
}

/** Opens the scope of a message. */
export function openScope({
  site,
  protocol,
  requestId,
  deadlines,
  address = '',
  csrf,
  identity = nobody,
}: Opening): Scope {
  return {
    site,
    protocol,
    identity,
    csrf,
    address,
    now: Date.now(),
    requestId,
    deadlines,
    count: undefined,
    once: undefined,
    headers: undefined,
    pending: undefined,
    gone: undefined,
  };
}

/** Puts the checked result into the protocol's own form. */
type Write<W> = (fn: AnyFunction, value: unknown) => W;

/**
 * The one way of a call: admit → count → read → validate → invoke → check → write, and the only catch. A call that waits
 * for nothing is answered without waiting.
 */
export function run<W>(call: Call | Fault, scope: Scope, write: Write<W>): Outcome<W> | Promise<Outcome<W>> {
  let fn: AnyFunction | undefined;
  try {
    if (call instanceof Fault) throw call;
    fn = admit(call, scope);
    const counted = scope.count?.(fn);
    return counted === undefined ? carryOut(call, fn, scope, write) : afterCount(counted, call, fn, scope, write);
  } catch (reason) {
    return failed(fn, reason);
  }
}

function failed(fn: AnyFunction | undefined, reason: unknown): Outcome<never> {
  return { ok: false, fn, fault: Fault.from(reason) };
}

async function afterCount<W>(
  counted: Promise<void>,
  call: Call,
  fn: AnyFunction,
  scope: Scope,
  write: Write<W>,
): Promise<Outcome<W>> {
  try {
    await counted;
    return await carryOut(call, fn, scope, write);
  } catch (reason) {
    return failed(fn, reason);
  }
}

/** What follows admission. */
function carryOut<W>(call: Call, fn: AnyFunction, scope: Scope, write: Write<W>): Outcome<W> | Promise<Outcome<W>> {
  const plan = planOf(fn, scope.site.settings.limits.list);
  const params = readParams(fn, plan, call);
  contextGate(fn, params, scope.identity);
  const value =
    scope.once === undefined || fn.effect === 'read'
      ? invoke(fn, plan, params, scope)
      : scope.once(fn, params, async () => invoke(fn, plan, params, scope));
  if (!isPromise(value)) return { ok: true, fn, written: write(fn, value) };
  return value
    .then((result): Outcome<W> => ({ ok: true, fn, written: write(fn, result) }))
    .catch((reason: unknown) => failed(fn, reason));
}

/** Calls the handler and checks what it gives; a promise where it waits. */
function invoke(fn: AnyFunction, plan: Plan, params: unknown, scope: Scope): unknown {
  const context = new HandlerCall(fn, scope);
  const value = fn.handler(params as never, context as never);
  if (isPromise(value)) return settle(fn, value, context, scope).then((result) => check(plan, result));
  return check(plan, value);
}

function isPromise(value: unknown): value is Promise<unknown> {
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

/** Checks a result against its descriptor. */
function check({ result }: Plan, value: unknown): unknown {
  if (result === undefined || result.fits(value)) return value;
  const issues = new Issues();
  issues.collect(() => result.issues(value, issues));
  throw issues.fault('invalid-result', 'The function gave a result that does not fit its declaration');
}

/** Waits for a handler, but not longer than its deadline: then it is told by its signal and answered for. */
function settle(fn: AnyFunction, value: PromiseLike<unknown>, context: HandlerCall, scope: Scope): Promise<unknown> {
  scope.pending = context;
  return new Promise<unknown>((resolve, reject) => {
    const cancel = scope.deadlines.add(fn.deadline ?? scope.site.settings.limits.deadline, () => {
      const late = new Fault('timeout', 'The function did not answer in time', { gate: 'deadline' });
      context.abort(late);
      reject(late);
    });
    context.onAbort = reject;
    value.then(resolve, reject).then(cancel, cancel);
  });
}
