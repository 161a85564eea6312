import { Fault } from '../../lib/fault.ts';
import { readNamed, readPositional } from '../../lib/json/arguments.ts';
import { jsonDecoder } from '../../lib/json/decoder.ts';
import { JsonNumber } from '../../lib/json/number.ts';
import { isJsonObject } from '../../lib/json/object.ts';
import type { ParsedJson } from '../../lib/json/parse.ts';
import type { Call, Decoded, WireRequest } from '../../lib/protocol.ts';
import type { Site } from '../../lib/site.ts';
import type { JsonrpcNote } from './index.ts';

const mediaTypes = ['application/json', 'application/json-rpc', 'application/jsonrequest'];

/** What an answer repeats where there was no message. */
export const blank: JsonrpcNote = { batch: false, ids: ['null'] };

/** A request object or a batch of them (JSON-RPC 2.0 §4, §6). */
export const { decode, decodeInTurns } = jsonDecoder({ mediaTypes, message, blank });

function message(parsed: ParsedJson, request: WireRequest, site: Site): Decoded<JsonrpcNote> {
  return Array.isArray(parsed.value) ? batch(parsed.value, parsed, request, site) : single(parsed, request);
}

function single(parsed: ParsedJson, request: WireRequest): Decoded<JsonrpcNote> {
  const { call, id } = member(parsed.value, parsed, request);
  return { calls: [call], note: { batch: false, ids: [id] } };
}

function batch(
  members: readonly unknown[],
  parsed: ParsedJson,
  request: WireRequest,
  site: Site,
): Decoded<JsonrpcNote> {
  const most = site.settings.limits.batch;
  if (members.length === 0) throw new Fault('invalid-request', 'The batch is empty');
  if (members.length > most) throw new Fault('too-large', `The batch has more than ${most} calls`);
  const read = members.map((value) => member(value, parsed, request, true));
  return { calls: read.map(({ call }) => call), note: { batch: true, ids: read.map(({ id }) => id) } };
}

interface Member {
  readonly call: Call | Fault;
  /** As JSON text; undefined for a notification. */
  readonly id: string | undefined;
}

function invalidRequest(message: string, id: string): Member {
  return { call: new Fault('invalid-request', message), id };
}

/** The id as it must be repeated, to the digit; undefined if it is none (JSON-RPC 2.0 §4). */
function idText(id: unknown): string | undefined {
  if (id instanceof JsonNumber) return id.text;
  if (typeof id === 'number') return String(id);
  return id === null || typeof id === 'string' ? JSON.stringify(id) : undefined;
}

function member(value: unknown, parsed: ParsedJson, request: WireRequest, inBatch = false): Member {
  if (!isJsonObject(value)) return invalidRequest('A request is an object', 'null');
  const { jsonrpc, method, params } = value as { jsonrpc?: unknown; method?: unknown; params?: unknown };
  const notification = !Object.hasOwn(value, 'id');
  const id = notification ? 'null' : idText((value as { id?: unknown }).id);
  if (id === undefined) return invalidRequest('The id must be text, a number or null', 'null');
  if (jsonrpc !== '2.0') return invalidRequest('The member jsonrpc must be "2.0"', id);
  if (typeof method !== 'string') return invalidRequest('The member method must be text', id);
  if (params !== undefined && (typeof params !== 'object' || params === null || params instanceof JsonNumber)) {
    return invalidRequest('The member params must be an array or an object', id);
  }
  const answered = notification ? undefined : id;
  if (inBatch && method.startsWith('auth.')) {
    return {
      call: new Fault('forbidden', 'Functions auth.* are not called in a batch', { gate: 'batch' }),
      id: answered,
    };
  }
  return { call: callOf(method, params, parsed, request.body.length), id: answered };
}

function callOf(name: string, params: object | undefined, parsed: ParsedJson, size: number): Call {
  return {
    name,
    size,
    read: (fn, issues) =>
      Array.isArray(params)
        ? readPositional(fn, params, parsed, issues)
        : readNamed(fn, (params ?? {}) as Record<string, unknown>, parsed, issues),
  };
}
