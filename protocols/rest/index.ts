import type { Protocol } from '../../lib/protocol.ts';
import { decode, decodeInTurns } from './decode.ts';
import { document, documentPaths } from './document.ts';
import { encode, pieces, write } from './encode.ts';
import { methodsOf } from './methods.ts';

/** What an answer repeats of its request. */
export interface RestNote {
  /** Whether the answer may be cached as the function says: only answers to GET and HEAD. */
  readonly cacheable: boolean;
}

/** Plain HTTP: `/rest/<function>` with JSON, forms or a query in, the JSON envelope out (RFC 9110); what is on as OpenAPI. */
export const rest: Protocol<RestNote> = {
  name: 'rest',
  routes: [
    { path: '/rest/', prefix: true, methods: ['GET', 'HEAD', 'POST'] },
    ...documentPaths.map((path) => ({ path, document: true as const, methods: ['GET', 'HEAD'] })),
  ],
  decode,
  decodeInTurns,
  write,
  pieces,
  encode,
  blank: () => ({ cacheable: false }),
  methods: methodsOf,
  document,
};
