import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';

/** Compiles the program with the crates that `Cargo.toml` pins, beside the sources so that they stay as they are. */
async function installRust({ source, build }: Pick<Place, 'source' | 'build'>): Promise<void> {
  for (const part of ['Cargo.toml', 'src']) cpSync(join(source, part), join(build, part), { recursive: true });
  await must(['cargo', 'build', '--quiet'], {
    cwd: build,
    env: { CARGO_TARGET_DIR: join(build, 'target') },
    seconds: 600,
  });
}

/** What the clients in Rust have in common. */
export const rust: Pick<ForeignClient, 'folder' | 'install'> = { folder: 'rpc/rust', install: installRust };
