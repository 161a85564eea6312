import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { generateKeyPair, SignJWT } from 'jose';
import { createDatabase, type TestDatabase } from '../../lib/store/databases.ts';
import { leeway } from '../../processes/patience.ts';
import { echo, open } from '../../processes/site-functions.ts';
import { dialects, type ProcessOptions, type SiteOptions, SiteProcess } from '../../processes/site-process.ts';
import { expectCaught, expectClean, expectNoted, expectWell } from '../wellbeing.ts';

const nobody = '127.0.0.77';
const password = 'a-password-that-is-right';

/** Why names cannot be made unknown here; undefined where they can. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root can take names away from a process';
  try {
    execFileSync('unshare', ['--mount', 'mount', '--bind', '/etc/hosts', '/etc/resolv.conf'], { stdio: 'pipe' });
    return undefined;
  } catch (reason) {
    return `names cannot be taken away here: ${String(reason).split('\n')[0]}`;
  }
}

const why = obstacle();

(why === undefined ? describe : describe.skip)(`a server where no name is known${why ? ` (${why})` : ''}`, function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'polywire-names-'));
  const asked = { count: 0 };
  const deaf = createSocket('udp4').on('message', () => asked.count++);
  let database: TestDatabase;

  before(async () => {
    deaf.bind(53, nobody);
    await once(deaf, 'listening');
    database = await createDatabase('sqlite');
  });
  after(async () => {
    deaf.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** How to run a process that asks for names where nobody answers. */
  function nameless(options: string): ProcessOptions {
    const file = join(folder, 'resolv.conf');
    writeFileSync(file, `nameserver ${nobody}\noptions ${options}\n`);
    const words = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
    return { through: ['unshare', '--mount', 'sh', '-c', words, file] };
  }

  const settings = {
    publicUrl: 'https://public.example.net',
    allowedHosts: ['api.example.net', 'other.example.net:8080'],
    corsOrigins: ['https://page.example.net'],
    trustedProxies: ['127.0.0.1'],
    enabledwsfunctions: ['proc.*', 'auth.gettoken'],
    httpsRequired: false,
  };

  /** Calls as somebody who names the server otherwise than its address. */
  async function callAs(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
    const sent = request(`${url}/rest/proc.open`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    sent.end('{"text":"x"}');
    const [answer] = await once(sent, 'response');
    answer.resume();
    return answer.statusCode;
  }

  it('starts and answers without asking for any: hosts in settings and requests are but compared', async () => {
    asked.count = 0;
    const site = await SiteProcess.start({ database: database.url, settings }, nameless('timeout:5 attempts:2'));
    await expectWell(site.url);
    for (const host of ['public.example.net', 'api.example.net', 'other.example.net:8080']) {
      const begin = performance.now();
      const headers = {
        Host: host,
        Origin: 'https://page.example.net',
        'X-Forwarded-For': 'client.example.net',
        Forwarded: 'for=client.example.net',
      };
      expect(await callAs(site.url, { Host: host }), host).equal(200);
      expect(await callAs(site.url, headers), host).oneOf([200, 400, 403]);
      expect(performance.now() - begin, 'milliseconds').below(500 * leeway());
    }
    expect(await callAs(site.url, { Host: 'stranger.example.net' })).equal(421);
    expect(await callAs(site.url, { Host: 'api.example.net', Origin: 'https://stranger.example.net' })).equal(403);
    await expectWell(site.url);
    expect(asked.count, 'names that were asked for').equal(0);
    await site.stop();
  });

  it('refuses tokens whose issuer it cannot find, and neither hangs nor keeps others waiting', async () => {
    asked.count = 0;
    const jwt = { issuer: 'issuer', audience: 'polywire', jwks: 'https://issuer.example.net/keys' };
    const authenticators = ['key', 'jwt', 'token'].map((name) => ({ name, importance: 'sufficient' as const }));
    const options: SiteOptions = { database: database.url };
    const site = await SiteProcess.start(options, nameless('timeout:5 attempts:2'));
    await site.ask('admin.update_settings', {
      changes: { jwt: { username: 'sub', scope: 'scope', ...jwt }, authenticators },
    });
    await site.ask('admin.create_user', { username: 'ana', name: 'Ana', password });
    await site.ask('admin.assign_role', { user: 'ana', role: 'administrator' });
    const { secret } = await site.ask<{ readonly secret: string }>('admin.create_key', { name: 'Robot' });
    const { privateKey } = await generateKeyPair('ES256');
    const token = await new SignJWT({ iss: 'issuer', aud: 'polywire', sub: 'ana', exp: Date.now() / 1_000 + 600 })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .sign(privateKey);
    const ask = () =>
      Promise.all(
        dialects.map((dialect) => site.call(dialect, open, { text: 'x' }, { Authorization: `Bearer ${token}` })),
      );
    const begin = performance.now();
    const asking = ask();
    await expectWell(site.url);
    for (const dialect of dialects) {
      expect((await site.call(dialect, echo, { text: 'x' }, { 'X-API-Key': secret })).code, dialect).equal('ok');
    }
    await site.ask('auth.gettoken', { username: 'ana', password });
    expect(performance.now() - begin, 'milliseconds that others take meanwhile').below(4_500 * leeway());
    const endings = [...(await asking)];
    expect(performance.now() - begin, 'milliseconds').within(1, 7_000);
    const next = performance.now();
    endings.push(...(await ask()));
    expect(performance.now() - next, 'milliseconds until the next are refused').below(500 * leeway());
    for (const { code, text } of endings) {
      expect(code, text).equal('unavailable');
      expect(text).not.include('example.net');
      expectClean(text);
    }
    await expectNoted(() => site.log, endings);
    expect(asked.count, 'names that were asked for').above(0);
    expectCaught(site.log);
    await expectWell(site.url);
    await site.kill();
  });

  it('says that its PostgreSQL does not answer, and counts alone where its Redis has no name', async () => {
    const how = nameless('timeout:1 attempts:1');
    const begin = performance.now();
    const reason = await SiteProcess.start({ database: 'postgres://p@base.example.net/x' }, how).catch(
      (fault: unknown) => fault,
    );
    expect(reason).include({ code: 'unavailable', message: 'PostgreSQL at base.example.net/x does not answer' });
    expect(performance.now() - begin, 'milliseconds').below(9_000 * leeway());
    const site = await SiteProcess.start({ database: database.url, redis: 'redis://cache.example.net' }, how);
    const { secret } = await site.ask<{ readonly secret: string }>('admin.create_key', {
      name: 'Robot',
      per_minute: 99,
    });
    expect((await site.call('rest', echo, { text: 'x' }, { 'X-API-Key': secret })).code).equal('ok');
    await expectWell(site.url);
    expectCaught(site.log);
    await site.kill();
  });
});

if (why !== undefined) writeSync(2, `A server without names is not tested: ${why}\n`);
