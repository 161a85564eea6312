import type { ChildProcess } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPinned } from './children.ts';
import type { BenchRequest } from './workloads.ts';

/** What wrk counted in one job. */
export interface LoadCount {
  readonly requests: number;
  /** Answers whose status was an error. */
  readonly refused: number;
  /** Connections that failed, broke or ran out of time. */
  readonly broken: number;
}

const LOAD_CORE = 1;
const CONNECTIONS = 32;

/** Says in one line what this machine lacks for the benchmark, or undefined; `load` where many requests are made at a time. */
export function missingTool(load: boolean): string | undefined {
  if (spawnSync('taskset', ['-c', '0', 'true']).error !== undefined) {
    return 'taskset is missing: install it (Debian package util-linux); the benchmark runs on Linux only';
  }
  if (spawnSync('taskset', ['-c', '0,1', 'true']).status !== 0 || !coresAreTwo()) {
    return 'the benchmark needs the cores 0 and 1: one for the server, one for the load';
  }
  if (load && spawnSync('wrk', ['-v']).error !== undefined) return 'wrk is missing: install it (Debian package wrk)';
  return undefined;
}

/** taskset takes a list of which only some cores exist, so each is tried alone. */
const coresAreTwo = (): boolean =>
  [0, 1].every((core) => spawnSync('taskset', ['-c', String(core), 'true']).status === 0);

/** A temporary folder that holds wrk's scripts while `use` runs, and not longer, even when a signal ends the process. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'polywire-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await use(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** Writes the Lua script that posts the request, and gives its path. */
export function writeScript(folder: string, name: string, request: BenchRequest): string {
  const bodyFile = join(folder, `${name}.body`);
  const script = join(folder, `${name}.lua`);
  writeFileSync(bodyFile, request.body);
  writeFileSync(script, scriptText(bodyFile, request.headers));
  return script;
}

const scriptText = (bodyFile: string, headers: BenchRequest['headers']): string => `\
local file = assert(io.open(${luaString(bodyFile)}, "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
file:close()
${Object.entries(headers)
  .map(([name, value]) => `wrk.headers[${luaString(name)}] = ${luaString(value)}`)
  .join('\n')}
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("\\ncounted %d %d %d\\n", summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
`;

const luaString = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** Lets wrk post for some seconds over 32 connections that stay open. */
export async function load(url: string, script: string, seconds: number): Promise<LoadCount> {
  const args = ['-t', '1', '-c', String(CONNECTIONS), '-d', `${seconds}s`, '--timeout', '60s', '-s', script, url];
  const output = await outputOf(startPinned({ core: LOAD_CORE, program: 'wrk', args }));
  const counted = /^counted (\d+) (\d+) (\d+)$/m.exec(output);
  if (counted === null) throw new Error(`wrk failed: ${output.trim()}`);
  return { requests: Number(counted[1]), refused: Number(counted[2]), broken: Number(counted[3]) };
}

function outputOf(child: ChildProcess): Promise<string> {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(Buffer.concat(chunks).toString()));
  });
}
