import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Fault } from '../../../index.ts';
import { createDatabase, databases } from '../../lib/store/databases.ts';
import { createProxy } from '../../lib/store/proxy.ts';
import { leeway, roomInMinute, tally } from '../../processes/patience.ts';
import { echo } from '../../processes/site-functions.ts';
import { type SiteOptions, SiteProcess } from '../../processes/site-process.ts';

/** The fault with which a server does not start, and how long that took; its process must end by itself. */
async function refused(options: SiteOptions): Promise<{ readonly fault: Fault; readonly took: number }> {
  const begin = performance.now();
  const reason = await SiteProcess.start(options).then(
    async (site) => {
      await site.stop();
      throw new Error('it has started');
    },
    (fault: unknown) => fault,
  );
  expect(reason, String(reason)).instanceOf(Fault);
  return { fault: reason as Fault, took: performance.now() - begin };
}

(databases.includes('postgres') ? describe : describe.skip)(
  'a server whose PostgreSQL is away at the start',
  function () {
    this.timeout(60_000);
    const target = new URL(process.env['POLYWIRE_TEST_POSTGRES'] ?? 'postgres://localhost');

    async function through(state: 'cut' | 'blocked') {
      const way = await createProxy(target.hostname, Number(target.port || 5_432));
      if (state === 'cut') await way.cut();
      else way.block();
      const url = new URL(target);
      Object.assign(url, { hostname: '127.0.0.1', port: String(way.port), password: 'the-password' });
      const done = await refused({ database: url.href });
      await way.close();
      return done;
    }

    it('says so in one clear line where nobody listens', async () => {
      const { fault, took } = await through('cut');
      expect(fault.code).equal('unavailable');
      expect(fault.message).match(/^PostgreSQL at 127\.0\.0\.1:\d+\/\w+ does not answer$/);
      expect(took).below(6_000 * leeway());
    });

    it('says so where somebody listens and never answers', async () => {
      const { fault, took } = await through('blocked');
      expect(fault.message).match(/^PostgreSQL at 127\.0\.0\.1:\d+\/\w+ does not answer$/);
      expect(took).below(12_000 * leeway());
    });

    it('says which database it is that there is not', async () => {
      const url = new URL(target);
      url.pathname = '/no_such_database';
      const { fault } = await refused({ database: url.href });
      expect(fault.message).match(/\/no_such_database does not have this database$/);
    });
  },
);

describe('a server whose SQLite file cannot be used at the start', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'polywire-start-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [what, file, message] of [
    ['no folder', 'nowhere/polywire.db', /cannot be made: there is no folder/],
    ['a folder in its place', '.', /cannot be opened for writing/],
    ['something else in it', 'else.db', /cannot be opened as an SQLite database|does not hold/],
  ] as const) {
    it(`says so: ${what}`, async () => {
      writeFileSync(
        join(folder, 'else.db'),
        'This is no database, but a text that is long enough to be one.\n'.repeat(99),
      );
      const { fault } = await refused({ database: `sqlite:${join(folder, file)}` });
      expect(fault.code).equal('unavailable');
      expect(fault.message).match(message);
    });
  }
});

describe('a server whose Redis is away at the start', function () {
  this.timeout(60_000);

  it('starts, and counts alone', async () => {
    await roomInMinute(10_000);
    const database = await createDatabase('sqlite');
    const site = await SiteProcess.start({ database: database.url, redis: 'redis://127.0.0.1:1' });
    const { secret } = await site.ask<{ readonly secret: string }>('admin.create_key', { name: 'R', per_minute: 5 });
    const codes: string[] = [];
    for (let i = 0; i < 8; i++) {
      codes.push((await site.call('rest', echo, { text: 'x' }, { 'X-API-Key': secret })).code);
    }
    expect(tally(codes)).deep.equal({ ok: 5, 'rate-limited': 3 });
    await site.stop();
    await database.drop();
  });
});
