import { Agent, request } from 'node:http';

/** A request as it goes out, header by header; `headers` are names and values in turn, so that one may occur twice. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>> | readonly string[];
  readonly body?: string | Buffer;
}

/** An answer as it came in. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** What is wrong with its framing or with headers that every answer has; empty if nothing. */
  readonly wrong: readonly string[];
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** Lets go of idle connections. */
export function hangUp(): void {
  agent.destroy();
}

/** Sends a request to a listening server and takes the answer, whatever it is. */
export function exchange(url: string, { method, path, headers, body }: Request): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const bytes = Buffer.from(body ?? '');
  const given = Array.isArray(headers) ? (headers as string[]) : Object.entries(headers).flat();
  const length = method === 'GET' ? [] : ['Content-Length', String(bytes.length)];
  const hasHost = given.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  const all = [...(hasHost ? [] : ['Host', `${hostname}:${port}`]), ...given, ...length];
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, hostname, port, method, path, headers: all, setHost: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const content = Buffer.concat(chunks);
        const { headers: found, statusCode: status = 0 } = response;
        resolve({ status, headers: found, body: content.toString('utf8'), wrong: wrongHeaders(found, content.length) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}

/** DESIGN §4 and §7: every answer has its length and its request id. */
function wrongHeaders(headers: Answer['headers'], length: number): string[] {
  const wrong: string[] = [];
  if (headers['content-length'] !== String(length))
    wrong.push(`Content-Length is ${headers['content-length']}, not ${length}`);
  if (headers['transfer-encoding'] !== undefined) wrong.push('the answer has a Transfer-Encoding');
  if (!/^[\x21-\x7e]{8,100}$/.test(String(headers['x-request-id'] ?? ''))) wrong.push('there is no X-Request-Id');
  return wrong;
}
