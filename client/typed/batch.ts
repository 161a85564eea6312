import type { Batch, Client, ClientCall } from '../client.ts';
import type { Planned, Settled } from './caller.ts';
import { call, checked, deliver, encoded, type Line, targetOf, timed } from './calls.ts';
import type { Described } from './descriptions.ts';
import { ClientError, TransportError } from './error.ts';
import type { CallOptions } from './options.ts';
import { mayPass, unless } from './patience.ts';
import { answered, resultOf } from './reading.ts';
import type { Received } from './send.ts';

/** Calls in one request, where nobody says: as many as servers take (DESIGN §8). */
const usualSize = 50;
/** Requests at a time, where a protocol has one for each call: as many as browsers have connections. */
const lanes = 6;

type End = Settled<unknown, ClientError>;

/**
 * Makes many calls and tells how each of them ended: in one request where the protocol has such, carried out in their order.
 * The batch itself fails only if its caller aborts it.
 */
export async function batch(line: Line, calls: readonly Planned[], own: CallOptions): Promise<readonly Settled[]> {
  try {
    return await timed(line, own, async (signal) => {
      const client = await unless(signal, line.protocol());
      return client.batch === undefined
        ? await alongside(line, calls, own, signal)
        : await together(line, { client, batch: client.batch }, calls, own, signal);
    });
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return calls.map(() => ({ ok: false, error })); // the time is over
  }
}

/** An error as the end of one call; what is none goes on to the caller of all. */
function failed(error: unknown, signal: AbortSignal): Extract<End, { ok: false }> {
  signal.throwIfAborted();
  if (error instanceof ClientError || error instanceof TransportError) return { ok: false, error };
  throw error;
}

/** A key of its own for each part of what was given one key: the server counts the calls of each request from one. */
function part({ idempotencyKey: key, ...own }: CallOptions, at: number): CallOptions {
  return key === undefined || at === 0
    ? { ...own, ...(key && { idempotencyKey: key }) }
    : { ...own, idempotencyKey: `${key}.${at}` };
}

/** A request for each call, one after the other on each of a few lanes. */
async function alongside(line: Line, calls: readonly Planned[], own: CallOptions, signal: AbortSignal): Promise<End[]> {
  const ends: End[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < calls.length; at = next++) {
      const { function: name, params } = calls[at] as Planned;
      const mine = { ...part(own, at), signal, timeout: Infinity };
      ends[at] = await call(line, name, params, mine).then(
        (value) => ({ ok: true, value }),
        (error: unknown) => failed(error, signal),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, calls.length) }, lane));
  return ends;
}

/** A protocol that has messages of many calls. */
interface Batching {
  readonly client: Client;
  readonly batch: Batch;
}

async function together(
  line: Line,
  batching: Batching,
  calls: readonly Planned[],
  own: CallOptions,
  signal: AbortSignal,
): Promise<End[]> {
  const size = line.options.batchSize ?? usualSize;
  const ends: End[] = [];
  for (let at = 0; at < calls.length; at += size)
    ends.push(...(await oneRequest(line, batching, calls.slice(at, at + size), part(own, at), signal)));
  return ends;
}

interface Ready extends ClientCall, Described {}

/** All of some calls in one request, but for those that cannot be sent. */
async function oneRequest(
  line: Line,
  batching: Batching,
  calls: readonly Planned[],
  own: CallOptions,
  signal: AbortSignal,
): Promise<readonly End[]> {
  const prepared = calls.map((planned) =>
    prepare(line, batching.client, planned).catch((error: unknown) => failed(error, signal)),
  );
  const ready = await unless(signal, Promise.all(prepared));
  const sent = ready.flatMap((one) => ('fn' in one ? [one] : []));
  const ends = sent.length === 0 ? [] : await exchange(line, batching, sent, own, signal);
  let next = 0;
  return ready.map((one) => ('fn' in one ? (ends[next++] as End) : one));
}

async function prepare(line: Line, client: Client, { function: name, params }: Planned): Promise<Ready> {
  const described = await line.describe(name);
  const { fn } = described;
  const given = checked(fn, params);
  encoded(fn, () => client.encode(fn, given, targetOf(line, client, described))); // so that none spoils what is sent for all
  return { ...described, params: given };
}

async function exchange(
  line: Line,
  { client, batch }: Batching,
  calls: readonly Ready[],
  own: CallOptions,
  signal: AbortSignal,
): Promise<readonly End[]> {
  const functions = calls.map(({ fn }) => fn);
  const request = batch.encode(calls, targetOf(line, client, calls[0] as Ready));
  let ends: readonly End[] = [];
  const read = (response: Received): void => {
    const answers = answered(response, () => batch.decode(functions, response));
    ends = functions.map((fn, at) => {
      try {
        return { ok: true, value: resultOf(fn, response, answers[at] as (typeof answers)[number]) };
      } catch (error) {
        return failed(error, signal);
      }
    });
    for (const end of ends) if (end.ok || !mayPass(end.error)) return;
    throw (ends[0] as Extract<End, { ok: false }>).error; // all were refused, as time may heal it
  };
  try {
    await deliver(line, request, functions, own, signal, read);
    return ends;
  } catch (error) {
    const end = failed(error, signal);
    return ends.some((one) => !one.ok && one.error === error) ? ends : calls.map(() => end);
  }
}
