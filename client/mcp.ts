import type { FunctionData } from '../lib/define.ts';
import { Fault } from '../lib/fault.ts';
import type { Issues } from '../lib/issues.ts';
import { isJsonObject } from '../lib/json/object.ts';
import { operationName } from '../lib/operation-name.ts';
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
    if (isJsonObject(result)) {
      const { content, structuredContent, isError } = result as ToolResult;
      if (isError === true) return readToolError(fn, content?.[0]?.text, issues);
      const isWhole = fn.returns?.kind === 'object' || fn.returns?.kind === 'map';
      return readResult(fn, isWhole ? structuredContent : structuredContent?.['result'], issues);
    }
    if (isJsonObject(error)) {
      const { code, message, data } = error;
      return readError(fn, data, { code, message }, issues);
    }
    throw new Fault('malformed', 'The answer has neither a result nor an error');
  },
};

/** The error object is the text of the result; what is no object is a message. */
function readToolError(fn: FunctionData, text: unknown, issues: Issues): Answer {
  try {
    return readError(fn, JSON.parse(String(text)), { code: 'internal', message: '' }, issues);
  } catch {
    return readError(fn, {}, { code: 'internal', message: text }, issues);
  }
}
