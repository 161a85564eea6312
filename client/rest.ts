import { Fault } from '../lib/fault.ts';
import type { Client } from './client.ts';
import { jsonText, readError, readObject, readResult } from './json.ts';

/** Calls by POST with a JSON object of parameters; the envelope of DESIGN §4 comes back. */
export const restClient: Client = {
  path: '/rest/',
  encode: (fn, params, { url }) => {
    const address = new URL(url);
    if (!address.pathname.endsWith(`/${fn.name}`))
      address.pathname = `${address.pathname.replace(/\/$/, '')}/${fn.name}`;
    return {
      method: 'POST',
      url: address,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: jsonText(params),
    };
  },
  decode: (fn, response, issues) => {
    const { status, result, error } = readObject(response);
    if (status === 'ok') return readResult(fn, result, issues);
    const otherwise = { code: response.status, message: 'an error without message' };
    if (status === 'error') return readError(fn, error, otherwise, issues);
    throw new Fault('malformed', 'The answer has no status');
  },
};
