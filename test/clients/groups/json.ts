import { join } from 'node:path';
import type { ForeignClient, Place } from '../client.ts';
import { must } from '../command.ts';
import { compiledGo, go } from './go.ts';
import { python, pythonProgram } from './python.ts';
import { type Program, programClient, scripted } from './rpc.ts';

/** Compiles the program in C++; the library's headers have exception specifications, which C++ 17 has not. */
async function compileCpp({ source, build }: Place): Promise<void> {
  const flags = ['-std=c++14', '-Wall', '-Wno-deprecated', '-I/usr/include/jsoncpp'];
  const libraries = ['-ljsoncpp', '-ljsonrpccpp-common', '-ljsonrpccpp-client'];
  const program = join(source, 'jsonrpc_client.cpp');
  await must(['g++', ...flags, '-o', join(build, 'jsonrpc_client'), program, ...libraries]);
}

const jsonrpcPrograms: readonly Program[] = [
  { name: 'Python jsonrpclib-pelix', ...python, command: pythonProgram('jsonrpclib_client.py') },
  {
    name: 'Perl JSON::RPC',
    folder: 'rpc/perl',
    debian: ['perl', 'libjson-rpc-perl', 'libdatetime-perl'],
    command: scripted('perl', 'json_rpc.pl'),
  },
  {
    name: 'C++ libjson-rpc-cpp',
    folder: 'rpc/cpp',
    debian: ['g++', 'libjsonrpccpp-dev'],
    prepare: compileCpp,
    command: ({ build }) => [join(build, 'jsonrpc_client')],
  },
  { name: 'Go gorilla/rpc json2', ...go, command: compiledGo('jsonrpc') },
  { name: 'npm jayson', folder: 'rpc/npm', command: scripted(process.execPath, 'jayson.mjs') },
  { name: 'npm json-rpc-2.0', folder: 'rpc/npm', command: scripted(process.execPath, 'json-rpc-2.0.mjs') },
];

const restPrograms: readonly Program[] = [
  { name: 'curl', folder: 'rpc/sh', debian: ['curl', 'jq'], command: scripted('sh', 'curl.sh') },
  { name: 'Python requests', ...python, command: pythonProgram('requests_client.py') },
  { name: 'PHP curl', folder: 'rpc/php', debian: ['php-cli', 'php-curl'], command: scripted('php', 'curl.php') },
];

/** JSON-RPC and REST clients. */
export const jsonClients: readonly ForeignClient[] = [
  ...jsonrpcPrograms.map((program) => programClient('jsonrpc', program)),
  ...restPrograms.map((program) => programClient('rest', program)),
];
