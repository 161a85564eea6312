import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createDatabase, databases, type TestDatabase } from '../../lib/store/databases.ts';
import { tally, within } from '../../processes/patience.ts';
import { order } from '../../processes/site-functions.ts';
import { dialects, type Ending, SiteProcess } from '../../processes/site-process.ts';
import { random, seed } from './random.ts';

for (const kind of databases) {
  describe(`kill -9 during calls with an Idempotency-Key, on ${kind} (POLYWIRE_TEST_SEED=${seed})`, function () {
    this.timeout(60_000);
    const chance = random(seed);
    let database: TestDatabase;
    let folder: string;
    let ledger: string;
    let site: SiteProcess;
    let secret: string;

    before(async () => {
      database = await createDatabase(kind);
      folder = mkdtempSync(join(tmpdir(), 'polywire-ledger-'));
      ledger = join(folder, 'ledger');
      site = await SiteProcess.start({ database: database.url });
      ({ secret } = await site.ask<{ readonly secret: string }>('admin.create_key', { name: 'Buyer' }));
    });
    after(async () => {
      await site?.stop();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    });

    const restart = async (): Promise<void> => {
      site = await SiteProcess.start({ database: database.url });
    };
    /** What has been begun, in its order. */
    const begun = (): readonly string[] => {
      try {
        return readFileSync(ledger, 'utf8').split('\n').slice(0, -1);
      } catch {
        return [];
      }
    };

    function buy(item: string, ms: number, dialect: (typeof dialects)[number] = 'rest'): Promise<Ending> {
      const headers = { 'X-API-Key': secret, 'Idempotency-Key': `key-of-${item}` };
      return site.call(dialect, order, { ledger, item, ms }, headers);
    }

    it('lets what had begun stay a conflict, over every protocol and after every restart', async () => {
      const cut = buy('slow', 30_000).catch(() => 'cut off');
      await within(5_000, 'it has begun', async () => begun().includes('slow'));
      expect((await buy('slow', 30_000)).code, 'while it runs').equal('conflict');
      await site.kill();
      expect(await cut).equal('cut off');
      for (let restarts = 0; restarts < 2; restarts++) {
        await restart();
        for (const dialect of dialects) expect((await buy('slow', 30_000, dialect)).code, dialect).equal('conflict');
        expect((await buy('slow', 1)).code, 'other arguments').equal('conflict');
        if (restarts === 0) await site.kill();
      }
      expect(begun()).deep.equal(['slow']);
    });

    it('carries nothing out twice and forgets no answer that was given, four times in a row', async () => {
      for (let round = 0; round < 4; round++) {
        const items = Array.from({ length: 40 }, (_, i) => `item-${round}-${i}`);
        const times = new Map(items.map((item) => [item, Math.floor(chance() * 400)]));
        let answers = 0;
        const wanted = 4 + Math.floor(chance() * 24);
        const first = items.map(async (item) => {
          const ending = await buy(item, times.get(item) ?? 0).catch(() => undefined);
          if (ending !== undefined) answers++;
          return ending;
        });
        await within(5_000, `${wanted} are answered`, async () => answers >= wanted);
        await site.kill();
        const answered = await Promise.all(first);
        expect(answered, 'killed in the middle').include(undefined);
        const once = begun();
        await restart();
        const again = await Promise.all(items.map((item) => buy(item, times.get(item) ?? 0)));
        for (const [i, item] of items.entries()) {
          const [before, now] = [answered[i], again[i]];
          if (before !== undefined) expect([now?.code, now?.value], item).deep.equal(['ok', before.value]);
          else if (once.includes(item)) expect(now?.code, item).oneOf(['conflict', 'ok']);
          // what was finished and not answered any more is answered now, by the process that is gone
          if (before === undefined && once.includes(item) && now?.code === 'ok')
            expect(now.value, item).not.include(` ${site.pid}`);
        }
        const counts = tally(begun());
        expect(Math.max(...Object.values(counts)), 'carried out at most once').equal(1);
      }
    });
  });
}
