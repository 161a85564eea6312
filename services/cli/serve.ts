import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { secretsIn } from '../../lib/auth/seal.ts';
import { CatalogError } from '../../lib/catalog.ts';
import type { AnyFunction } from '../../lib/define.ts';
import { Fault } from '../../lib/fault.ts';
import { flushSpans } from '../../lib/observe/flush-spans.ts';
import type { Server } from '../../lib/server.ts';
import { createServer, protocols, type ServerOptions } from '../site.ts';
import { withStore } from './database.ts';
import { demoText } from './demo.ts';
import { type CommandFailure, failed, reasonText, usage } from './failure.ts';
import { besideSamples, type Loaded, type LoadOption, loadFunctions, withLoad } from './functions.ts';
import { type Home, type HomeOption, homeOf, withHome } from './home.ts';
import { invocation } from './output.ts';
import { ownFunctions } from './own-functions.ts';
import { isProtected } from './patterns.ts';
import { outliveStragglers } from './process.ts';
import { readSettingsFile, settingsFailure } from './settings-file.ts';
import { firstStartText, offerPlace } from './setup-link.ts';
import { loopback, servingText } from './state.ts';
import { alone, type Stage, serveWorkers, workerCount } from './workers.ts';

/** The words of `polywire serve`, read. */
export interface ServeOptions extends LoadOption, HomeOption {
  readonly demo?: true;
  readonly port: number;
  readonly host: string;
  readonly log?: string;
  readonly workers?: number;
}

/** `polywire serve`: serves functions as the switches say, or all of them to this machine with --demo. */
export function configureServe(command: Command): void {
  withHome(withLoad(command))
    .option('--demo', 'everything on, for this machine only, with lines to try; settings in memory')
    .option('--port <number>', 'the port, 0 for any free one', portNumber, 8080)
    .option('--host <address>', 'the address to listen at', '127.0.0.1')
    .option('--log <target>', 'a file, stderr, stdout or off (default: stderr; with --demo: off)')
    .option('--workers <number>', 'processes that serve on the port, each replaced when it dies', workerCount)
    .addHelpText('after', environmentHelp)
    .action(serve);
}

const environmentHelp = `
Environment: DATABASE_URL, the database; POLYWIRE_SECRET, what the secrets of signing keys are encrypted under (several
with commas between: the first encrypts, all decrypt); REDIS_URL, Redis, for counts per minute that processes share.`;

function portNumber(text: string): number {
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw usage(`--port takes a number from 0 to 65535, not '${text}'`);
}

function serve(options: ServeOptions): Promise<void> {
  const { demo, host, port, workers } = options;
  if (demo) checkDemo(options);
  if (workers === undefined) return serveOnce(options, alone);
  return serveWorkers(
    workers,
    () => probe(host, port),
    (stage) => serveOnce(options, stage),
  );
}

/** Serves in this process until it is asked to end. */
export async function serveOnce(options: ServeOptions, stage: Stage): Promise<void> {
  const { demo, host, port } = options;
  const home = demo ? undefined : homeOf(options);
  const loaded = await loadFunctions(options.load);
  const log = logTarget(options.log ?? (demo ? 'off' : 'stderr'));
  if (home !== undefined) await lookAt(home);
  if (!stage.shared) await probe(host, port);
  const server =
    home === undefined
      ? await makeDemo(demoOptions(loaded), log)
      : await make({ ...homeOptions(loaded, home), ...beside(stage) }, log, home);
  const stopped = stage.stopped();
  const { url } = await listen(server, host, port);
  const settings = server.settings.current();
  const vacancy = await offerPlace(server, url);
  stage.announce(
    home === undefined
      ? demoText({ url, setup: vacancy?.link, loaded, settings, logged: log !== false })
      : `${servingText({ url, host }, loaded, settings, home, await ownOf(home))}${firstStartText(vacancy, home)}`,
  );
  const endOutliving = outliveStragglers();
  await stopped;
  await server.close();
  await flushSpans();
  endOutliving();
}

/** What a server must know of the processes beside it. */
function beside({ shared, peers }: Stage): Pick<ServerOptions, 'shared' | 'peers'> {
  return peers === undefined ? { shared } : { shared, peers };
}

/** Looks at what is there before anything is logged, and takes a settings file over into a database that has just been begun. */
async function lookAt(home: Home): Promise<void> {
  if (home.kind === 'file') readSettingsFile(home.file);
  else await withStore(home.url, async () => {}, `; or try: ${invocation} serve --demo`);
}

async function ownOf(home: Home): Promise<readonly AnyFunction[]> {
  return home.kind === 'database' ? ownFunctions() : [];
}

/** What --demo opens is for this machine only. */
function checkDemo({ host, settings, database, workers }: ServeOptions): void {
  if (!loopback.includes(host)) {
    throw usage(`--demo switches everything on, so it listens at ${loopback.join(', ')} only, not at '${host}'`);
  }
  if (settings !== undefined) throw usage('--demo keeps its settings in memory: leave --settings out');
  if (workers !== undefined)
    throw usage('--demo keeps its settings in memory, which workers do not share: leave --workers out');
  if (database !== undefined) throw usage('--demo is without a database that lasts: leave --database out');
}

type Chosen = Omit<ServerOptions, 'log'>;

/** Every protocol, and by its name every function that is not for administrators. */
function demoOptions(loaded: Loaded): Chosen {
  const functions = besideSamples(loaded);
  const enabledwsfunctions = functions.map((fn) => fn.name).filter((name) => !isProtected(name));
  const enabledwsprotocols = protocols.map(({ name }) => name);
  return { functions, demo: true, settings: { enablewebservices: true, enabledwsprotocols, enabledwsfunctions } };
}

function homeOptions({ functions }: Loaded, home: Home): Chosen {
  if (home.kind === 'file') return { functions, settingsFile: resolve(home.file) };
  const redis = process.env['REDIS_URL'];
  const secrets = secretsIn(process.env['POLYWIRE_SECRET']);
  return { functions, database: home.url, secrets, ...(redis ? { redis } : {}) };
}

async function make(chosen: Chosen, log: string | false, home: Home | undefined): Promise<Server> {
  try {
    return await createServer({ ...chosen, log });
  } catch (reason) {
    throw home?.kind === 'file' && !(reason instanceof CatalogError) ? settingsFailure(home.file, reason) : reason;
  }
}

/** The demo with a database that ends with it; without one where this machine has nothing to open it with. */
async function makeDemo(chosen: Chosen, log: string | false): Promise<Server> {
  const secrets = [randomBytes(32).toString('base64url')];
  try {
    return await createServer({ ...chosen, database: 'sqlite::memory:', secrets, log });
  } catch (reason) {
    if (!(reason instanceof Fault && reason.code === 'unavailable')) throw reason;
    return createServer({ ...chosen, log });
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

/** Finds out early whether the port is free, and which one a free one is: before anything is logged. */
function probe(host: string, port: number): Promise<number> {
  return new Promise((done, refuse) => {
    const socket = createSocketServer();
    socket.once('error', (reason) => refuse(listenFailure(reason, host, port)));
    socket.listen(port, host, () => {
      const bound = (socket.address() as AddressInfo).port;
      socket.close(() => done(bound));
    });
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
