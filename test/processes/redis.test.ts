import { expect } from 'chai';
import type { Settings } from '../../lib/settings.ts';
import { createDatabase, type TestDatabase } from '../lib/store/databases.ts';
import { createProxy, type Way } from '../lib/store/proxy.ts';
import { roomInMinute, tally, within } from './patience.ts';
import { echo } from './site-functions.ts';
import { SiteProcess } from './site-process.ts';

const redis = process.env['POLYWIRE_TEST_REDIS'];

(redis === undefined ? describe.skip : describe)(
  'two server processes on one Redis (POLYWIRE_TEST_REDIS)',
  function () {
    this.timeout(60_000);
    let database: TestDatabase;
    let way: Way;
    let one: SiteProcess;
    let two: SiteProcess;

    before(async () => {
      database = await createDatabase('sqlite');
      const target = new URL(redis ?? '');
      way = await createProxy(target.hostname, Number(target.port || 6_379));
      target.hostname = '127.0.0.1';
      target.port = String(way.port);
      const options = { database: database.url, redis: target.href };
      [one, two] = await Promise.all([SiteProcess.start(options), SiteProcess.start(options)]);
    });
    after(async () => {
      await way.close();
      await Promise.all([one?.stop(), two?.stop()]);
      await database.drop();
    });
    beforeEach(() => roomInMinute(20_000));

    async function key(perMinute?: number) {
      const limits = perMinute === undefined ? {} : { per_minute: perMinute };
      const { secret } = await one.ask<{ readonly secret: string }>('admin.create_key', { name: 'Robot', ...limits });
      return { 'X-API-Key': secret };
    }

    type Headers = Awaited<ReturnType<typeof key>>;
    const code = async (site: SiteProcess, headers: Headers) =>
      (await site.call('jsonrpc', echo, { text: 'x' }, headers)).code;
    const storm = async (sites: readonly SiteProcess[], count: number, headers: Headers) =>
      tally(
        await Promise.all(
          Array.from({ length: count }, (_, i) => code(sites[i % sites.length] as SiteProcess, headers)),
        ),
      );

    /** Whether a call on one is counted on the other: 2 a minute, one at each, and no third. */
    async function share(): Promise<boolean> {
      const headers = await key(2);
      const codes = [await code(one, headers), await code(two, headers), await code(two, headers)];
      return codes.join() === 'ok,ok,rate-limited';
    }

    it('admit exactly a quota of 50 a minute over both', async () => {
      await within(5_000, 'both are connected', share);
      expect(await storm([one, two], 90, await key(50))).deep.equal({ ok: 50, 'rate-limited': 40 });
    });

    it('count each for itself while it is away, never more than the limit, and together again when it is back', async () => {
      const headers = await key(30);
      for (let i = 0; i < 20; i++) expect(await code(i % 2 === 0 ? one : two, headers)).equal('ok');
      const fresh = await key(30);
      await way.cut();
      expect(await storm([one], 40, fresh)).deep.equal({ ok: 30, 'rate-limited': 10 });
      expect(await storm([two], 40, fresh)).deep.equal({ ok: 30, 'rate-limited': 10 });
      // what was counted together before is not forgotten: 19 when the first was last told, 20 the second
      expect(await storm([one], 40, headers)).deep.equal({ ok: 11, 'rate-limited': 29 });
      expect(await storm([two], 40, headers)).deep.equal({ ok: 10, 'rate-limited': 30 });
      expect(await one.status('/readyz'), 'the store is there').equal(200);
      await way.restore();
      await within(5_000, 'counts are shared again', share);
      expect(await storm([one, two], 60, await key(40))).deep.equal({ ok: 40, 'rate-limited': 20 });
    });

    it('refuse what must be counted strictly while it is away, and nothing else', async () => {
      await one.ask('admin.update_settings', { changes: { quotas: { strict: true } } });
      const headers = await key(30);
      const unlimited = await key();
      const knows = async (site: SiteProcess) =>
        (await site.ask<{ readonly settings: Settings }>('admin.settings')).settings.quotas.strict;
      await within(2_000, 'both know', async () => (await knows(one)) && (await knows(two)));
      // keys are forgotten when settings change: from here on they are remembered
      for (const site of [one, two]) {
        for (const known of [headers, unlimited]) expect(await code(site, known)).equal('ok');
      }
      await way.cut();
      for (const site of [one, two]) {
        const ending = await site.call('rest', echo, { text: 'x' }, headers);
        expect(ending).include({ code: 'unavailable', status: 503 });
        expect(Number(ending.headers.get('retry-after'))).greaterThan(0);
        expect(await code(site, unlimited)).equal('ok');
      }
      await way.restore();
      await within(5_000, 'calls are counted again', async () => (await code(one, headers)) === 'ok');
      await within(5_000, 'at the other too', async () => (await code(two, headers)) === 'ok');
    });

    it('say once in the log that it was away, without its address', () => {
      for (const { log } of [one, two]) {
        const lines = log.split('\n').filter((line) => line.includes('what counts fails'));
        expect(lines.length).within(1, 4);
        for (const line of lines) expect(line).not.include('redis://');
      }
    });
  },
);
