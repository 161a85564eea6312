import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { openStore } from '../../../lib/store/open.ts';
import { createDatabase, databases, type TestDatabase } from '../../lib/store/databases.ts';
import { createProxy, type Way } from '../../lib/store/proxy.ts';
import { leeway, tally, within } from '../../processes/patience.ts';
import { echo, order } from '../../processes/site-functions.ts';
import { dialects, type Ending, SiteProcess } from '../../processes/site-process.ts';
import { expectCaught, expectClean, expectNoted, expectWell } from '../wellbeing.ts';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

(databases.includes('postgres') ? describe : describe.skip)('PostgreSQL that is away for 30 seconds', function () {
  this.timeout(90_000);
  const folder = mkdtempSync(join(tmpdir(), 'polywire-away-'));
  const ledger = join(folder, 'ledger');
  let database: TestDatabase;
  let way: Way;
  let site: SiteProcess;
  let known: Made;
  let strange: Made;
  before(async () => {
    database = await createDatabase('postgres');
    const url = new URL(database.url);
    way = await createProxy(url.hostname, Number(url.port || 5_432));
    Object.assign(url, { hostname: '127.0.0.1', port: String(way.port) });
    site = await SiteProcess.start({ database: url.href });
    known = await site.ask<Made>('admin.create_key', { name: 'Robot' });
    strange = await site.ask<Made>('admin.create_key', { name: 'Robot' });
  });
  after(async () => {
    await way.close();
    await site?.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const bearing = ({ secret }: Made) => ({ 'X-API-Key': secret });
  /** Orders that are in the middle of it when the store goes: over every protocol, each once. */
  const orders = (ms: number): Promise<readonly Ending[]> =>
    Promise.all(
      dialects.map((dialect) => {
        const headers = { ...bearing(known), 'Idempotency-Key': `of-${dialect}` };
        return site.call(dialect, order, { ledger, item: dialect, ms }, headers);
      }),
    );
  const placed = (): readonly string[] => readFileSync(ledger, 'utf8').trim().split('\n');

  it('refuses with 503 what needs it, answers for what was under way, and recovers by itself', async () => {
    const begin = Date.now();
    expect((await site.call('rest', echo, { text: 'x' }, bearing(known))).code).equal('ok');
    const underWay = orders(1_500);
    await sleep(500);
    await way.cut();
    const back = sleep(30_000);
    expect(
      (await underWay).map(({ code }) => code),
      'what was under way',
    ).deep.equal(dialects.map(() => 'ok'));
    const ends: Ending[] = [];
    const refused: Ending[] = [];
    for (let second = 0; second < 28; second++) {
      const dialect = dialects[second % dialects.length] ?? 'rest';
      ends.push(await site.call(dialect, echo, { text: 'x' }, bearing(known)));
      refused.push(await site.call(dialect, echo, { text: 'x' }, bearing(strange)));
      if (second % 9 === 0) await expectWell(site.url);
      await sleep(900);
    }
    expect(tally(ends.map(({ code }) => code))).deep.equal({ ok: ends.length });
    for (const { code, text } of refused) {
      expect(code, text).equal('unavailable');
      expectClean(text);
    }
    for (const { status } of refused.filter((_, i) => dialects[i % dialects.length] === 'rest'))
      expect(status).equal(503);
    expect(await site.status('/readyz')).equal(503);
    await back;
    await way.restore();
    const took = await within(3_000, 'it is ready', async () => (await site.status('/readyz')) === 200);
    expect(took, 'milliseconds until it is ready').below(3_000 * leeway());
    expect((await site.call('soap', echo, { text: 'x' }, bearing(strange))).code).equal('ok');
    // nobody knows any more how they ended, so they are not done again
    for (const { code } of await orders(0)) expect(code).equal('conflict');
    expect(placed()).have.members([...dialects]);
    await expectNoted(() => site.log, refused);
    await expectWell(site.url);
    expectCaught(site.log);
    await expectAudited(begin, ends.length + 1 + 2 * dialects.length);
  });

  /** Every call of the known key is on record, once. */
  async function expectAudited(begin: number, calls: number): Promise<void> {
    const store = await openStore(database.url);
    const records = () => store.audit.find({ client: known.key.id, since: begin, limit: 1_000 });
    await within(3_000, 'all calls are on record', async () => (await records()).length >= calls);
    expect(await records()).length(calls);
    await store.close();
  }
});
