import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, ask, Line, type Plain, requestBytes } from '../../../door/wire.ts';
import type { Came, Place, Row, Steps } from '../row.ts';
import { allOver, cameOf, isJson, type Over, onServer, plainOf, requestOf, send, titleOf } from '../send.ts';

const textOf = (over: Over, text: string): string => (isJson(over) ? JSON.stringify(text) : text);

/** A right call. */
function call(over: Over): Plain {
  return plainOf(requestOf(over, 'limit.text', textOf(over, 'x')));
}

function withMore({ headers = [], ...plain }: Plain, more: readonly (readonly [string, string])[]): Plain {
  return { ...plain, headers: [...headers, ...more] };
}

/** The same call with headers such that there are so many, those that `ask` and lengths add among them. */
function withHeaderCount(over: Over, count: number): Plain {
  const plain = call(over);
  const fillers = count - (plain.headers?.length ?? 0) - 2;
  return withMore(
    plain,
    Array.from({ length: fillers }, (_, i) => [`X-${i}`, '1'] as const),
  );
}

/** The same call such that the address and the names and values of its headers have so many bytes. */
function withHeaderBytes(over: Over, bytes: number): Plain {
  const plain = call(over);
  const length = String(Buffer.byteLength(plain.body ?? ''));
  const all = [...(plain.headers ?? []), ['X', ''], ['Connection', 'close'], ['Content-Length', length]];
  const own = all.flat().join('').length + (plain.path ?? '').length;
  return withMore(plain, [['X', 'x'.repeat(bytes - own)]]);
}

function asked(over: Over, at: (over: Over) => Plain, beyond: (over: Over) => Plain): Steps<Place> {
  return {
    over: titleOf[over],
    at: async ({ port }) => cameOf(over, await ask(port, at(over))),
    beyond: async ({ port }) => cameOf(over, await ask(port, beyond(over))),
  };
}

const headerCount = onServer({
  limit: 'Headers of a request',
  value: { fixed: '100' },
  code: 'too-large',
  cells: allOver.map((over) =>
    asked(
      over,
      () => withHeaderCount(over, 100),
      () => withHeaderCount(over, 101),
    ),
  ),
});

/** Node's parser counts the address and the names and values of headers, and refuses before anything of ours is asked. */
const headerBytes = onServer({
  limit: 'Bytes of the address, and of the names and values of headers',
  value: { fixed: '16,383' },
  code: undefined,
  cells: allOver.map((over) =>
    asked(
      over,
      () => withHeaderBytes(over, 16_383),
      () => withHeaderBytes(over, 16_384),
    ),
  ),
});

/** A call whose body comes in one chunk, with something behind its size and behind the last. */
function chunked({ extension = '', trailer = '' }): (place: Place) => Promise<Came> {
  const { body = '', headers = [], ...plain } = call('jsonrpc');
  const size = Buffer.byteLength(body).toString(16);
  const all = [...headers, ['Connection', 'close'], ['Transfer-Encoding', 'chunked']] as const;
  return async ({ port }) => {
    const line = new Line(port);
    line.write(requestBytes({ ...plain, headers: all, length: false }));
    line.write(`${size}${extension}\r\n${body}\r\n0\r\n${trailer}\r\n`);
    return { status: (await line.answers())[0]?.status ?? 0 };
  };
}

/** Node's parser counts these too. */
const trailers = onServer({
  limit: 'Bytes of the names and values of headers behind a body in chunks',
  value: { fixed: '16,383' },
  code: undefined,
  cells: [
    {
      over: 'HTTP',
      at: chunked({ trailer: `X: ${'x'.repeat(16_382)}\r\n` }),
      beyond: chunked({ trailer: `X: ${'x'.repeat(16_383)}\r\n` }),
    },
  ],
});
const extensions = onServer({
  limit: 'Bytes that a chunk says beside its size',
  value: { fixed: '16,384' },
  code: undefined,
  cells: [
    {
      over: 'HTTP',
      at: chunked({ extension: `;${'x'.repeat(16_384)}` }),
      beyond: chunked({ extension: `;${'x'.repeat(16_385)}` }),
    },
  ],
});

const hosts = onServer({
  limit: 'Host headers of a request',
  value: { fixed: '1' },
  code: 'malformed',
  cells: allOver.map((over) => asked(over, call, () => withMore(call(over), [['Host', 'localhost']]))),
});

/** The counts of one try belong to one minute. */
async function freshMinute(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 3_000) await sleep(left + 50);
}

async function several(count: number, once: () => Promise<Came>): Promise<Came> {
  await freshMinute();
  let came = await once();
  for (let i = 1; i < count; i++) came = await once();
  return came;
}

const flood = onServer({
  limit: 'Requests of an address in a minute',
  value: { setting: 'limits.floodPerMinute' },
  code: 'rate-limited',
  settings: { limits: { floodPerMinute: 3 } },
  cells: allOver.map((over) => ({
    over: titleOf[over],
    at: ({ port }) => several(3, () => send(port, over, 'limit.text', textOf(over, 'x'))),
    beyond: ({ port }) => send(port, over, 'limit.text', textOf(over, 'x')),
  })),
});

const waiting = (over: Over, ms: number): string => (over === 'xmlrpc' ? `<int>${ms}</int>` : String(ms));

