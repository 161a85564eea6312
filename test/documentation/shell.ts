import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The fenced blocks of a language in a document, in their order. */
export function blocksOf(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block);
}

/** A line of a shell block: what to run, and what is in what it prints, as a remark `# → text` says. */
export interface Step {
  readonly command: string;
  readonly printed: string | undefined;
}

/** The lines of the shell blocks of a document. Remarks are for people, except for what they say after an arrow. */
export function stepsOf(text: string): readonly Step[] {
  return blocksOf(text, 'sh').flatMap((block) =>
    block
      .replace(/\\\n/g, ' ')
      .split('\n')
      .map((line) => {
        const [command = '', printed] = line.split(/\s+# → /);
        return { command: command.trim(), printed: printed?.trim() };
      })
      .filter(({ command }) => command !== '' && !command.startsWith('#')),
  );
}

const mark = '-- end of step, status ';

/** One POSIX shell that carries out lines after each other, so that variables and background jobs live on as for a person. */
export class Shell {
  readonly #process: ChildProcess;
  #text = '';
  #heard: () => void = () => {};

  constructor(folder: string, env: Readonly<Record<string, string | undefined>>) {
    this.#process = spawn('sh', [], { cwd: folder, env, detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.stdout?.setEncoding('utf8').on('data', (text) => {
      this.#text += text;
      this.#heard();
    });
    this.#process.on('exit', () => this.#heard());
    this.#process.stdin?.on('error', () => {}).write('exec 2>&1\n');
  }

  /** Carries out a line, and answers what it printed and its status. */
  async run(line: string): Promise<{ readonly text: string; readonly status: number }> {
    this.#text = '';
    this.#process.stdin?.write(`${line}\necho "${mark}$?"\n`);
    for (;;) {
      const [, text, status] = new RegExp(`^([^]*?)${mark}([0-9]+)\n`).exec(this.#text) ?? [];
      if (text !== undefined) return { text, status: Number(status) };
      if (this.#process.exitCode !== null) throw new Error(`the shell has ended at: ${line}\n${this.#text}`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  /** Ends the shell and what it has started. */
  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.pid === undefined) return;
    const ended = once(this.#process, 'exit');
    process.kill(-this.#process.pid, 'SIGKILL');
    await ended;
  }
}
