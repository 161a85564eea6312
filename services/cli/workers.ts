import cluster, { type Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import type { Peers } from '../../lib/observe/observer.ts';
import { CommandFailure, failed, failureOf, usage } from './failure.ts';
import { HandedOver } from './handed-over.ts';
import { print } from './output.ts';
import { Ledger, workerPeers } from './worker-numbers.ts';

/** What a process that serves has around it: itself alone, or the primary whose worker it is. */
export interface Stage {
  /** Whether other processes serve beside this one, so that what is counted in memory has to be counted in the store. */
  readonly shared: boolean;
  /** The processes that serve beside this one, for metrics; undefined where there are none. */
  readonly peers: Peers | undefined;
  /** Tells people that calls are answered now, and where. */
  announce(text: string): void;
  /** Resolves when the process is asked to end; asked a second time, it ends at once. */
  stopped(): Promise<void>;
}

/** The stage of a process without workers. */
export const alone: Stage = {
  shared: false,
  peers: undefined,
  announce: print,
  stopped: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    }),
};

/** Workers that one machine can have use for. */
const mostWorkers = 256;

/** Reads the number of `--workers`. */
export function workerCount(text: string): number {
  const count = /^[0-9]{1,3}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= mostWorkers) return count;
  throw usage(`--workers takes a number from 1 to ${mostWorkers}, not '${text}'`);
}

/**
 * Serves in so many processes on one port until it is asked to end. In the primary process it looks after the workers,
 * which are this command line anew; in those it does the work.
 * @param reserve makes sure in the primary that there is a port to listen at, and answers which (never 0)
 * @param serve serves until the stage has stopped
 * @throws CommandFailure what kept the first worker from serving, or that workers keep dying
 */
export async function serveWorkers(
  count: number,
  reserve: () => Promise<number>,
  serve: (stage: Stage) => Promise<void>,
): Promise<void> {
  if (cluster.isWorker) return work(serve);
  const port = await reserve();
  cluster.setupPrimary({
    exec: fileURLToPath(new URL('./main.js', import.meta.url)),
    args: [...process.argv.slice(2), '--port', `${port}`],
  });
  return new Crew(count).work();
}

/** What a worker tells its primary. */
type Word =
  | { readonly polywire: 'serving'; readonly text: string }
  | { readonly polywire: 'failed'; readonly lines: readonly string[]; readonly status: CommandFailure['status'] };

/** What a primary tells its workers. */
const stopWord = 'polywire: stop';

/** Ctrl-C goes to all processes of a terminal: the primary sees to it, and tells its workers. */
async function work(serve: (stage: Stage) => Promise<void>): Promise<void> {
  process.on('SIGINT', () => {});
  const stopped = () =>
    new Promise<void>((resolve) => {
      process.on('message', (word) => word === stopWord && resolve());
      process.once('SIGTERM', () => resolve());
    });
  try {
    await serve({
      shared: true,
      peers: workerPeers(),
      announce: (text) => void tell({ polywire: 'serving', text }),
      stopped,
    });
  } catch (reason) {
    const { lines, status } = failureOf(reason);
    await tell({ polywire: 'failed', lines, status });
  }
}

/** Should the primary be gone, Node ends this process by itself. */
function tell(word: Word): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(word, undefined, undefined, () => resolve());
  });
}

/** Milliseconds that a worker must serve so that its end is not taken for a failed start. */
const steadyAfter = 1_000;
/** So many failed starts in a row are enough. */
const mostFailures = 5;
/** Milliseconds until the next worker after the first failed start, doubled with each further one, and the most. */
const firstPause = 100;
const longestPause = 10_000;
/** Milliseconds after which a worker that should end is not waited for any more: `Server.close` takes 30,000 at most. */
const patience = 40_000;

/** One worker, as its primary sees it. */
interface Post {
  readonly worker: Worker;
  readonly handedOver: HandedOver;
  /** Whether it answers calls, and has done so for long enough. */
  serving: boolean;
  steady: boolean;
  failure: CommandFailure | undefined;
}

