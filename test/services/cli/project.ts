import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../../services/cli/run.ts';

/** The built command line. */
export const main = fileURLToPath(new URL('../../../services/cli/main.js', import.meta.url));

const entry = new URL('../../../index.js', import.meta.url);
const koa = dirname(dirname(fileURLToPath(import.meta.resolve('koa'))));

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server started from the command line. */
export interface Serving {
  readonly url: string;
  /** All that was printed until now. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly process: ChildProcess;
  /** Asks it to end, and waits until it has. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<Ended>;
}

/** Runs many command lines in this process, one after the other. */
export async function invokeAll(project: Project, lines: readonly (readonly string[])[]): Promise<Ended[]> {
  const ended: Ended[] = [];
  for (const words of lines) ended.push(await project.invoke(...words));
  return ended;
}

/** A folder of a newcomer's: with Polywire among its modules and `polywire` among its programs. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'polywire-cli-'));
  readonly #servers: ChildProcess[] = [];

  constructor() {
    const modules = join(this.folder, 'node_modules');
    mkdirSync(join(modules, '.bin'), { recursive: true });
    mkdirSync(join(modules, 'polywire'));
    symlinkSync(koa, join(modules, 'koa'), 'junction');
    this.write('node_modules/polywire/package.json', '{"name":"polywire","type":"module","exports":"./index.js"}');
    this.write('node_modules/polywire/index.js', `export * from ${JSON.stringify(entry.href)};\n`);
    const bin = join(modules, '.bin', 'polywire');
    writeFileSync(bin, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, { mode: 0o755 });
  }

  write(name: string, text: string): string {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Runs `polywire` with these words until it ends. */
  run(...words: readonly string[]): Promise<Ended> {
    return this.execute(process.execPath, [main, ...words]);
  }

  /** The same inside this process: as good where only words and texts are tried, and far cheaper. */
  async invoke(...words: readonly string[]): Promise<Ended> {
    const { stdout, stderr } = process;
    const writes = [stdout.write, stderr.write] as const;
    const before = process.cwd();
    const printed: [string[], string[]] = [[], []];
    process.chdir(this.folder);
    stdout.write = (text: string | Uint8Array) => printed[0].push(String(text)) > 0;
    stderr.write = (text: string | Uint8Array) => printed[1].push(String(text)) > 0;
    try {
      const status = await run(words);
      return { status, stdout: printed[0].join(''), stderr: printed[1].join('') };
    } finally {
      [stdout.write, stderr.write] = writes;
      process.chdir(before);
    }
  }

  /** Runs a line in a POSIX shell. */
  shell(line: string): Promise<Ended> {
    return this.execute('sh', ['-c', line]);
  }

  execute(program: string, words: readonly string[]): Promise<Ended> {
    return new Promise((resolve) => {
      const options = { cwd: this.folder, timeout: 15_000, maxBuffer: 2 ** 24 };
      const child = execFile(program, words, options, (_, stdout, stderr) =>
        resolve({ status: child.exitCode, stdout, stderr }),
      );
    });
  }

  /** Runs `polywire serve` until it has said where it listens. */
  async serve(...words: readonly string[]): Promise<Serving> {
    const child = spawn(process.execPath, [main, 'serve', '--port', '0', ...words], { cwd: this.folder });
    this.#servers.push(child);
    let stdout = '';
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.stdout.setEncoding('utf8');
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`polywire serve has ended: ${stderr}`)));
      child.stdout.on('data', (text) => {
        stdout += text;
        const found = /http:\/\/\S+?:[0-9]+/.exec(stdout);
        if (found !== null && stdout.endsWith('\n')) resolve(found[0]);
      });
    });
    const stop = async (signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<Ended> => {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return { status: child.exitCode, stdout, stderr };
    };
    return { url, process: child, stdout: () => stdout, stderr: () => stderr, stop };
  }

  /** Ends what still runs and leaves nothing behind. */
  async remove(): Promise<void> {
    const running = this.#servers.filter((child) => child.exitCode === null && child.signalCode === null);
    const ends = running.map((child) => once(child, 'exit'));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(ends);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Whether a program is on this machine. */
export function has(program: string, ...words: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, words, (error) => resolve(error === null));
  });
}
