import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '../../index.ts';
import { type Exchange, record } from './capture.ts';
import { valueNames } from './edges.ts';
import { clientFunctions, type Verdicts } from './functions.ts';

/** A server that a client is tried against: with a user, a token, and a recorder before it. */
export interface ClientsServer {
  readonly url: string;
  /** What a client's program finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly verdicts: Verdicts;
  exchanges(): readonly Exchange[];
  close(): Promise<void>;
}

/** Who sets the site up. */
const operator = {
  user: { id: '', username: 'operator' },
  grants: [{ context: '/', capabilities: new Set(['*']) }],
};
const password = 'a long sentence is a good password';

/** Starts a server for one run of one client. */
export async function startClientsServer(): Promise<ClientsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'polywire-clients-'));
  const verdicts: Verdicts = new Map();
  const server = await createServer({
    functions: clientFunctions(verdicts),
    database: `sqlite:${join(folder, 'clients.db')}`,
    secrets: ['a-secret-of-the-site-for-tests-only-0123456789'],
    log: false,
    settings: {
      enablewebservices: true,
      enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
      enabledwsfunctions: ['test.*', 'sample.*', 'edges.*'],
      mcp: { tools: 1_000 },
    },
  });
  const { port } = await server.listen({ port: 0 });
  const recorder = await record(port);
  const admin = async (name: string, params: Record<string, unknown>) =>
    (await server.call(name, params, operator)) as Readonly<Record<string, string>>;
  await admin('admin.create_user', { username: 'ana', name: 'Ana', password });
  await admin('admin.assign_role', { user: 'ana', role: 'caller' });
  const { secret: token = '' } = await admin('admin.create_token', { user: 'ana', name: 'client' });
  const { secret = '' } = await admin('admin.create_app_password', { user: 'ana', name: 'client' });
  return {
    url: `http://127.0.0.1:${recorder.port}`,
    env: {
      POLYWIRE_TOKEN: token,
      POLYWIRE_USER: 'ana',
      POLYWIRE_PASSWORD: secret,
      POLYWIRE_VALUES: valueNames.join(' '),
      LC_ALL: 'C.UTF-8',
    },
    verdicts,
    exchanges: recorder.exchanges,
    close: async () => {
      await server.close(1_000);
      await recorder.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
