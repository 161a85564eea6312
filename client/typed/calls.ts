import type { FunctionData } from '../../lib/define.ts';
import { explainFields } from '../../lib/explain.ts';
import { Fault } from '../../lib/fault.ts';
import { Issues } from '../../lib/issues.ts';
import type { Client, ClientRequest, Target } from '../client.ts';
import type { Connection } from './connection.ts';
import type { Describe, Described } from './descriptions.ts';
import { ClientError } from './error.ts';
import type { CallOptions, ClientOptions, Retries } from './options.ts';
import { unless, within, withRetries } from './patience.ts';
import { resultOf } from './reading.ts';
import type { Received } from './send.ts';

/** All that a call needs. */
export interface Line {
  readonly options: ClientOptions;
  readonly connection: Connection;
  readonly describe: Describe;
  /** The protocol, loaded when it is first needed. */
  readonly protocol: () => Promise<Client>;
}

/** Parameters by their names. */
export type Params = Readonly<Record<string, unknown>>;

/** Milliseconds that a call may take where nobody says. */
const usualTimeout = 60_000;

/** Runs some work for as long as a call may take. */
export function timed<T>(line: Line, own: CallOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return within(own.timeout ?? line.options.timeout ?? usualTimeout, own.signal, work);
}

/** Calls a function and gives what it comes to. */
export function call(line: Line, name: string, params: Params, own: CallOptions): Promise<unknown> {
  return timed(line, own, async (signal) => {
    const [client, described] = await unless(signal, Promise.all([line.protocol(), line.describe(name)]));
    const { fn } = described;
    const request = encoded(fn, () => client.encode(fn, checked(fn, params), targetOf(line, client, described)));
    const read = (response: Received) => resultOf(fn, response, (issues) => client.decode(fn, response, issues));
    return deliver(line, request, [fn], own, signal, read);
  });
}

export function targetOf({ connection }: Line, client: Client, { namespace }: Described): Target {
  return { url: connection.address(client.path), namespace };
}

/**
 * The parameters that are given, if they fit.
 * @throws ClientError `invalid-params` with the paths of what does not
 */
export function checked(fn: FunctionData, params: Params): Params {
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
  const issues = new Issues();
  issues.collect(() => explainFields(fn.params, given, issues, { form: 'value', open: false, list: Infinity }));
  if (issues.list.length === 0) return given;
  const details = { function: fn.name, issues: issues.list };
  throw new ClientError('invalid-params', 'The parameters do not fit', details);
}

/** A request, or what a protocol cannot carry as an error of the call. */
export function encoded<T>(fn: FunctionData, encode: () => T): T {
  try {
    return encode();
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    throw new ClientError(cause.code, cause.message, { function: fn.name, issues: cause.issues, cause });
  }
}

/**
 * Sends a request and reads the answer; again if it failed on its way, where that does no harm: functions that write are
 * carried out once for each Idempotency-Key, or are not sent again.
 */
export function deliver<T>(
  { options, connection }: Line,
  request: ClientRequest,
  functions: readonly FunctionData[],
  own: CallOptions,
  signal: AbortSignal,
  read: (response: Received) => T,
): Promise<T> {
  const wanted = own.retries ?? options.retries ?? 0;
  const writes = functions.some(({ effect }) => effect === 'write');
  const keyed =
    writes && connection.identified && functions.every(({ effect, sensitive }) => effect === 'read' || !sensitive);
  const harmless = keyed || functions.every(({ idempotent }) => idempotent);
  const key = own.idempotencyKey ?? (keyed && isWanted(wanted) ? freshKey() : undefined);
  const headers = { ...own.headers, ...(key !== undefined && { 'Idempotency-Key': key }) };
  return withRetries(harmless || own.idempotencyKey !== undefined ? wanted : 0, signal, async () =>
    read(await connection.send(request, signal, headers)),
  );
}

function isWanted(retries: number | Retries): boolean {
  return (typeof retries === 'number' ? retries : retries.limit) > 0;
}

/** A key that nobody guesses: made where pages without HTTPS have it too. */
function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
