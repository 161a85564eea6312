import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { createQuota } from '../../../lib/quota/create-quota.ts';
import { openRedisCounters, type RedisCounters } from '../../../lib/quota/redis-counters.ts';
import { readSettings } from '../../../lib/settings.ts';
import { leeway } from '../../processes/patience.ts';
import { rejected } from '../caught.ts';

const url = process.env['POLYWIRE_TEST_REDIS'];
const inAMinute = () => Date.now() + 60_000;

/** Waits until Redis is counted with. */
async function counting(counters: RedisCounters): Promise<RedisCounters> {
  for (let tries = 0; ; tries++) {
    try {
      await counters.take(`ready:${Math.random()}`, 1, 1, inAMinute());
      return counters;
    } catch (reason) {
      if (tries === 100) throw reason;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** A way to Redis that a test can cut. */
async function cuttable(target: URL): Promise<{ readonly url: string; readonly cut: () => void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    const other = connect(Number(target.port === '' ? 6_379 : target.port), target.hostname);
    for (const end of [socket, other]) {
      sockets.add(end);
      end.on('error', () => {});
    }
    socket.pipe(other).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(target);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as { readonly port: number }).port);
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: String(through), cut };
}

describe('counters in Redis', () => {
  it('want an address of Redis', async () => {
    const reason = await openRedisCounters('http://:secret@localhost').catch((error: unknown) => error);
    expect(String(reason)).contain('redis://').not.contain('secret');
  });

  it('fail at once where there is no Redis', async () => {
    const counters = await openRedisCounters('redis://127.0.0.1:1');
    const started = performance.now();
    const reason = await counters.take('key:a', 1, 1, inAMinute()).catch((error: unknown) => error);
    expect(reason).instanceOf(Error);
    expect(performance.now() - started).below(1_000 * leeway());
    counters.close();
  });
});

(url === undefined ? describe.skip : describe)('counters in a Redis that runs (POLYWIRE_TEST_REDIS)', () => {
  let one: RedisCounters;
  let other: RedisCounters;
  let name = '';
  before(async () => {
    one = await counting(await openRedisCounters(url as string));
    other = await counting(await openRedisCounters(url as string));
  });
  beforeEach(() => {
    name = `test:${Math.random()}`;
  });
  after(() => {
    one.close();
    other.close();
  });

  it('take up to the limit and no more, from two connections at once', async () => {
    const takes = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? one : other).take(name, 1, 40, inAMinute()));
    expect((await Promise.all(takes)).filter(({ taken }) => taken)).length(40);
  });

  it('count nothing for what does not fit, and more where the limit is raised', async () => {
    expect(await one.take(name, 7, 10, inAMinute())).deep.equal({ taken: true, count: 7 });
    expect(await other.take(name, 4, 10, inAMinute())).deep.equal({ taken: false, count: 7 });
    expect(await one.take(name, 3, 10, inAMinute())).deep.equal({ taken: true, count: 10 });
    expect(await other.take(name, 4, 20, inAMinute())).deep.equal({ taken: true, count: 14 });
  });

  it('forget a count when it expires', async () => {
    await one.take(name, 1, 1, Date.now() + 100);
    expect((await one.take(name, 1, 1, inAMinute())).taken).equal(false);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await one.take(name, 1, 1, inAMinute())).taken).equal(true);
  });

  it('leave it to the process, or refuse where quotas are strict, when Redis goes away', async () => {
    const way = await cuttable(new URL(url as string));
    const cut = await counting(await openRedisCounters(way.url));
    const problems: unknown[] = [];
    let settings = readSettings({});
    const quota = createQuota({
      settings: () => settings,
      perMinute: cut,
      onProblem: (reason) => problems.push(reason),
    });
    const now = Math.floor(Date.now() / 60_000) * 60_000;
    const subject = { name, perMinute: 2 };
    try {
      await quota.take([subject], 1, now);
      way.cut();
      expect(await quota.take([subject], 1, now)).deep.equal({ limit: 2, remaining: 0, reset: 60 });
      expect((await rejected(Promise.resolve(quota.take([subject], 1, now)))).code).equal('rate-limited');
      settings = readSettings({ quotas: { strict: true } });
      expect((await rejected(Promise.resolve(quota.take([{ ...subject, perMinute: 9 }], 1, now)))).code).equal(
        'unavailable',
      );
      expect(problems).length(1);
    } finally {
      way.cut();
      cut.close();
    }
  });
});
