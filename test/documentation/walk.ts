import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type Ended, has, main, Project } from '../services/cli/project.ts';
import { Shell, type Step, stepsOf } from './shell.ts';

/** A part of a document under one heading. */
export interface Section {
  readonly heading: string;
  readonly text: string;
  readonly steps: readonly Step[];
}

/** The parts of a document, those without headings and those without anything to run left out. */
export function sectionsOf(document: string): readonly Section[] {
  return document
    .split(/^##+ /m)
    .slice(1)
    .map((text) => ({ heading: text.slice(0, text.indexOf('\n')), text, steps: stepsOf(text) }))
    .filter(({ steps }) => steps.length > 0);
}

/** Milliseconds within which what a remark says must hold: what is written or revoked is seen everywhere by then. */
const patience = 2_500;

/** What a fault is printed as by `polywire call`, which then ends with 1. */
const fault = /^[a-z]+(?:-[a-z]+)*: [A-Z]/;

/** A command of `polywire` alone, whose output at most goes into a file as well. */
const plainCommand = /^npx --no polywire (?!serve)([^|&;<>`]*?)(?: \| tee (\S+))?$/;

/** A person who carries out a document line by line, in a folder and on ports of their own. */
export class Walk {
  readonly project = new Project();
  #shell: Shell | undefined;
  /** Free ports for those that documents name. */
  #ports: ReadonlyMap<string, number> = new Map();

  /** The address of the server that the document starts. */
  get url(): string {
    return `http://127.0.0.1:${this.#ports.get('8080')}`;
  }

  async begin(): Promise<void> {
    this.#ports = new Map([
      ['8080', await freePort()],
      ['8081', await freePort()],
    ]);
    const stray = /^(?:DATABASE_URL|REDIS_URL|POLYWIRE_\w+|\w*_proxy|\w*_PROXY)$/;
    const own = Object.entries(process.env).filter(([name]) => !stray.test(name));
    this.#shell = new Shell(this.project.folder, Object.fromEntries(own));
  }

  async end(): Promise<void> {
    await this.#shell?.end();
    await this.project.remove();
  }

  /**
   * Carries out a line and checks what it prints; what is changed is seen by a server within two seconds.
   * @returns what it printed
   */
  async step({ command, printed }: Step): Promise<string> {
    const until = Date.now() + patience;
    for (;;) {
      const { text, status } = await this.#carryOut(command);
      const said = printed === undefined || text.includes(printed);
      if (said || Date.now() > until) {
        if (!said) expect(text, command).to.include(printed);
        expect(status, `${command}\n${text}`).to.equal(printed !== undefined && fault.test(printed) ? 1 : 0);
        return text;
      }
      await sleep(100);
    }
  }

  /** Runs a line in the shell of the walk, as it stands. */
  async run(line: string): Promise<{ readonly text: string; readonly status: number | null }> {
    if (this.#shell === undefined) throw new Error('the walk has not begun');
    return this.#shell.run(line);
  }

  async #carryOut(command: string): Promise<{ readonly text: string; readonly status: number | null }> {
    const [, words, file] = plainCommand.exec(command) ?? [];
    if (words === undefined) {
      const line = this.#here(command);
      const done = await this.run(line);
      if (/ serve .*&$/.test(line)) await served(line);
      return done;
    }
    const { status, stdout, stderr } = await this.#invoke(this.#here(words));
    if (file !== undefined) this.project.write(file, stdout);
    return { status, text: stdout + stderr };
  }

  /** Carries out a command inside this process, which is far cheaper; the shell says which words and variables it has. */
  async #invoke(words: string): Promise<Ended> {
    const { text } = await this.run(`env | grep ^POLYWIRE_; printf '%s\\n' --- ${words}`);
    const [variables = '', list = ''] = text.split('---\n');
    const env = variables
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
    return this.project.invokeWith(Object.fromEntries(env), ...list.trimEnd().split('\n'));
  }

  /** A line as it is run here: the program that was compiled, and free ports. */
  #here(line: string): string {
    const named = line
      .replace(/^call |polywire call /, (call) => `${call}--url http://127.0.0.1:8080 `)
      .replace(/polywire serve (?!.*--port)/, (serve) => `${serve}--port 8080 `)
      .replaceAll('npx --no polywire', `"${process.execPath}" "${main}"`)
      .replace(/^python3 /, 'POLYWIRE_URL=http://127.0.0.1:8080/soap python3 ');
    return [...this.#ports].reduce((text, [port, free]) => text.replaceAll(port, `${free}`), named);
  }
}

/** Waits until the server is there that a line has started. */
async function served(line: string): Promise<void> {
  const port = /--port ([0-9]+)/.exec(line)?.[1];
  for (const until = Date.now() + 15_000; ; await sleep(50)) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    if (Date.now() > until) throw new Error(`nothing serves after: ${line}`);
  }
}

/** Whether this machine has a POSIX shell with what documents use. */
export async function canWalk(): Promise<boolean> {
  return process.platform !== 'win32' && (await has('curl', '--version'));
}

/** A port that nobody listens at. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
