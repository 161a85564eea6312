import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One HTTP answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Cuts bytes into answers by their Content-Length; `head` tells that the answers have no bodies. */
function answersOf(bytes: Buffer, head: boolean): Answer[] {
  const answers: Answer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf('\r\n\r\n', at);
    if (end === -1) throw new Error(`not an HTTP answer: ${bytes.toString('latin1', at, at + 200)}`);
    const [start = '', ...lines] = bytes.toString('latin1', at, end).split('\r\n');
    const pairs = lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    });
    const headers = Object.fromEntries(pairs);
    const status = Number(start.split(' ')[1]);
    const length =
      head || status < 200 || status === 204 ? 0 : Number(headers['content-length'] ?? bytes.length - end - 4);
    answers.push({ status, headers, body: bytes.toString('utf8', end + 4, end + 4 + length) });
    at = end + 4 + length;
  }
  return answers;
}

/** A connection that is told what to write, piece by piece, and gathers what comes back. */
export class Line {
  readonly socket: Socket;
  readonly #chunks: Buffer[] = [];
  readonly closed: Promise<void>;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  write(data: string | Buffer): void {
    this.socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** What has come when nothing more comes: the other side has closed, or the time is over. */
  async answers(head = false, most = 5_000): Promise<readonly Answer[]> {
    await Promise.race([this.closed, sleep(most, undefined, { ref: false })]);
    this.socket.destroy();
    return answersOf(this.bytes, head);
  }

  /** Waits until so many answers, or text, have come. */
  async until(text: string, most = 5_000): Promise<void> {
    const end = Date.now() + most;
    while (!this.bytes.includes(text)) {
      if (Date.now() > end) throw new Error(`${text} did not come, but ${this.bytes.toString('latin1')}`);
      await sleep(5);
    }
  }
}

/** A request to be written as it is: headers in order, twice if given twice. */
export interface Plain {
  readonly method?: string;
  readonly path?: string;
  readonly version?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** Leave Content-Length out, or give another. */
  readonly length?: number | false;
}

/** The bytes of a request. */
export function requestBytes({
  method = 'POST',
  path = '/',
  version = '1.1',
  headers = [],
  body = '',
  length,
}: Plain): Buffer {
  const bodiless = method === 'GET' || method === 'HEAD';
  const content = Buffer.from(bodiless ? '' : body);
  const sized = length === false || bodiless ? [] : [['Content-Length', String(length ?? content.length)] as const];
  const lines = [...headers, ...sized].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/${version}\r\n${lines}\r\n`, 'latin1'), content]);
}

/** Sends one request on a connection of its own and gives the last answer. */
export async function ask(port: number, plain: Plain): Promise<Answer> {
  const line = new Line(port);
  line.write(requestBytes({ ...plain, headers: [...(plain.headers ?? []), ['Connection', 'close']] }));
  const answer = (await line.answers(plain.method === 'HEAD')).at(-1);
  if (answer === undefined) throw new Error('the connection was closed without an answer');
  return answer;
}
