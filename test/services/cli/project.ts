import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
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

/** What a command is given besides its words. */
interface Given {
  /** What it may read from its standard input, which ends there. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What would lead a command to another place than the folder it runs in. */
const strayNames = ['DATABASE_URL', 'POLYWIRE_SECRET', 'POLYWIRE_KEY', 'POLYWIRE_KEY_SECRET', 'POLYWIRE_TOKEN'];

function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !strayNames.includes(name));
  return { ...Object.fromEntries(own), ...more };
}

/** Runs many command lines in this process, one after the other. */
export async function invokeAll(project: Project, lines: readonly (readonly string[])[]): Promise<Ended[]> {
  const ended: Ended[] = [];
  for (const words of lines) ended.push(await project.invoke(...words));
  return ended;
}

/** Checks that a command has printed nothing but one line of complaint. */
export function refused({ status, stdout, stderr }: Ended, expected: number, said: RegExp): void {
  expect({ status, stdout }, stderr).to.deep.equal({ status: expected, stdout: '' });
  expect(stderr)
    .to.match(/^polywire: [^\n]*\n$/)
    .and.to.match(said);
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

  /** The same with an input or an environment of its own. */
  runWith(given: Given, ...words: readonly string[]): Promise<Ended> {
    return this.execute(process.execPath, [main, ...words], given);
  }

  /** The same inside this process: as good where only words and texts are tried, and far cheaper. */
  invoke(...words: readonly string[]): Promise<Ended> {
    return this.invokeWith({}, ...words);
  }

  /** The same with variables of the environment. */
  async invokeWith(env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Ended> {
    const { stdout, stderr } = process;
    const writes = [stdout.write, stderr.write] as const;
    const before = process.cwd();
    const environmentBefore = process.env;
    const printed: [string[], string[]] = [[], []];
    process.chdir(this.folder);
    process.env = environment(env);
    stdout.write = (text: string | Uint8Array) => printed[0].push(String(text)) > 0;
    stderr.write = (text: string | Uint8Array) => printed[1].push(String(text)) > 0;
    try {
      const status = await run(words);
      return { status, stdout: printed[0].join(''), stderr: printed[1].join('') };
    } finally {
      [stdout.write, stderr.write] = writes;
      process.chdir(before);
      process.env = environmentBefore;
    }
  }

  /** What a command that goes well prints with `--json`. */
  // biome-ignore lint/suspicious/noExplicitAny: as JSON.parse has it
  async json(...words: readonly string[]): Promise<any> {
    const { status, stdout, stderr } = await this.invoke(...words, '--json');
    expect(status, stderr).to.equal(0);
    return JSON.parse(stdout);
  }

  /** Runs a line in a POSIX shell. */
  shell(line: string): Promise<Ended> {
    return this.execute('sh', ['-c', line]);
  }

  execute(program: string, words: readonly string[], { input = '', env }: Given = {}): Promise<Ended> {
    return new Promise((resolve) => {
      const options = { cwd: this.folder, timeout: 15_000, maxBuffer: 2 ** 24, env: environment(env) };
      const child = execFile(program, words, options, (_, stdout, stderr) =>
        resolve({ status: child.exitCode, stdout, stderr }),
      );
      child.stdin?.on('error', () => {}).end(input); // whoever does not read it may have ended
    });
  }

  /** Runs `polywire serve` until it has said where it listens. */
  serve(...words: readonly string[]): Promise<Serving> {
    return this.serveWith({}, ...words);
  }

  /** The same with variables of the environment. */
  async serveWith(env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Serving> {
    const child = spawn(process.execPath, [main, 'serve', '--port', '0', ...words], {
      cwd: this.folder,
      env: environment(env),
    });
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
