import { type ClientRequest as HttpRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ClientRequest, ClientResponse } from './client.ts';

/** Milliseconds without a byte after which the server is given up. */
const patience = 60_000;

/** Told of the exchange as it goes over the wire: lines with `> ` before what is sent, `< ` before what comes back. */
export type Witness = (lines: string) => void;

/** Sends a request and takes in the whole answer. Redirects are not followed. */
export function exchange(request: ClientRequest, agent: string, witness: Witness): Promise<ClientResponse> {
  const { method, url, body } = request;
  const headers = {
    Host: url.host,
    'User-Agent': agent,
    ...request.headers,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  const head = [`${method} ${url.pathname}${url.search} HTTP/1.1`, ...Object.entries(headers).map(shown)];
  witness(prefixed('> ', head, body));
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent: HttpRequest = send(url, { method, headers, agent: false, timeout: patience }, (response) => {
      receive(response, witness).then(resolve, reject);
    });
    sent.once('timeout', () => sent.destroy(new Error(`no answer for ${patience / 1_000} seconds`)));
    sent.once('error', reject);
    sent.end(body);
  });
}

/** A header as it may be shown: without what proves who calls. */
function shown([name, value]: readonly [string, string]): string {
  if (!/^(?:x-api-key|authorization)$/i.test(name)) return `${name}: ${value}`;
  const [scheme, ...rest] = value.split(' ');
  return `${name}: ${rest.length === 0 ? '' : `${scheme} `}…`;
}

async function receive(response: IncomingMessage, witness: Witness): Promise<ClientResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { statusCode = 0, statusMessage = '', httpVersion, rawHeaders } = response;
  const head = [`HTTP/${httpVersion} ${statusCode} ${statusMessage}`.trimEnd()];
  for (let i = 0; i < rawHeaders.length; i += 2) head.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  witness(prefixed('< ', head, body.toString('utf8')));
  return { status: statusCode, contentType: response.headers['content-type'] ?? '', body };
}

function prefixed(mark: string, head: readonly string[], body: string): string {
  const lines = [...head, '', ...(body === '' ? [] : body.replace(/\r?\n$/, '').split(/\r?\n/))];
  return lines.map((line) => `${mark}${line}`.trimEnd()).join('\n');
}
