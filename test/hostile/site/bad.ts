import { lookup } from 'node:dns';
import { open, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenToTests } from './listen.ts';
import { effect, watchedLog, watchOpening } from './watch.ts';
import type { Known } from './words.ts';

const secret = 'a-secret-that-nobody-may-tell';
const kept: Buffer[] = [];
/** How the probe after the next misdeed is answered. */
let probeDelay = 0;
let probeOffset = 0;

interface Said {
  status: number;
  type: string;
  message: string;
  code: number;
  body: string | undefined;
}

const wait = (done: (callback: () => void) => void) => new Promise<void>((resolve) => done(resolve));

/** Keeps a processor busy for 300 ms, however long it takes to get one. */
function spin(): void {
  const used = () => process.cpuUsage().user + process.cpuUsage().system;
  const end = used() + 300_000;
  while (used() < end);
}

/** What a server must never do, each by its name. */
const misdeeds: Readonly<Record<string, (said: Said) => void | Promise<void>>> = {
  nothing: () => {},
  stack: (said) => {
    said.message = new Error('broken').stack ?? '';
  },
  path: (said) => {
    said.message = `no such file: ${process.cwd()}`;
  },
  secret: (said) => {
    said.message = `the secret is not ${secret}`;
  },
  log: () => watchedLog.write(`{"tried":"${secret}"}\n`),
  'log-line': () => watchedLog.write('{"a":1}\n{"user":"forged"}\n'),
  pollute: () => {
    (Object.prototype as { polluted?: unknown }).polluted = true;
  },
  block: () => {
    setImmediate(spin); // once the answer is out
  },
  effect: () => effect('hostile.mark'),
  file: () => wait((done) => open('/dev/null', () => done())),
  'file-at-once': () => void readFileSync('/dev/null'),
  name: () => wait((done) => lookup('localhost', () => done())),
  connection: () => wait((done) => connect(9, '127.0.0.1').on('error', () => done())),
  memory: () => void kept.push(Buffer.alloc(100 * 1_048_576, 1)),
  code: (said) => {
    said.code = -32_600;
  },
  status: (said) => {
    said.status = 500;
  },
  page: (said) => {
    said.type = 'text/html';
    said.body = '<h1>400</h1>';
  },
  protocol: (said) => {
    said.type = 'text/xml; charset=utf-8';
    said.body = '<methodResponse><params/></methodResponse>';
  },
  hang: () => new Promise(() => {}),
  late: () => sleep(15_000, undefined, { ref: false }),
  'slow-probe': () => {
    probeDelay = 2_500;
  },
  'wrong-probe': () => {
    probeOffset = 1;
  },
  death: () => process.exit(1),
};

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': 'r-1',
    Connection: 'close',
  });
  response.end(body);
}

async function answerProbe(url: string, response: ServerResponse): Promise<void> {
  const number = Number(/number=([0-9]+)/.exec(url)?.[1]) + probeOffset;
  await sleep(probeDelay);
  probeDelay = 0;
  probeOffset = 0;
  send(response, 200, 'application/json; charset=utf-8', `{"status":"ok","result":${number},"requestId":"r-1"}`);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '';
  if (url.includes('hostile.probe')) return answerProbe(url, response);
  delete (Object.prototype as { polluted?: unknown }).polluted;
  kept.length = 0;
  let name = '';
  for await (const chunk of request) name += String(chunk);
  const said: Said = {
    status: 200,
    type: 'application/json; charset=utf-8',
    message: 'The text is not JSON',
    code: -32_700,
    body: undefined,
  };
  if (name !== 'silence') watchedLog.write('{"code":"malformed"}\n');
  await misdeeds[name]?.(said);
  const data = { code: 'malformed', message: said.message, requestId: 'r-1' };
  const error = { code: said.code, message: said.message, data };
  send(response, said.status, said.type, said.body ?? JSON.stringify({ jsonrpc: '2.0', error, id: null }));
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const known: Partial<Known> = { port, secrets: [secret], paths: [process.cwd()] };
  watchOpening();
  listenToTests(known as Known, {
    change: async () => {},
    restore: async () => {},
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
});
