import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PartialSettings } from '../../index.ts';
import type { Report } from './site/watch.ts';
import type { Ask, Known, Told } from './site/words.ts';

type Question = { readonly [A in Ask as A['ask']]: Omit<A, 'id'> }[Ask['ask']];

const entries = {
  serve: new URL('./site/serve.js', import.meta.url),
  bad: new URL('./site/bad.js', import.meta.url),
} as const;

/** The site under attack, in a process of its own. */
export class SiteProcess {
  readonly known: Known;
  readonly #child: ChildProcess;
  readonly #errors: string[];
  readonly #ended: Promise<unknown>;
  #count = 0;

  private constructor(known: Known, child: ChildProcess, errors: string[]) {
    this.known = known;
    this.#child = child;
    this.#errors = errors;
    this.#ended = once(child, 'exit');
  }

  /** @param entry the module that serves: `serve`, or `bad` for a server that does everything wrong */
  static async start(entry: keyof typeof entries): Promise<SiteProcess> {
    const child = fork(fileURLToPath(entries[entry]), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps', '--expose-gc'],
    });
    const errors: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    const told = await Promise.race([
      once(child, 'message').then(([word]) => word as Told),
      once(child, 'exit').then(() => undefined),
    ]);
    if (told === undefined) throw new Error(`the site did not start: ${errors.join('')}`);
    return new SiteProcess(told.value as Known, child, errors);
  }

  get lives(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it has written to its standard error: a crash, mostly. */
  get errors(): string {
    return this.#errors.join('');
  }

  /** Begins to watch. Returns the bytes of resident memory. */
  begin(): Promise<number> {
    return this.#ask<number>({ ask: 'begin' });
  }

  /** What has happened since then. */
  end(): Promise<Report> {
    return this.#ask<Report>({ ask: 'end' });
  }

  /** Bytes of resident memory, garbage collected. */
  memory(): Promise<number> {
    return this.#ask<number>({ ask: 'memory' });
  }

  /** Changes settings until they are restored. */
  change(settings: PartialSettings): Promise<void> {
    return this.#ask<undefined>({ ask: 'settings', settings });
  }

  /** Brings the settings back with which it began. */
  restore(): Promise<void> {
    return this.#ask<undefined>({ ask: 'restore' });
  }

  /** Closes the site; a process that does not end by itself then is an error. */
  async stop(): Promise<void> {
    if (!this.lives) return;
    await this.#ask({ ask: 'close' });
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await this.#ended;
    clearTimeout(late);
    if (this.#child.signalCode !== null) throw new Error('something holds the process after it has closed');
  }

  async #ask<Value>(question: Question): Promise<Value> {
    const id = ++this.#count;
    const answered = new Promise<Told>((resolve) => {
      const listen = (told: Told): void => {
        if (told.id !== id) return;
        this.#child.off('message', listen);
        resolve(told);
      };
      this.#child.on('message', listen);
    });
    if (this.#child.connected) this.#child.send({ ...question, id }, () => {}); // whoever has died does not answer
    const told = await Promise.race([answered, this.#ended.then(() => undefined)]);
    if (told === undefined) throw new Error(`the process of the site has ended: ${this.errors}`);
    return told.value as Value;
  }
}
