import { Fault } from '../lib/fault.ts';
import type { Client } from './client.ts';
import { jsonText, readError, readObject, readResult } from './json.ts';

/** JSON-RPC 2.0 with named parameters. */
export const jsonrpcClient: Client = {
  path: '/jsonrpc',
  encode: (fn, params, { url }) => ({
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: `{"jsonrpc":"2.0","method":${JSON.stringify(fn.name)},"params":${jsonText(params)},"id":1}`,
  }),
  decode: (fn, response, issues) => {
    const answer = readObject(response);
    if ('result' in answer) return readResult(fn, answer['result'], issues);
    const { error } = answer;
    if (typeof error === 'object' && error !== null) {
      const { code, message, data } = error as { code?: unknown; message?: unknown; data?: unknown };
      return readError(data, { code, message });
    }
    throw new Fault('malformed', 'The answer has neither a result nor an error');
  },
};
