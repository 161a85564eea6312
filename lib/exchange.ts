import type { Identity } from './auth/identity.ts';
import { withoutSecrets } from './auth/secret.ts';
import { bulkBytes, writeInTurns } from './bulk.ts';
import type { Text } from './chunks.ts';
import type { AnyFunction } from './define.ts';
import { Fault } from './fault.ts';
import { switchGate } from './gates/door.ts';
import type { CallRecord, Log } from './log.ts';
import { run, type Scope, type Writer } from './pipeline.ts';
import type { Call, Decoded, MessageCredentials, Outcome, Protocol, WireRequest, WireResponse } from './protocol.ts';
import { Turn } from './turn.ts';

/**
 * Finds out who calls and prepares the scope for it; called once for a message.
 * @throws Fault, at once or later
 */
export type Begin = (credentials: MessageCredentials | undefined) => undefined | Promise<void>;

/**
 * A message's whole way: decode → identify → run each call, one after the other → encode. Nothing is awaited unless a
 * credential, a count or a handler waits. The calls of a batch run in their order, so that a later one sees what an
 * earlier one wrote.
 */
export function exchange<Note>(
  request: WireRequest,
  protocol: Protocol<Note>,
  scope: Scope,
  begin: Begin,
  log: Log,
): WireResponse | Promise<WireResponse> {
  if (request.body.length > bulkBytes && protocol.decodeInTurns !== undefined) {
    const turn = new Turn(scope, scope.site.settings.limits.deadline);
    const decoded = protocol
      .decodeInTurns(request, scope.site, turn)
      .catch((reason) => broken(reason, request, protocol));
    return decoded.then((message) => carryOut(message, protocol, scope, begin, log));
  }
  return carryOut(decode(request, protocol, scope), protocol, scope, begin, log);
}

/** What follows decoding. */
function carryOut<Note>(
  { calls, note }: Decoded<Note>,
  protocol: Protocol<Note>,
  scope: Scope,
  begin: Begin,
  log: Log,
): WireResponse | Promise<WireResponse> {
  const writer = new MessageWriter(protocol, note);
  const { site } = scope;
  const encode = (outcomes: readonly Outcome[]) => protocol.encode(outcomes, note, scope.requestId, site);
  const refuse = (reason: unknown) => encode(refused(calls, Fault.from(reason), scope, log));
  let begun: undefined | Promise<void>;
  try {
    begun = begin(credentialsOf(calls));
  } catch (reason) {
    return refuse(reason);
  }
  if (begun === undefined) return runAll(calls, scope, writer, encode, log);
  return begun.then(() => runAll(calls, scope, writer, encode, log), refuse);
}

/** Writes the results of one message. */
class MessageWriter<Note> implements Writer<Text> {
  private readonly protocol: Protocol<Note>;
  private readonly note: Note;

  constructor(protocol: Protocol<Note>, note: Note) {
    this.protocol = protocol;
    this.note = note;
  }

  write(fn: AnyFunction, value: unknown): Text {
    return this.protocol.write(fn, value, this.note);
  }

  inTurns(fn: AnyFunction, value: unknown, turn: Turn): Promise<Text> | undefined {
    const pieces = this.protocol.pieces?.(fn, value, this.note);
    return pieces === undefined ? undefined : writeInTurns(pieces, turn);
  }
}

type Encode = (outcomes: readonly Outcome[]) => WireResponse;

/** Credentials inside a message stand for all of it. */
function credentialsOf(calls: readonly (Call | Fault)[]): MessageCredentials | undefined {
  const [call] = calls;
  return call === undefined || call instanceof Fault ? undefined : call.credentials;
}

/** Who is refused as a caller is refused in every call; what was broken before that stays what it was. */
function refused(calls: readonly (Call | Fault)[], fault: Fault, scope: Scope, log: Log): readonly Outcome[] {
  const started = performance.now();
  return calls.map((call): Outcome => {
    const outcome: Outcome = { ok: false, fn: undefined, fault: call instanceof Fault ? call : fault };
    record(call, outcome, scope, started, log);
    return outcome;
  });
}

