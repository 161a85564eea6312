import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ClientRequest } from '../../client/client.ts';
import { signRequest } from '../../lib/auth/signature/sign.ts';
import type { PartialSettings } from '../../lib/settings.ts';
import { createDatabase, databases, type TestDatabase } from '../lib/store/databases.ts';
import { roomInMinute, tally, within } from './patience.ts';
import { echo, open, order } from './site-functions.ts';
import { dialects, SiteProcess } from './site-process.ts';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

/** One origin for both, so that a signature for one is good at the other but for its nonce. */
const publicUrl = 'http://localhost:4711';

for (const kind of databases) {
  describe(`two server processes on one database, on ${kind}`, function () {
    this.timeout(60_000);
    let database: TestDatabase;
    let one: SiteProcess;
    let two: SiteProcess;

    before(async () => {
      database = await createDatabase(kind);
      const options = { database: database.url, shared: true, settings: { publicUrl } };
      // both at once: one of them brings the tables up to date and imports the settings, the other finds it done
      [one, two] = await Promise.all([SiteProcess.start(options), SiteProcess.start(options)]);
    });
    after(async () => {
      await Promise.all([one?.stop(), two?.stop()]);
      await database.drop();
    });

    const key = (more: object = {}) => one.ask<Made>('admin.create_key', { name: 'Robot', ...more });

    /** Calls of both processes at once, in turn. */
    async function storm(count: number, secret: string): Promise<readonly string[]> {
      const endings = await Promise.all(
        Array.from({ length: count }, (_, i) =>
          (i % 2 === 0 ? one : two).call('rest', echo, { text: 'x' }, { 'X-API-Key': secret }),
        ),
      );
      return endings.map(({ code }) => code);
    }

    it('refuse within two seconds over every protocol a key that the other has revoked', async () => {
      const made = await key();
      const headers = { 'X-API-Key': made.secret };
      const code = async (dialect: (typeof dialects)[number]) =>
        (await two.call(dialect, echo, { text: 'x' }, headers)).code;
      for (const dialect of dialects) expect(await code(dialect), dialect).equal('ok');
      await one.ask('admin.revoke_key', { id: made.key.id });
      await within(2_000, 'the key is refused', async () => (await code('rest')) === 'invalid-credentials');
      for (const dialect of dialects) expect(await code(dialect), dialect).equal('invalid-credentials');
    });

    it('refuse within two seconds a token that the other has revoked, and a user that it has suspended', async () => {
      for (const end of ['token', 'user']) {
        const user = `${end}-owner`;
        await one.ask('admin.create_user', { username: user, name: 'A User', password: 'right-password' });
        await one.ask('admin.assign_role', { user, role: 'administrator' });
        const made = await one.ask<{ readonly token: { readonly id: number }; readonly secret: string }>(
          'admin.create_token',
          { user, name: 'test' },
        );
        const headers = { Authorization: `Bearer ${made.secret}` };
        const code = async () => (await two.call('soap', open, { text: 'x' }, headers)).code;
        await within(2_000, 'the token is known', async () => (await code()) === 'ok');
        if (end === 'token') await one.ask('admin.revoke_token', { id: made.token.id });
        else await one.ask('admin.update_user', { username: user, state: 'suspended' });
        await within(2_000, `the ${end} is refused`, async () => (await code()) === 'invalid-credentials');
      }
    });

    it('obey within two seconds the limits of a token that the other has changed, and their end', async () => {
      await one.ask('admin.create_user', { username: 'limited', name: 'A User' });
      await one.ask('admin.assign_role', { user: 'limited', role: 'administrator' });
      const { token, secret } = await one.ask<{ readonly token: { readonly id: number }; readonly secret: string }>(
        'admin.create_token',
        { user: 'limited', name: 'test' },
      );
      const headers = { Authorization: `Bearer ${secret}` };
      const code = async () => (await two.call('soap', open, { text: 'x' }, headers)).code;
      const change = (limits: object) => one.ask('admin.update_token', { id: token.id, ...limits });
      await within(2_000, 'the token is known', async () => (await code()) === 'ok');
      await change({ addresses: ['192.0.2.1'] });
      await within(2_000, 'it is refused', async () => (await code()) === 'invalid-credentials');
      await change({ addresses: [] });
      await within(2_000, 'it is admitted', async () => (await code()) === 'ok');
      await change({ valid_until: new Date(Date.now() - 1_000) });
      await within(2_000, 'it has ended', async () => (await code()) === 'invalid-credentials');
    });

    it('admit exactly a daily quota of 100 of 150 calls at once', async () => {
      await roomInMinute(15_000); // midnight is the end of a minute too
      const { secret } = await key({ per_day: 100 });
      expect(tally(await storm(150, secret))).deep.equal({ ok: 100, 'quota-exceeded': 50 });
    });

    it('admit exactly a quota of 50 a minute over both, where they share it', async () => {
      await roomInMinute(15_000);
      const { secret } = await key({ per_minute: 50 });
      expect(tally(await storm(90, secret))).deep.equal({ ok: 50, 'rate-limited': 40 });
    });

    it('refuse a nonce that the other has seen, whichever was first', async () => {
      const { key: signer, secret } = await key({ signing: true });
      for (const [first, second] of [
        [one, two],
        [two, one],
      ] as const) {
        for (const dialect of dialects) {
          let sent: Readonly<Record<string, string>> = {};
          const sign = (request: ClientRequest) => {
            const url = new URL(request.url.pathname, publicUrl);
            sent = signRequest({ ...request, url }, { keyId: signer.id, secret });
            return sent;
          };
          const begun = await first.call(dialect, echo, { text: 'x' }, sign);
          expect(begun.code, `${dialect} ${begun.text}`).equal('ok');
          expect((await second.call(dialect, echo, { text: 'x' }, () => sent)).code).equal('invalid-credentials');
        }
      }
    });

    it('let one of them pass where a signature comes to both at the same moment', async () => {
      const { key: signer, secret } = await key({ signing: true });
      for (let round = 0; round < 20; round++) {
        const signer9421 = { keyId: signer.id, secret, nonce: `the-same-nonce-${round}`, now: Date.now() };
        const sign = (request: ClientRequest) =>
          signRequest({ ...request, url: new URL(request.url.pathname, publicUrl) }, signer9421);
        const endings = await Promise.all([one, two].map((site) => site.call('rest', echo, { text: 'x' }, sign)));
        expect(tally(endings.map(({ code }) => code))).deep.equal({ ok: 1, 'invalid-credentials': 1 });
      }
    });

    it('carry out once what comes to both at the same moment with one Idempotency-Key', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'polywire-ledger-'));
      const ledger = join(folder, 'ledger');
      const { secret } = await key();
      for (let round = 0; round < 10; round++) {
        const item = { ledger, item: `item-${round}`, ms: 30 };
        const headers = { 'X-API-Key': secret, 'Idempotency-Key': `key-${round}` };
        const twins = await Promise.all([one, two].map((site) => site.call('rest', order, item, headers)));
        expect(tally(twins.map(({ code }) => code))).deep.equal({ ok: 1, conflict: 1 });
        const again = await Promise.all([one, two].map((site) => site.call('soap', order, item, headers)));
        const first = twins.find(({ code }) => code === 'ok');
        for (const { value } of again) expect(value).equal(first?.value);
      }
      const runs = readFileSync(ledger, 'utf8').split('\n').slice(0, -1);
      expect(runs).deep.equal(Array.from({ length: 10 }, (_, round) => `item-${round}`));
      rmSync(folder, { recursive: true });
    });

    it('count attempts to log in together', async () => {
      await roomInMinute(20_000);
      const attempt = async (site: SiteProcess) => {
        const body = JSON.stringify({ username: 'victim', password: 'guessed' });
        const headers = { 'Content-Type': 'application/json' };
        const answer = await fetch(`${site.url}/rest/auth.gettoken`, { method: 'POST', headers, body });
        return ((await answer.json()) as { readonly error: { readonly code: string } }).error.code;
      };
      const codes = await Promise.all(Array.from({ length: 15 }, (_, i) => attempt(i % 2 === 0 ? one : two)));
      expect(tally(codes)).deep.equal({ 'invalid-credentials': 10, 'rate-limited': 5 });
    });

    it('see within two seconds a switch that the other has thrown, and back', async () => {
      const code = async (site: SiteProcess) => (await site.call('xmlrpc', open, { text: 'x' })).code;
      await one.ask('admin.disable', { kind: 'protocol', names: ['xmlrpc'] });
      expect(await code(one), 'at once where it was thrown').equal('protocol-off');
      await within(2_000, 'it is off', async () => (await code(two)) === 'protocol-off');
      await two.ask('admin.enable', { kind: 'protocol', names: ['xmlrpc'] });
      expect(await code(two)).equal('ok');
      await within(2_000, 'it is on', async () => (await code(one)) === 'ok');
    });

    it('lose no switch where both throw different ones at the same time', async () => {
      const names = ['whoami', 'renewtoken', 'revoketoken', 'renewkey'].map((name) => `auth.${name}`);
      await Promise.all(
        names.map((name, i) => (i % 2 === 0 ? one : two).ask('admin.enable', { kind: 'function', names: [name] })),
      );
      const on = async (site: SiteProcess) =>
        (await site.ask<{ readonly settings: PartialSettings }>('admin.settings')).settings.enabledwsfunctions;
      for (const site of [one, two]) {
        await within(2_000, 'all are on', async () => {
          const held = await on(site);
          return names.every((name) => held?.includes(name));
        });
      }
    });

    it('go on where the other is killed in the middle of its work, and let a new one in', async () => {
      const { secret } = await key({ per_day: 1_000 });
      const headers = { 'X-API-Key': secret };
      const call = (site: SiteProcess) =>
        site.call('rest', echo, { text: 'x' }, headers).then(
          ({ code }) => code,
          () => 'cut off',
        );
      const third = await SiteProcess.start({ database: database.url, shared: true });
      let answered = 0;
      const dying = Array.from({ length: 60 }, () => call(third).finally(() => answered++));
      const living = Array.from({ length: 60 }, () => call(two));
      await within(5_000, 'it is at work', async () => answered >= 10);
      await third.kill();
      expect(tally(await Promise.all(living))).deep.equal({ ok: 60 });
      expect(await Promise.all(dying)).include('cut off');
      const fourth = await SiteProcess.start({ database: database.url, shared: true });
      expect(await call(fourth)).equal('ok');
      await fourth.stop();
    });
  });
}
