import { expect } from 'chai';
import type { Dialect } from '../../client/index.ts';
import { signRequest } from '../../lib/auth/signature/sign.ts';
import { overDatabases } from './databases.ts';
import { calls, dialects, type House, openHouse, siteSecret } from './house.ts';

interface MadeKey {
  readonly key: { readonly id: string };
  readonly secret: string;
}

const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });
const apiKey = (secret: string) => ({ 'X-API-Key': secret });

let count = 0;

overDatabases('functions about one’s own credentials', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind, settings: { logins: { perAddress: 1_000, perAccount: 3 } } });
  });
  after(() => house.close());
  beforeEach(async () => {
    calls.length = 0;
    const left = 60_000 - (Date.now() % 60_000);
    if (left < 5_000) await new Promise((resolve) => setTimeout(resolve, left)); // attempts of a test belong to one minute
  });

  async function user(): Promise<string> {
    const username = `own${++count}`;
    await house.admin('create_user', { username, name: 'A User', password: 'right-password' });
    await house.admin('assign_role', { user: username, role: 'caller' });
    return username;
  }

  async function token(username: string): Promise<string> {
    return (await house.admin<{ readonly secret: string }>('create_token', { user: username, name: 'test' })).secret;
  }

  const code = async (dialect: Dialect, name: string, headers: Readonly<Record<string, string>>) =>
    (await house.call(dialect, name, { text: 'x' }, headers)).code;

  for (const dialect of dialects) {
    it(`give a fresh token in the place of one over ${dialect}, and say whose it is`, async () => {
      const username = await user();
      const old = await token(username);
      const renewed = await house.call(dialect, 'auth.renewtoken', { token: old }, bearer(old));
      expect(renewed.code, renewed.text).equal('ok');
      const { token: fresh } = renewed.value as { readonly token: string };
      expect(fresh).match(/^pwt_/).and.not.equal(old);
      const who = await house.call(dialect, 'auth.whoami', {}, bearer(fresh));
      expect(who.value).nested.include({ 'user.username': username });
      const foreign = bearer(await token(await user()));
      for (const name of ['auth.renewtoken', 'auth.revoketoken']) {
        const refused = await house.call(dialect, name, { token: fresh }, foreign);
        expect(refused.code, `${name} of somebody else`).equal('forbidden');
      }
      expect(await code(dialect, 'test.user', bearer(fresh))).equal('ok');
    });

    it(`give a key a fresh secret over ${dialect}: to whoever holds it, and to its owner`, async () => {
      const owner = await user();
      const made = await house.admin<MadeKey>('create_key', { name: 'Robot', owner });
      const holders = [apiKey(made.secret), bearer(await token(owner))];
      for (const headers of holders) {
        const renewed = await house.call(dialect, 'auth.renewkey', { key: made.key.id }, headers);
        expect(renewed.code, renewed.text).equal('ok');
        const { secret } = renewed.value as { readonly secret: string };
        expect(await code(dialect, 'test.client', apiKey(secret))).equal('ok');
        expect(await code(dialect, 'test.client', apiKey(made.secret)), 'while it overlaps').equal('ok');
      }
      const others = [apiKey((await house.admin<MadeKey>('create_key', { name: 'Other' })).secret), {}];
      for (const [index, refusal] of ['forbidden', 'unauthenticated'].entries()) {
        const refused = await house.call(dialect, 'auth.renewkey', { key: made.key.id }, others[index]);
        expect(refused.code).equal(refusal);
      }
    });

    it(`count attempts to log in over ${dialect} before a password is looked at`, async () => {
      const username = await user();
      const codes = [];
      for (const password of ['wrong', 'false', 'bad', 'right-password']) {
        const ending = await house.call(dialect, 'auth.gettoken', { username, password });
        codes.push(ending.code);
        if (ending.code === 'rate-limited') expect(Number(ending.headers.get('retry-after'))).within(1, 60);
      }
      expect(codes).deep.equal([...Array(3).fill('invalid-credentials'), 'rate-limited']);
    });

    it(`take no Idempotency-Key over ${dialect} where they answer a secret`, async () => {
      const username = await user();
      const secret = await token(username);
      const made = await house.admin<MadeKey>('create_key', { name: 'Robot' });
      const headers = { ...bearer(secret), ...apiKey(made.secret), 'Idempotency-Key': `own-${++count}` };
      for (const [name, params] of [
        ['auth.gettoken', { username, password: 'right-password' }],
        ['auth.renewtoken', { token: secret }],
        ['auth.renewkey', { key: made.key.id }],
      ] as const) {
        expect((await house.call(dialect, name, params, headers)).code, name).equal('invalid-request');
      }
      expect(await code(dialect, 'test.user', bearer(secret)), 'nothing was renewed').equal('ok');
    });
  }

  it('give no key and no other token to a token of a service, but itself anew', async () => {
    const username = await user();
    const service = `Service${++count}`;
    await house.admin('create_service', { name: service, functions: ['auth.renewkey', 'auth.renewtoken'] });
    const made = await house.admin<MadeKey>('create_key', { name: 'Robot', owner: username });
    const wide = await token(username);
    const { secret } = await house.admin<{ readonly secret: string }>('create_token', {
      user: username,
      name: 't',
      service,
    });
    const end = async (name: string, params: object) => (await house.call('rest', name, params, bearer(secret))).code;
    expect(await end('auth.renewkey', { key: made.key.id })).equal('forbidden');
    expect(await end('auth.renewtoken', { token: wide })).equal('forbidden');
    expect(await end('auth.renewtoken', { token: secret })).equal('ok');
  });

  const batches: Readonly<Record<string, (name: string) => readonly [path: string, type: string, body: string]>> = {
    'a batch of JSON-RPC': (name) => [
      '/jsonrpc',
      'application/json',
      JSON.stringify([
        { jsonrpc: '2.0', id: 1, method: name },
        { jsonrpc: '2.0', id: 2, method: 'test.open', params: ['x'] },
      ]),
    ],
    'a multicall of XML-RPC': (name) => [
      '/xmlrpc',
      'text/xml',
      `<?xml version="1.0"?><methodCall><methodName>system.multicall</methodName><params><param><value><array><data>${[
        [name, ''],
        ['test.open', '<value>x</value>'],
      ]
        .map(
          ([method, params]) =>
            `<value><struct><member><name>methodName</name><value>${method}</value></member><member><name>params</name><value><array><data>${params}</data></array></value></member></struct></value>`,
        )
        .join('')}</data></array></value></param></params></methodCall>`,
    ],
    'a batch of MCP': (name) => [
      '/mcp',
      'application/json',
      JSON.stringify([
        { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: name.replace('.', '_'), arguments: {} } },
        { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'test_open', arguments: { text: 'x' } } },
      ]),
    ],
  };
  for (const [what, written] of Object.entries(batches)) {
    it(`are refused inside ${what}, beside calls that are not`, async () => {
      const headers = { ...bearer(await token(await user())), 'MCP-Protocol-Version': '2025-03-26' };
      const tokens = ['gettoken', 'renewtoken', 'revoketoken', 'renewkey', 'whoami'];
      const names = [...tokens, 'startsession', 'endsession', 'endsessions'];
      for (const name of names) {
        const [path, type, body] = written(`auth.${name}`);
        const request = { method: 'POST', body, headers: { 'Content-Type': type, ...headers } };
        const text = await (await fetch(house.url + path, request)).text();
        expect(text, name)
          .match(/forbidden/)
          .and.not.match(/username|token"|secret|csrf"/);
      }
      expect(calls).deep.equal(Array(names.length).fill('x'));
    });
  }
});

