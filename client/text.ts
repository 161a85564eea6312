import { Fault } from '../lib/fault.ts';
import type { ClientResponse } from './client.ts';

/**
 * The body of an answer as text, without byte order mark.
 * @throws Fault `malformed` where the bytes are not of that encoding, or nobody knows it
 */
export function decodeBody({ body }: Pick<ClientResponse, 'body'>, encoding = 'utf-8'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch (cause) {
    throw new Fault('malformed', `The answer is not text in ${encoding}`, { cause });
  }
}
