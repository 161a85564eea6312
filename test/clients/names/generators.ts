import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command.ts';
import { buildGowsdl } from '../groups/gowsdl.ts';
import { axis, cxf, generate, type JavaTool, javac, jaxwsRi, quick } from '../groups/java-tools.ts';
import { pythonOf } from '../groups/python.ts';
import type { Generator, Task } from './generator.ts';

/** What a command said, on both streams. @throws Error if it failed */
async function told(command: readonly string[], cwd: string): Promise<string> {
  const { status, stdout, stderr } = await run(command, { cwd, seconds: 240 });
  if (status !== 0)
    throw new Error(`${command[0]} ended with ${status}:\n${stdout.slice(-1_500)}\n${stderr.slice(-3_000)}`);
  return stdout + stderr;
}

async function fetched(task: Task, name: string): Promise<string> {
  const file = join(task.folder, name);
  writeFileSync(file, await (await fetch(task.wsdl)).text());
  return file;
}

function java(name: string, tool: JavaTool, program: string, more: Partial<Generator>): Generator {
  return {
    name,
    styles: ['wsdl', 'wsdl=1.2'],
    make: async (task, calls) => {
      const place = task.builds('java');
      const { files, said } = await generate(tool, task.wsdl, task.folder, place);
      const own = calls ? [join(task.programs, `${program}.java`)] : [];
      await javac(tool, [...own, ...files], join(task.folder, 'classes'), place);
      return said;
    },
    call: ({ folder, wsdl, builds }) => {
      const classes = `${join(folder, 'classes')}:${tool.classPath(builds('java'))}`;
      return ['java', ...quick, ...tool.jvm, '-cp', classes, program, wsdl];
    },
    ...more,
  };
}

const mono: Generator = {
  name: "Mono's wsdl",
  styles: ['wsdl', 'wsdl=1.2', 'wsdl=encoded'],
  // Of R2706 of the WS-I Basic Profile, which rpc/encoded breaks by its nature.
  unavoidable: { 'wsdl=encoded': /^There were some warnings while generating the code:$/ },
  make: async (task, calls) => {
    const document = await fetched(task, 'service.wsdl');
    const protocol = task.style === 'wsdl=1.2' ? 'Soap12' : 'Soap';
    const proxy = await told(
      ['wsdl', `-protocol:${protocol}`, '-namespace:Gen', '-out:Proxy.cs', document],
      task.folder,
    );
    const target = calls ? ['-out:call.exe', join(task.programs, 'call.cs')] : ['-target:library', '-out:proxy.dll'];
    return proxy + (await told(['mcs', '-r:System.Web.Services', ...target, 'Proxy.cs'], task.folder));
  },
  call: ({ folder, wsdl }) => ['mono', join(folder, 'call.exe'), wsdl],
};

/** C has none; and rpc/encoded is outside the WS-I Basic Profile. */
const noInheritance = /^Warning: ignoring type inheritance by default for C/;

const encodedInC = new RegExp(`${noInheritance.source}|^Compliance warning: SOAP-encoded array`);

const gsoap: Generator = {
  name: 'gSOAP',
  styles: ['wsdl', 'wsdl=1.2', 'wsdl=encoded'],
  unavoidable: { wsdl: noInheritance, 'wsdl=1.2': noInheritance, 'wsdl=encoded': encodedInC },
  make: async (task, calls) => {
    const document = await fetched(task, 'service.wsdl');
    const header = await told(['wsdl2h', '-c', '-o', 'stubs.h', document], task.folder);
    const stubs = await told(['soapcpp2', '-c', '-C', '-L', '-x', 'stubs.h'], task.folder);
    const program = join(task.programs, task.style === 'wsdl=encoded' ? 'encoded.c' : 'literal.c');
    const target = calls ? ['-o', 'call', program, '-lgsoap'] : ['-fsyntax-only'];
    const compiled = await told(['gcc', '-O0', '-I.', 'soapC.c', 'soapClient.c', ...target], task.folder);
    return header + stubs + compiled;
  },
  call: ({ folder, endpoint }) => [join(folder, 'call'), endpoint],
};

/** gowsdl has no rpc/encoded, and its library speaks SOAP 1.1 only. */
const gowsdl: Generator = {
  name: 'gowsdl',
  styles: ['wsdl'],
  make: async (task, calls) => {
    copyFileSync(join(task.programs, 'call.go'), join(task.folder, 'call.go'));
    const document = await fetched(task, 'service.wsdl');
    const tool = join(task.builds('names').build, 'gowsdl');
    await buildGowsdl(task.programs, task.folder, tool);
    const stubs = await told([tool, '-p', 'gen', '-o', 'gen.go', document], task.folder);
    return stubs + (await told(['go', 'build', ...(calls ? ['-o', 'call', '.'] : ['./gen'])], task.folder));
  },
  call: ({ folder, endpoint }) => [join(folder, 'call'), endpoint],
};

/** Every generator that there is, and the clients that read a document when they run. */
export const generators: readonly Generator[] = [
  java("Apache CXF's wsdl2java", cxf, 'Jaxws', {
    // How CXF's own parts log.
    unavoidable: { wsdl: /SLF4J/, 'wsdl=1.2': /SLF4J/ },
  }),
  java('JAX-WS RI wsimport', jaxwsRi, 'Jaxws', {
    // JAX-WS 2.3 says so of every document with SOAP 1.2, as it lacks a port type of its own.
    unavoidable: { 'wsdl=1.2': /uses a non-standard SOAP 1\.2 binding/ },
  }),
  java('Axis 1.4 WSDL2Java', axis, 'Axis', { styles: ['wsdl', 'wsdl=encoded'] }),
  mono,
  gsoap,
  gowsdl,
  {
    name: 'zeep',
    // rpc/encoded needs the schema of its encoding from its public address.
    styles: ['wsdl', 'wsdl=1.2'],
    call: ({ builds, programs, wsdl }) => [pythonOf(builds('python')), join(programs, 'call.py'), wsdl],
  },
  {
    name: "PHP's SoapClient",
    styles: ['wsdl', 'wsdl=1.2', 'wsdl=encoded'],
    call: ({ programs, wsdl }) => ['php', join(programs, 'call.php'), wsdl],
  },
  {
    name: 'npm soap',
    styles: ['wsdl', 'wsdl=1.2', 'wsdl=encoded'],
    call: ({ programs, wsdl }) => [process.execPath, join(programs, 'call.mjs'), wsdl],
  },
];
