import { appendText, type Text, wrapText } from '../../lib/chunks.ts';
import type { AnyFunction } from '../../lib/define.ts';
import type { Descriptor } from '../../lib/descriptor.ts';
import { faultHeaders, transportStatus } from '../../lib/fault-headers.ts';
import { errorJson } from '../../lib/json/error.ts';
import { jsonPieces } from '../../lib/json/pieces.ts';
import { jsonWriter } from '../../lib/json/write.ts';
import type { Outcome, WireResponse } from '../../lib/protocol.ts';
import { numberOf } from './fault.ts';
import type { JsonrpcNote } from './index.ts';

const headers = { 'Content-Type': 'application/json; charset=utf-8' };

/** A long result piece by piece. */
export function pieces(fn: AnyFunction, value: unknown): Iterable<string> {
  return jsonPieces(fn.returns as Descriptor, value);
}

/** The result as JSON text. */
export function write(fn: AnyFunction, value: unknown): string {
  return fn.returns === undefined ? 'null' : jsonWriter(fn.returns)(value);
}

/** One response object (JSON-RPC 2.0 §5). */
function response(outcome: Outcome, id: string, requestId: string): Text {
  if (outcome.ok) return wrapText('{"jsonrpc":"2.0","result":', outcome.written, `,"id":${id}}`);
  const { fault, fn } = outcome;
  const message = JSON.stringify(fault.message);
  const error = `{"code":${numberOf(fault)},"message":${message},"data":${errorJson(fault, fn, requestId)}}`;
  return `{"jsonrpc":"2.0","error":${error},"id":${id}}`;
}

/** The responses of all calls but notifications; 204 if none is left (JSON-RPC 2.0 §6). */
export function encode(outcomes: readonly Outcome[], note: JsonrpcNote, requestId: string): WireResponse {
  let body: Text = '';
  for (let i = 0; i < outcomes.length; i++) {
    const id = note.ids[i];
    if (id === undefined) continue;
    body = appendText(body, body === '' ? '' : ',', response(outcomes[i] as Outcome, id, requestId));
  }
  if (body === '') return { status: 204, headers: {}, body: '' };
  if (note.batch) return { status: 200, headers, body: wrapText('[', body, ']') };
  const [outcome] = outcomes;
  if (outcome === undefined || outcome.ok) return { status: 200, headers, body };
  return {
    status: transportStatus(outcome.fault) ?? 200,
    headers: { ...headers, ...faultHeaders(outcome.fault) },
    body,
  };
}
