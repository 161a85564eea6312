import type { FunctionData } from '../../lib/define.ts';
import { explain } from '../../lib/explain.ts';
import { Fault, type Issue } from '../../lib/fault.ts';
import { Issues, invalid } from '../../lib/issues.ts';
import type { ReadAnswer } from '../client.ts';
import { ClientError, TransportError } from './error.ts';
import type { Received } from './send.ts';

/** Collects some issues and passes over others: that there is more than is known, or beyond a limit, is what newer servers do. */
class SomeIssues extends Issues {
  readonly #counts: (code: string) => boolean;

  constructor(counts: (code: string) => boolean) {
    super();
    this.#counts = counts;
  }

  override add(code: string, message: string, step?: string | number): typeof invalid {
    return this.#counts(code) ? super.add(code, message, step) : invalid;
  }
}

/**
 * Reads what came back.
 * @throws TransportError `malformed` where it is no answer of the protocol
 */
export function answered<T>(response: Received | undefined, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ClientError || cause instanceof TransportError) throw cause;
    const { status, retryAfter, contentType = '' } = response ?? {};
    const why = cause instanceof Fault ? cause.message : 'It cannot be read';
    const what = status === undefined ? '' : ` (HTTP ${status}${contentType === '' ? '' : `, ${contentType}`})`;
    throw new TransportError('malformed', `The server's answer is none${what}: ${why}`, { status, retryAfter, cause });
  }
}

/**
 * The result of a call.
 * @throws ClientError for what the server refused, TransportError `malformed` for a result of another type
 */
export function resultOf(fn: FunctionData, response: Received, read: ReadAnswer): unknown {
  const { status } = response;
  const reading = new SomeIssues((code) => code !== 'unknown');
  const answer = answered(response, () => reading.collect(() => read(reading)));
  const issues = answer?.ok && reading.list.length === 0 ? misfits(fn, answer.value) : reading.list;
  if (answer === undefined || issues.length > 0) {
    throw new TransportError('malformed', `The server's answer is not what ${fn.name} promises`, { status, issues });
  }
  if (answer.ok) return fn.returns === undefined ? undefined : answer.value;
  const { ok: _, code, message, retryAfter = response.retryAfter, ...refusal } = answer;
  throw new ClientError(code, message, { ...refusal, retryAfter, status, function: fn.name });
}

/** What a program that trusts the types would stumble over. */
function misfits({ returns }: FunctionData, value: unknown): readonly Issue[] {
  const issues = new SomeIssues((code) => code === 'type' || code === 'required');
  const form = { form: 'value', open: true, list: Infinity } as const;
  if (returns !== undefined) issues.collect(() => explain(returns, value, issues, form));
  return issues.list;
}
