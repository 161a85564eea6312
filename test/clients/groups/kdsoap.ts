import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientRun, ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';
import { generate } from './generator.ts';

function folderOf({ build }: Place, query: string): string {
  const folder = join(build, query.replace('=', '-'));
  mkdirSync(folder, { recursive: true });
  return folder;
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Makes stubs from the WSDL, and compiles them with the program, on two cores. */
async function compile(place: Place, query: string): Promise<void> {
  const cwd = folderOf(place, query);
  const document = `${place.url}/soap?${query}`;
  await generate(['kdwsdl2cpp', '-o', 'wsdl_polywire.h', document], { cwd });
  await generate(['kdwsdl2cpp', '-impl', 'wsdl_polywire.h', '-o', 'wsdl_polywire.cpp', document], { cwd });
  await generate(['moc', 'wsdl_polywire.h', '-o', 'moc_wsdl_polywire.cpp'], { cwd, env: { QT_SELECT: '5' } });
  const qt = ['Qt5Core', 'Qt5Network'];
  const flags = words(await must(['pkg-config', '--cflags', ...qt]));
  const libraries = words(await must(['pkg-config', '--libs', ...qt]));
  const options = ['-O0', '-fPIC', '-I.', `-I${place.source}`, ...flags];
  const object = async (file: string, name: string): Promise<void> => {
    await must(['g++', ...options, '-c', file, '-o', name], { cwd });
  };
  await Promise.all([
    object('wsdl_polywire.cpp', 'stub.o'),
    object(join(place.source, 'client.cpp'), 'client.o').then(() => object('moc_wsdl_polywire.cpp', 'moc.o')),
  ]);
  await must(['g++', '-o', 'client', 'client.o', 'stub.o', 'moc.o', '-lkdsoap', ...libraries], { cwd });
}

const runOf = (version: string, query: string): ClientRun => ({
  title: `SOAP ${version} document/literal`,
  protocol: 'soap',
  prepare: (place) => compile(place, query),
  command: (place) => [join(folderOf(place, query), 'client'), place.url],
});

/** Qt with stubs of KDSoap. */
export const kdsoap: ForeignClient = {
  name: 'C++ KDSoap (Qt)',
  folder: 'kdsoap',
  debian: ['g++', 'libkdsoap-bin', 'libkdsoap-dev', 'pkg-config', 'qtbase5-dev-tools'],
  runs: [runOf('1.1', 'wsdl'), runOf('1.2', 'wsdl=1.2')],
};
