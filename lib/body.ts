import type { IncomingMessage, ServerResponse } from 'node:http';
import { Fault } from './fault.ts';

/**
 * Reads a body once, as bytes, and not a byte beyond the limit. A body that ends early ends its connection: nothing runs,
 * and nobody is left to answer.
 * @param limit bytes
 * @param broken hears of a body that has ended early
 */
export function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
  done: (body: Buffer) => void,
  refused: (fault: Fault) => void,
  broken: () => void,
): void {
  const problem = problemBefore(request, limit);
  if (problem !== undefined) {
    refused(problem);
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  if (request.headers.expect !== undefined && request.httpVersion !== '1.0') response.writeContinue();
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else {
      request.removeAllListeners('data').removeAllListeners('end').removeAllListeners('error');
      refused(tooLarge(limit));
    }
  });
  request.on('error', () => void (request.complete || broken()));
  request.on('end', () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
}

/** What is wrong with a body before any of it is read. */
function problemBefore({ headers }: IncomingMessage, limit: number): Fault | undefined {
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    return new Fault('unsupported-media-type', 'Compressed requests are not taken', { gate: 'body' });
  }
  const length = headers['content-length'];
  return length !== undefined && Number(length) > limit ? tooLarge(limit) : undefined;
}

function tooLarge(limit: number): Fault {
  return new Fault('too-large', `The request has more than ${limit} bytes`, { gate: 'body' });
}
