import { closeSync, openSync } from 'node:fs';
import { createServer as createSocketServer } from 'node:net';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CatalogError } from '../../lib/catalog.ts';
import type { Server } from '../../lib/server.ts';
import { createServer, protocols, type ServerOptions } from '../site.ts';
import { demoText } from './demo.ts';
import { type CommandFailure, failed, reasonText, usage } from './failure.ts';
import { besideSamples, type Loaded, type LoadOption, loadFunctions, withLoad } from './functions.ts';
import { print } from './output.ts';
import { isProtected } from './patterns.ts';
import { defaultSettingsFile, readSettingsFile, settingsFailure } from './settings-file.ts';
import { servingText } from './state.ts';

interface Options extends LoadOption {
  readonly demo?: true;
  readonly settings?: string;
  readonly port: number;
  readonly host: string;
  readonly log?: string;
}

const loopback = ['127.0.0.1', '::1', 'localhost'];

/** `polywire serve`: serves functions as the settings file says, or all of them to this machine with --demo. */
export function configureServe(command: Command): void {
  withLoad(command)
    .option('--demo', 'everything on, for this machine only, with lines to try; settings in memory')
    .option('--settings <file>', `the settings file (default: "${defaultSettingsFile}")`)
    .option('--port <number>', 'the port, 0 for any free one', portNumber, 8080)
    .option('--host <address>', 'the address to listen at', '127.0.0.1')
    .option('--log <target>', 'a file, stderr, stdout or off (default: stderr; with --demo: off)')
    .action(serve);
}

function portNumber(text: string): number {
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw usage(`--port takes a number from 0 to 65535, not '${text}'`);
}

async function serve(options: Options): Promise<void> {
  const { demo, host, port, settings: file = defaultSettingsFile } = options;
  if (demo) checkDemo(options);
  const loaded = await loadFunctions(options.load);
  const log = logTarget(options.log ?? (demo ? 'off' : 'stderr'));
  if (!demo) readSettingsFile(file);
  await probe(host, port);
  const server = await make(demo ? demoOptions(loaded) : fileOptions(loaded, file), log, file);
  const stop = stopSignal();
  const { url } = await listen(server, host, port);
  const settings = server.settings.current();
  print(demo ? demoText(url, loaded, settings, log !== false) : servingText(url, loaded, settings, file));
  await stop;
  await server.close();
}

/** What --demo opens is for this machine only. */
function checkDemo({ host, settings }: Options): void {
  if (!loopback.includes(host)) {
    throw usage(`--demo switches everything on, so it listens at ${loopback.join(', ')} only, not at '${host}'`);
  }
  if (settings !== undefined) throw usage('--demo keeps its settings in memory: leave --settings out');
}

type Chosen = Omit<ServerOptions, 'log'>;

/** Every protocol, and by its name every function that is not for administrators. */
function demoOptions(loaded: Loaded): Chosen {
  const functions = besideSamples(loaded);
  const enabledwsfunctions = functions.map((fn) => fn.name).filter((name) => !isProtected(name));
  const enabledwsprotocols = protocols.map(({ name }) => name);
  return { functions, settings: { enablewebservices: true, enabledwsprotocols, enabledwsfunctions } };
}

function fileOptions({ functions }: Loaded, file: string): Chosen {
  return { functions, settingsFile: resolve(file) };
}

async function make(chosen: Chosen, log: string | false, file: string): Promise<Server> {
  try {
    return await createServer({ ...chosen, log });
  } catch (reason) {
    throw reason instanceof CatalogError ? reason : settingsFailure(file, reason);
  }
}

/** `off` is none; a file must be one that can be written, which is found out now. */
function logTarget(log: string): string | false {
  if (log === 'off') return false;
  if (log === 'stderr' || log === 'stdout') return log;
  try {
    closeSync(openSync(log, 'a'));
  } catch (reason) {
    throw failed(`--log ${log}: ${reasonText(reason)}`, reason);
  }
  return log;
}

/** Finds out early whether the port is free: before anything is logged. */
function probe(host: string, port: number): Promise<void> {
  return new Promise((done, refuse) => {
    const socket = createSocketServer();
    socket.once('error', (reason) => refuse(listenFailure(reason, host, port)));
    socket.listen(port, host, () => socket.close(() => done()));
  });
}

async function listen(server: Server, host: string, port: number): Promise<{ readonly url: string }> {
  try {
    return await server.listen({ host, port });
  } catch (reason) {
    throw listenFailure(reason as NodeJS.ErrnoException, host, port);
  }
}

function listenFailure(reason: NodeJS.ErrnoException, host: string, port: number): CommandFailure {
  return failed(listenProblem(reason, host, port), reason);
}

function listenProblem(reason: NodeJS.ErrnoException, host: string, port: number): string {
  switch (reason.code) {
    case 'EADDRINUSE':
      return `port ${port} of ${host} is in use: choose another with --port`;
    case 'EACCES':
      return `port ${port} may not be used by this user: choose one above 1023 with --port`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EINVAL':
      return `${host} is no address of this machine`;
    default:
      return `cannot listen at ${host}, port ${port}: ${reasonText(reason)}`;
  }
}

/** Resolves when the process is asked to end; asked a second time, it ends at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
