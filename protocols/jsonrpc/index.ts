import type { Protocol } from '../../lib/protocol.ts';
import { attributes } from './attributes.ts';
import { blank, decode, decodeInTurns } from './decode.ts';
import { discovery, document, documentPath } from './document.ts';
import { encode, pieces, write } from './encode.ts';

/** What an answer repeats of its request. */
export interface JsonrpcNote {
  readonly batch: boolean;
  /** The id of each call as JSON text; undefined for a notification, which is not answered. */
  readonly ids: readonly (string | undefined)[];
}

/** JSON-RPC 2.0 over HTTP; what is on as OpenRPC. */
export const jsonrpc: Protocol<JsonrpcNote> = {
  name: 'jsonrpc',
  routes: [
    { path: '/jsonrpc', methods: ['POST'] },
    { path: documentPath, document: true, methods: ['GET', 'HEAD'] },
  ],
  functions: discovery,
  decode,
  decodeInTurns,
  write,
  pieces,
  encode,
  blank: () => blank,
  document,
  attributes,
};
