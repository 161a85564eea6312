import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Announcement } from './servers/announce.ts';

/** A server child that listens, and its place. */
export interface ServerChild {
  readonly pid: number;
  readonly origin: string;
  /** Headers that every request to it must have. */
  readonly headers: Announcement['headers'];
  /** What else it says. */
  readonly lines: Interface;
}

export interface Command {
  readonly core: number;
  readonly program: string;
  readonly args: readonly string[];
}

const SERVER_CORE = 0;
const PATIENCE = 20_000;

/** Everything this benchmark has started and that has not ended yet. */
const running = new Set<ChildProcess>();

/** Starts a program pinned to one core. taskset becomes the program, so the child's pid is the program's. */
export function startPinned({ core, program, args }: Command): ChildProcess {
  const child = spawn('taskset', ['-c', String(core), program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * Starts `servers/<script>.js` on the servers' core and waits until it tells its port.
 * @param beside modules of `servers/` that are loaded into it first
 */
export async function startServer(
  script: string,
  args: readonly string[] = [],
  beside: readonly string[] = [],
): Promise<ServerChild> {
  const file = (name: string) => new URL(`servers/${name}.js`, import.meta.url);
  const imports = beside.flatMap((name) => ['--import', file(name).href]);
  const all = [...imports, fileURLToPath(file(script)), ...args];
  const child = startPinned({ core: SERVER_CORE, program: process.execPath, args: all });
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  const { port, headers } = await announcementOf(child, lines, script);
  if (child.pid === undefined) throw new Error(`${script} has no process`);
  return { pid: child.pid, origin: `http://127.0.0.1:${port}`, headers, lines };
}

/** Ends one server, and waits for it. */
export async function endServer({ pid }: ServerChild): Promise<void> {
  const child = [...running].find((one) => one.pid === pid);
  if (child === undefined) return;
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}

async function announcementOf(child: ChildProcess, lines: Interface, script: string): Promise<Announcement> {
  const complaint: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaint.push(chunk.toString()));
  const announced = new Promise<Announcement>((resolve) => {
    lines.on('line', (line) => {
      if (line.startsWith('{"port":')) resolve(JSON.parse(line) as Announcement);
    });
  });
  const ended = once(child, 'close').then(() => undefined);
  const late = new AbortController();
  const tooLate = sleep(PATIENCE, undefined, { signal: late.signal, ref: false }).catch(() => undefined);
  const answer = await Promise.race([announced, ended, tooLate]);
  late.abort();
  if (answer === undefined) throw new Error(`${script} did not start: ${complaint.join('').trim().slice(-2000)}`);
  return answer;
}

/** Ends what this benchmark started, by process id, and waits for it; for those who do not listen: SIGKILL. */
export async function endChildren(): Promise<void> {
  const ending = [...running];
  const ended = Promise.all(ending.map((child) => once(child, 'close')));
  killChildren('SIGTERM');
  await Promise.race([ended, sleep(2000, undefined, { ref: false })]);
  killChildren('SIGKILL');
}

/** As `endChildren`, at once: for the last moment of the process. */
export function killChildren(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}
