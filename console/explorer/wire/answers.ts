import type { Answer } from '../../../client/client.ts';
import type { FunctionData } from '../../../lib/define.ts';
import { Fault, type Issue } from '../../../lib/fault.ts';

interface Body {
  readonly contentType: string;
  readonly body: Uint8Array;
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

function parsed(text: string): Members {
  try {
    return membersOf(JSON.parse(text));
  } catch (cause) {
    throw new Fault('malformed', 'The answer is not JSON', { cause });
  }
}

/** The last message of an event stream, or the body (MCP, streamable HTTP). */
function messageOf({ contentType, body }: Body): Members {
  const text = new TextDecoder().decode(body);
  if (!contentType.startsWith('text/event-stream')) return parsed(text);
  const data = text.split(/\r?\n/).filter((line) => line.startsWith('data:'));
  return parsed(data.at(-1)?.slice(5) ?? '');
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

/** What came of a tool: its structured content, or the error object in its text; `fn` tells whether the result is wrapped. */
export function readTool({ returns }: Pick<FunctionData, 'returns'>, response: Body): Answer {
  const { result, error } = messageOf(response);
  if (error !== undefined) {
    const { data, ...own } = membersOf(error);
    return refusal({ ...own, ...membersOf(data) });
  }
  const { isError, structuredContent, content } = membersOf(result);
  const [first] = Array.isArray(content) ? content : [];
  const text = String(membersOf(first)['text'] ?? '');
  if (isError === true) return refusal(errorIn(text));
  const isWhole = returns?.kind === 'object' || returns?.kind === 'map';
  return { ok: true, value: isWhole ? structuredContent : (membersOf(structuredContent)['result'] ?? null) };
}

/** The error object, if the text of a tool that failed holds one. */
function errorIn(text: string): unknown {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return { message: text };
  }
}

/** What the console's own call answers: the envelope of DESIGN §4. */
export function readConsole({ body }: Body): Answer {
  const { status, result, error } = parsed(new TextDecoder().decode(body));
  return status === 'ok' ? { ok: true, value: result } : refusal(error);
}
