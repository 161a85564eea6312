import xmlrpc from 'xmlrpc';
import { createdUsers, type NewUser, userRecords } from '../data.ts';
import { announce } from './announce.ts';

interface InnerCall {
  readonly methodName: string;
  readonly params: readonly unknown[];
}

const records = userRecords();

/** The package knows no system.multicall; the smallest one that answers W4 is written here. */
const methods: Readonly<Record<string, (params: readonly unknown[]) => unknown>> = {
  'bench.echo': ([text]) => text,
  'bench.create_users': ([users]) => createdUsers(users as readonly NewUser[]),
  'bench.get_users': () => records,
  'system.multicall': ([calls]) =>
    (calls as readonly InnerCall[]).map(({ methodName, params }) => [methods[methodName]?.(params)]),
};

const server = xmlrpc.createServer({ port: 0, host: '127.0.0.1' }, () => announce(server.httpServer.address()));
for (const [name, method] of Object.entries(methods)) {
  server.on(name, (_error, params, answer) => answer(null, method(params)));
}
