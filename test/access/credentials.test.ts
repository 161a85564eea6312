import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { ClientRequest } from '../../client/client.ts';
import { signRequest } from '../../lib/auth/signature/sign.ts';
import { overDatabases } from './databases.ts';
import { callBySoap, oauth1, usernameToken } from './foreign-credentials.ts';
import { calls, dialects, type House, openHouse } from './house.ts';

interface Made {
  readonly key: { readonly id: string };
  readonly secret: string;
}

const members = ['key', 'signature', 'oauth1', 'token', 'basic', 'username-token', 'jwt', 'session'];
let count = 0;

/** Posts to a target as it is given, and tells the status. */
function postTo(port: string, target: string, headers: Readonly<Record<string, string>>, body: string) {
  return new Promise<number | undefined>((resolve, reject) => {
    httpRequest({ port, host: '127.0.0.1', method: 'POST', path: target, headers }, (answer) => {
      resolve(answer.resume().statusCode);
    })
      .on('error', reject)
      .end(body);
  });
}

overDatabases('credentials of every sort', (kind) => {
  let house: House;
  let issuer: Awaited<ReturnType<typeof generateKeyPair>>;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'polywire-jwks-'));
    const jwks = join(folder, 'jwks.json');
    issuer = await generateKeyPair('ES256');
    writeFileSync(
      jwks,
      JSON.stringify({ keys: [{ ...(await exportJWK(issuer.publicKey)), kid: 'one', alg: 'ES256' }] }),
    );
    house = await openHouse({
      kind,
      settings: {
        authenticators: members.map((name) => ({ name, importance: 'sufficient' as const })),
        logins: { perAddress: 1_000, perAccount: 1_000 },
        jwt: { issuer: 'https://issuer.example', audience: 'polywire', jwks, username: 'sub', scope: 'scope' },
      },
    });
  });
  after(async () => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    calls.length = 0;
  });

  const signingKey = (more: object = {}) => house.admin<Made>('create_key', { name: 'Signer', signing: true, ...more });

  async function user() {
    const username = `person${++count}`;
    const made = await house.admin<{ readonly id: number }>('create_user', {
      username,
      name: 'P',
      password: 'right-password',
    });
    await house.admin('assign_role', { user: username, role: 'caller' });
    return { username, id: made.id };
  }

  it('a request by the absolute form is signed for the host of its target, and not for what Host says', async () => {
    const { key, secret } = await signingKey();
    const { port } = new URL(house.url);
    const [body, path] = ['{"text":"signed"}', '/rest/test.client'];
    const post = (host: string, cover: readonly string[]) => {
      const headers = { 'Content-Type': 'application/json', Host: host };
      const request = { method: 'POST', url: `http://${host}${path}`, headers, body };
      const signature = signRequest(request, { keyId: key.id, secret, cover });
      return postTo(port, `http://localhost:81${path}`, { ...headers, ...signature, Host: 'evil.example' }, body);
    };
    expect(await post('localhost:81', ['host'])).equal(200);
    expect(await post('evil.example', [])).equal(401);
    expect(calls).deep.equal(['signed Signer']);
  });

  for (const dialect of dialects) {
    it(`a signed request is carried out once over ${dialect}, and not when anything in it was changed`, async () => {
      const { key, secret } = await signingKey();
      let sent: Readonly<Record<string, string>> = {};
      const sign = ({ method, url, headers, body }: ClientRequest) => {
        sent = signRequest({ method, url, headers, body }, { keyId: key.id, secret });
        return sent;
      };
      const first = await house.call(dialect, 'test.client', { text: 'signed' }, sign);
      expect(first, first.text).include({ code: 'ok', value: 'signed Signer' });
      const replayed = await house.call(dialect, 'test.client', { text: 'signed' }, () => sent);
      expect(replayed.code, 'a replay').equal('invalid-credentials');
      const changed = await house.call(dialect, 'test.client', { text: 'others' }, (request) =>
        signRequest({ ...request, body: request.body.replace('others', 'signed') }, { keyId: key.id, secret }),
      );
      expect(changed.code, 'another body').equal('invalid-credentials');
      for (const now of [Date.now() - 301_000, Date.now() + 305_000]) {
        const late = await house.call(dialect, 'test.client', { text: 'x' }, (request) =>
          signRequest(request, { keyId: key.id, secret, now }),
        );
        expect(late.code, 'another time').equal('invalid-credentials');
      }
      const sentAlong = await house.call(dialect, 'test.client', { text: 'x' }, { 'X-API-Key': `${key.id}.${secret}` });
      expect(sentAlong.code, 'a signing secret sent along').equal('invalid-credentials');
      expect(calls).deep.equal(['signed Signer']);
    });

    it(`OAuth 1.0a signs a call over ${dialect}`, async () => {
      const { key, secret } = await signingKey();
      const nonce = randomBytes(8).toString('hex');
      let sent = {};
      const first = await house.call(dialect, 'test.client', { text: 'x' }, (request) => {
        sent = { Authorization: oauth1(request, key.id, secret, nonce) };
        return sent;
      });
      expect(first, first.text).include({ code: 'ok', value: 'x Signer' });
      expect((await house.call(dialect, 'test.client', { text: 'x' }, sent)).code).equal('invalid-credentials');
      const wrong = (request: ClientRequest) => ({ Authorization: oauth1(request, key.id, `${secret}x`, `${nonce}2`) });
      expect((await house.call(dialect, 'test.client', { text: 'x' }, wrong)).code).equal('invalid-credentials');
    });

    it(`Basic and a JSON Web Token name a user over ${dialect}`, async () => {
      const { username } = await user();
      const basic = (password: string) => ({
        Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      });
      expect((await house.call(dialect, 'test.user', { text: 'x' }, basic('right-password'))).code).equal('ok');
      expect((await house.call(dialect, 'test.user', { text: 'x' }, basic('wrong'))).code).equal('invalid-credentials');
      const jwt = async (audience: string) => ({
        Authorization: `Bearer ${await new SignJWT({})
          .setProtectedHeader({ alg: 'ES256', kid: 'one' })
          .setIssuer('https://issuer.example')
          .setAudience(audience)
          .setSubject(username)
          .setExpirationTime('5 minutes')
          .sign(issuer.privateKey)}`,
      });
      const told = await house.call(dialect, 'test.user', { text: 'x' }, await jwt('polywire'));
      expect(told, told.text).include({ code: 'ok', value: `x ${username}` });
      expect((await house.call(dialect, 'test.user', { text: 'x' }, await jwt('other'))).code).equal(
        'invalid-credentials',
      );
    });
  }

  it('a scope of a JSON Web Token narrows what roles allow', async () => {
    const { username } = await user();
    await house.admin('assign_role', { user: username, role: 'administrator' });
    const bearer = async (scope?: string) => {
      const token = await new SignJWT(scope === undefined ? {} : { scope })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuer('https://issuer.example')
        .setAudience('polywire')
        .setSubject(username)
        .setExpirationTime('5 minutes')
        .sign(issuer.privateKey);
      return { Authorization: `Bearer ${token}` };
    };
    const call = async (scope: string) =>
      (await house.call('rest', 'test.course', { course: 1 }, await bearer(scope))).code;
    expect(await call('course:view')).equal('ok');
    expect(await call('other:thing')).equal('forbidden');
    const { key } = await house.admin<Made>('create_key', { name: 'Owned', owner: username });
    const renew = async (scope?: string) =>
      (await house.call('rest', 'auth.renewkey', { key: key.id }, await bearer(scope))).code;
    expect(await renew('course:view'), 'a key, which has no scopes').equal('forbidden');
    expect(await renew()).equal('ok');
  });

  for (const version of ['soap', 'soap12'] as const) {
    it(`WS-Security names a user in ${version}, by text and by digest`, async () => {
      const { username } = await user();
      const app = await house.admin<{ readonly secret: string }>('create_app_password', {
        user: username,
        name: 'ERP',
      });
      const text = usernameToken(username, 'right-password', 'text');
      expect((await callBySoap(house, version, text)).code).equal('ok');
      expect((await callBySoap(house, version, usernameToken(username, 'wrong', 'text'))).code).equal(
        'invalid-credentials',
      );
      const digest = usernameToken(username, app.secret, 'digest');
      const first = await callBySoap(house, version, digest);
      expect(first, first.text).include({ code: 'ok' });
      expect((await callBySoap(house, version, digest)).code, 'a replay').equal('invalid-credentials');
      const own = await callBySoap(house, version, usernameToken(username, 'right-password', 'digest'));
      expect(own.code, 'a digest of what is only known as a hash').equal('invalid-credentials');
    });
  }
});

overDatabases('a nonce', (kind) => {
  it('counts once for all processes', async () => {
    const settings = { publicUrl: 'http://localhost:4711' };
    const one = await openHouse({ kind, settings });
    const two = await openHouse({ kind, database: one.database });
    try {
      const { key, secret } = await one.admin<Made>('create_key', { name: 'Signer', signing: true });
      let sent: Readonly<Record<string, string>> = {};
      const sign = (request: ClientRequest) => {
        sent = signRequest(
          { ...request, url: new URL('/jsonrpc', 'http://localhost:4711') },
          { keyId: key.id, secret },
        );
        return sent;
      };
      expect((await one.call('jsonrpc', 'test.client', { text: 'x' }, sign)).code).equal('ok');
      expect((await two.call('jsonrpc', 'test.client', { text: 'x' }, sent)).code).equal('invalid-credentials');
      expect((await two.call('jsonrpc', 'test.client', { text: 'x' }, sign)).code).equal('ok');
      expect((await one.call('jsonrpc', 'test.client', { text: 'x' }, sent)).code).equal('invalid-credentials');
    } finally {
      await two.close();
      await one.close();
    }
  });
});
