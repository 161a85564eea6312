import type { FunctionData } from '../lib/define.ts';
import { Fault } from '../lib/fault.ts';
import type { Issues } from '../lib/issues.ts';
import { isJsonObject } from '../lib/json/object.ts';
import type { Answer, Client, ClientCall, ClientRequest } from './client.ts';
import { jsonText, readError, readJson, readObject, readResult } from './json.ts';

/** JSON-RPC 2.0 with named parameters. */
export const jsonrpcClient: Client = {
  path: '/jsonrpc',
  encode: (fn, params, { url }) => request(url, callText({ fn, params }, 1)),
  decode: (fn, response, issues) => readAnswer(fn, readObject(response), issues),
  batch: {
    encode: (calls, { url }) => request(url, `[${calls.map((call, index) => callText(call, index + 1)).join()}]`),
    decode: (functions, response) => {
      const answers = readJson(response);
      if (isJsonObject(answers)) return functions.map((fn) => (issues) => readAnswer(fn, answers, issues)); // all refused
      if (!Array.isArray(answers)) throw new Fault('malformed', 'The answer to a batch is not an array');
      const byId = new Map(answers.map((answer: unknown) => [isJsonObject(answer) ? Number(answer['id']) : 0, answer]));
      return functions.map((fn, index) => (issues) => readAnswer(fn, byId.get(index + 1), issues));
    },
  },
};

function request(url: URL, body: string): ClientRequest {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  return { method: 'POST', url, headers, body };
}

function callText({ fn, params }: ClientCall, id: number): string {
  return `{"jsonrpc":"2.0","method":${JSON.stringify(fn.name)},"params":${jsonText(params)},"id":${id}}`;
}

function readAnswer(fn: FunctionData, answer: unknown, issues: Issues): Answer {
  if (isJsonObject(answer) && 'result' in answer) return readResult(fn, answer['result'], issues);
  if (isJsonObject(answer) && isJsonObject(answer['error'])) {
    const { code, message, data } = answer['error'];
    return readError(fn, data, { code, message }, issues);
  }
  throw new Fault('malformed', 'The answer has neither a result nor an error');
}
