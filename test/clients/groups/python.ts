import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';

/** PyPI's packages that the Python programs need. */
const packages = ['zeep==4.3.3', 'suds==1.2.0', 'requests==2.34.2', 'jsonrpclib-pelix==1.2.0', 'mcp==2.3.0'];

/** The interpreter of the environment that all Python programs share. */
export const pythonOf = ({ build }: Pick<Place, 'build'>): string => join(build, 'environment', 'bin', 'python');

/** Makes an environment of its own for Python and installs into it what comes from PyPI. */
export async function installPython(place: Pick<Place, 'build'>): Promise<void> {
  const python = pythonOf(place);
  if (!existsSync(python)) await must(['python3', '-m', 'venv', join(place.build, 'environment')]);
  await must([python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
}

/** What every Python client has in common. */
export const python: Pick<ForeignClient, 'folder' | 'debian' | 'install'> = {
  folder: 'python',
  debian: ['python3', 'python3-venv'],
  install: installPython,
};

/** The command of a program of the Python folder. */
export const pythonProgram =
  (file: string) =>
  (place: Place): readonly string[] => [pythonOf(place), join(place.source, file)];
