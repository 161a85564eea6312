import { operationName } from '../lib/catalog.ts';
import { Fault } from '../lib/fault.ts';
import type { Answer, Client } from './client.ts';
import { jsonText, readError, readObject, readResult } from './json.ts';

/** What a tool answers (MCP 2025-11-25 "Tool Result"). */
interface ToolResult {
  readonly content?: readonly { readonly text?: unknown }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly isError?: boolean;
}

/** MCP without its handshake, which a server without sessions can do without: one function as a tool. */
export const mcpClient: Client = {
  path: '/mcp',
  encode: (fn, params, { url }) => ({
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
    body: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":${JSON.stringify(operationName(fn.name))},"arguments":${jsonText(params)}}}`,
  }),
  decode: (fn, response, issues) => {
    const { result, error } = readObject(response);
    if (typeof result === 'object' && result !== null) {
      const { content, structuredContent, isError } = result as ToolResult;
      if (isError === true) return readToolError(content?.[0]?.text);
      const isWhole = fn.returns?.kind === 'object' || fn.returns?.kind === 'map';
      return readResult(fn, isWhole ? structuredContent : structuredContent?.['result'], issues);
    }
    if (typeof error === 'object' && error !== null) {
      const { code, message, data } = error as { code?: unknown; message?: unknown; data?: unknown };
      return readError(data, { code, message });
    }
    throw new Fault('malformed', 'The answer has neither a result nor an error');
  },
};

/** The error object is the text of the result; what is no object is a message. */
function readToolError(text: unknown): Answer {
  try {
    return readError(JSON.parse(String(text)), {});
  } catch {
    return readError({}, { code: 'internal', message: text });
  }
}
