import type { Server } from '../index.ts';
import { echoCapability, type guardedEcho } from './site.ts';

/** What a caller is known by. */
export type CredentialKind = keyof typeof guardedEcho;

/** Calls of a minute: so many that they are counted and never refused. */
const plenty = 1_000_000_000;

/** Who sets a site up. */
const operator = {
  user: { id: '', username: 'operator' },
  grants: [{ context: '/', capabilities: new Set(['*']) }],
};

/** Makes a credential for `guardedEcho`, and all that it needs, on a fresh database; gives the headers that bring it. */
export async function issueCredential(server: Server, kind: CredentialKind): Promise<Readonly<Record<string, string>>> {
  const admin = (name: string, params: Readonly<Record<string, unknown>>): Promise<unknown> =>
    server.call(`admin.${name}`, params, operator);
  if (kind === 'key') {
    const secret = secretOf(await admin('create_key', { name: 'Bench', per_minute: plenty }));
    return { 'X-API-Key': secret };
  }
  const user = 'bench';
  await admin('create_user', { username: user, name: 'Bench', password: 'of-no-use-without-logins' });
  await admin('create_role', { name: 'echoer', capabilities: [echoCapability] });
  for (const role of ['caller', 'echoer']) await admin('assign_role', { user, role });
  await admin('create_service', { name: 'bench', functions: ['bench.echo'] });
  const made = await admin('create_token', { user, name: 'Bench', service: 'bench', per_minute: plenty });
  return { Authorization: `Bearer ${secretOf(made)}` };
}

const secretOf = (made: unknown): string => (made as { readonly secret: string }).secret;
