import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../client.ts';
import { must, run } from '../command.ts';

/** What starts a short program quickly. */
export const quick = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];

/** A generator of Java stubs, with the library that they need. */
export interface JavaTool {
  readonly name: string;
  readonly classPath: (place: Pick<Place, 'build'>) => string;
  /** What the JVM of a program must be told. */
  readonly jvm: readonly string[];
  /** The generator: its class and arguments. */
  readonly generator: (wsdl: string, folder: string) => readonly string[];
  /** What has to be done to the generated text before a compiler of today takes it. */
  readonly mend?: (source: string) => string;
}

/** The package of the generated classes. */
const packageName = 'polywire';

/** Debian's own: `/usr/share/java` has what is not in a folder of its own. */
const debianJars = (...names: readonly string[]): string =>
  names.map((name) => `/usr/share/java/${name}.jar`).join(':');

/** JAX-WS 4 of Maven Central (jakarta.*). */
export const cxf: JavaTool = {
  name: 'cxf',
  classPath: ({ build }) => join(build, 'cxf', '*'),
  jvm: [],
  generator: (wsdl, folder) => ['org.apache.cxf.tools.wsdlto.WSDLToJava', '-p', packageName, '-d', folder, wsdl],
};

/** JAX-WS 2.3 (javax.*), whose JAXB opens ClassLoader to define accessors. */
export const jaxwsRi: JavaTool = {
  name: 'ri',
  classPath: () => '/usr/share/jaxws/lib/*',
  jvm: ['--add-opens', 'java.base/java.lang=ALL-UNNAMED'],
  generator: (wsdl, folder) => {
    const options = ['-Xnocompile', '-extension', '-p', packageName, '-s', folder];
    return ['com.sun.tools.ws.WsImport', ...options, wsdl];
  },
};

/** JAX-RPC of 2006. `enum` and `_` became keywords of Java later: stubs that use them as identifiers have to be mended. */
export const axis: JavaTool = {
  name: 'axis',
  classPath: () =>
    debianJars(
      'axis',
      'axis-jaxrpc',
      'axis-saaj',
      'wsdl4j',
      'commons-logging',
      'commons-discovery',
      'javax.mail',
      'javax.activation',
    ),
  jvm: [],
  generator: (wsdl, folder) => ['org.apache.axis.wsdl.WSDL2Java', '-p', packageName, '-o', folder, wsdl],
  mend: (source) => source.replace(/(?<!["\w])(enum|_)(?!["\w])/g, '$1_'),
};

const copyPlugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** Takes Apache CXF from Maven Central, once. */
export async function installCxf({ source, build }: Omit<Place, 'url'>): Promise<void> {
  const folder = join(build, 'cxf');
  if (existsSync(folder)) return;
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  const options = [`-DoutputDirectory=${half}`, '-DincludeScope=runtime'];
  await must(['mvn', '-q', '-B', '-f', join(source, 'pom.xml'), copyPlugin, ...options], { seconds: 600 });
  renameSync(half, folder);
}

/** The Java files in a folder, not below it. */
export function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.java'))
    .map((name) => join(folder, name));
}

/** Generated files, and what the generator said. */
export interface Stubs {
  readonly files: readonly string[];
  readonly said: string;
}

/** Generates stubs of a WSDL into `stubs/` of a folder, which is made anew. */
export async function generate(
  tool: JavaTool,
  wsdl: string,
  folder: string,
  place: Pick<Place, 'build'>,
): Promise<Stubs> {
  const stubs = join(folder, 'stubs');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(stubs, { recursive: true });
  const command = ['java', ...quick, '-cp', tool.classPath(place), ...tool.generator(wsdl, stubs)];
  const { status, stdout, stderr } = await run(command);
  const said = stdout + stderr;
  if (status !== 0) throw new Error(`${tool.name} ended with ${status}:\n${said.slice(-4_000)}`);
  const files = sourcesIn(join(stubs, packageName));
  if (tool.mend !== undefined) for (const file of files) writeFileSync(file, tool.mend(readFileSync(file, 'utf8')));
  return { files, said };
}

/** Compiles Java files into a folder; what they warn of is theirs (raw types of 2006), errors are thrown. */
export async function javac(
  tool: JavaTool,
  sources: readonly string[],
  classes: string,
  place: Pick<Place, 'build'>,
): Promise<void> {
  mkdirSync(classes, { recursive: true });
  const options = ['-nowarn', '-proc:none', '-encoding', 'UTF-8', '-cp', tool.classPath(place), '-d', classes];
  const list = join(classes, 'sources.txt');
  writeFileSync(list, sources.join('\n'));
  await must(['javac', ...options, `@${list}`]);
}
