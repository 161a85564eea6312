import { appendText, type Text, wrapText } from '../../lib/chunks.ts';
import type { AnyFunction } from '../../lib/define.ts';
import type { Fault } from '../../lib/fault.ts';
import { faultHeaders, transportStatus } from '../../lib/fault-headers.ts';
import { errorJson } from '../../lib/json/error.ts';
import type { Outcome, WireResponse } from '../../lib/protocol.ts';
import { formOf } from './fault.ts';
import type { McpMember, McpNote } from './index.ts';
import { isMethod, serverInfo } from './own.ts';
import { toolPieces, toolResult } from './result.ts';
import { metaKeys } from './revisions.ts';

const headers = { 'Content-Type': 'application/json; charset=utf-8' };

/** The members of a result as JSON text, without the braces around them. */
export function write(fn: AnyFunction, value: unknown): string {
  if (!isMethod(fn)) return toolResult(fn, value);
  return value === undefined ? '' : JSON.stringify(value).slice(1, -1);
}

/** The same of a long result, piece by piece. */
export function pieces(fn: AnyFunction, value: unknown): Iterable<string> {
  return isMethod(fn) ? [write(fn, value)] : toolPieces(fn, value);
}

/** The name in `_meta` under which the structured error object stands, beside its text (MCP "_meta": a prefix of our own). */
const errorKey = 'polywire/error';

/** What every result of a revision without a handshake has (MCP 2026-07-28 "Results"). */
function stateOf(stateless: boolean, error: string | undefined): string {
  const meta: string[] = [];
  if (stateless) meta.push(`${JSON.stringify(metaKeys.server)}:${serverInfo()}`);
  if (error !== undefined) meta.push(`${JSON.stringify(errorKey)}:${error}`);
  const members = meta.length === 0 ? '' : `"_meta":{${meta.join(',')}}`;
  return stateless ? `"resultType":"complete",${members}` : members;
}

function resultOf(members: Text, id: string, state: string): Text {
  const separator = members === '' || state === '' ? '' : ',';
  return wrapText(`{"jsonrpc":"2.0","id":${id},"result":{`, members, `${separator}${state}}}`);
}

function errorOf(fault: Fault, error: string, { id, told }: McpMember, number: number): string {
  const more = told === undefined ? '' : JSON.stringify(told.data).slice(1, -1);
  const data = more === '' ? error : `${error.slice(0, -1)},${more}}`;
  const message = JSON.stringify(fault.message);
  return `{"jsonrpc":"2.0","id":${id ?? 'null'},"error":{"code":${number},"message":${message},"data":${data}}}`;
}

interface Answered {
  readonly status: number;
  readonly text: Text;
  readonly headers?: Readonly<Record<string, string>>;
}

const accepted: Answered = { status: 202, text: '' };

/** What one message is answered with: a result, a tool's fault as its result, or an error. */
function answerOf(outcome: Outcome, member: McpMember, stateless: boolean, requestId: string): Answered {
  if (outcome.ok) {
    if (member.id === undefined) return accepted;
    return { status: 200, text: resultOf(outcome.written, member.id, stateOf(stateless, undefined)) };
  }
  const { fault, fn } = outcome;
  const form = formOf(fault, member, stateless, fn !== undefined);
  const error = errorJson(fault, fn, requestId);
  const told = faultHeaders(fault);
  if (form.result && member.id !== undefined) {
    const members = `"content":[{"type":"text","text":${JSON.stringify(error)}}],"isError":true`;
    return { status: 200, text: resultOf(members, member.id, stateOf(stateless, error)), headers: told };
  }
  const status = transportStatus(fault) ?? form.status;
  return { status, text: errorOf(fault, error, member, form.number), headers: told };
}

/** One answer, or those to a batch; 202 and nothing where nothing is to be answered (MCP "Sending Messages"). */
export function encode(
  outcomes: readonly Outcome[],
  { batch, stateless, members }: McpNote,
  requestId: string,
): WireResponse {
  const answers = outcomes.map((outcome, i) => answerOf(outcome, members[i] as McpMember, stateless, requestId));
  const texts = answers.map(({ text }) => text).filter((text) => text !== '');
  const [first = ''] = texts;
  if (first === '') return { status: 202, headers: {}, body: '' };
  if (!batch) {
    const { status, headers: more } = answers[0] as Answered;
    return { status, headers: { ...headers, ...more }, body: first };
  }
  const body = texts.slice(1).reduce((all, text) => appendText(all, ',', text), first);
  return { status: 200, headers, body: wrapText('[', body, ']') };
}
