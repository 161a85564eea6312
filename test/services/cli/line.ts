import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** One connection to a server, kept. */
export class Line {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(url: string) {
    this.#url = url;
  }

  /** The process that answers, or what went wrong. */
  call(path = 'work.who'): Promise<number | string> {
    return new Promise((resolve) => {
      const request = get(`${this.#url}/rest/${path}`, { agent: this.#agent, timeout: 10_000 }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve(response.statusCode === 200 ? JSON.parse(text).result : text));
        response.on('error', ({ message }) => resolve(message));
      });
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', ({ message }) => resolve(message));
    });
  }

  /** What another path answers. */
  text(path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = get(`${this.#url}${path}`, { agent: this.#agent, timeout: 10_000 }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve(text));
      });
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', reject);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** New connections until these workers, or so many, have answered on one. */
export async function linesTo(url: string, wanted: number | readonly number[]): Promise<Map<number, Line>> {
  const lines = new Map<number, Line>();
  const complete = () => (typeof wanted === 'number' ? lines.size >= wanted : wanted.every((pid) => lines.has(pid)));
  for (let tries = 0; !complete() && tries < 200; tries++) {
    const line = new Line(url);
    const pid = await line.call();
    if (typeof pid === 'number' && !lines.has(pid)) lines.set(pid, line);
    else line.close();
    if (tries > 10) await sleep(20);
  }
  if (!complete()) throw new Error(`only ${[...lines.keys()]} answer`);
  return lines;
}
