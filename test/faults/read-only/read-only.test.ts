import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { expect } from 'chai';
import pg from 'pg';
import type { ClientRequest } from '../../../client/client.ts';
import { signRequest } from '../../../lib/auth/signature/sign.ts';
import { databases, onPostgres } from '../../lib/store/databases.ts';
import { leeway, within } from '../../processes/patience.ts';
import { echo, order } from '../../processes/site-functions.ts';
import { dialects, type Ending, type More, SiteProcess } from '../../processes/site-process.ts';
import { BrittleDisk, brittleObstacle } from '../disk.ts';
import { expectCaught, expectClean, expectNoted, expectWell } from '../wellbeing.ts';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

/** A server whose store can be read and not written. */
class Scene {
  readonly site: SiteProcess;
  readonly #known: Made;
  readonly #strange: Made;
  readonly #signer: Made;

  private constructor(site: SiteProcess, [known, strange, signer]: readonly Made[]) {
    if (known === undefined || strange === undefined || signer === undefined) throw new Error('there are three keys');
    this.site = site;
    this.#known = known;
    this.#strange = strange;
    this.#signer = signer;
  }

  static async start(database: string): Promise<Scene> {
    const site = await SiteProcess.start({ database });
    const keys: Made[] = [];
    for (const signing of [false, false, true]) {
      keys.push(await site.ask<Made>('admin.create_key', { name: 'Robot', signing }));
    }
    const scene = new Scene(site, keys);
    expect((await site.call('rest', echo, { text: 'x' }, scene.bearing(scene.#known))).code).equal('ok');
    return scene;
  }

  bearing({ secret }: Made): Readonly<Record<string, string>> {
    return { 'X-API-Key': secret };
  }

  readonly sign = (request: ClientRequest) =>
    signRequest(request, { keyId: this.#signer.key.id, secret: this.#signer.secret });

  /** What must be written to be answered: nonces and outcomes. */
  async writes(): Promise<readonly Ending[]> {
    const once: More = { ...this.bearing(this.#known), 'Idempotency-Key': 'in-vain' };
    const item = { ledger: '/nowhere/at/all', item: 'cup', ms: 0 };
    const calls = dialects.flatMap((dialect) => [
      this.site.call(dialect, echo, { text: 'x' }, this.sign),
      this.site.call(dialect, order, item, once),
    ]);
    return Promise.all(calls);
  }

  /** Everything that needs no writing goes on; everything else is refused, clearly; nobody waits. */
  async expectReadable(): Promise<void> {
    const begin = performance.now();
    for (const dialect of dialects) {
      for (const made of [this.#known, this.#strange]) {
        const { code, text } = await this.site.call(dialect, echo, { text: 'x' }, this.bearing(made));
        expect(code, text).equal('ok');
      }
    }
    const refused = await this.writes();
    for (const { code, text } of refused) {
      expect(code, text).equal('unavailable');
      expect(text).not.match(/read-?only|disk|SQLITE|postgres|transaction/i);
      expectClean(text);
    }
    for (const { headers } of refused) expect(Number(headers.get('retry-after'))).above(0);
    await expectNoted(() => this.site.log, refused);
    expect(await this.site.ask('admin.create_key', { name: 'No' }).catch(({ code }) => code)).equal('unavailable');
    expect(await this.site.ask<readonly unknown[]>('admin.list_keys')).length(3);
    expect(await this.site.status('/healthz')).equal(200);
    await expectWell(this.site.url);
    expectCaught(this.site.log);
    expect(performance.now() - begin, 'milliseconds').below(8_000 * leeway());
  }
}

const why = brittleObstacle();

(why === undefined ? describe : describe.skip)(`SQLite on a disk that breaks${why ? ` (${why})` : ''}`, function () {
  this.timeout(60_000);

  const disk = new BrittleDisk();
  const sites: SiteProcess[] = [];
  before(() => disk.make());
  after(async () => {
    for (const site of sites) if (site.lives) await site.kill();
    disk.unmount();
    disk.remove();
  });

  it('is read on, refuses what must be written, and has what the disk had once it is repaired', async () => {
    const url = `sqlite:${disk.file}`;
    const scene = await Scene.start(url);
    sites.push(scene.site);
    disk.breakDown();
    await scene.expectReadable();
    await scene.site.kill();
    const refused = await SiteProcess.start({ database: url }).catch((fault: unknown) => fault);
    expect(refused).include({ code: 'unavailable' });
    disk.repair();
    const again = await SiteProcess.start({ database: url });
    sites.push(again);
    expect(await again.ask<readonly unknown[]>('admin.list_keys')).length(3);
    expect((await again.call('soap', echo, { text: 'x' }, scene.sign)).code).equal('ok');
    await expectWell(again.url);
  });
});

if (why !== undefined) writeSync(2, `SQLite on a broken disk is not tested: ${why}\n`);

(databases.includes('postgres') ? describe : describe.skip)('PostgreSQL that takes no writes any more', function () {
  this.timeout(60_000);
  const name = `polywire_read_only_${randomBytes(6).toString('hex')}`;
  const url = new URL(process.env['POLYWIRE_TEST_POSTGRES'] ?? 'postgres://localhost');
  url.pathname = `/${name}`;
  let scene: Scene;
  before(async () => {
    await onPostgres(`create database ${name}`);
    scene = await Scene.start(url.href);
  });
  after(async () => {
    await scene?.site.stop();
    await onPostgres(`drop database ${name} with (force)`);
  });

  /** As when another machine takes over that only reads: all connections end, new ones cannot write. */
  async function takeOver(writable: boolean): Promise<void> {
    await onPostgres(`alter database ${name} set default_transaction_read_only = ${writable ? 'off' : 'on'}`);
    const client = new pg.Client({ connectionString: process.env['POLYWIRE_TEST_POSTGRES'] });
    await client.connect();
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await client.end();
  }

  it('is read on, refuses what must be written, and is written again by itself', async () => {
    await takeOver(false);
    await within(3_000, 'it is told', async () => (await scene.writes()).every(({ code }) => code === 'unavailable'));
    await within(3_000, 'it is ready', async () => (await scene.site.status('/readyz')) === 200);
    await scene.expectReadable();
    await takeOver(true);
    const signed = async () => (await scene.site.call('soap12', echo, { text: 'x' }, scene.sign)).code;
    await within(3_000, 'it can be written', async () => (await signed()) === 'ok');
    await scene.site.ask('admin.create_key', { name: 'Again' });
    await expectWell(scene.site.url);
  });
});
