import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFile } from '../../documentation/repository.ts';
import type { ClientRun, ForeignClient, Place } from '../client.ts';
import { run } from '../command.ts';
import { python, pythonOf } from './python.ts';

const literal = 'SOAP 1.1 document/literal';
const literal12 = 'SOAP 1.2 document/literal';
const encoded = 'SOAP 1.1 rpc/encoded';
const allThree = { [literal]: '1.1', [literal12]: '1.2', [encoded]: 'encoded' };

/** Runs of one program, which is told the address and its way; the ways by the runs' titles. */
function runs(
  interpreter: string | ((place: Place) => string),
  program: string,
  ways: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): readonly ClientRun[] {
  const interpreterAt = (place: Place) => (typeof interpreter === 'string' ? interpreter : interpreter(place));
  return Object.entries(ways).map(([title, way]) => ({
    title,
    protocol: 'soap',
    command: (place) => [interpreterAt(place), join(place.source, program), place.url, way, ...more],
  }));
}

/** A run of soap4r with what it generates from a WSDL: it must have nothing to warn of. */
function soap4r(title: string, way: string, query: string): ClientRun {
  return {
    title,
    protocol: 'soap',
    prepare: async ({ source, build, url }) => {
      const made = join(build, way);
      rmSync(made, { recursive: true, force: true });
      mkdirSync(made, { recursive: true });
      const { stderr } = await run(['ruby', '-W0', join(source, 'generate.rb'), `${url}/soap${query}`, made]);
      if (stderr !== '') throw new Error(stderr);
    },
    command: ({ source, url }) => ['ruby', '-W0', join(source, 'soap4r_client.rb'), url, way],
  };
}

/** SOAP clients of scripting languages. */
export const scriptedSoapClients: readonly ForeignClient[] = [
  {
    name: 'Python zeep',
    ...python,
    runs: runs(pythonOf, 'zeep_client.py', allThree, [
      repositoryFile('node_modules/strong-soap/xsds/soap-encoding.xsd'),
    ]),
  },
  {
    name: 'Python suds',
    ...python,
    runs: runs(pythonOf, 'suds_client.py', { [literal]: 'literal', [encoded]: 'encoded' }),
  },
  {
    name: 'Python pysimplesoap',
    folder: 'python',
    debian: ['python3', 'python3-pysimplesoap'],
    runs: runs('/usr/bin/python3', 'pysimplesoap_client.py', { [literal]: '' }),
  },
  {
    name: 'PHP ext-soap',
    folder: 'php',
    debian: ['php-cli', 'php-soap', 'php-xml'],
    runs: runs('php', 'soap_client.php', {
      [literal]: '1.1',
      [literal12]: '1.2',
      [encoded]: 'encoded',
      [`${encoded}, without WSDL`]: 'none',
    }),
  },
  {
    name: 'Perl SOAP::Lite',
    folder: 'perl',
    debian: ['perl', 'libsoap-lite-perl'],
    runs: runs('perl', 'soap_lite.pl', {
      [`${literal}, without WSDL`]: '1.1',
      [`${literal12}, without WSDL`]: '1.2',
      [`${encoded}, without WSDL`]: 'encoded',
      [encoded]: 'wsdl',
    }),
  },
  {
    name: 'Ruby soap4r',
    folder: 'ruby',
    debian: ['ruby', 'ruby-soap4r', 'ruby-httpclient'],
    runs: [soap4r(literal, 'literal', '?wsdl'), soap4r(encoded, 'encoded', '?wsdl=encoded')],
  },
  { name: 'npm soap', folder: 'npm', runs: runs(process.execPath, 'node-soap.mjs', allThree) },
  { name: 'npm strong-soap', folder: 'npm', runs: runs(process.execPath, 'strong-soap.mjs', allThree) },
];
