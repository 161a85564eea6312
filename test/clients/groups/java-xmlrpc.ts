import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';
import { programClient } from './rpc.ts';

/** aXMLRPC of Debian. */
const axmlrpc = '/usr/share/java/axmlrpc.jar';

/** What Apache's client is made of, at Maven Central. */
const jars = ['xmlrpc-client-3.1.3.jar', 'xmlrpc-common-3.1.3.jar', 'ws-commons-util-1.0.2.jar'];

const classPath = ({ build }: Pick<Place, 'build'>): string =>
  [join(build, 'classes'), axmlrpc, ...jars.map((jar) => join(build, 'lib', jar))].join(':');

/** Gets the libraries and compiles both programs. */
async function installJava(place: Pick<Place, 'source' | 'build'>): Promise<void> {
  const { source, build } = place;
  if (!jars.every((jar) => existsSync(join(build, 'lib', jar)))) {
    const pom = join(source, 'pom.xml');
    const target = `-DoutputDirectory=${join(build, 'lib')}`;
    await must(['mvn', '-q', '-B', '-f', pom, 'dependency:copy-dependencies', target], { cwd: build, seconds: 600 });
  }
  const programs = ['Report', 'ApacheClient', 'AxmlrpcClient'].map((name) => join(source, `${name}.java`));
  await must(['javac', '-Xlint:all,-serial', '-d', join(build, 'classes'), '-cp', classPath(place), ...programs]);
}

const java = (name: string, program: string): ForeignClient =>
  programClient('xmlrpc', {
    name,
    folder: 'rpc/java',
    debian: ['openjdk-17-jdk-headless', 'maven', 'libaxmlrpc-java'],
    install: installJava,
    command: (place) => ['java', '-cp', classPath(place), program],
  });

/** Java's XML-RPC clients. */
export const javaXmlrpcClients: readonly ForeignClient[] = [
  java('Apache XML-RPC', 'ApacheClient'),
  java('aXMLRPC', 'AxmlrpcClient'),
];
