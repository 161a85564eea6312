import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { ClientRequest } from '../../../client/client.ts';
import { signRequest } from '../../../lib/auth/signature/sign.ts';
import { createDatabase, type TestDatabase } from '../../lib/store/databases.ts';
import { roomInMinute, tally } from '../../processes/patience.ts';
import { echo, order } from '../../processes/site-functions.ts';
import { dialects, type More, SiteProcess } from '../../processes/site-process.ts';
import { hang } from '../misbehaving.ts';
import { expectCaught, expectWell } from '../wellbeing.ts';
import { me } from './clock-functions.ts';

const hour = 3_600_000;
const halfAnHour = hour / 2;
const password = 'a-password-that-is-right';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

describe('a clock that jumps an hour ahead and back', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'polywire-clock-'));
  let database: TestDatabase;
  let site: SiteProcess;
  let jwt: string;

  before(async () => {
    database = await createDatabase('sqlite');
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwks = join(folder, 'keys.json');
    writeFileSync(jwks, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] }));
    jwt = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer('issuer')
      .setAudience('polywire')
      .setSubject('ana')
      .setExpirationTime(new Date(Date.now() + halfAnHour))
      .sign(privateKey);
    const settings = {
      enabledwsfunctions: ['proc.*', 'clock.*', 'fault.*', 'auth.gettoken', 'auth.startsession'],
      authenticators: ['key', 'signature', 'token', 'username-token', 'session', 'jwt', 'basic'].map((name) => ({
        name,
      })),
      jwt: { issuer: 'issuer', audience: 'polywire', jwks },
      logins: { sessionSeconds: 1_800, tokenSeconds: 1_800, perAddress: 0, perAccount: 0 },
      limits: { deadline: 2_000, floodPerMinute: 0 },
    };
    const more = new URL('./clock-functions.js', import.meta.url).href;
    const execArgv = ['--import', new URL('./shifted-date.js', import.meta.url).href];
    site = await SiteProcess.start({ database: database.url, settings: settings as object, more }, { execArgv });
    await site.ask('admin.create_user', { username: 'ana', name: 'Ana', password });
    await site.ask('admin.assign_role', { user: 'ana', role: 'administrator' });
  });
  after(async () => {
    await site?.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await at(0);
    await expectWell(site.url);
    expectCaught(site.log);
  });

  /** Sets the clock of the server so far ahead of ours. */
  async function at(ahead: number): Promise<void> {
    const told = await site.ask<number>('clock.set', { ahead });
    expect(told - ahead - Date.now(), 'the clock is set').within(-500, 500);
  }

  const makeKey = (more: object = {}) => site.ask<Made>('admin.create_key', { name: 'Robot', ...more });
  const bearing = ({ secret }: Made) => ({ 'X-API-Key': secret });
  const inTime = (ahead: number) => new Date(Date.now() + ahead);

  /** The codes with which calls of a program end over every protocol. */
  async function codes(more: More, fn: typeof echo | typeof me = echo): Promise<readonly string[]> {
    const endings = await Promise.all(
      dialects.map((dialect) => site.call(dialect, fn, fn === echo ? { text: 'x' } : {}, more)),
    );
    return [...new Set(endings.map(({ code }) => code))];
  }

  /** What a credential is worth at each time, one after the other. */
  async function expectWorth(more: More, fn: typeof echo | typeof me, worth: readonly (readonly [number, string])[]) {
    for (const [ahead, code] of worth) {
      await at(ahead);
      expect(await codes(more, fn), `${ahead / hour} h ahead`).deep.equal([code]);
    }
  }

  it('ends keys by the clock, and gives them back when it is right again', async () => {
    const wrong = 'invalid-credentials';
    const ending = await makeKey({ valid_until: inTime(halfAnHour) });
    await expectWorth(bearing(ending), echo, [
      [0, 'ok'],
      [hour, wrong],
      [0, 'ok'],
      [-hour, 'ok'],
      [0, 'ok'],
    ]);
    const begun = await makeKey({ valid_from: inTime(-halfAnHour) });
    await expectWorth(bearing(begun), echo, [
      [0, 'ok'],
      [-hour, wrong],
      [0, 'ok'],
      [hour, 'ok'],
      [0, 'ok'],
    ]);
  });

  it('ends tokens and JSON Web Tokens the same way', async () => {
    const got = await site.ask<{ readonly token: string }>('auth.gettoken', { username: 'ana', password });
    for (const token of [got.token, jwt]) {
      const headers = { Authorization: `Bearer ${token}` };
      const wrong = 'invalid-credentials';
      await expectWorth(headers, me, [
        [0, 'ok'],
        [hour, wrong],
        [0, 'ok'],
        [-hour, 'ok'],
        [0, 'ok'],
      ]);
    }
  });

  it('ends sessions, which are found again when it is right, and lets nobody in who is none', async () => {
    const begun = await fetch(`${site.url}/rest/auth.startsession`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'ana', password }),
    });
    const { result } = (await begun.json()) as { readonly result: { readonly csrf: string } };
    const cookie = begun.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    const call = async () => {
      const headers = { Cookie: cookie, 'X-CSRF-Token': result.csrf };
      const endings = await Promise.all([site.call('rest', me, {}, headers), site.call('jsonrpc', me, {}, headers)]);
      return [...new Set(endings.map(({ code }) => code))];
    };
    for (const [ahead, code] of [
      [0, 'ok'],
      [hour, 'unauthenticated'],
      [0, 'ok'],
      [-hour, 'ok'],
      [0, 'ok'],
    ] as const) {
      await at(ahead);
      expect(await call(), `${ahead / hour} h ahead`).deep.equal([code]);
    }
  });

  it('takes signatures of its own time only, and none twice, whichever way it went', async () => {
    const made = await makeKey({ signing: true });
    const signed = (ahead: number, nonce?: string) => (request: ClientRequest) =>
      signRequest(request, {
        keyId: made.key.id,
        secret: made.secret,
        now: Date.now() + ahead,
        ...(nonce === undefined ? {} : { nonce }),
      });
    for (const ahead of [0, hour, 0, -hour, 0]) {
      await at(ahead);
      for (const theirs of [0, hour, -hour]) {
        const code = theirs === ahead ? 'ok' : 'invalid-credentials';
        expect(await codes(signed(theirs)), `${theirs / hour} h at ${ahead / hour} h`).deep.equal([code]);
      }
    }
    // one message, sent again and again
    const request: { headers?: Readonly<Record<string, string>> } = {};
    const once = (fresh: ClientRequest) => {
      request.headers ??= signed(0)(fresh);
      return request.headers;
    };
    const ends: string[] = [];
    for (const ahead of [0, 0, hour, 0, -hour, 0]) {
      await at(ahead);
      ends.push((await site.call('rest', echo, { text: 'x' }, once)).code);
    }
    expect(tally(ends)).deep.equal({ ok: 1, 'invalid-credentials': 5 });
    expect(ends[0]).equal('ok');
  });

  it('starves nobody of a quota of the minute, and gives none twice in one', async () => {
    for (const jump of [hour, -hour]) {
      const made = await makeKey({ per_minute: 5 });
      const spend = async () => {
        const ends: string[] = [];
        for (let i = 0; i < 7; i++) ends.push((await site.call('jsonrpc', echo, { text: 'x' }, bearing(made))).code);
        return tally(ends);
      };
      await roomInMinute(10_000);
      await at(0);
      for (const ahead of [0, jump, 0]) {
        await at(ahead);
        expect(await spend(), `${ahead / hour} h ahead`).deep.equal({ ok: 5, 'rate-limited': 2 });
        expect(await spend(), 'within the same minute').deep.equal({ 'rate-limited': 7 });
      }
    }
  });

  it('keeps a quota of the day to what it was', async () => {
    const made = await makeKey({ per_day: 6 });
    const ends: string[] = [];
    // both hours of the same day, whatever time it is
    const jump = new Date().getUTCHours() < 12 ? hour : -hour;
    for (const ahead of [0, jump, 0, jump, 0]) {
      await at(ahead);
      for (let i = 0; i < 2; i++) ends.push((await site.call('xmlrpc', echo, { text: 'x' }, bearing(made))).code);
    }
    expect(tally(ends)).deep.equal({ ok: 6, 'quota-exceeded': 4 });
  });

  it('carries nothing out twice under one Idempotency-Key', async () => {
    const ledger = join(folder, 'ledger');
    const made = await makeKey();
    for (const dialect of dialects) {
      const values = new Set<unknown>();
      for (const ahead of [0, hour, 0, -hour, 0]) {
        await at(ahead);
        const headers = { ...bearing(made), 'Idempotency-Key': `of-${dialect}` };
        const { code, value } = await site.call(dialect, order, { ledger, item: dialect, ms: 0 }, headers);
        expect(code, dialect).equal('ok');
        values.add(value);
      }
      expect([...values]).length(1);
    }
    expect(readFileSync(ledger, 'utf8').trim().split('\n')).deep.equal([...dialects]);
  });

  it('moves no deadline', async () => {
    for (const [before, after] of [
      [0, hour],
      [0, -hour],
      [hour, 0],
    ] as const) {
      await at(before);
      const begin = performance.now();
      const calls = dialects.map((dialect) => site.call(dialect, hang, {}));
      await at(after);
      for (const { code } of await Promise.all(calls)) expect(code).equal('timeout');
      expect(performance.now() - begin).within(1_990, 4_000);
    }
  });

  it('remembers no password for longer than it should', async () => {
    const headers = { Authorization: `Basic ${Buffer.from(`ana:${password}`).toString('base64')}` };
    await expectWorth(headers, me, [
      [0, 'ok'],
      [hour, 'ok'],
      [0, 'ok'],
      [-hour, 'ok'],
      [0, 'ok'],
    ]);
    await site.ask('admin.set_password', { username: 'ana', password: `${password}-now` });
    expect(await codes(headers, me)).deep.equal(['invalid-credentials']);
  });
});
