import { joinText } from '../../lib/chunks.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { faultHeaders, transportStatus } from '../../lib/fault-headers.ts';
import { errorJson } from '../../lib/json/error.ts';
import { jsonWriter } from '../../lib/json/write.ts';
import type { Outcome, WireResponse } from '../../lib/protocol.ts';
import { numberOf } from './fault.ts';
import type { JsonrpcNote } from './index.ts';

const headers = { 'Content-Type': 'application/json; charset=utf-8' };

/** The result as JSON text. */
export function write(fn: AnyFunction, value: unknown): string {
  return fn.returns === undefined ? 'null' : jsonWriter(fn.returns)(value);
}

/** One response object (JSON-RPC 2.0 §5). */
function response(outcome: Outcome, id: string, requestId: string): string {
  if (outcome.ok) return `{"jsonrpc":"2.0","result":${joinText(outcome.written)},"id":${id}}`;
  const { fault, fn } = outcome;
  const message = JSON.stringify(fault.message);
  const error = `{"code":${numberOf(fault)},"message":${message},"data":${errorJson(fault, fn, requestId)}}`;
  return `{"jsonrpc":"2.0","error":${error},"id":${id}}`;
}

/** The responses of all calls but notifications; 204 if none is left (JSON-RPC 2.0 §6). */
export function encode(outcomes: readonly Outcome[], note: JsonrpcNote, requestId: string): WireResponse {
  let body = '';
  for (let i = 0; i < outcomes.length; i++) {
    const id = note.ids[i];
    if (id !== undefined) body += (body === '' ? '' : ',') + response(outcomes[i] as Outcome, id, requestId);
  }
  if (body === '') return { status: 204, headers: {}, body: '' };
  if (note.batch) return { status: 200, headers, body: `[${body}]` };
  const [outcome] = outcomes;
  if (outcome === undefined || outcome.ok) return { status: 200, headers, body };
  return {
    status: transportStatus(outcome.fault) ?? 200,
    headers: { ...headers, ...faultHeaders(outcome.fault) },
    body,
  };
}
