import type { Answer, ClientRequest, ClientResponse } from '../../../client/client.ts';
import { clients } from '../../../client/index.ts';
import { jsonText } from '../../../client/json.ts';
import type { FunctionData } from '../../../lib/define.ts';
import { Fault } from '../../../lib/fault.ts';
import { Issues } from '../../../lib/issues.ts';
import { readConsole } from './answers.ts';
import { isDialect } from './request.ts';
import type { Way } from './ways.ts';

/** What came back for a call, and how long it took. */
export interface Received {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly size: number;
  /** Milliseconds until the last byte. */
  readonly ms: number;
  /** As the protocol has it; undefined where the answer is none of it. */
  readonly answer: Answer | undefined;
  /** Why the answer could not be read. */
  readonly unread?: string;
  readonly requestId: string | undefined;
}

/** The server did not answer, or cut the connection. */
export class Unreachable extends Error {}

/**
 * Sends a request from the page and takes in the whole answer.
 * @throws Unreachable
 */
export async function send(
  request: ClientRequest,
  fn: FunctionData,
  way: Way,
  withSession: boolean,
  signal: AbortSignal,
): Promise<Received> {
  const start = performance.now();
  const { response, bytes } = await exchange(request, withSession, signal).catch((reason: unknown) => {
    throw reason instanceof TypeError ? new Unreachable(reason.message, { cause: reason }) : reason;
  });
  const ms = performance.now() - start;
  const { status, statusText } = response;
  const contentType = response.headers.get('Content-Type') ?? '';
  const read = readAnswer(fn, way, { status, contentType, body: bytes });
  const told = read.answer?.ok === false ? read.answer.requestId : undefined;
  return {
    status,
    statusText,
    headers: [...response.headers],
    text: new TextDecoder().decode(bytes),
    size: bytes.length,
    ms,
    ...read,
    requestId: response.headers.get('X-Request-Id') ?? told,
  };
}

async function exchange({ method, url, headers, body }: ClientRequest, withSession: boolean, signal: AbortSignal) {
  const credentials = withSession ? 'same-origin' : 'omit';
  const response = await fetch(url, {
    method,
    headers,
    body,
    signal,
    cache: 'no-store',
    redirect: 'error',
    credentials,
  });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

function readAnswer(fn: FunctionData, { name }: Way, response: ClientResponse): Pick<Received, 'answer' | 'unread'> {
  const issues = new Issues();
  try {
    const answer = issues.collect(() => decode(fn, name, response, issues));
    const [first] = issues.list;
    return first === undefined ? { answer } : { answer, unread: `The result ${first.path} ${first.message}.` };
  } catch (reason) {
    if (!(reason instanceof Fault)) throw reason;
    return { answer: undefined, unread: `${reason.message}.` };
  }
}

function decode(fn: FunctionData, way: string, response: ClientResponse, issues: Issues): Answer {
  return isDialect(way) ? clients[way].decode(fn, response, issues) : readConsole(response.body);
}

/** A result as JSON text that people read. */
export function resultText(value: unknown): string {
  return jsonText(value, 2);
}
