import type { IncomingMessage, ServerResponse } from 'node:http';
import { Fault } from './fault.ts';

/** How large a body may be. */
export interface BodyRules {
  /** Bytes that it has at most. */
  readonly limit: number;
  /** Bytes that any body may have; a larger one takes room first. */
  readonly usual: number;
  /** Takes room for so many bytes, or says why there is none. */
  readonly takeRoom: (bytes: number) => Fault | undefined;
}

/**
 * Reads a body once, as bytes, and not a byte beyond the limit. A body that ends early ends its connection: nothing runs,
 * and nobody is left to answer.
 * @param broken hears of a body that has ended early
 */
export function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  rules: BodyRules,
  done: (body: Buffer) => void,
  refused: (fault: Fault) => void,
  broken: () => void,
): void {
  const length = Number(request.headers['content-length'] ?? 0);
  const problem = problemBefore(request, length, rules);
  if (problem !== undefined) {
    refused(problem);
    return;
  }
  if (request.headers.expect !== undefined && request.httpVersion !== '1.0') response.writeContinue();
  const body = length > rules.usual ? new WholeBody(length) : new BodyInPieces(rules);
  request.on('data', (chunk: Buffer) => {
    const fault = body.add(chunk);
    if (fault === undefined) return;
    request.removeAllListeners('data').removeAllListeners('end').removeAllListeners('error');
    refused(fault);
  });
  request.on('error', () => void (request.complete || broken()));
  request.on('end', () => done(body.take()));
}

/** A body of few bytes, or of nobody knows how many. */
class BodyInPieces {
  private readonly rules: BodyRules;
  private pieces: Buffer[] = [];
  private size = 0;

  constructor(rules: BodyRules) {
    this.rules = rules;
  }

  add(chunk: Buffer): Fault | undefined {
    const { limit, usual, takeRoom } = this.rules;
    const before = this.size;
    this.size += chunk.length;
    if (this.size > limit) return tooLarge(limit);
    this.pieces.push(chunk);
    return before <= usual && this.size > usual ? takeRoom(limit) : undefined;
  }

  /** The bytes, once: the request holds on to its listeners, and must not hold on to them as well. */
  take(): Buffer {
    const { pieces } = this;
    this.pieces = [];
    return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  }
}

/** A large body of known length, put where it belongs as it comes, so that it is in memory but once. */
class WholeBody {
  private bytes: Buffer;
  private size = 0;

  constructor(length: number) {
    this.bytes = Buffer.allocUnsafeSlow(length);
  }

  add(chunk: Buffer): undefined {
    this.size += chunk.copy(this.bytes, this.size);
  }

  take(): Buffer {
    const { bytes } = this;
    this.bytes = Buffer.alloc(0);
    return bytes;
  }
}

/** What is wrong with a body before any of it is read. */
function problemBefore(
  { headers, readableDidRead }: IncomingMessage,
  length: number,
  { limit, usual, takeRoom }: BodyRules,
): Fault | undefined {
  if (readableDidRead) return Fault.from(new Error('The body is read already: put koa() before what parses bodies'));
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    return new Fault('unsupported-media-type', 'Compressed requests are not taken', { gate: 'body' });
  }
  if (length > limit) return tooLarge(limit);
  return length > usual ? takeRoom(length) : undefined;
}

function tooLarge(limit: number): Fault {
  return new Fault('too-large', `The request has more than ${limit} bytes`, { gate: 'body' });
}