const deadline = onServer({
  limit: 'Milliseconds that a call may take',
  value: { setting: 'limits.deadline' },
  code: 'timeout',
  patient: true,
  settings: { limits: { deadline: 1_500 } },
  cells: allOver.map((over) => ({
    over: titleOf[over],
    at: ({ port }) => send(port, over, 'limit.wait', waiting(over, 20)),
    beyond: ({ port }) => send(port, over, 'limit.wait', waiting(over, 60_000)),
  })),
});

/** Holds connections open, each with a call behind it, while another calls. */
async function among(held: number, { port }: Place, over: Over): Promise<Came> {
  const lines = Array.from({ length: held }, () => new Line(port));
  try {
    for (const line of lines) {
      line.write(requestBytes(call(over)));
      await line.until('\r\n\r\n');
    }
    return cameOf(over, await ask(port, call(over)));
  } finally {
    for (const line of lines) line.socket.destroy();
    await Promise.all(lines.map(({ closed }) => closed));
    await sleep(50);
  }
}

const connections = onServer({
  limit: 'Open connections',
  value: { setting: 'limits.connections' },
  code: 'unavailable',
  settings: { limits: { connections: 3 } },
  cells: allOver.map((over) => ({
    over: titleOf[over],
    at: (place) => among(2, place, over),
    beyond: (place) => among(3, place, over),
  })),
});

/** Whether whoever comes after so many silent ones is told that they are too many. */
async function afterSilent(held: number, { port }: Place): Promise<Came> {
  const lines: Line[] = [];
  try {
    // No more at once than the system keeps in its queue: whoever is left out of that comes later than the last one.
    while (lines.length < held) {
      const next = Array.from({ length: Math.min(100, held - lines.length) }, () => new Line(port));
      lines.push(...next);
      await Promise.all(next.map(({ socket }) => once(socket, 'connect')));
      await sleep(20);
    }
    const [answer] = (await ask(port, call('rest')).then(
      (came) => [came],
      () => [],
    )) as readonly (Answer | undefined)[];
    return { status: answer?.status === 503 ? 200 : 0 };
  } finally {
    for (const line of lines) line.socket.destroy();
    await Promise.all(lines.map(({ closed }) => closed));
    await sleep(50);
  }
}

const surplus = onServer({
  limit: 'Connections beyond those that are still told so',
  value: { fixed: '1,000' },
  code: undefined,
  settings: { limits: { connections: 3 } },
  cells: [{ over: 'HTTP', at: (place) => afterSilent(1_002, place), beyond: (place) => afterSilent(1_003, place) }],
});

/** What comes back on a connection that is written to in two parts with a pause between them. */
async function inTwoParts(port: number, bytes: Buffer, cut: number, pause: number): Promise<Came> {
  const line = new Line(port);
  line.write(bytes.subarray(0, cut));
  await Promise.race([sleep(pause), line.closed]);
  if (!line.socket.destroyed) line.write(bytes.subarray(cut));
  const [answer] = (await line.answers(false, 9_000)) as readonly (Answer | undefined)[];
  return { status: answer?.status ?? 0 };
}

/** Milliseconds beyond a limit by which Node has looked: it does so every five seconds. */
const looked = 6_500;

function slowly(limit: string, setting: string, cutOf: (bytes: Buffer) => number): Row {
  return onServer({
    limit,
    value: { setting },
    code: undefined,
    patient: true,
    settings: { limits: { headersTimeout: 1_000, requestTimeout: 1_000 } },
    cells: [
      {
        over: 'HTTP',
        at: ({ port }) => inParts(port, 200),
        beyond: ({ port }) => inParts(port, looked),
      },
    ],
  });

  function inParts(port: number, pause: number): Promise<Came> {
    const bytes = requestBytes(withMore(call('jsonrpc'), [['Connection', 'close']]));
    return inTwoParts(port, bytes, cutOf(bytes), pause);
  }
}

const keepAlive = onServer({
  limit: 'Milliseconds that an idle connection is kept',
  value: { setting: 'limits.keepAliveTimeout' },
  code: undefined,
  patient: true,
  settings: { limits: { keepAliveTimeout: 1_500 } },
  cells: [{ over: 'HTTP', at: ({ port }) => secondCall(port, 200), beyond: ({ port }) => secondCall(port, 6_000) }],
});

/** What comes back to a second request on a connection that was idle meanwhile. */
async function secondCall(port: number, pause: number): Promise<Came> {
  const line = new Line(port);
  line.write(requestBytes(call('jsonrpc')));
  await line.until('taken');
  await Promise.race([sleep(pause), line.closed]);
  if (line.socket.destroyed) return { status: 0 };
  line.write(requestBytes(withMore(call('jsonrpc'), [['Connection', 'close']])));
  return { status: (await line.answers())[1]?.status ?? 0 };
}

/** What limits are on connections, headers and time. */
export const connectionRows: readonly Row[] = [
  headerBytes,
  headerCount,
  trailers,
  extensions,
  hosts,
  slowly('Milliseconds until the headers have come', 'limits.headersTimeout', () => 20),
  slowly('Milliseconds until the whole request has come', 'limits.requestTimeout', (bytes) => bytes.length - 5),
  keepAlive,
  connections,
  surplus,
  flood,
  deadline,
];
