import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import pg from 'pg';
import type { ClientRequest } from '../../../client/client.ts';
import { signRequest } from '../../../lib/auth/signature/sign.ts';
import { openStore } from '../../../lib/store/open.ts';
import { createDatabase, databases, type TestDatabase } from '../../lib/store/databases.ts';
import { createProxy, type Way } from '../../lib/store/proxy.ts';
import { leeway, tally, within } from '../../processes/patience.ts';
import { echo, open, order } from '../../processes/site-functions.ts';
import { dialects, type Ending, type More, SiteProcess } from '../../processes/site-process.ts';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

(databases.includes('postgres') ? describe : describe.skip)('PostgreSQL that goes away from a server', function () {
  this.timeout(60_000);
  const application = `away-${process.pid}`;
  let database: TestDatabase;
  let way: Way;
  let site: SiteProcess;
  let folder: string;
  let known: Made;
  let daily: Made;
  let strange: Made;
  let signer: Made;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'polywire-away-'));
    database = await createDatabase('postgres');
    const url = new URL(database.url);
    way = await createProxy(url.hostname, Number(url.port || 5_432));
    url.hostname = '127.0.0.1';
    url.port = String(way.port);
    url.searchParams.set('application_name', application);
    site = await SiteProcess.start({ database: url.href });
    const key = (more: object) => site.ask<Made>('admin.create_key', { name: 'Robot', ...more });
    known = await key({});
    daily = await key({ per_day: 30 });
    strange = await key({});
    signer = await key({ signing: true });
  });
  after(async () => {
    await way.close();
    await site?.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const bearing = ({ secret }: Made) => ({ 'X-API-Key': secret });
  const ask = (more: More) => site.call('rest', echo, { text: 'x' }, more);
  const sign = (request: ClientRequest) => signRequest(request, { keyId: signer.key.id, secret: signer.secret });

  function refused({ code, status, headers, text }: Ending): void {
    expect({ code, status }, text).deep.equal({ code: 'unavailable', status: 503 });
    expect(Number(headers.get('retry-after'))).greaterThan(0);
    expect(text).not.match(/postgres|127\.0\.0\.1|ECONN|connection/i);
  }

  /** A few calls a second that need nothing of the store, until it is told to end; their codes. */
  function traffic(): () => Promise<readonly string[]> {
    let on = true;
    const codes: string[] = [];
    const run = async (): Promise<void> => {
      for (let i = 0; on; i++) {
        const dialect = dialects[i % dialects.length] ?? 'rest';
        codes.push((await site.call(dialect, echo, { text: 'x' }, bearing(known))).code);
        await sleep(50);
      }
    };
    const running = run();
    return async () => {
      on = false;
      await running;
      return codes;
    };
  }

  /** Everything that a server must keep doing, and must refuse, while its store is away. */
  async function outage(): Promise<void> {
    expect(await site.status('/healthz')).equal(200);
    expect(await site.status('/readyz')).equal(503);
    for (const dialect of dialects) {
      expect((await site.call(dialect, open, { text: 'x' })).code, dialect).equal('ok');
      expect((await site.call(dialect, echo, { text: 'x' }, bearing(known))).code, dialect).equal('ok');
      expect((await site.call(dialect, echo, { text: 'x' }, bearing(strange))).code, dialect).equal('unavailable');
    }
    refused(await ask(bearing(strange)));
    refused(await ask({ 'X-API-Key': `${'A'.repeat(20)}.${'b'.repeat(43)}` }));
    refused(await ask(sign));
    const item = { ledger: join(folder, 'ledger'), item: 'cup', ms: 0 };
    refused(await site.call('rest', order, item, { ...bearing(known), 'Idempotency-Key': 'in-the-outage' }));
    expect((await ask({ 'X-API-Key': `${known.key.id}.pwk_wrong` })).code).equal('invalid-credentials');
  }

  it('takes nothing with it that needs only what is remembered, and is found again by itself', async () => {
    expect((await ask(bearing(known))).code).equal('ok');
    expect((await ask(bearing(daily))).code).equal('ok');
    expect((await ask(sign)).code).equal('ok');
    const begin = Date.now();
    const end = traffic();
    await sleep(300);
    await way.cut();
    await within(3_000, 'it is told', async () => (await site.status('/readyz')) === 503);
    await outage();
    const admin = await site.ask('admin.create_key', { name: 'None' }).catch((reason: unknown) => reason);
    expect(admin).include({ code: 'unavailable' });
    const counted: string[] = [];
    for (let i = 0; i < 35; i++) counted.push((await ask(bearing(daily))).code);
    expect(tally(counted), 'counted by the process alone: 1 of 30 was used').deep.equal({
      ok: 29,
      'quota-exceeded': 6,
    });
    await sleep(1_500);
    await way.restore();
    const ready = await within(3_000, 'it is ready', async () => (await site.status('/readyz')) === 200);
    expect(ready).below(3_000);
    expect((await ask(bearing(strange))).code).equal('ok');
    expect((await ask(sign)).code).equal('ok');
    await site.ask('admin.create_key', { name: 'Again' });
    const codes = await end();
    expect(tally(codes)).deep.equal({ ok: codes.length });
    await audited(begin, codes.length);
  });

  /** Every call of the outage is on record, once. */
  async function audited(begin: number, calls: number): Promise<void> {
    const store = await openStore(database.url);
    await within(3_000, 'all calls are on record', async () => {
      const { ok = 0 } = tally((await ofKey(known)).map(({ code }) => code));
      return ok >= calls;
    });
    const records = await store.audit.find({ since: begin, limit: 10_000 });
    expect(new Set(records.map(({ requestId }) => requestId)).size, 'nothing twice').equal(records.length);
    const unavailable = records.filter(({ code, protocol }) => code === 'unavailable' && protocol !== 'internal');
    expect(unavailable, 'what was refused in the outage').length(dialects.length + 4);
    expect((await ofKey(daily)).filter(({ code }) => code === 'quota-exceeded')).length(6);
    await store.close();

    function ofKey({ key }: Made) {
      return store.audit.find({ client: key.id, since: begin, limit: 10_000 });
    }
  }

  it('has not been asked to carry out what was refused', async () => {
    const item = { ledger: join(folder, 'ledger'), item: 'cup', ms: 0 };
    const headers = { ...bearing(known), 'Idempotency-Key': 'in-the-outage' };
    expect((await site.call('soap', order, item, headers)).code).equal('ok');
    expect((await site.call('soap', order, item, headers)).code).equal('ok');
    expect(readFileSync(join(folder, 'ledger'), 'utf8')).equal('cup\n');
  });

  it('refuses what must be counted strictly', async () => {
    const counted = await site.ask<Made>('admin.create_key', { name: 'Counted', per_day: 30 });
    await site.ask('admin.update_settings', { changes: { quotas: { strict: true } } });
    for (const key of [known, counted]) expect((await ask(bearing(key))).code).equal('ok');
    await way.cut();
    await within(3_000, 'it is told', async () => (await site.status('/readyz')) === 503);
    expect((await ask(bearing(known))).code).equal('ok');
    refused(await ask(bearing(counted)));
    await way.restore();
    await within(3_000, 'it is ready', async () => (await site.status('/readyz')) === 200);
    expect((await ask(bearing(counted))).code).equal('ok');
    await site.ask('admin.update_settings', { changes: { quotas: { strict: false } } });
  });

  it('is told as unavailable too where it takes bytes and never answers, and is found again', async () => {
    expect((await ask(bearing(known))).code).equal('ok');
    const end = traffic();
    way.block();
    await within(6_000, 'it is told', async () => (await site.status('/readyz')) === 503);
    const begin = performance.now();
    // more than there are connections
    const unknown = Array.from({ length: 40 }, () => ask({ 'X-API-Key': `${'B'.repeat(20)}.${'b'.repeat(43)}` }));
    for (const ending of await Promise.all(unknown)) refused(ending);
    expect(performance.now() - begin, 'milliseconds that a call waits').below(7_000 * leeway());
    await way.restore();
    await within(3_000, 'it is ready', async () => (await site.status('/readyz')) === 200);
    expect((await ask(sign)).code).equal('ok');
    const codes = await end();
    expect(tally(codes)).deep.equal({ ok: codes.length });
  });

  it('comes and goes ten times, and nothing is lost or left hanging', async () => {
    expect((await ask(bearing(known))).code).equal('ok');
    const begin = Date.now();
    const end = traffic();
    for (let i = 0; i < 10; i++) {
      await way.cut();
      await Promise.all(Array.from({ length: 5 }, () => ask(sign)));
      await sleep(100);
      await way.restore();
      await Promise.all(Array.from({ length: 5 }, () => ask(sign)));
      await sleep(100);
    }
    await within(3_000, 'it is ready', async () => (await site.status('/readyz')) === 200);
    expect((await ask(sign)).code).equal('ok');
    const codes = await end();
    expect(tally(codes)).have.keys('ok');
    const store = await openStore(database.url);
    const ids = async () => {
      const records = await store.audit.find({ client: known.key.id, since: begin, limit: 10_000 });
      return new Set(records.map(({ requestId }) => requestId)); // what was cut off while it was written may be there twice
    };
    // what waits for an answer that is lost waits for 5 s
    await within(8_000, 'all calls are on record', async () => (await ids()).size >= codes.length);
    await store.keys.update(strange.key.id, { revoked: Date.now() });
    await within(2_000, 'it listens again', async () => (await ask(bearing(strange))).code === 'invalid-credentials');
    await store.close();
  });

  it('ends all connections, as when it is started anew, and no call is lost once it is back', async () => {
    expect((await ask(bearing(known))).code).equal('ok');
    const end = traffic();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const ended = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${application}'`;
    for (let round = 0; round < 5; round++) {
      expect((await client.query(ended)).rowCount).greaterThan(0);
      await sleep(150);
      expect((await ask(sign)).code).equal('ok');
      await within(3_000, 'it is ready', async () => (await site.status('/readyz')) === 200);
    }
    await client.end();
    expect(tally(await end())).have.keys('ok');
  });

  it('was told in the log a few times, not for each call, without passwords', () => {
    expect(site.lives).equal(true);
    expect(site.log).not.match(/unhandled|uncaught/i);
    const told = site.log.split('\n').filter((line) => line.includes('the store or what counts fails'));
    expect(told.length).within(2, 80);
    expect(site.log).not.include(known.secret).and.not.include(signer.secret);
  });
});
