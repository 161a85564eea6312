import { type Identity, nobody } from './auth/identity.ts';
import { bulkBytes, checkInTurns, readInTurns } from './bulk.ts';
import type { Deadlines } from './deadline.ts';
import type { AnyFunction } from './define.ts';
import { Fault } from './fault.ts';
import { admit, contextGate, type Knock } from './gates/admit.ts';
import { HandlerCall } from './handler-call.ts';
import type { Once } from './idempotency/once.ts';
import { Issues } from './issues.ts';
import type { Trace } from './observe/trace.ts';
import { type Plan, planOf } from './plan.ts';
import type { Call, Outcome } from './protocol.ts';
import type { Site } from './site.ts';
import { Turn } from './turn.ts';

/** What all calls of one message share. */
export interface Scope extends Knock {
  /** Scheme and host by which the caller knows us; empty inside the process. */
  readonly origin: string;
  /** The site as it was when the message came, or when a later call of it began. */
  site: Site;
  /** The site of the moment. */
  readonly siteNow: () => Site;
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
  /** The turns of the large call that is being carried out. */
  turn: Turn | undefined;
  /** The trace that the message belongs to; undefined until there is one. */
  trace: Trace | undefined;
}

/** What a scope begins with: nobody, who has done nothing yet. */
export interface Opening extends Pick<Scope, 'site' | 'protocol' | 'requestId' | 'deadlines'> {
  /** The same site for ever if left out. */
  readonly siteNow?: () => Site;
  readonly address?: string;
  readonly origin?: string;
  readonly csrf?: string | undefined;
  readonly identity?: Identity;
  readonly trace?: Trace | undefined;
}

/** Opens the scope of a message. */
export function openScope({
  site,
  siteNow = () => site,
  protocol,
  requestId,
  deadlines,
  address = '',
  origin = '',
  csrf,
  identity = nobody,
  trace,
}: Opening): Scope {
  return {
    site,
    siteNow,
    protocol,
    identity,
    csrf,
    address,
    origin,
    now: Date.now(),
    requestId,
    deadlines,
    count: undefined,
    once: undefined,
    headers: undefined,
    pending: undefined,
    gone: undefined,
    turn: undefined,
    trace,
  };
}

/** How checked results become the protocol's own form. */
export interface Writer<W> {
  write(fn: AnyFunction, value: unknown): W;
  /** The same for a long result; undefined where it is written at once all the same. */
  inTurns?(fn: AnyFunction, value: unknown, turn: Turn): Promise<W> | undefined;
}

/**
 * The one way of a call: admit → count → read → validate → invoke → check → write, and the only catch. A call that waits
 * for nothing is answered without waiting; a large one lets others have their turn (`lib/bulk.ts`).
 */
export function run<W>(call: Call | Fault, scope: Scope, writer: Writer<W>): Outcome<W> | Promise<Outcome<W>> {
  let fn: AnyFunction | undefined;
  try {
    if (call instanceof Fault) throw call;
    fn = admit(call, scope);
    const counted = scope.count?.(fn);
    return counted === undefined ? carryOut(call, fn, scope, writer) : afterCount(counted, call, fn, scope, writer);
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
  writer: Writer<W>,
): Promise<Outcome<W>> {
  try {
    await counted;
    return await carryOut(call, fn, scope, writer);
  } catch (reason) {
    return failed(fn, reason);
  }
}

/** What follows admission. */
function carryOut<W>(call: Call, fn: AnyFunction, scope: Scope, writer: Writer<W>): Outcome<W> | Promise<Outcome<W>> {
  const plan = planOf(fn, scope.site.settings.limits.list);
  if ((call.size ?? 0) > bulkBytes) return carryOutInTurns(call, fn, plan, scope, writer);
  return complete(fn, plan, readParams(fn, plan, call), scope, writer);
}

/** A call whose message was large: decoding it may have taken a turn already. */
async function carryOutInTurns<W>(
  call: Call,
  fn: AnyFunction,
  plan: Plan,
  scope: Scope,
  writer: Writer<W>,
): Promise<Outcome<W>> {
  const turn = new Turn(scope, deadlineOf(fn, scope));
  scope.turn = turn;
  try {
    await turn.next();
    const params = await readInTurns(fn, plan, call, turn);
    turn.check();
    return await complete(fn, plan, params, scope, writer);
  } catch (reason) {
    return failed(fn, reason);
  }
}

/** What follows reading. */
function complete<W>(
  fn: AnyFunction,
  plan: Plan,
  params: unknown,
  scope: Scope,
  writer: Writer<W>,
): Outcome<W> | Promise<Outcome<W>> {
  contextGate(fn, params, scope.identity);
  const value =
    scope.once === undefined || fn.effect === 'read'
      ? invoke(fn, plan, params, scope)
      : scope.once(fn, params, async () => invoke(fn, plan, params, scope));
  if (!isPromise(value)) return { ok: true, fn, written: writer.write(fn, value) };
  return value
    .then((result) => write(fn, plan, result, scope, writer))
    .then((written): Outcome<W> => ({ ok: true, fn, written }))
    .catch((reason: unknown) => failed(fn, reason));
}

/** Writes what a promise has given, a long result in turns. */
function write<W>(fn: AnyFunction, plan: Plan, value: unknown, scope: Scope, writer: Writer<W>): W | Promise<W> {
  const isLong = plan.isLong?.(value) ?? false;
  const written = isLong ? writer.inTurns?.(fn, value, turnOf(fn, scope)) : undefined;
  return written ?? writer.write(fn, value);
}

/** The turn of a large call, or one that a long result begins. */
function turnOf(fn: AnyFunction, scope: Scope): Turn {
  return scope.turn ?? new Turn(scope, deadlineOf(fn, scope));
}

function deadlineOf(fn: AnyFunction, { site }: Scope): number {
  return fn.deadline ?? site.settings.limits.deadline;
}

/** Calls the handler and checks what it gives; a promise where it waits, or where the result is long. */
function invoke(fn: AnyFunction, plan: Plan, params: unknown, scope: Scope): unknown {
  const context = new HandlerCall(fn, scope);
  const value = fn.handler(params as never, context as never);
  if (isPromise(value)) return settle(fn, value, context, scope).then((result) => check(fn, plan, result, scope));
  return check(fn, plan, value, scope);
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

/** Checks a result against its descriptor: a promise where it is long. */
function check(fn: AnyFunction, plan: Plan, value: unknown, scope: Scope): unknown {
  const { result, isLong } = plan;
  if (isLong?.(value)) return checkInTurns(plan, value, turnOf(fn, scope));
  if (result === undefined || result.fits(value)) return value;
  const issues = new Issues();
  issues.collect(() => result.issues(value, issues));
  throw issues.fault('invalid-result', 'The function gave a result that does not fit its declaration');
}

/** Waits for a handler, but not longer than its deadline: then it is told by its signal and answered for. */
function settle(fn: AnyFunction, value: PromiseLike<unknown>, context: HandlerCall, scope: Scope): Promise<unknown> {
  scope.pending = context;
  return new Promise<unknown>((resolve, reject) => {
    const cancel = scope.deadlines.add(scope.turn?.left ?? deadlineOf(fn, scope), () => {
      const late = new Fault('timeout', 'The function did not answer in time', { gate: 'deadline' });
      context.abort(late);
      reject(late);
    });
    context.onAbort = reject;
    value.then(resolve, reject).then(cancel, cancel);
  });
}
