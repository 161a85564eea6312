import type { ServerResponse } from 'node:http';
import { encodeText, lengthOf, longAnswer, type Text } from './chunks.ts';
import { giveBack } from './lent-bytes.ts';

/**
 * Characters up to which a text goes out in one write with its headers. Longer ones are encoded once, into a buffer whose
 * length is then known: encoding is what costs there, a second write what costs here.
 */
const shortAnswer = 16_384;

/** What is sent at once: a text or bytes; or a text in pieces, which is sent one after the other. */
export type AnswerBody = string | Buffer | readonly string[];

/** The body of an answer as it is sent. */
export function answerBody(body: Text | Buffer): AnswerBody {
  if (typeof body === 'string') return body.length > shortAnswer ? encodeText(body) : body;
  if (Buffer.isBuffer(body)) return body;
  return lengthOf(body) > longAnswer ? body : encodeText(body);
}

/** Bytes of a body, for Content-Length. */
export function bytesOf(body: AnswerBody): number {
  if (typeof body === 'string' || Buffer.isBuffer(body)) return Buffer.byteLength(body);
  let bytes = 0;
  for (const piece of body) bytes += Buffer.byteLength(piece);
  return bytes;
}

/** Pieces that are encoded together. */
const together = 16;

/** What is known of an answer beside its body. */
interface Sending {
  /** Bytes of the body. */
  readonly bytes: number;
  /** Whether the response is our own server's: nobody else holds what is sent, so lent bytes can be given back. */
  readonly own: boolean;
}

/**
 * Sends a body and ends the answer. A text of as many bytes as characters is ASCII: writing it as Latin-1 gives the same
 * and is a copy, where UTF-8 looks at every character twice more. Of a text in pieces the next ones are encoded when those
 * before have left (RFC 9112 §6.2 has the length said).
 */
export function sendBody(response: ServerResponse, body: AnswerBody | undefined, { bytes, own }: Sending): void {
  if (body === undefined) response.end();
  else if (typeof body === 'string') response.end(body, bytes === body.length ? 'latin1' : 'utf8');
  else if (Buffer.isBuffer(body)) response.end(body, own ? () => giveBack(body) : undefined);
  else sendPieces(response, body, own);
}

function sendPieces(response: ServerResponse, pieces: readonly string[], own: boolean): void {
  let at = 0;
  const more = (): void => {
    while (at < pieces.length) {
      const bytes = encodeText(pieces.slice(at, at + together));
      at += together;
      if (!response.write(bytes, own ? () => giveBack(bytes) : undefined)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}
