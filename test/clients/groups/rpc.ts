import { join } from 'node:path';
import type { ClientProtocol, ForeignClient, Place } from '../client.ts';

/** A client of one program that calls over one protocol. */
export interface Program extends Omit<ForeignClient, 'runs'> {
  readonly prepare?: (place: Place) => Promise<void>;
  /** The program and its arguments, the address of the server beside. */
  readonly command: (place: Place) => readonly string[];
}

const titles: Readonly<Record<ClientProtocol, string>> = {
  soap: 'SOAP 1.1 document/literal',
  xmlrpc: 'XML-RPC',
  jsonrpc: 'JSON-RPC 2.0',
  rest: 'REST',
  mcp: 'MCP',
};

/** Makes a client of a program, which gets the address of the server as its last argument. */
export function programClient(protocol: ClientProtocol, { prepare, command, ...client }: Program): ForeignClient {
  const run = { title: titles[protocol], protocol, command: (place: Place) => [...command(place), place.url] };
  return { ...client, runs: [prepare === undefined ? run : { ...run, prepare }] };
}

/** The command of a program that an interpreter runs as it stands in the client's folder. */
export function scripted(interpreter: string, file: string): Program['command'] {
  return ({ source }) => [interpreter, join(source, file)];
}
