import { copyFileSync, existsSync, mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import Libsql from 'libsql';
import type { ClientRequest } from '../../../client/client.ts';
import { signRequest } from '../../../lib/auth/signature/sign.ts';
import { openStore } from '../../../lib/store/open.ts';
import { tally, within } from '../../processes/patience.ts';
import { echo, order } from '../../processes/site-functions.ts';
import { dialects, type More, SiteProcess } from '../../processes/site-process.ts';
import { Disk, obstacle } from '../disk.ts';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

const why = obstacle();

(why === undefined ? describe : describe.skip)(`SQLite on a disk that is full${why ? ` (${why})` : ''}`, function () {
  this.timeout(60_000);
  let disk: Disk;
  let site: SiteProcess;
  let [known, daily, strange, signer]: Made[] = [];

  before(async () => {
    disk = new Disk();
    disk.mount();
    site = await SiteProcess.start({ database: `sqlite:${disk.file}` });
    const key = (more: object) => site.ask<Made>('admin.create_key', { name: 'Robot', ...more });
    known = await key({});
    daily = await key({ per_day: 10 });
    strange = await key({});
    signer = await key({ signing: true });
  });
  after(async () => {
    await site?.stop();
    disk.remove();
  });

  const bearing = (made: Made | undefined) => ({ 'X-API-Key': made?.secret ?? '' });
  const ask = (more: More) => site.call('rest', echo, { text: 'x' }, more);
  const sign = (request: ClientRequest) =>
    signRequest(request, { keyId: signer?.key.id ?? '', secret: signer?.secret ?? '' });
  const create = () =>
    site.ask('admin.create_key', { name: 'More' }).then(
      () => 'ok',
      ({ code }) => code as string,
    );

  /** Writes, each of another kind. */
  const writing = {
    'a new key': create,
    'a switch': () =>
      site.ask('admin.disable', { kind: 'protocol', names: ['xmlrpc'] }).then(
        () => 'ok',
        ({ code }) => code as string,
      ),
    'a nonce': async () => (await ask(sign)).code,
    'an Idempotency-Key': async () => {
      const item = { ledger: '/nowhere/at/all', item: 'cup', ms: 0 };
      const headers = { ...bearing(known), 'Idempotency-Key': 'full' };
      return (await site.call('rest', order, item, headers)).code;
    },
  } as const;

  it('refuses what must be written, goes on with the rest, and recovers by itself', async () => {
    expect((await ask(bearing(known))).code).equal('ok');
    expect((await ask(bearing(daily))).code).equal('ok');
    const begin = Date.now();
    disk.fill();
    await within(3_000, 'no key can be made', async () => (await create()) === 'unavailable');
    for (const [what, write] of Object.entries(writing)) expect(await write(), what).equal('unavailable');
    const full = await ask(sign);
    expect(full.status).equal(503);
    expect(full.text).not.match(/disk|SQLITE|database/i);
    let calls = 0;
    for (let round = 0; round < 3; round++) {
      for (const dialect of dialects) {
        expect((await site.call(dialect, echo, { text: 'x' }, bearing(known))).code, dialect).equal('ok');
        calls++;
      }
    }
    expect((await ask(bearing(strange))).code, 'what must be read').equal('ok');
    expect(
      tally(await Promise.all(Array.from({ length: 12 }, async () => (await ask(bearing(daily))).code))),
    ).deep.equal({
      ok: 9,
      'quota-exceeded': 3,
    });
    expect(await site.status('/healthz')).equal(200);
    disk.free();
    await within(3_000, 'keys can be made', async () => (await create()) === 'ok');
    expect((await ask(sign)).code).equal('ok');
    await site.ask('admin.disable', { kind: 'protocol', names: ['xmlrpc'] });
    expect((await site.call('xmlrpc', echo, { text: 'x' }, bearing(known))).code).equal('protocol-off');
    const records = () =>
      site.ask<readonly unknown[]>('admin.audit', {
        client: known?.key.id,
        since: new Date(begin),
        function: 'proc.echo',
        code: 'ok',
        limit: 1_000,
      });
    await within(3_000, 'all calls are on record', async () => (await records()).length >= calls);
    expect(await records()).length(calls);
    expect(site.log).not.match(/unhandled|uncaught/i);
  });

  it('fills up and empties again and again, also by a crash, without a half or a lost key', async () => {
    const made: string[] = [];
    for (let round = 0; round < 3; round++) {
      disk.fill();
      for (let i = 0; i < 10; i++) await create();
      if (round === 1) {
        await site.kill();
        disk.free();
        site = await SiteProcess.start({ database: `sqlite:${disk.file}` });
      } else disk.free();
      const { key } = await site.ask<Made>('admin.create_key', { name: `round ${round}` });
      made.push(key.id);
    }
    await site.stop();
    const copy = join(mkdtempSync(join(tmpdir(), 'polywire-copy-')), 'polywire.db');
    // libsql holds files until its statements are collected as garbage, and a disk that is held stays
    for (const part of ['', '-wal']) if (existsSync(disk.file + part)) copyFileSync(disk.file + part, copy + part);
    const file = new Libsql(copy);
    expect(file.pragma('integrity_check')).deep.equal([{ integrity_check: 'ok' }]);
    file.close();
    const store = await openStore(`sqlite:${copy}`);
    const keys = await store.keys.list();
    for (const id of made) expect(keys.find((key) => key.id === id)?.secrets, id).length(1);
    for (const { id, secrets } of keys) expect(secrets, id).length(1);
    await store.close();
    rmSync(dirname(copy), { recursive: true, force: true });
  });

  it('does not start where nothing can be written, and says so', async () => {
    await site.stop();
    disk.protect();
    const reason = await SiteProcess.start({ database: `sqlite:${disk.file}` }).catch((fault: unknown) => fault);
    expect(reason).include({ code: 'unavailable' });
    expect(String(reason)).match(/cannot be opened for writing/);
  });
});

if (why !== undefined) writeSync(2, `SQLite on a full disk is not tested: ${why}\n`);
