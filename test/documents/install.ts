import { installDebian } from '../clients/debian.ts';
import { installGenerators } from './generators.ts';
import { installPython } from './python.ts';

/** Installs the programs that judge documents, and the generators of clients. */
async function install(): Promise<void> {
  await installDebian(['python3', 'python3-venv', 'libxml2-utils']);
  await installPython();
  await installGenerators();
}

install().catch((reason: unknown) => {
  process.exitCode = 1;
  process.stderr.write(`${(reason as Error).message}\n`);
});