overDatabases('a site without a secret', (kind) => {
  it('makes no signing key and no application password, says why, and sends keys along all the same', async () => {
    const house = await openHouse({ kind, secrets: [] });
    try {
      const made = await house.admin<MadeKey>('create_key', { name: 'Sent' });
      for (const dialect of dialects)
        expect((await house.call(dialect, 'test.client', { text: 'x' }, apiKey(made.secret))).code).equal('ok');
      await house.admin('create_user', { username: 'ana', name: 'Ana' });
      for (const [name, params] of [
        ['create_key', { name: 'Signs', signing: true }],
        ['create_app_password', { user: 'ana', name: 'ERP' }],
      ] as const) {
        const told = await house.admin(name, params).then(
          () => 'made',
          (reason: { readonly code: string; readonly message: string }) => `${reason.code}: ${reason.message}`,
        );
        expect(told).match(/^unavailable: .*POLYWIRE_SECRET/);
      }
    } finally {
      await house.close();
    }
  });

  it('opens with each of its secrets what any of them has sealed, and with no other', async () => {
    const next = 'another-secret-of-the-site-for-tests-only-98765';
    const first = await openHouse({ kind });
    try {
      const { key, secret } = await first.admin<MadeKey>('create_key', { name: 'Signs', signing: true });
      for (const [secrets, expected] of [
        [[next, siteSecret], 'ok'],
        [[siteSecret, next], 'ok'],
        [[next], 'invalid-credentials'],
        [[], 'invalid-credentials'],
      ] as const) {
        const lines: string[] = [];
        const log = { write: (line: string) => void lines.push(line) };
        const again = await openHouse({ kind, database: first.database, secrets, log });
        const noted = lines.filter((line) => line.includes('POLYWIRE_SECRET') && line.includes(key.id));
        expect(noted, 'in the log').length(expected === 'ok' ? 0 : 1);
        const asked = { function: 'test.client', protocol: 'rest', key: key.id };
        const { gates } = await again.admin<{ readonly gates: readonly { readonly reason: string }[] }>(
          'explain',
          asked,
        );
        const told = gates.map(({ reason }) => reason).filter((reason) => reason.includes('POLYWIRE_SECRET'));
        expect(told, 'explained').length(expected === 'ok' ? 0 : 1);
        for (const dialect of dialects) {
          const sign = (request: Parameters<typeof signRequest>[0]) => signRequest(request, { keyId: key.id, secret });
          expect((await again.call(dialect, 'test.client', { text: 'x' }, sign)).code, dialect).equal(expected);
        }
        await again.close();
      }
    } finally {
      await first.close();
    }
  });
});
