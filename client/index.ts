import type { Client } from './client.ts';
import { jsonrpcClient } from './jsonrpc.ts';
import { mcpClient } from './mcp.ts';
import { restClient } from './rest.ts';
import { soap12Client, soapClient } from './soap.ts';
import { xmlrpcClient } from './xmlrpc.ts';

/** Every way to call that `polywire call --protocol` knows. */
export const clients = {
  rest: restClient,
  jsonrpc: jsonrpcClient,
  mcp: mcpClient,
  xmlrpc: xmlrpcClient,
  soap: soapClient,
  soap12: soap12Client,
} as const satisfies Record<string, Client>;

/** The name of one of them. */
export type Dialect = keyof typeof clients;
