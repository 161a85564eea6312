import type { Decoder } from './decoder.ts';
import { addressesDecoder } from './decoders/addresses.ts';
import { consoleDecoder } from './decoders/console.ts';
import { contentTypeDecoder } from './decoders/content-type.ts';
import { jsonDecoder } from './decoders/json.ts';
import { jsonrpcDecoder } from './decoders/jsonrpc.ts';
import { mcpDecoder } from './decoders/mcp.ts';
import { oauth1Decoder } from './decoders/oauth1.ts';
import { restDecoder } from './decoders/rest.ts';
import { signatureDecoder } from './decoders/signature.ts';
import { encodedDecoder, securityDecoder, soap11Decoder, soap12Decoder } from './decoders/soap.ts';
import { traceContextDecoder } from './decoders/trace-context.ts';
import { xmlDecoder } from './decoders/xml.ts';
import { xmlrpcDecoder } from './decoders/xmlrpc.ts';

/** Every decoder of the product. */
export const decoders: readonly Decoder[] = [
  xmlDecoder,
  soap11Decoder,
  soap12Decoder,
  encodedDecoder,
  securityDecoder,
  xmlrpcDecoder,
  jsonDecoder,
  jsonrpcDecoder,
  mcpDecoder,
  consoleDecoder,
  restDecoder,
  signatureDecoder,
  oauth1Decoder,
  addressesDecoder,
  contentTypeDecoder,
  traceContextDecoder,
];
