import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../services/cli/main.js', import.meta.url));

/** `polywire serve` as people run it, in a process and a folder of its own. */
export class Served {
  /** What it has printed. */
  readonly printed: string;
  readonly url: string;
  readonly folder: string;
  readonly #child: ChildProcess;

  private constructor(printed: string, url: string, folder: string, child: ChildProcess) {
    this.printed = printed;
    this.url = url;
    this.folder = folder;
    this.#child = child;
  }

  /** Starts it with these words, and waits until it serves. */
  static async start(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Served> {
    const folder = await mkdtemp(join(tmpdir(), 'polywire-browser-'));
    const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--log', 'calls.log', ...words], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', ...environment },
    });
    let printed = '';
    const url = await new Promise<string>((found, refuse) => {
      const heard = (text: string): void => {
        printed += text;
        const address = /^(?:# )?Polywire .* at (http:\/\/[^\s,]+)[,\n]/m.exec(printed)?.[1];
        if (address !== undefined && /\/console\/setup#\S+\n/.test(printed)) found(address);
      };
      child.stdout.setEncoding('utf8').on('data', heard);
      child.stderr.setEncoding('utf8').on('data', heard);
      child.once('exit', (status) => refuse(new Error(`it ended with ${status}: ${printed}`)));
    });
    return new Served(printed, url, folder, child);
  }

  /** The one-time link by which the first administrator is made. */
  get setupLink(): string {
    const link = /http:\/\/\S+\/console\/setup#\S+/.exec(this.printed)?.[0];
    if (link === undefined) throw new Error(`no link to set it up was printed: ${this.printed}`);
    return link;
  }

  /** The console's own link, as the demo prints it. */
  get consoleLink(): string {
    const link = /The console: (http:\S+)/.exec(this.printed)?.[1];
    if (link === undefined) throw new Error(`no link to the console was printed: ${this.printed}`);
    return link;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}
