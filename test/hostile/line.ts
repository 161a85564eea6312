import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One HTTP answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  /** By name in small letters; a name that came twice has both values, joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * What is done to a connection: bytes are written, `wait` waits for milliseconds, `until` for a text in what came back and
 * `answers` for so many answers; `end` half-closes, `reset` sends RST, `pause` reads nothing until `resume`.
 */
export type Step =
  | string
  | Buffer
  | { readonly wait: number }
  | { readonly until: string }
  | { readonly answers: number }
  | { readonly act: 'end' | 'reset' | 'pause' | 'resume' };

/** How a connection went. */
export interface Outcome {
  readonly answers: readonly Answer[];
  /** Whether the other side has closed it. */
  readonly closed: boolean;
  /** Milliseconds until that, or until the wait was given up. */
  readonly took: number;
  /** What came back and is no HTTP answer. */
  readonly rest: Buffer;
}

function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

const nothing = '0\r\n\r\n';

/** How many bytes follow the headers; not a number where that cannot be told. In chunks only nothing is ever answered. */
function lengthOf(
  status: number,
  headers: Readonly<Record<string, string>>,
  bytes: Buffer,
  from: number,
  head: boolean,
): number {
  if (head || status < 200 || status === 204) return 0;
  if (headers['transfer-encoding'] !== 'chunked') return Number(headers['content-length']);
  return bytes.toString('latin1', from, from + nothing.length) === nothing ? nothing.length : Number.NaN;
}

/** Cuts bytes into whole answers (RFC 9112 §6.3); `head` tells that they have no bodies. */
function cut(bytes: Buffer, head: boolean): { readonly answers: readonly Answer[]; readonly rest: Buffer } {
  const answers: Answer[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n\r\n', at);
    if (end === -1) break;
    const [start = '', ...lines] = bytes.toString('latin1', at, end).split('\r\n');
    const status = Number(/^HTTP\/1\.1 ([0-9]{3}) /.exec(start)?.[1]);
    if (Number.isNaN(status)) break;
    const headers = headersOf(lines);
    const from = end + 4;
    const length = lengthOf(status, headers, bytes, from, head);
    if (Number.isNaN(length) || bytes.length < from + length) break;
    if (headers['transfer-encoding'] === 'chunked') {
      answers.push({ status, headers, body: Buffer.alloc(0) });
      at = from + length;
      continue;
    }
    answers.push({ status, headers, body: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return { answers, rest: bytes.subarray(at) };
}

const acts = {
  end: (socket: Socket) => socket.end(),
  reset: (socket: Socket) => socket.resetAndDestroy(),
  pause: (socket: Socket) => socket.pause(),
  resume: (socket: Socket) => socket.resume(),
} as const;

/** A connection to the site. */
class Line {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  readonly #chunks: Buffer[] = [];
  readonly #head: boolean;
  isClosed = false;

  constructor(port: number, from: string, head: boolean) {
    this.#head = head;
    this.socket = connect({ port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true });
    this.socket.setNoDelay(true);
    this.socket.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      const done = (): void => {
        this.isClosed = true;
        resolve();
      };
      this.socket.once('close', done).once('end', done);
    });
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  cut() {
    return cut(this.bytes, this.#head);
  }

  /** Waits until something is so, the connection is closed, or the time is over. */
  async until(so: () => boolean, deadline: number): Promise<void> {
    let size = -1;
    while (!this.isClosed && performance.now() < deadline) {
      if (this.#chunks.length !== size) {
        size = this.#chunks.length;
        if (so()) return;
      }
      await Promise.race([this.closed, sleep(2)]);
    }
  }

  async take(step: Step, deadline: number): Promise<void> {
    if (typeof step === 'string') this.socket.write(Buffer.from(step, 'latin1'));
    else if (Buffer.isBuffer(step)) this.socket.write(step);
    else if ('act' in step) acts[step.act](this.socket);
    else if ('wait' in step) await Promise.race([this.closed, sleep(step.wait)]);
    else if ('until' in step) await this.until(() => this.bytes.includes(step.until), deadline);
    else await this.until(() => this.cut().answers.length >= step.answers, deadline);
  }
}

/** How a connection is to be made. */
export interface Connecting {
  readonly port: number;
  /** The address to come from: all of 127.0.0.0/8 is this machine. */
  readonly from: string;
  /** Milliseconds after which the wait is given up. */
  readonly within: number;
  /** Whether answers are to HEAD. */
  readonly head: boolean;
}

/** Plays a script on a connection of its own, then waits until the other side closes it. */
export async function play(steps: readonly Step[], { port, from, within, head }: Connecting): Promise<Outcome> {
  const line = new Line(port, from, head);
  const start = performance.now();
  for (const step of steps) await line.take(step, start + within);
  await line.until(() => false, start + within);
  const took = performance.now() - start;
  const closed = line.isClosed;
  line.socket.destroy();
  return { ...line.cut(), closed, took };
}