/** The workers of a primary: as many as wanted, whoever dies. The first goes ahead, the others follow once it serves. */
class Crew {
  readonly #count: number;
  readonly #posts = new Set<Post>();
  readonly #ledger = new Ledger();
  /** Whether all have served at the same time. */
  #complete = false;
  /** Failed starts in a row. */
  #failures = 0;
  #ending = false;
  #failure: CommandFailure | undefined;
  #ended: () => void = () => {};

  constructor(count: number) {
    this.#count = count;
  }

  /** Resolves once it was asked to end and all workers have. */
  async work(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#ended = resolve;
    });
    void alone.stopped().then(() => this.#end());
    this.#fork();
    await ended;
    if (this.#failure !== undefined) throw this.#failure;
  }

  #fork(): void {
    if (this.#ending || this.#posts.size >= this.#count) return;
    const worker = cluster.fork();
    const post: Post = {
      worker,
      handedOver: new HandedOver(worker),
      serving: false,
      steady: false,
      failure: undefined,
    };
    this.#posts.add(post);
    this.#ledger.joined(worker);
    worker.on('message', (word: Word | undefined | null) => this.#hear(post, word));
    worker.once('exit', (code, signal) => {
      const gone = () => this.#gone(post, signal ?? `exit status ${code}`);
      if (worker.isConnected())
        worker.once('disconnect', gone); // its last word may still be on the way
      else gone();
    });
    worker.on('error', ({ message }) => {
      if (worker.process.pid === undefined) this.#gone(post, message); // could not be started
    });
  }

  /** Functions that are served may send words of their own. */
  #hear(post: Post, word: Word | undefined | null): void {
    this.#ledger.hear(post.worker, word);
    if (word?.polywire === 'failed') post.failure = new CommandFailure(word.lines, word.status);
    else if (word?.polywire === 'serving') this.#serving(post, word.text);
  }

  #serving(post: Post, text: string): void {
    post.serving = true;
    setTimeout(() => {
      if (!this.#posts.has(post)) return;
      post.steady = true;
      this.#failures = 0;
    }, steadyAfter).unref();
    if (this.#complete) return;
    for (let i = this.#posts.size; i < this.#count; i++) this.#fork();
    this.#complete = this.#serve() === this.#count;
    if (this.#complete) print(text);
  }

  /** How many answer calls. */
  #serve(): number {
    return [...this.#posts].filter(({ serving }) => serving).length;
  }

  #gone(post: Post, how: string): void {
    if (!this.#posts.delete(post)) return;
    this.#ledger.gone(post.worker);
    post.handedOver.passOn(this.#serve() > 0);
    if (this.#ending) {
      if (this.#posts.size === 0) this.#ended();
      return;
    }
    if (!post.steady) this.#failures++;
    if (this.#hopeless(post)) {
      this.#failure = post.failure ?? failed(`workers end as soon as they have started (${how}): giving up`);
      this.#end();
    } else this.#replace(post, how);
  }

  /** What a worker says of its start is no accident as long as not all have started; neither are many deaths in a row. */
  #hopeless({ failure }: Post): boolean {
    if (this.#complete && this.#serve() > 0) return false;
    return this.#failures >= mostFailures || (failure !== undefined && !this.#complete);
  }

  #replace({ failure, steady, worker }: Post, how: string): void {
    const why = failure?.message ?? `polywire: worker ${worker.process.pid} has ended (${how})`;
    process.stderr.write(`${why}; another takes its place\n`);
    if (steady) this.#fork();
    else setTimeout(() => this.#fork(), Math.min(firstPause * 2 ** (this.#failures - 1), longestPause));
  }

  /** Asks all workers to finish what they do. */
  #end(): void {
    this.#ending = true;
    for (const { worker } of this.#posts) {
      worker.send(stopWord, () => {});
      setTimeout(() => worker.process.kill('SIGKILL'), patience).unref();
    }
    if (this.#posts.size === 0) this.#ended();
  }
}
