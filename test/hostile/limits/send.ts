import { type AnyFunction, createServer, type PartialSettings } from '../../../index.ts';
import type { Column, Wire } from '../../conformance/edge.ts';
import type { Request } from '../../conformance/http.ts';
import { protocolColumns } from '../../conformance/protocols.ts';
import { type Answer, ask, type Plain } from '../../door/wire.ts';
import { limitFunctions } from './functions.ts';
import { type Came, cellOn, type Place, type Row, type Steps } from './row.ts';

/** Ways to call: those of the conformance table, and two more forms. */
export type Over = Column | 'multipart' | 'encoded';

export const allOver: readonly Over[] = ['rest', 'form', 'jsonrpc', 'mcp', 'xmlrpc', 'soap11', 'soap12'];

/** Those whose values are JSON. */
export const jsonOver = ['rest', 'jsonrpc', 'mcp'] as const satisfies readonly Over[];

export const isJson = (over: Over): boolean => (jsonOver as readonly Over[]).includes(over);

/** How the document calls them. */
export const titleOf: Readonly<Record<Over, string>> = {
  rest: 'REST',
  query: 'REST (query)',
  form: 'REST (form)',
  multipart: 'REST (multipart)',
  jsonrpc: 'JSON-RPC',
  mcp: 'MCP',
  xmlrpc: 'XML-RPC',
  soap11: 'SOAP 1.1',
  soap12: 'SOAP 1.2',
  encoded: 'SOAP 1.1 (encoded)',
};

const columnOf = (over: Over): Column => (over === 'multipart' ? 'rest' : over === 'encoded' ? 'soap11' : over);

const encodingStyle = 's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"';
const boundary = 'part';

/** A field of multipart/form-data. */
export function field(name: string, value: string, headers = ''): string {
  return `--${boundary}\r\n${headers}Content-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
}

/** A request of that form with `value`; multipart is given as its fields. */
export function requestOf(over: Over, name: string, input: Wire): Request {
  if (over === 'multipart') {
    const body = `${typeof input === 'string' ? field('value', input) : input.whole}--${boundary}--\r\n`;
    const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` };
    return { method: 'POST', path: `/rest/${name}`, headers, body };
  }
  const request = protocolColumns[columnOf(over)].request(name, input);
  return over === 'encoded'
    ? { ...request, body: String(request.body).replace('<s:Envelope ', `$&${encodingStyle} `) }
    : request;
}

/** A request as it is written on a connection. */
export function plainOf({ method, path, headers, body }: Request): Plain {
  const pairs = Object.entries(headers as Readonly<Record<string, string>>);
  const given = pairs.some(([name]) => name.toLowerCase() === 'host');
  return { method, path, headers: given ? pairs : [['Host', 'localhost'], ...pairs], body: String(body ?? '') };
}

/** What an answer says. */
export function cameOf(over: Over, { status, headers, body }: Answer): Came {
  if (body === '') return { status };
  const { fault } = protocolColumns[columnOf(over)].read({ status, headers, body, wrong: [] });
  return { status, ...(fault !== undefined && { code: fault.code, number: fault.number }) };
}

type Changed = (request: Request) => Request;

/** Calls a function with a value, the request changed. */
export async function send(
  port: number,
  over: Over,
  name: string,
  input: Wire,
  change: Changed = (same) => same,
): Promise<Came> {
  return cameOf(over, await ask(port, plainOf(change(requestOf(over, name, input)))));
}

/** The same request with more headers. */
export function withHeaders(headers: Readonly<Record<string, string>>): Changed {
  return (request) => ({ ...request, headers: { ...(request.headers as Record<string, string>), ...headers } });
}

/** A request at the limit and one beyond it: a value, or all of a request. */
export interface Pair {
  readonly name: string;
  readonly at: Wire;
  readonly beyond: Wire;
  readonly change?: { readonly at: Changed; readonly beyond: Changed };
}

/** A limit that a single request reaches or not. */
export function single(over: Over, { name, at, beyond, change }: Pair): Steps<Place> {
  return {
    over: titleOf[over],
    at: ({ port }) => send(port, over, name, at, change?.at),
    beyond: ({ port }) => send(port, over, name, beyond, change?.beyond),
  };
}

/** Everything on, no flood limit: only the limit in question is in the way. */
const open: PartialSettings = {
  enablewebservices: true,
  enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
  enabledwsfunctions: ['*'],
};

function serverOf(functions: readonly AnyFunction[]) {
  return async (settings: PartialSettings): Promise<{ readonly place: Place; close(): Promise<void> }> => {
    const limits = { floodPerMinute: 0, ...settings.limits };
    const server = await createServer({ functions, log: false, settings: { ...open, ...settings, limits } });
    const { port, url } = await server.listen({ port: 0 });
    return { place: { port, url }, close: () => server.close(0) };
  };
}

/** A row that is tried on a server of these functions. */
export function onServer(
  row: Omit<Row, 'cells'> & { readonly cells: readonly Steps<Place>[] },
  functions: readonly AnyFunction[] = limitFunctions,
): Row {
  const server = serverOf(functions);
  return { ...row, cells: row.cells.map((steps) => cellOn(server, steps)) };
}
