import { join } from 'node:path';
import type { ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';

/** Compiles Go's programs with the modules that `go.sum` pins, which Go keeps for the next time. */
async function installGo({ source, build }: Pick<Place, 'source' | 'build'>): Promise<void> {
  const env = { CGO_ENABLED: '0' };
  await must(['go', 'build', '-mod=readonly', '-buildvcs=false', '-o', `${build}/`, './xmlrpc', './jsonrpc'], {
    cwd: source,
    env,
    seconds: 600,
  });
}

/** What the clients in Go have in common. */
export const go: Pick<ForeignClient, 'folder' | 'install'> = { folder: 'rpc/go', install: installGo };

/** The command of a program that `installGo` has compiled. */
export const compiledGo =
  (name: string) =>
  ({ build }: Place): readonly string[] => [join(build, name)];
