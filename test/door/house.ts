import { createServer, define, type LogTarget, type PartialSettings, type Server, t } from '../../index.ts';

/** A server at a port, and what its functions have been called with. */
export interface House {
  readonly server: Server;
  readonly port: number;
  readonly calls: string[];
}

const houses: Server[] = [];

/** Everything on: what the door's rules are tried against. */
export const open: PartialSettings = {
  enablewebservices: true,
  enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
  enabledwsfunctions: ['*'],
};

/** Starts a server with settings on top of everything on. */
export async function house(settings: PartialSettings = {}, log: LogTarget = false): Promise<House> {
  const calls: string[] = [];
  const mark = define('test.mark', {
    description: 'Notes that it was called.',
    effect: 'write',
    params: { text: t.string() },
    returns: t.string(),
    handler: ({ text }) => {
      calls.push(text.slice(0, 100));
      return text.slice(0, 100);
    },
  });
  const look = define('test.look', {
    description: 'Changes nothing.',
    effect: 'read',
    params: { text: t.default(t.string(), 'none') },
    returns: t.string(),
    handler: ({ text }) => {
      calls.push(text);
      return text;
    },
  });
  const wait = define('test.wait', {
    description: 'Answers after some milliseconds.',
    effect: 'read',
    params: { ms: t.int() },
    returns: t.string(),
    handler: ({ ms }, call) =>
      new Promise<string>((resolve) => {
        setTimeout(() => resolve('waited'), ms);
        call.signal.addEventListener('abort', () => calls.push('aborted'));
      }),
  });
  const server = await createServer({ functions: [mark, look, wait], settings: { ...open, ...settings }, log });
  houses.push(server);
  const { port } = await server.listen({ port: 0 });
  return { server, port, calls };
}

/** Closes every server that was started since the last time. */
export async function closeHouses(): Promise<void> {
  await Promise.all(houses.splice(0).map((server) => server.close(0)));
}
