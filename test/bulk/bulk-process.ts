import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { BenchRequest } from '../../bench/workloads.ts';
import { createServer, type PartialSettings } from '../../index.ts';
import { echo } from '../../services/sample/tests.ts';
import { bulkFunctions, ran } from './functions.ts';

/** What the child measures of itself. */
interface Told {
  readonly url?: string;
  /** Milliseconds for which its event loop stood still at most, since it was asked before. */
  readonly longestBlock: number;
  readonly ran: Readonly<Record<string, number>>;
}

/** What came back. */
export interface BulkAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A server of large calls in a process of its own, which measures how long it holds others up. */
export class BulkProcess {
  readonly #child: ChildProcess;
  readonly #url: URL;
  #log = '';

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#url = new URL(url);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#log += text;
    });
  }

  static async start(settings: PartialSettings = {}): Promise<BulkProcess> {
    const child = fork(fileURLToPath(import.meta.url), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    });
    child.send(settings);
    const [{ url }] = (await once(child, 'message')) as [Told];
    return new BulkProcess(child, url ?? '');
  }

  /** What it has written to its log. */
  get log(): string {
    return this.#log;
  }

  /** Its peak resident memory, in megabytes of 1,000,000 bytes. */
  get peakMegabytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return (Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]) * 1024) / 1e6;
  }

  /** What it has measured since it was asked before. */
  async ask(): Promise<Told> {
    const told = once(this.#child, 'message') as Promise<[Told]>;
    this.#child.send('tell');
    const [word] = await told;
    return word;
  }

  /** Sends a request and waits for the whole answer. */
  send({ path, headers, body }: BenchRequest): Promise<BulkAnswer> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(new URL(path, this.#url), { method: 'POST', headers: lengthOf(headers, body) });
      sent.once('error', reject).once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('error', reject);
        response.once('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
        });
      });
      sent.end(body);
    });
  }

  /** Sends a request and goes away as soon as all of it has left. */
  abandon({ path, headers, body }: BenchRequest): Promise<void> {
    return new Promise((resolve) => {
      const sent = httpRequest(new URL(path, this.#url), { method: 'POST', headers: lengthOf(headers, body) });
      sent.once('error', () => {}).once('close', resolve);
      sent.end(body, () => sent.destroy());
    });
  }

  /** A small call while others are in work; tells how long it took. */
  async echo(): Promise<number> {
    const began = performance.now();
    const { status, body } = await this.send({ path: '/rest/test.echo', headers: json, body: '{"string":"small"}' });
    if (status !== 200 || !body.includes('"small"')) throw new Error(`a small call was answered ${status}: ${body}`);
    return performance.now() - began;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

const json = { 'Content-Type': 'application/json' };

function lengthOf(headers: BenchRequest['headers'], body: string): Record<string, string> {
  return { ...headers, 'Content-Length': String(Buffer.byteLength(body)) };
}

/** Watches the event loop: the longest time between two of its rounds. */
function watch(): () => number {
  let last = performance.now();
  let longest = 0;
  const round = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    setTimeout(round, 1).unref();
  };
  round();
  return () => {
    const told = longest;
    longest = 0;
    return told;
  };
}

async function serve(settings: PartialSettings): Promise<void> {
  const server = await createServer({
    functions: [...bulkFunctions, echo],
    settings: {
      enablewebservices: true,
      enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'],
      enabledwsfunctions: ['*'],
      ...settings,
    },
    log: 'stderr',
  });
  const { url } = await server.listen({ port: 0 });
  const longestBlock = watch();
  const tell = (more: object): void => {
    process.send?.({ longestBlock: longestBlock(), ran, ...more });
  };
  process.on('message', () => tell({}));
  process.once('disconnect', () => process.exit(0));
  tell({ url });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.once('message', (settings: PartialSettings) => void serve(settings));
}
