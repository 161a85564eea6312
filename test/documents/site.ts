import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from '../../index.ts';
import type { DocumentedCatalog } from './catalogs.ts';

/** A listening server of one catalog, with a program and a user that it knows. */
export interface DocumentedSite {
  readonly server: Server;
  readonly url: string;
  /** The secret of the program's key, and the user's token. */
  readonly key: string;
  readonly token: string;
  close(): Promise<void>;
}

/** Who sets the site up. */
const operator = {
  user: { id: '', username: 'operator' },
  grants: [{ context: '/', capabilities: new Set(['*']) }],
};

/**
 * Serves a catalog over every protocol.
 * @param deadline milliseconds that a call may take
 */
export async function serveCatalog(
  { functions }: Pick<DocumentedCatalog, 'functions'>,
  deadline = 30_000,
): Promise<DocumentedSite> {
  const folder = mkdtempSync(join(tmpdir(), 'polywire-documents-'));
  const server = await createServer({
    functions,
    database: `sqlite:${join(folder, 'documents.db')}`,
    secrets: ['a-secret-of-the-site-for-tests-only-0123456789'],
    log: false,
    settings: {
      enablewebservices: true,
      enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap'],
      enabledwsfunctions: functions.map(({ name }) => name),
      limits: { floodPerMinute: 0, deadline },
    },
  });
  const { url } = await server.listen({ port: 0 });
  const admin = async (name: string, params: Record<string, unknown>) =>
    (await server.call(name, params, operator)) as Readonly<Record<string, string>>;
  await admin('admin.create_role', { name: 'guest', capabilities: ['guarded:call'] });
  await admin('admin.create_user', { username: 'ana', name: 'Ana' });
  for (const role of ['caller', 'guest']) await admin('admin.assign_role', { user: 'ana', role });
  const { secret: token = '' } = await admin('admin.create_token', { user: 'ana', name: 'documents' });
  const { secret: key = '' } = await admin('admin.create_key', { name: 'documents', functions: ['*'] });
  return {
    server,
    url,
    key,
    token,
    close: async () => {
      await server.close(1_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
