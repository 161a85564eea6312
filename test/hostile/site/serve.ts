import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type PartialSettings, type Server } from '../../../index.ts';
import { sampleFunctions } from '../../../services/sample/index.ts';
import { functions, switchedOn } from './functions.ts';
import { listenToTests } from './listen.ts';
import { watchedLog, watchOpening } from './watch.ts';
import type { Known } from './words.ts';

const siteSecret = 'a-secret-of-the-site-under-attack-0123456789';
const day = 86_400_000;

const settings: PartialSettings = {
  enablewebservices: true,
  enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
  enabledwsfunctions: [
    ...switchedOn,
    'sample.get_users',
    'system.*',
    'auth.gettoken',
    'auth.whoami',
    'auth.startsession',
  ],
  authenticators: ['key', 'signature', 'oauth1', 'token', 'basic', 'username-token', 'session'].map((name) => ({
    name,
    importance: 'sufficient',
  })),
  // Short, so that the slow are soon out; the connections are looked over every five seconds all the same.
  limits: { headersTimeout: 1_000, requestTimeout: 1_500, answerTimeout: 1_500, keepAliveTimeout: 1_000 },
};

/** Settings without defaults, as they are where nothing is said. */
const unset = { publicUrl: undefined, jwt: undefined } as unknown as PartialSettings;

const operator = {
  user: { id: '', username: 'operator' },
  grants: [{ context: '/', capabilities: new Set(['*']) }],
};

interface Made {
  readonly secret: string;
  readonly key: { readonly id: string };
  readonly token: { readonly id: number };
}

/** Everybody who may call, and some who may not any more. */
async function people(server: Server, port: number, folder: string): Promise<Known> {
  const admin = async (name: string, params: object): Promise<Made> =>
    (await server.call(`admin.${name}`, { ...params }, operator)) as Made;
  const password = 'the-right-password-of-ana';
  const suspendedPassword = 'the-right-password-of-sue';
  await admin('create_user', { username: 'ana', name: 'Ana', password });
  await admin('create_user', { username: 'sue', name: 'Sue', password: suspendedPassword });
  for (const user of ['ana', 'sue']) await admin('assign_role', { user, role: 'caller' });
  await admin('create_service', { name: 'narrow', functions: ['hostile.mark'] });
  const token = async (more: object = {}, user = 'ana') => admin('create_token', { user, name: 'attack', ...more });
  const revoked = await token();
  const suspended = await token({}, 'sue');
  await admin('revoke_token', { id: revoked.token.id });
  await admin('update_user', { username: 'sue', state: 'suspended' });
  const key = await admin('create_key', { name: 'Till' });
  const oldKey = await admin('create_key', { name: 'Old till' });
  await admin('revoke_key', { id: oldKey.key.id });
  const signing = await admin('create_key', { name: 'Signer', signing: true });
  const appPassword = (await admin('create_app_password', { user: 'ana', name: 'import' })).secret;
  const known = {
    port,
    token: (await token()).secret,
    expiredToken: (await token({ valid_until: new Date(Date.now() - day) })).secret,
    foreignToken: (await token({ addresses: ['203.0.113.0/24'] })).secret,
    serviceToken: (await token({ service: 'narrow' })).secret,
    revokedToken: revoked.secret,
    suspendedToken: suspended.secret,
    key: `${key.key.id}.${key.secret}`,
    revokedKey: `${oldKey.key.id}.${oldKey.secret}`,
    signingId: signing.key.id,
    signingSecret: signing.secret,
    password,
    suspendedPassword,
    appPassword,
  };
  const { port: _port, signingId: _id, key: _key, revokedKey: _old, ...texts } = known;
  const halves = [key, oldKey].map(({ secret }) => secret.replace(/^.*\./, ''));
  const secrets = [...Object.values(texts), ...halves, siteSecret];
  return { ...known, secrets, paths: [folder, process.cwd()] };
}

async function serve(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'polywire-hostile-'));
  const server = await createServer({
    functions: [...functions, ...sampleFunctions],
    database: `sqlite:${join(folder, 'site.db')}`,
    settings,
    secrets: [siteSecret],
    log: watchedLog,
  });
  const { port } = await server.listen({ port: 0 });
  const known = await people(server, port, folder);
  const initial = server.settings.current();
  watchOpening();
  listenToTests(known, {
    change: (change) => server.settings.update(() => change),
    restore: () => server.settings.update(() => ({ ...unset, ...initial })),
    close: async () => {
      await server.close(0);
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

void serve();
