import type { Protocol } from '../../lib/protocol.ts';
import { blank, decode } from './decode.ts';
import { document } from './document.ts';
import { encode } from './encode.ts';
import type { SoapNote } from './envelope.ts';
import { pieces, write } from './write.ts';

/**
 * SOAP 1.1 and 1.2 at one address: document/literal wrapped, and rpc/encoded in 1.1; the WSDL by GET. `/soap/<service>` is
 * the same with the functions of one service.
 */
export const soap: Protocol<SoapNote> = {
  name: 'soap',
  routes: [
    { path: '/soap', methods: ['POST'] },
    { path: '/soap/*', methods: ['POST'] },
  ],
  decode,
  write,
  pieces,
  encode,
  blank,
  document,
};
