import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A request and its answer as they stood on the wire; bytes as Latin-1. */
export interface Exchange {
  readonly request: string;
  readonly response: string;
}

interface Line {
  readonly sent: Buffer[];
  readonly answered: Buffer[];
}

/** A listener that passes bytes on to a server, both ways and unchanged, and keeps a copy. */
export interface Recorder {
  readonly port: number;
  /** What went over the wire so far, in the order of the connections. */
  exchanges(): readonly Exchange[];
  close(): Promise<void>;
}

/** Splits the bytes of a connection into messages, by their Content-Length; what has none runs to the end of its bytes. */
function messages(chunks: readonly Buffer[]): readonly string[] {
  const found: string[] = [];
  let rest = Buffer.concat(chunks).toString('latin1');
  while (rest !== '') {
    const head = /^[\s\S]*?\r?\n\r?\n/.exec(rest)?.[0] ?? rest;
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    const bare = /^(?:GET|HEAD) |^HTTP\/1\.1 (?:1\d\d|204) /.test(head);
    const end = length === undefined && !bare ? rest.length : head.length + Number(length ?? 0);
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return found;
}

function exchangesOf({ sent, answered }: Line): readonly Exchange[] {
  const answers = messages(answered).filter((answer) => !/^HTTP\/1\.1 1/.test(answer));
  return messages(sent).map((request, index) => ({ request, response: answers[index] ?? '' }));
}

function pass(from: Socket, to: Socket, copy: Buffer[]): void {
  from.on('data', (chunk: Buffer) => {
    copy.push(chunk);
    to.write(chunk);
  });
  from.on('end', () => to.end());
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroy());
}

/** Listens on a free loopback port before a server on another one. */
export async function record(port: number): Promise<Recorder> {
  const lines: Line[] = [];
  const server: Server = createServer({ allowHalfOpen: true }, (client) => {
    const line: Line = { sent: [], answered: [] };
    lines.push(line);
    const behind = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    pass(client, behind, line.sent);
    pass(behind, client, line.answered);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    exchanges: () => lines.flatMap(exchangesOf),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
