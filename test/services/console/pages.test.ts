import { expect } from 'chai';
import type { PartialSettings } from '../../../index.ts';
import { type ConsoleHouse, type ConsoleHouseParts, openConsole, pageTexts } from './house.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

describe('pages of the console', () => {
  const houses: ConsoleHouse[] = [];
  const open = async (settings: PartialSettings = {}, parts: ConsoleHouseParts = {}) => {
    const house = await openConsole({ settings, ...parts });
    houses.push(house);
    return house;
  };
  let house: ConsoleHouse;
  before(async () => {
    house = await open();
  });
  after(() => Promise.all(houses.map((one) => one.close())));

  it('are there while everything is off, with headers that let a browser do nothing else', async () => {
    const answer = await house.get('/console/');
    expect(answer.status).equal(200);
    expect(answer.body).equal(pageTexts['index.html']);
    expect(answer.headers).include({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-cache',
    });
    expect(answer.headers['permissions-policy']).include('camera=()').include('geolocation=()');
    for (const name of ['strict-transport-security', 'access-control-allow-origin', 'set-cookie', 'vary'])
      expect(answer.headers).not.have.property(name);
  });

  it('every page is the one, and so is one whose path ends like a file', async () => {
    for (const path of [
      '/console/administration',
      '/console/functions/shop.greet',
      '/console/functions/shop.js',
      '/console/usage?by=code',
      '/console/setup',
    ]) {
      const answer = await house.get(path);
      expect([answer.status, answer.body], path).eql([200, pageTexts['index.html']]);
    }
  });

  it('files have their types, and those with a hash in their name are kept for ever', async () => {
    const wanted = [
      ['app.js', 'text/javascript; charset=utf-8', 'no-cache'],
      ['app.css', 'text/css; charset=utf-8', 'no-cache'],
      ['chunks/chart-ABCD2345.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ] as const;
    for (const [name, type, cache] of wanted) {
      const answer = await house.get(`/console/${name}`);
      expect(answer.body, name).equal(pageTexts[name]);
      expect(answer.headers, name).include({
        'content-type': type,
        'cache-control': cache,
        'content-security-policy': policy,
      });
    }
  });

  it('whoever has a file is told so, and HEAD tells the same as GET', async () => {
    const full = await house.get('/console/app.js');
    const etag = full.headers['etag'] ?? '';
    expect(etag).match(/^"[A-Za-z0-9_-]{27}"$/);
    for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await house.get('/console/app.js', [['If-None-Match', held]]);
      expect([answer.status, answer.body, answer.headers['etag']], held).eql([304, '', etag]);
      expect(answer.headers, held).not.have.property('content-length');
    }
    expect((await house.get('/console/app.js', [['If-None-Match', '"other"']])).status).equal(200);
    const head = await house.get('/console/app.js', [], 'HEAD');
    expect([head.status, head.body, head.headers['etag']]).eql([200, '', etag]);
    expect(head.headers['content-length']).equal(full.headers['content-length']);
    expect((await house.get('/console/app.css')).headers['etag']).not.equal(etag);
  });

  it('nothing else of the folder is served, nor anything outside of it', async () => {
    for (const path of [
      '/console/notes.txt',
      '/console/app.map',
      '/console/chunks/other.js',
      '/console/chunks/',
      '/console/../package.json',
      '/console/..%2f..%2fpackage.json',
      '/console/%2e%2e/package.json',
      '/console/a/..%5cpackage.json',
      '/console/a/%2E%2E/b',
      '/console//etc/passwd',
      '/console/a\\..\\b',
      '/console/a%00/b',
    ]) {
      const answer = await house.get(path);
      expect(answer.status, path).equal(404);
      expect(answer.body, path).equal('There is no such file.\n');
      expect(answer.headers, path).include({ 'content-security-policy': policy, 'cache-control': 'no-store' });
    }
  });

  it('the address without its slash leads there', async () => {
    const answer = await house.get('/console');
    expect(answer.status).equal(308);
    expect(new URL(answer.headers['location'] ?? '', `http://${house.host}/console`).pathname).equal('/console/');
  });

  it('are read only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await house.get('/console/', [['Content-Type', 'text/plain']], method);
      expect([answer.status, answer.headers['allow']], method).eql([405, 'GET, HEAD']);
    }
  });

  it('a link of another site leads there, but nothing of another site loads them', async () => {
    const site = (...rest: readonly (readonly [string, string])[]) => [
      ['Sec-Fetch-Site', 'cross-site'] as const,
      ...rest,
    ];
    const follows = site(['Sec-Fetch-Mode', 'navigate'], ['Sec-Fetch-Dest', 'document']);
    expect((await house.get('/console/functions/shop.greet', follows)).status).equal(200);
    for (const headers of [
      site(),
      site(['Sec-Fetch-Mode', 'no-cors'], ['Sec-Fetch-Dest', 'script']),
      site(['Sec-Fetch-Mode', 'navigate'], ['Sec-Fetch-Dest', 'iframe']),
      [...follows, ['Origin', 'https://evil.example'] as const],
    ]) {
      const answer = await house.get('/console/app.js', headers);
      expect(answer.status, JSON.stringify(headers)).equal(403);
      expect(answer.body).include('origin-refused');
    }
    for (const own of ['same-origin', 'none'])
      expect((await house.get('/console/app.js', [['Sec-Fetch-Site', own]])).status, own).equal(200);
  });

  it('pass the door: the host must be ours, and nobody floods', async () => {
    expect((await house.get('/console/', [['Host', 'evil.example']])).status).equal(421);
    const few = await open({ limits: { floodPerMinute: 3 } });
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await few.get('/console/')).status));
    expect(statuses.filter((status) => status === 429).length).greaterThanOrEqual(2);
  });

  it('documents for known callers only does not keep anybody from signing in', async () => {
    const closed = await open({ documents: 'authenticated' });
    expect((await closed.get('/console/')).status).equal(200);
  });

  it('a wrong list of addresses shuts out others, and never this machine', async () => {
    const proxied = [['X-Forwarded-For', '198.51.100.7'] as const];
    const shut = await open({ addresses: ['192.0.2.1'], trustedProxies: ['127.0.0.1'] });
    expect((await shut.get('/console/')).status).equal(200);
    expect((await shut.get('/console/', proxied)).status).equal(403);
    const office = await open({
      addresses: ['192.0.2.1'],
      console: { addresses: ['198.51.100.0/24'] },
      trustedProxies: ['127.0.0.1'],
      httpsRequired: false,
    });
    expect((await office.get('/console/', proxied)).status).equal(200);
    expect((await office.get('/console/', [['X-Forwarded-For', '192.0.2.1']])).status).equal(403);
  });

  it('are not there where the console is off', async () => {
    const off = await open({ console: { enabled: false } });
    for (const path of ['/console', '/console/', '/console/app.js', '/console/call']) {
      const answer = await off.get(path);
      expect([answer.status, answer.body], path).eql([404, 'Nothing answers here.\n']);
    }
    expect((await off.get('/')).body).equal('Polywire\nWeb services are off.\n');
    expect((await house.get('/')).body).equal('Polywire\nWeb services are off.\nconsole: /console/\n');
  });

  it('where they have not been built, that is said', async () => {
    const bare = await open({}, { pages: {} });
    const answer = await bare.get('/console/');
    expect([answer.status, answer.body]).eql([404, 'The pages of the console have not been built.\n']);
  });
});
