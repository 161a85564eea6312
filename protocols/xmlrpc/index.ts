import type { Protocol } from '../../lib/protocol.ts';
import { decode, type XmlrpcNote } from './decode.ts';
import { encode } from './encode.ts';
import { attributes } from './fault.ts';
import { systemFunctions } from './system.ts';
import { pieces, write } from './write.ts';

/** XML-RPC (the specification of 1999 with the clarifications of 2003), at `/xmlrpc` and where old clients expect it. */
export const xmlrpc: Protocol<XmlrpcNote> = {
  name: 'xmlrpc',
  routes: [
    { path: '/xmlrpc', methods: ['POST'] },
    { path: '/RPC2', methods: ['POST'] },
  ],
  functions: systemFunctions,
  untyped: true,
  decode,
  write,
  pieces,
  encode,
  attributes,
  blank: () => ({ multicall: false, extensions: false }),
};
