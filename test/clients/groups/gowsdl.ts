import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';
import { generate } from './generator.ts';

type Folders = Pick<Place, 'build' | 'source'>;

const programs = ['main.go', 'trips.go'];
/** What this client has in common with the one whose types are written by hand. */
const shared = ['report.go', 'security.go', 'types.go'];

/** Makes a folder a Go module with the gowsdl that another folder's `go.sum` pins, and compiles gowsdl itself. */
export async function buildGowsdl(pinned: string, folder: string, tool: string): Promise<void> {
  for (const name of ['go.mod', 'go.sum']) copyFileSync(join(pinned, name), join(folder, name));
  const target = ['-o', tool, 'github.com/hooklift/gowsdl/cmd/gowsdl'];
  await must(['go', 'build', '-mod=mod', ...target], { cwd: folder, env: { GOTOOLCHAIN: 'local' } });
}

/** What may be left out, and so must be a pointer: gowsdl looks at `nillable` alone. */
const optional: readonly RegExp[] = [
  /(type Choice struct \{[^}]*\sLabel +)(?=string)/,
  /(type Edges_put_default struct \{[^}]*\sValue +)(?=int32)/,
  /(type Test_greet struct \{[^}]*\sGreeting +)(?=string)/,
];

/** As the developer of a client would: gowsdl leaves out each `false`, 0 and empty text, whatever the schema says. */
function sendZeros(stubs: string): void {
  const all = readFileSync(stubs, 'utf8').replace(/(?<=`xml:"\w+),omitempty/g, '');
  const right = optional.reduce((text, field) => {
    if (!field.test(text)) throw new Error(`gowsdl made nothing like ${field.source}`);
    return text.replace(field, '$1*');
  }, all);
  writeFileSync(stubs, right);
}

const toolOf = ({ build }: Folders): string => join(build, 'gowsdl');
const programOf = ({ build }: Folders): string => join(build, 'client');

/** Makes stubs from the WSDL, and compiles them with the programs. */
async function compile(place: Place): Promise<void> {
  const { build, source, url } = place;
  await generate([toolOf(place), '-p', 'gen', '-o', 'gen.go', `${url}/soap?wsdl`], { cwd: build });
  sendZeros(join(build, 'gen', 'gen.go'));
  for (const name of programs) copyFileSync(join(source, name), join(build, name));
  for (const name of shared) copyFileSync(join(source, '..', 'go', name), join(build, name));
  await must(['go', 'build', '-o', programOf(place), '.'], { cwd: build, env: { GOTOOLCHAIN: 'local' } });
}

/** Go with stubs of gowsdl, whose library has SOAP 1.1 alone. */
export const gowsdl: ForeignClient = {
  name: 'Go gowsdl',
  folder: 'gowsdl',
  install: (folders) => buildGowsdl(join(folders.source, '..', 'names', 'programs'), folders.build, toolOf(folders)),
  runs: [
    {
      title: 'SOAP 1.1 document/literal',
      protocol: 'soap',
      prepare: compile,
      command: (place) => [programOf(place), place.url],
    },
  ],
};
