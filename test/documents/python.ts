import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../clients/command.ts';
import { repositoryFile } from '../documentation/repository.ts';

/** PyPI's packages that judge our documents. */
const packages = [
  'openapi-spec-validator==0.9.0',
  'schemathesis==4.32.5',
  'hypothesis==6.170.17', // what makes the cases: other versions make others of the same seed
  'jsonschema_rs==0.60.3',
];

/** Where documents and what is made of them are put. */
export function buildFolder(name: string): string {
  const folder = repositoryFile(`.build/documents/${name}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A program of the environment that the packages are installed into. */
export const pythonProgram = (name: string): string => join(buildFolder('python'), 'bin', name);

/** Makes an environment of its own for Python and installs the packages into it. */
export async function installPython(): Promise<void> {
  const python = pythonProgram('python');
  if (!existsSync(python)) await must(['python3', '-m', 'venv', buildFolder('python')]);
  await must([python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
}
