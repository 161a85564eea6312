import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { announce } from './announce.ts';

/** A prepared answer of the constant server, served under `/c/<key>`. */
export interface PreparedAnswer {
  readonly key: string;
  readonly contentType: string;
  readonly body: string;
}

/** The denominator: reads the whole body and answers a prepared string, as quickly as node:http can. */
function serve(answers: readonly PreparedAnswer[], take: (body: Buffer) => unknown): void {
  const prepared = new Map(
    answers.map(({ key, contentType, body }) => [
      `/c/${key}`,
      { body, headers: { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) } },
    ]),
  );
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      take(Buffer.concat(chunks));
      const answer = prepared.get(request.url ?? '');
      if (answer === undefined) response.writeHead(404).end();
      else response.writeHead(200, answer.headers).end(answer.body);
    });
  });
  server.listen(0, '127.0.0.1', () => announce(server.address()));
}

const [, , file = '', decoding] = process.argv;
serve(
  JSON.parse(readFileSync(file, 'utf8')) as PreparedAnswer[],
  decoding === 'decoding' ? (body) => body.toString() : (body) => body,
);
