import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientRun, ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';
import { generate } from './generator.ts';

/** What distinguishes the runs. */
interface Style {
  readonly title: string;
  /** `wsdl=1.2`: which of our documents. */
  readonly query: string;
  /** What soapcpp2 reads. */
  readonly header: 'client.h' | 'encoded.h';
  readonly define: readonly string[];
}

const styles: readonly Style[] = [
  { title: 'SOAP 1.1 document/literal', query: 'wsdl', header: 'client.h', define: [] },
  { title: 'SOAP 1.2 document/literal', query: 'wsdl=1.2', header: 'client.h', define: [] },
  { title: 'SOAP 1.1 rpc/encoded', query: 'wsdl=encoded', header: 'encoded.h', define: ['-DENCODED'] },
];

/** Where Debian has the sources of gSOAP's plugins and serializers, which are compiled with what is generated. */
const shared = '/usr/share/gsoap';
const plugins = ['plugin/wsseapi.cpp', 'plugin/smdevp.c', 'plugin/mecevp.c', 'plugin/threads.c'];
const serializers = ['custom/struct_timeval.c', 'custom/struct_tm_date.c'];
/** As Debian's library was compiled. */
const flags = ['-DWITH_IPV6', '-DWITH_OPENSSL', '-DWITH_GZIP', '-DWITH_DOM'];
const libraries = ['-lgsoapssl++', '-lssl', '-lcrypto', '-lz'];

function folderOf({ build }: Place, { query }: Style): string {
  const folder = join(build, query.replace('=', '-'));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** soapcpp2 warns of its own option, of which it learns only when it imports a header, and of rpc/encoded as such. */
const unavoidable = /options directive|is specific to SOAP encoding only|^Compilation successful/;

/** As the developer of a client would: a parameter of rpc/encoded that may be left out is a pointer in gSOAP. */
function makeDefaultOptional(header: string): void {
  const value = /(int polywire__edges_USCOREput_USCOREdefault\([^)]*\n {4}int)( +:value)/;
  const text = readFileSync(header, 'utf8');
  if (!value.test(text)) throw new Error('wsdl2h made no operation edges_put_default with a value');
  writeFileSync(header, text.replace(value, '$1*$2'));
}

/** Makes stubs from the WSDL, and compiles them with the program and the plugins, on two cores. */
async function compile(place: Place, style: Style): Promise<void> {
  const folder = folderOf(place, style);
  const { source, url } = place;
  const typemap = join(source, 'typemap.dat');
  await generate(['wsdl2h', '-c++11', '-t', typemap, '-o', 'polywire.h', `${url}/soap?${style.query}`], {
    cwd: folder,
  });
  if (style.header === 'encoded.h') makeDefaultOptional(join(folder, 'polywire.h'));
  const includes = ['-I.', `-I${source}`, `-I${shared}`];
  const imports = [`-I.:${source}:${shared}/import:${shared}`];
  const input = join(source, style.header);
  await generate(['soapcpp2', '-c++11', '-j', '-C', '-L', '-x', ...imports, input], {
    cwd: folder,
    allowed: unavoidable,
  });
  const options = ['-w', '-O0', ...flags, ...style.define, ...includes, `-I${shared}/plugin`];
  const object = async (file: string, name: string): Promise<string> => {
    await must(['g++', ...options, '-c', file, '-o', name], { cwd: folder });
    return name;
  };
  const parts = [...plugins, ...serializers].map((name) => join(shared, name));
  const rest = ['soapPolywireBindingProxy.cpp', join(source, 'client.cpp'), ...parts];
  const others = async () => {
    const names: string[] = [];
    for (const file of rest) names.push(await object(file, `${names.length}.o`));
    return names;
  };
  const objects = await Promise.all([object('soapC.cpp', 'soapC.o'), others()]);
  await must(['g++', '-o', 'client', ...objects.flat(), ...libraries], { cwd: folder });
}

const runOf = (style: Style): ClientRun => ({
  title: style.title,
  protocol: 'soap',
  prepare: (place) => compile(place, style),
  command: (place) => [join(folderOf(place, style), 'client'), place.url],
});

/** C++ with stubs of gSOAP. */
export const gsoap: ForeignClient = {
  name: 'C++ gSOAP',
  folder: 'gsoap',
  debian: ['g++', 'gsoap', 'libgsoap-dev', 'libssl-dev', 'zlib1g-dev'],
  runs: styles.map(runOf),
};
