import { chunkLength, type Text, wrapText } from '../../lib/chunks.ts';
import { faultHeaders, transportStatus } from '../../lib/fault-headers.ts';
import type { Outcome, WireResponse } from '../../lib/protocol.ts';
import { xmlBody } from '../xml/pieces.ts';
import { xmlDeclaration } from '../xml/write.ts';
import type { XmlrpcNote } from './decode.ts';
import { faultValue } from './fault.ts';

const contentType = 'text/xml; charset=utf-8';
const opening = `${xmlDeclaration}<methodResponse><params><param>`;
const closing = '</param></params></methodResponse>';
const faultOpening = `${xmlDeclaration}<methodResponse><fault>`;
const faultClosing = '</fault></methodResponse>';

/** Encodes outcomes as a `methodResponse` (XML-RPC specification): a result, a fault, or the array of a multicall. */
export function encode(outcomes: readonly Outcome[], note: XmlrpcNote, requestId: string): WireResponse {
  if (note.multicall) return respond(200, multicallText(outcomes, requestId), waitHeader(outcomes));
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('An XML-RPC answer needs an outcome');
  if (outcome.ok) return respond(200, wrapText(opening, outcome.written, closing));
  const { fault } = outcome;
  const text = faultOpening + faultValue(fault, requestId) + faultClosing;
  return respond(transportStatus(fault) ?? 200, text, faultHeaders(fault));
}

const before = '<value><array><data>';
const after = '</data></array></value>';

/** One array per result, one struct per fault, in the order of the calls. */
function multicallText(outcomes: readonly Outcome[], requestId: string): Text {
  const pieces: string[] = [];
  let text = opening + before;
  for (const outcome of outcomes) {
    if (!outcome.ok) text += faultValue(outcome.fault, requestId);
    else if (typeof outcome.written === 'string') text += before + outcome.written + after;
    else {
      pieces.push(text, before, ...outcome.written);
      text = after;
    }
    if (text.length > chunkLength) {
      pieces.push(text);
      text = '';
    }
  }
  text += after + closing;
  return pieces.length === 0 ? text : [...pieces, text];
}

/** The longest wait that one of the faults asks for, in seconds. */
function waitHeader(outcomes: readonly Outcome[]): Record<string, string> {
  let longest = -1;
  for (const outcome of outcomes) if (!outcome.ok) longest = Math.max(longest, outcome.fault.retryAfter ?? -1);
  return longest < 0 ? {} : { 'Retry-After': String(Math.ceil(longest)) };
}

/** All text is ASCII, everything else being written as references. */
function respond(status: number, text: Text, more: Record<string, string> = {}): WireResponse {
  return { status, headers: { 'Content-Type': contentType, ...more }, body: xmlBody(text) };
}
