import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createServer, define, type Server, t } from '../../index.ts';

const megabyte = 1_048_576;

describe('lib/large-bodies', () => {
  let server: Server;
  let port: number;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    server = await createServer({
      functions: [
        define('test.length', {
          description: 'Tells how long a text is.',
          effect: 'read',
          body: 8 * megabyte,
          params: { text: t.string() },
          returns: t.int(),
          handler: ({ text }) => text.length,
        }),
      ],
      settings: {
        enablewebservices: true,
        enabledwsprotocols: ['rest'],
        enabledwsfunctions: ['*'],
        limits: { body: megabyte, largeBodies: 5 * megabyte },
      },
      log: false,
    });
    ({ port } = await server.listen({ port: 0 }));
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server.close(0);
  });

  /** Sends the head of a request, and what there is of its body by then. */
  function begin(head: string, body = ''): { socket: Socket; text: () => string } {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    let text = '';
    socket.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
    socket.on('error', () => {});
    socket.write(`POST /rest/test.length HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n`);
    socket.write(`${head}\r\n\r\n${body}`);
    return { socket, text: () => text };
  }

  async function answered({ text }: { text: () => string }): Promise<string> {
    for (let i = 0; i < 200 && !text().includes('\r\n\r\n'); i++) await sleep(20);
    return text();
  }

  const announce = (bytes: number) => begin(`Content-Length: ${bytes}`);

  /** Whether a body of so many bytes is waited for. */
  async function isAwaited(request: { text: () => string }): Promise<boolean> {
    await sleep(200);
    return request.text() === '';
  }

  it('refuses what has no room before it is read, and says when to come again', async () => {
    const first = announce(4 * megabyte);
    expect(await isAwaited(first)).to.equal(true);
    const refused = await answered(announce(2 * megabyte));
    expect(refused).to.match(/^HTTP\/1\.1 503 /);
    expect(refused).to.match(/\r\nRetry-After: 2\r\n/);
    expect(refused).to.include('"code":"unavailable"');
  });

  it('lets bodies of the usual size through, however many large ones there are', async () => {
    announce(8 * megabyte);
    await sleep(100);
    const small = begin('Content-Length: 14\r\nConnection: close', '{"text":"abc"}');
    expect(await answered(small)).to.include('"result":3');
  });

  it('takes one alone that is larger than all the room', async () => {
    expect(await isAwaited(announce(8 * megabyte))).to.equal(true);
  });

  it('has room again once an answer has gone out or a caller has gone away', async () => {
    const first = announce(4 * megabyte);
    await isAwaited(first);
    first.socket.destroy();
    await once(first.socket, 'close');
    const second = announce(4 * megabyte);
    expect(await isAwaited(second)).to.equal(true);
    second.socket.write(`{"text":"${'x'.repeat(4 * megabyte - 11)}"}`);
    expect(await answered(second)).to.include(`"result":${4 * megabyte - 11}`);
    expect(await isAwaited(announce(4 * megabyte))).to.equal(true);
  });

  it('makes a body of unknown length take all that it may have, once it is large', async () => {
    const first = begin('Transfer-Encoding: chunked', `100000\r\n${' '.repeat(megabyte)}\r\n`);
    expect(await isAwaited(first)).to.equal(true);
    const beside = announce(4 * megabyte);
    expect(await isAwaited(beside)).to.equal(true);
    first.socket.write(`1\r\n \r\n`);
    expect(await answered(first)).to.match(/^HTTP\/1\.1 503 /);
    beside.socket.destroy();
  });

  it('reads a large body of unknown length where there is room', async () => {
    const text = `{"text":"${'y'.repeat(2 * megabyte)}"}`;
    const request = begin('Transfer-Encoding: chunked', `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`);
    expect(await answered(request)).to.include(`"result":${2 * megabyte}`);
  });
});
