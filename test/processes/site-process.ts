import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Dialect } from '../../client/index.ts';
import { type AnyFunction, createServer, Fault, type PartialSettings } from '../../index.ts';
import { callOver, type Ending, type More } from './call-over.ts';
import { siteFunctions } from './site-functions.ts';

export { dialects, type Ending, type More } from './call-over.ts';

/** What a process serves. */
export interface SiteOptions {
  readonly database: string;
  readonly settings?: PartialSettings;
  readonly redis?: string;
  readonly shared?: boolean;
  /** The URL of a module whose `functions` are served too. */
  readonly more?: string;
  /** Where calls are noted: `stderr` if left out. */
  readonly log?: string;
}

/** How a process runs, whatever it serves. */
export interface ProcessOptions {
  /** Words to Node. */
  readonly execArgv?: readonly string[];
  /** Another program, and its words, that runs Node with the words that follow. */
  readonly through?: readonly [string, ...string[]];
  /** Open files that its output goes to; stderr is gathered in `log` otherwise. */
  readonly stderr?: number;
  readonly stdout?: number;
}

const open: PartialSettings = {
  enablewebservices: true,
  enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
  enabledwsfunctions: ['proc.*', 'auth.gettoken'],
};

/** What the processes say to each other. */
interface Ask {
  readonly id: number;
  /** A function to be called as the site itself; left out, the server is to close. */
  readonly name?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}
interface Told {
  /** Of the question; left out by the one word at the start. */
  readonly id?: number;
  readonly value?: unknown;
  readonly fault?: { readonly code: string; readonly message: string };
}

/** A server in a process of its own. */
export class SiteProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #log: string[];
  readonly #ended: Promise<unknown>;
  #count = 0;

  private constructor(url: string, child: ChildProcess, log: string[]) {
    this.url = url;
    this.#child = child;
    this.#log = log;
    this.#ended = once(child, 'exit');
  }

  /**
   * Starts a process and waits until it serves.
   * @throws Fault with which it did not
   */
  static async start(
    options: SiteOptions,
    { execArgv = [], through, stderr, stdout }: ProcessOptions = {},
  ): Promise<SiteProcess> {
    const [program = process.execPath, ...words] = through ?? [];
    const child = fork(fileURLToPath(import.meta.url), {
      serialization: 'advanced',
      stdio: ['ignore', stdout ?? 'ignore', stderr ?? 'pipe', 'ipc'],
      execPath: program,
      execArgv: [...words, ...(through ? [process.execPath] : []), '--enable-source-maps', ...execArgv],
    });
    const log: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => log.push(text));
    child.send(options);
    const told = await Promise.race([
      once(child, 'message').then(([word]) => word as Told),
      once(child, 'exit').then(() => undefined),
    ]);
    if (told === undefined) throw new Error(`the process ended: ${log.join('')}`);
    if (told.fault === undefined) return new SiteProcess(told.value as string, child, log);
    await endsByItself(child);
    throw new Fault(told.fault.code as 'internal', told.fault.message);
  }

  /** What it has written to its log. */
  get log(): string {
    return this.#log.join('');
  }

  /** Stops reading its stderr, as a program does that has ended. */
  deafen(): void {
    this.#child.stderr?.destroy();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get lives(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Runs a function as the site itself. */
  async ask<T>(name: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const { value, fault } = await this.#say({ id: ++this.#count, name, params });
    if (fault !== undefined) throw new Fault(fault.code as 'internal', fault.message);
    return value as T;
  }

  /** Calls a function over HTTP. */
  call(dialect: Dialect, fn: AnyFunction, params: object, more: More = {}): Promise<Ending> {
    return callOver(this.url, dialect, fn, params, more);
  }

  /** The status of a page. */
  async status(path: string): Promise<number> {
    const response = await fetch(new URL(path, this.url));
    await response.arrayBuffer();
    return response.status;
  }

  /** Ends it as the kernel does when it runs out of memory. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Closes the server; the process must then end by itself. */
  async stop(): Promise<void> {
    if (!this.lives) return;
    await this.#say({ id: ++this.#count });
    await endsByItself(this.#child);
  }

  async #say(ask: Ask): Promise<Told> {
    const told = new Promise<Told>((resolve) => {
      const listen = (word: Told): void => {
        if (word.id !== ask.id) return;
        this.#child.off('message', listen);
        resolve(word);
      };
      this.#child.on('message', listen);
    });
    this.#child.send(ask);
    const word = await Promise.race([told, this.#ended.then(() => undefined)]);
    if (word === undefined) throw new Error(`the process ended:\n${this.log}`);
    return word;
  }
}

/** Waits until a process that has let go of everything ends; one that something still holds is killed, and that is an error. */
async function endsByItself(child: ChildProcess): Promise<void> {
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  clearTimeout(late);
  if (child.signalCode !== null) throw new Error('something holds the process after it has closed');
}

/** A secret of the site, for tests. */
const siteSecret = 'a-secret-of-the-site-for-tests-only-0123456789';

function say(word: Told, done?: () => void): void {
  process.send?.(word, undefined, undefined, done);
}

/** Who administers the site. */
const operator = {
  user: { id: '', username: 'operator' },
  grants: [{ context: '/', capabilities: new Set(['*']) }],
};

async function answer(server: Awaited<ReturnType<typeof createServer>>, ask: Ask): Promise<void> {
  const { id, name, params } = ask;
  if (name === undefined) {
    await server.close(0);
    say({ id }, () => process.disconnect());
    return;
  }
  try {
    say({ id, value: await server.call(name, params, operator) });
  } catch (reason) {
    const { code, message } = Fault.from(reason);
    say({ id, fault: { code, message } });
  }
}

async function serve(options: SiteOptions): Promise<void> {
  try {
    const { more, ...rest } = options;
    const settings = { ...open, ...options.settings };
    const loaded: { readonly functions: readonly AnyFunction[] } =
      more === undefined ? { functions: [] } : await import(more);
    const functions = [...siteFunctions, ...loaded.functions];
    const server = await createServer({ ...rest, settings, functions, secrets: [siteSecret] });
    const { url } = await server.listen({ port: 0 });
    const orphaned = (): void => process.exit(1);
    process.once('disconnect', orphaned);
    process.on('message', (ask: Ask) => {
      if (ask.name === undefined) process.off('disconnect', orphaned);
      void answer(server, ask);
    });
    say({ value: url });
  } catch (reason) {
    const { code, message } = reason instanceof Fault ? reason : { code: 'no-fault', message: String(reason) };
    say({ fault: { code, message } }, () => process.disconnect());
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.once('message', (options: SiteOptions) => void serve(options));
}
