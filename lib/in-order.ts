import type { Server as HttpServer, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from './log.ts';
import { takeTarget } from './request-target.ts';

/** What HTTP itself says of a request that is none. */
function brokenStatus(code: string | undefined): string {
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
}

/** Milliseconds in which a caller can take the last word. */
const farewell = 1_000;

/** Says the last word to a connection that does not speak HTTP, or not to us. */
function sayGoodbye(socket: Socket, status: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  setTimeout(() => socket.destroy(), farewell).unref(); // whoever never closes its side would keep it for ever
}

/** What is known of a connection. */
interface Queue {
  /** The answer to the request that came in last. */
  last: ServerResponse;
  /** Requests that wait for the answers before theirs. */
  waiting: number;
}

/** What is wrong with where a request is for: without Host Node would refuse it as well, but without a word to anybody (RFC 9112 §3.2). */
function astray(request: IncomingMessage): string | undefined {
  if (request.headers.host === undefined && request.httpVersion === '1.1') return 'refused a request without a host';
  return request.url?.[0] === '/' || takeTarget(request) ? undefined : 'refused a request for an address that is none';
}

/** How many may wait until no more are read; while nothing is read, nobody notices that the caller has gone. */
const mostWaiting = 10;

/**
 * Hands a connection's requests to the listener one after the other, the next one once the answer before it has gone out:
 * pipelined ones come in by the hundred with one read (RFC 9112 §9.3.2), and answers that nobody takes would pile up.
 * What is not HTTP is refused in its turn as well, after the answers to what came before it, and ends the connection.
 */
export function serveInOrder(http: HttpServer, listener: RequestListener, log: Log): void {
  const queues = new WeakMap<Socket, Queue>();
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    const problem = astray(request);
    if (problem !== undefined) {
      log.events.info(problem);
      response.writeHead(400, { 'Content-Length': 0, Connection: 'close' }).end();
      return;
    }
    const queue = queues.get(socket);
    if (queue === undefined) queues.set(socket, { last: response, waiting: 0 });
    else if (!queue.last.writableFinished) {
      wait(queue, socket, () => listener(request, response));
      queue.last = response;
      return;
    } else queue.last = response;
    listener(request, response);
  };
  const hangUp = (socket: Socket, status: string): void => {
    const before = queues.get(socket)?.last;
    const end = (): void => {
      const ending = before?.headersSent === true && !before.shouldKeepAlive;
      if (!ending) sayGoodbye(socket, status);
    };
    // A whole request is being carried out: its answer comes first. One that breaks off has no other answer than this.
    if (before?.req.complete && !before.writableFinished) before.once('close', end);
    else end();
  };
  http.on('request', take).on('checkContinue', take);
  http.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    log.events.info({ code: error.code }, 'refused a request that is not HTTP');
    hangUp(socket, brokenStatus(error.code));
  });
  http.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    log.events.info('refused an expectation');
    response.writeHead(417, { 'Content-Length': 0 }).end();
  });
  http.on('connect', (_request: IncomingMessage, socket: Socket) => {
    log.events.info('refused a tunnel');
    socket.on('error', () => {}).resume(); // Node has let go of it
    hangUp(socket, '405 Method Not Allowed\r\nAllow: GET, HEAD, OPTIONS, POST');
  });
}

/** Does something once the last answer has gone out, unless the connection has ended by then. */
function wait(queue: Queue, socket: Socket, done: () => void): void {
  if (++queue.waiting > mostWaiting) socket.pause();
  queue.last.once('close', () => {
    queue.waiting--;
    if (socket.destroyed) return;
    if (queue.waiting <= mostWaiting) socket.resume();
    done();
  });
}
