import { mkdirSync } from 'node:fs';
import { repositoryFile } from '../documentation/repository.ts';
import { type ClientRun, checksOf, type ForeignClient } from './client.ts';
import { run as runCommand } from './command.ts';
import { type Cells, cellsOf } from './outcome.ts';
import { startClientsServer } from './server.ts';

/** Where a client has its programs and what is made of them. */
export function placeOf({ folder }: ForeignClient): { readonly source: string; readonly build: string } {
  const build = repositoryFile(`.build/clients/${folder}`);
  mkdirSync(build, { recursive: true });
  return { source: repositoryFile(`test/clients/${folder}`), build };
}

/** What libraries in Java say of themselves, whatever they read. */
const ofThemselves = /^(?:SLF4J|INFO: )|META-INF\/services|FactoryFinder find$|buildServiceFromWSDL$/;

/** What clients that read our WSDL while they run have to say against it: programs that end well have no other reason to. */
function warnings({ protocol }: ClientRun, stderr: string): string {
  if (protocol !== 'soap') return '';
  const lines = stderr.split('\n').filter((line) => line !== '' && !ofThemselves.test(line));
  return lines.length === 0 ? '' : `warned: ${lines.join('\n').slice(0, 2_000)}`;
}

/** One run of a client: what came of each check, and what the program said besides. */
export interface Attempt {
  readonly cells: Cells;
  /** What went wrong with the program itself; empty if it ended well. */
  readonly trouble: string;
}

/** Prepares and runs a client's program against a server of its own. */
export async function attempt(client: ForeignClient, run: ClientRun): Promise<Attempt> {
  const server = await startClientsServer();
  try {
    const place = { ...placeOf(client), url: server.url };
    await run.prepare?.(place);
    const { seconds = 60 } = run;
    const done = await runCommand(run.command(place), { cwd: place.build, env: server.env, seconds });
    const cells = cellsOf(run, done.stdout, server.verdicts, server.exchanges());
    const ended = done.status === 0 ? '' : `ended with ${done.status}: ${done.stderr.slice(-2_000)}`;
    return { cells, trouble: ended || warnings(run, done.stderr) };
  } catch (reason) {
    const note = (reason as Error).message;
    const cells = new Map(checksOf(run).map((check) => [check, { is: 'wrong', note } as const]));
    return { cells, trouble: note };
  } finally {
    await server.close();
  }
}
