import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../clients/command.ts';
import { repositoryFile } from '../documentation/repository.ts';
import { buildFolder } from './python.ts';

/** The package of the generators, which want TypeScript 5, and the programs that call by what they make. */
const source = repositoryFile('test/documents/generated');

/** Where the clients are generated and compiled. */
export const generatedFolder = (): string => buildFolder('generated');

function copyPackage(): void {
  for (const name of readdirSync(source)) copyFileSync(join(source, name), join(generatedFolder(), name));
}

/** Installs the generators, and TypeScript 5 for what they make. */
export async function installGenerators(): Promise<void> {
  copyPackage();
  await must(['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: generatedFolder() });
}

/** Generates both clients from a document, and compiles them with the programs, strictly. */
export async function generateClients(document: string): Promise<void> {
  copyPackage();
  const cwd = generatedFolder();
  const tool = (name: string): string => join(cwd, 'node_modules', '.bin', name);
  await must([tool('openapi-typescript'), document, '--output', 'schema.ts'], { cwd, seconds: 120 });
  await must([tool('openapi-ts'), '--input', document, '--output', 'hey', '--no-log-file'], { cwd, seconds: 120 });
  await must([tool('tsc'), '--project', 'tsconfig.json'], { cwd, seconds: 120 });
}
