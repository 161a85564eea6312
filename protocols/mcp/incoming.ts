import { Fault } from '../../lib/fault.ts';
import { JsonNumber } from '../../lib/json/number.ts';
import { isJsonObject } from '../../lib/json/object.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A message of JSON-RPC as MCP has it. */
export interface Incoming {
  /** Empty for an answer to a request that we have never sent. */
  readonly method: string;
  /** As JSON text; undefined for what is not answered. */
  readonly id: string | undefined;
  readonly params: JsonObject;
}

/** A member of an object; what objects inherit is none. */
export function memberOf(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The id as it must be repeated, to the digit: text or a whole number, never null (MCP "Requests"). */
function idText(id: unknown): string | undefined {
  if (typeof id === 'string') return JSON.stringify(id);
  const text = id instanceof JsonNumber ? id.text : typeof id === 'number' ? String(id) : '';
  return /^-?[0-9]+$/.test(text) ? text : undefined;
}

/** Reads one message: a request, a notification, or an answer. */
export function readIncoming(value: unknown): Incoming | Fault {
  if (!isJsonObject(value)) return invalid('A message is an object');
  const [jsonrpc, method, params = {}] = ['jsonrpc', 'method', 'params'].map((name) => memberOf(value, name));
  if (jsonrpc !== '2.0') return invalid('The member jsonrpc must be "2.0"');
  const isAnswer = method === undefined && (Object.hasOwn(value, 'result') || Object.hasOwn(value, 'error'));
  if (isAnswer) return { method: '', id: undefined, params: {} };
  if (typeof method !== 'string' || method === '') return invalid('The member method must be text');
  const id = Object.hasOwn(value, 'id') ? idText(value['id']) : undefined;
  if (id === undefined && Object.hasOwn(value, 'id')) return invalid('The id must be text or a whole number');
  if (!isJsonObject(params)) return invalid('The member params must be an object');
  return { method, id, params };
}

function invalid(message: string): Fault {
  return new Fault('invalid-request', message);
}
