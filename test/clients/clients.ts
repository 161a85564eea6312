import type { ForeignClient } from './client.ts';
import { compiledSoapClients } from './groups/compiled-soap.ts';
import { javaClients } from './groups/java.ts';
import { jsonClients } from './groups/json.ts';
import { mcpClients } from './groups/mcp.ts';
import { scriptedSoapClients } from './groups/scripted-soap.ts';
import { xmlrpcClients } from './groups/xmlrpc.ts';

/** Every client, in the order of the document. */
export const clients: readonly ForeignClient[] = [
  ...scriptedSoapClients,
  ...javaClients,
  ...compiledSoapClients,
  ...xmlrpcClients,
  ...jsonClients,
  ...mcpClients,
];
