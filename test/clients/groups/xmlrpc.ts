import { join } from 'node:path';
import type { ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';
import { compiledGo, go } from './go.ts';
import { javaXmlrpcClients } from './java-xmlrpc.ts';
import { python, pythonProgram } from './python.ts';
import { type Program, programClient, scripted } from './rpc.ts';
import { rust } from './rust.ts';

const perl = (name: string, file: string, debian: readonly string[]): Program => ({
  name,
  folder: 'rpc/perl',
  debian: ['perl', ...debian],
  command: scripted('perl', file),
});

/** Compiles the program in C against what `xmlrpc-c-config` names. */
async function compileC({ source, build }: Place): Promise<void> {
  const flags = await must(['xmlrpc-c-config', 'client', '--cflags', '--libs']);
  const program = join(source, 'xmlrpc_client.c');
  await must([
    'gcc',
    '-Wall',
    '-Wextra',
    '-o',
    join(build, 'xmlrpc_client'),
    program,
    ...flags.split(/\s+/).filter(Boolean),
  ]);
}

const programs: readonly Program[] = [
  {
    name: 'PHP ext-xmlrpc',
    folder: 'rpc/php',
    debian: ['php-cli', 'php-xmlrpc'],
    command: scripted('php', 'xmlrpc.php'),
  },
  { name: 'Python xmlrpc.client', ...python, command: pythonProgram('xmlrpc_client.py') },
  perl('Perl RPC::XML', 'rpc_xml.pl', ['librpc-xml-perl']),
  perl('Perl XMLRPC::Lite', 'xmlrpc_lite.pl', ['libxmlrpc-lite-perl']),
  perl('Perl XML::RPC::Fast', 'xml_rpc_fast.pl', ['libxml-rpc-fast-perl', 'libdatetime-perl']),
  { name: 'Ruby xmlrpc', folder: 'rpc/ruby', debian: ['ruby', 'ruby-xmlrpc'], command: scripted('ruby', 'xmlrpc.rb') },
  {
    name: 'C xmlrpc-c',
    folder: 'rpc/c',
    debian: ['gcc', 'libc6-dev', 'libxmlrpc-core-c3-dev', 'libcurl4-openssl-dev'],
    prepare: compileC,
    command: ({ build }) => [join(build, 'xmlrpc_client')],
  },
  { name: 'Go kolo/xmlrpc', ...go, command: compiledGo('xmlrpc') },
  {
    name: 'Rust xmlrpc',
    ...rust,
    command: ({ build }) => [join(build, 'target', 'debug', 'xmlrpc')],
  },
  { name: 'Tcl xmlrpc', folder: 'rpc/tcl', debian: ['tcl', 'tcl-xmlrpc'], command: scripted('tclsh', 'xmlrpc.tcl') },
  {
    name: 'Emacs xml-rpc.el',
    folder: 'rpc/emacs',
    debian: ['emacs-nox', 'elpa-xml-rpc'],
    command: ({ source }) => ['emacs', '-q', '--batch', '-l', join(source, 'xmlrpc.el')],
  },
  { name: 'npm xmlrpc', folder: 'rpc/npm', command: scripted(process.execPath, 'xmlrpc.mjs') },
  { name: 'npm davexmlrpc', folder: 'rpc/npm', command: scripted(process.execPath, 'davexmlrpc.mjs') },
];

/** XML-RPC clients. */
export const xmlrpcClients: readonly ForeignClient[] = [
  ...programs.map((program) => programClient('xmlrpc', program)),
  ...javaXmlrpcClients,
];
