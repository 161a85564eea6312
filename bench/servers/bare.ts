import { createServer } from 'node:http';
import { createdUsers, type NewUser, userRecords } from '../data.ts';
import { announce } from './announce.ts';

interface JsonCall {
  readonly id: number;
  readonly method: string;
  readonly params: Params;
}

interface Params {
  readonly text: string;
  readonly users: readonly NewUser[];
}

/** What JSON costs at least in Node: JSON.parse, the function, JSON.stringify; nothing is checked, nothing is noted. */
const records = userRecords();

const functions: Readonly<Record<string, (params: Params) => unknown>> = {
  'bench.echo': ({ text }) => text,
  'bench.create_users': ({ users }) => createdUsers(users),
  'bench.get_users': () => records,
};

const answer = ({ id, method, params }: JsonCall) => ({ jsonrpc: '2.0', result: functions[method]?.(params), id });

function resultOf(path: string, parsed: unknown): unknown {
  if (path !== '/jsonrpc') return functions[path.slice('/rest/'.length)]?.(parsed as Params);
  return Array.isArray(parsed) ? (parsed as JsonCall[]).map(answer) : answer(parsed as JsonCall);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const body = Buffer.from(JSON.stringify(resultOf(request.url ?? '', parsed)));
    const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length };
    response.writeHead(200, headers).end(body);
  });
});
server.listen(0, '127.0.0.1', () => announce(server.address()));
