import type { Answer } from '../../../client/client.ts';
import { Fault, type Issue } from '../../../lib/fault.ts';

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

function refusal(error: unknown): Answer {
  const { code, message, issues, data, retryAfter, requestId } = membersOf(error);
  return {
    ok: false,
    code: String(code ?? 'error'),
    message: String(message ?? ''),
    issues: Array.isArray(issues) ? (issues as Issue[]) : [],
    data,
    retryAfter: typeof retryAfter === 'number' ? retryAfter : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
  };
}

/**
 * What the console's own call answers: the envelope of DESIGN §4.
 * @throws Fault `malformed`
 */
export function readConsole(body: Uint8Array): Answer {
  let envelope: Members;
  try {
    envelope = membersOf(JSON.parse(new TextDecoder().decode(body)));
  } catch (cause) {
    throw new Fault('malformed', 'The answer is not JSON', { cause });
  }
  const { status, result, error } = envelope;
  return status === 'ok' ? { ok: true, value: result } : refusal(error);
}
