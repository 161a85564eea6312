import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import type { Dialect } from '../../../client/index.ts';
import { dialects } from '../../processes/call-over.ts';
import { leeway, within } from '../../processes/patience.ts';
import { open } from '../../processes/site-functions.ts';
import { expectClean } from '../wellbeing.ts';
import { Attacked, record } from './attacked.ts';

const limit = 10_000;

/** Raises what this process and its children may open, where the system's own limit is too low. */
function raiseFiles(): void {
  const [, most] = /^Max open files +\S+ +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  if (most === 'unlimited' || Number(most) >= limit + 2_000) return;
  execFileSync('prlimit', ['--pid', String(process.pid), `--nofile=${limit + 2_000}`]);
}

describe('10,000 connections that stay', function () {
  this.timeout(120_000);
  let attacked: Attacked;
  before(async () => {
    raiseFiles();
    attacked = await Attacked.start({ keepAliveTimeout: 60_000, requestTimeout: 60_000 });
  });
  after(() => attacked?.stop());

  /** Calls on a connection that exists, and gives what comes back. */
  function callOn(socket: Socket, dialect: Dialect): Promise<string> {
    return new Promise((resolve) => {
      let answer = '';
      const hear = (chunk: Buffer): void => {
        answer += chunk.toString('latin1');
        const [head = '', body] = answer.split('\r\n\r\n', 2);
        if (body === undefined || body.length < Number(/content-length: (\d+)/i.exec(head)?.[1])) return;
        socket.off('data', hear);
        resolve(answer);
      };
      socket.on('data', hear);
      socket.write(attacked.bytes(dialect, open, { text: 'here I am' }));
    });
  }

  const dialectOf = (i: number): Dialect => dialects[i % dialects.length] ?? 'rest';

  async function settle(count: number): Promise<readonly Socket[]> {
    const sockets = await attacked.connectMany(count);
    for (let i = 0; i < count; i += 200) {
      const answers = await Promise.all(sockets.slice(i, i + 200).map((socket, j) => callOn(socket, dialectOf(i + j))));
      for (const answer of answers)
        expect(answer)
          .match(/^HTTP\/1\.1 200 /)
          .and.include('here I am');
    }
    return sockets;
  }

  it('are served, others are not, and both are told so soon', async () => {
    const before = (await attacked.health()).resident;
    const sockets = [...(await settle(limit - 50))];
    await attacked.expectUnmoved();
    const { resident } = await attacked.health();
    record(`${sockets.length} idle connections`, resident - before);
    expect(resident - before, 'bytes').below(512 * 1_048_576);
    for (const dialect of dialects) {
      sockets.push(...(await settle(limit - connections())));
      const begin = performance.now();
      const [stranger, silent] = await attacked.connectMany(2);
      const answer = await callOn(stranger as Socket, dialect);
      expect(answer, dialect)
        .match(/\r\nretry-after: \d+/i)
        .and.match(/\r\nconnection: close/i);
      expect(answer, dialect).include('unavailable').and.include('Too many connections').and.not.include('here I am');
      if (dialect === 'rest') expect(answer).match(/^HTTP\/1\.1 503 /);
      expectClean(answer);
      // who was there before is served, as long as there are too many
      expect(silent?.readyState).equal('open');
      expect(connections()).above(limit);
      expect(await callOn(sockets[0] as Socket, dialect), dialect)
        .match(/^HTTP\/1\.1 200 /)
        .and.not.match(/connection: close/i);
      expect(performance.now() - begin, 'milliseconds').below(500 * leeway());
      silent?.destroy();
      await within(2_000, 'it is gone', async () => connections() <= limit);
    }
    await attacked.expectPrompt();
    attacked.release();
    await attacked.expectReleased(10_000);
    await attacked.expectUnmoved();
  });

  /** How many connections the server has: all that the system knows at its port and that are not closed. */
  function connections(): number {
    const port = Number(new URL(attacked.site.url).port).toString(16).toUpperCase().padStart(4, '0');
    const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n');
    return lines.filter((line) => new RegExp(`^ *\\d+: 0100007F:${port} \\S+ 01 `).test(line)).length;
  }
});