function runAll(
  calls: readonly (Call | Fault)[],
  scope: Scope,
  writer: Writer<Text>,
  encode: Encode,
  log: Log,
): WireResponse | Promise<WireResponse> {
  const outcomes: Outcome[] = [];
  let started = performance.now();
  for (const call of calls) {
    const outcome = carry(scope.gone ?? call, calls.length, scope, writer);
    if (outcome instanceof Promise)
      return rest(outcome, calls, outcomes, scope, writer, log).then(() => encode(outcomes));
    outcomes.push(outcome);
    started = record(call, outcome, scope, started, log);
  }
  return encode(outcomes);
}

/** The calls from the first that waits. */
async function rest(
  waiting: Promise<Outcome>,
  calls: readonly (Call | Fault)[],
  outcomes: Outcome[],
  scope: Scope,
  writer: Writer<Text>,
  log: Log,
): Promise<void> {
  let started = performance.now();
  let outcome = await waiting;
  for (
    let i = outcomes.length;
    ;
    outcome = await carry(scope.gone ?? renew(scope) ?? (calls[i] as Call | Fault), calls.length, scope, writer)
  ) {
    outcomes.push(outcome);
    started = record(calls[i] as Call | Fault, outcome, scope, started, log);
    if (++i === calls.length) return;
  }
}

/** Runs one of so many calls, as a span of its own where spans are recorded. */
function carry(call: Call | Fault, count: number, scope: Scope, writer: Writer<Text>): Outcome | Promise<Outcome> {
  const spans = scope.trace?.spans;
  if (spans === undefined) return run(call, scope, writer);
  return spans.call(functionOf(call, scope)?.name, count, () => run(call, scope, writer));
}

/** A call that has waited for those before it meets the switches of its own moment. */
function renew(scope: Scope): Fault | undefined {
  const site = scope.siteNow();
  if (site === scope.site) return undefined;
  scope.site = site;
  return switchGate(site, scope.protocol);
}

/** Notes how a call ended. */
function record(call: Call | Fault, outcome: Outcome, scope: Scope, started: number, log: Log): number {
  const now = performance.now();
  const { client, user }: Identity = scope.identity;
  const entry: CallRecord = {
    requestId: scope.requestId,
    traceId: scope.trace?.traceId,
    protocol: scope.protocol.name,
    function: outcome.fn?.name ?? nameOf(call, scope),
    fault: outcome.ok ? undefined : outcome.fault,
    client: client?.id,
    user: user?.username,
    address: scope.address,
    ended: now,
    duration: now - started,
  };
  log.call(entry);
  scope.trace?.spans?.ended(entry);
  return now;
}

/** What a call that was refused is about: the function by its own name, or what the caller named, who may have named a secret. */
function nameOf(call: Call | Fault, scope: Scope): string {
  return call instanceof Fault ? '' : (functionOf(call, scope)?.name ?? withoutSecrets(call.name));
}

function functionOf(call: Call | Fault, { protocol, site }: Scope): AnyFunction | undefined {
  if (call instanceof Fault) return undefined;
  return site.catalog.find(call.name, call.spelling) ?? protocol.functions?.find(({ name }) => name === call.name);
}

/** `decode` is total; should it break all the same, that is our fault and not the end of the process. */
function decode<Note>(request: WireRequest, protocol: Protocol<Note>, scope: Scope): Decoded<Note> {
  try {
    return protocol.decode(request, scope.site);
  } catch (reason) {
    return broken(reason, request, protocol);
  }
}

function broken<Note>(reason: unknown, request: WireRequest, protocol: Protocol<Note>): Decoded<Note> {
  return { calls: [Fault.from(reason)], note: protocol.blank(request) };
}
