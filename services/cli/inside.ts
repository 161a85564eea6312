import { existsSync } from 'node:fs';
import { secretsIn } from '../../lib/auth/seal.ts';
import type { AnyFunction } from '../../lib/define.ts';
import type { Caller } from '../../lib/inside.ts';
import { databaseExists, withStore } from './database.ts';

import { failed } from './failure.ts';
import { type DatabaseOption, databaseOf, withoutPassword } from './home.ts';
import { defaultSettingsFile } from './settings-file.ts';

/** Who sits at the command line: whoever can open the database may do everything. */
const operator: Caller = {
  user: { id: '', username: 'cli' },
  grants: [{ context: '/', capabilities: new Set(['*']) }],
};

/** Calls a function in this process. */
export type CallInside = (name: string, params: Readonly<Record<string, unknown>>) => Promise<unknown>;

/**
 * Does something by the functions that come with a database, past the switches, without listening.
 * @param functions those of the site, where it matters which there are
 * @throws CommandFailure where nothing is to be read yet; Fault as the calls do
 */
export async function inside<T>(
  options: DatabaseOption,
  { functions, effect }: { readonly functions: readonly AnyFunction[]; readonly effect: 'read' | 'write' },
  work: (call: CallInside) => Promise<T>,
): Promise<T> {
  const { url } = databaseOf(options);
  if (effect === 'read' && !databaseExists(url)) {
    throw failed(`there is no database ${withoutPassword(url)} yet: polywire serve makes it, and so does every change`);
  }
  if (existsSync(defaultSettingsFile)) await withStore(url, async () => undefined);
  const { createServer } = await import('../site.ts');
  const server = await createServer({
    functions,
    database: url,
    secrets: secretsIn(process.env['POLYWIRE_SECRET']),
    log: false,
  });
  try {
    return await work((name, params) => server.call(name, params, operator));
  } finally {
    await server.close(0);
  }
}
