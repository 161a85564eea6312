import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { JwtSettings } from '../../../lib/auth/auth-settings.ts';
import type { Presented, Proof } from '../../../lib/auth/authenticator.ts';
import { jwtAuthenticator } from '../../../lib/auth/jwt.ts';
import { rejected } from '../caught.ts';
import { type House, house, noon, presented, putUser } from './signature/signing-house.ts';

const seconds = noon / 1_000;
const claims: JWTPayload = { iss: 'https://issuer.example', aud: 'polywire', sub: 'ana', exp: seconds + 600 };

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

function bearing(token: string, more: readonly string[] = []): Presented {
  return presented({ rawHeaders: ['Authorization', `Bearer ${token}`, ...more] });
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('auth/jwt', () => {
  let folder: string;
  let file: string;
  let es256: Pair;
  let eddsa: Pair;
  let stranger: Pair;
  let jwks: { keys: JWK[] };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polywire-jwt-'));
    file = join(folder, 'keys.json');
    [es256, eddsa, stranger] = await Promise.all([
      generateKeyPair('ES256'),
      generateKeyPair('EdDSA'),
      generateKeyPair('ES256'),
    ]);
    const keys = [
      { ...(await exportJWK(es256.publicKey)), kid: 'e' },
      { ...(await exportJWK(eddsa.publicKey)), kid: 'd' },
    ];
    jwks = { keys };
    await writeFile(file, JSON.stringify({ keys: [...keys, { kty: 'oct', k: 'c2VjcmV0', kid: 'o', alg: 'HS256' }] }));
  });

  after(() => rm(folder, { recursive: true }));

  const settings = (change: Partial<JwtSettings> = {}): JwtSettings => ({
    issuer: 'https://issuer.example',
    audience: 'polywire',
    jwks: file,
    username: 'sub',
    scope: 'scope',
    ...change,
  });

  function sign(
    change: JWTPayload = {},
    key: CryptoKeyOf<Pair> = es256.privateKey,
    header: object = {},
  ): Promise<string> {
    return new SignJWT({ ...claims, ...change })
      .setProtectedHeader({
        alg: key === eddsa.privateKey ? 'EdDSA' : 'ES256',
        kid: key === eddsa.privateKey ? 'd' : 'e',
        ...header,
      })
      .sign(key);
  }

  async function withUser(change: Partial<JwtSettings> = {}): Promise<House> {
    const at = house({ jwt: settings(change) });
    await putUser(at);
    return at;
  }

  async function proof(at: House, token: string, change: Partial<Presented> = {}): Promise<Proof | undefined> {
    const authenticator = jwtAuthenticator(at);
    const request = { ...bearing(token), ...change };
    const found = authenticator.find(request);
    expect(found, 'found').to.equal(token);
    return authenticator.verify(token, request);
  }

  it('proves the user whom the token names, until it ends', async () => {
    const at = await withUser();
    for (const key of [es256.privateKey, eddsa.privateKey]) {
      const made = await proof(at, await sign({}, key));
      expect(made?.user?.username).to.equal('ana');
      expect(made?.limits).to.deep.equal({ validUntil: noon + 660_000, addresses: [], protocols: [], functions: [] });
      expect(made).not.to.have.property('scopes');
    }
    const custom = await withUser({ username: 'preferred_username' });
    expect((await proof(custom, await sign({ sub: 'x', preferred_username: 'ANA' })))?.user?.username).to.equal('ana');
  });

  it('finds what looks like a JWT, and only where the site takes them', async () => {
    const { find } = jwtAuthenticator(await withUser());
    for (const token of ['eyJ.x.y', 'eyJ..', `eyJ${'a'.repeat(9_000)}.b.c`])
      expect(find(bearing(token))).to.equal(token);
    for (const token of ['abc.d.e', 'eyJ.x', 'eyJ.x.y.z', 'pwt_eyJ', ''])
      expect(find(bearing(token)), token).to.equal(undefined);
    expect(find(presented())).to.equal(undefined);
    expect(find(presented({ rawHeaders: ['Authorization', 'Basic eyJ.x.y'] }))).to.equal(undefined);
    expect(jwtAuthenticator(house()).find(bearing('eyJ.x.y'))).to.equal(undefined);
  });

  it('reads scopes: names in a text or a list; without the claim nothing is narrowed', async () => {
    const at = await withUser();
    const scopes = async (scope: unknown) => (await proof(at, await sign({ scope })))?.scopes;
    expect(await scopes('user:view  user:edit')).to.deep.equal(['user:view', 'user:edit']);
    expect(await scopes(['user:view'])).to.deep.equal(['user:view']);
    expect(await scopes('')).to.deep.equal([]);
    for (const wrong of [1, null, { a: 1 }, ['a', 1]]) {
      expect(await proof(at, await sign({ scope: wrong })), JSON.stringify(wrong)).to.equal(undefined);
    }
    const other = await withUser({ scope: 'scp' });
    expect((await proof(other, await sign({ scope: 'a', scp: ['b'] })))?.scopes).to.deep.equal(['b']);
  });

  it('refuses what is expired, not valid yet, without an end, or meant for others', async () => {
    const at = await withUser();
    const wrong: Readonly<Record<string, unknown>>[] = [
      { exp: seconds - 61 },
      { exp: undefined },
      { nbf: seconds + 61 },
      { iss: 'https://else.example' },
      { iss: undefined },
      { aud: 'else' },
      { aud: undefined },
      { aud: [] },
    ];
    for (const change of wrong) expect(await proof(at, await sign(change)), JSON.stringify(change)).to.equal(undefined);
    for (const right of [{ exp: seconds - 59 }, { nbf: seconds + 59 }, { aud: ['else', 'polywire'] }]) {
      expect(await proof(at, await sign(right)), JSON.stringify(right)).not.to.equal(undefined);
    }
  });

  it('refuses users who are unknown, suspended, or no names at all', async () => {
    const at = await withUser();
    await putUser(at, { username: 'sus', state: 'suspended' });
    await putUser(at, { username: 'old', validUntil: noon });
    for (const sub of ['nobody', 'sus', 'old', '', 'a\u0000', 'a'.repeat(256), 1, undefined, ['ana']]) {
      expect(await proof(at, await sign({ sub: sub as string })), String(sub)).to.equal(undefined);
    }
    const odd = await withUser({ username: 'toString' });
    expect(await proof(odd, await sign())).to.equal(undefined);
  });

  it('refuses other algorithms, other keys and tampered tokens', async () => {
    const at = await withUser();
    const right = await sign();
    const [head = '', payload = '', signature = ''] = right.split('.');
    const symmetric = (text: string | Uint8Array, kid = 'e') =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid })
        .sign(typeof text === 'string' ? Buffer.from(text) : text);
    const wrong = [
      await sign({}, stranger.privateKey),
      await sign({}, es256.privateKey, { kid: 'x' }),
      await sign({}, es256.privateKey, { kid: 'd' }),
      `${part({ alg: 'none' })}.${payload}.`,
      `${part({ alg: 'none', kid: 'e' })}.${payload}.${signature}`,
      await symmetric(JSON.stringify(jwks.keys[0])),
      await symmetric('secret', 'o'),
      `${head}.${part({ ...claims, sub: 'root' })}.${signature}`,
      `${head}.${payload}.${signature.slice(0, -2)}`,
      `${head}.${payload}.`,
      `${head}..${signature}`,
      `${part({ alg: 'ES256', kid: 'e', crit: ['x'], x: 1 })}.${payload}.${signature}`,
      `${part({ alg: 'ES256', jwk: await exportJWK(stranger.publicKey) })}.${(await sign({}, stranger.privateKey)).split('.').slice(1).join('.')}`,
      'eyJ..',
      'eyJ!.@.#',
      `eyJ${'a'.repeat(9_000)}.b.c`,
    ];
    for (const token of wrong) expect(await proof(at, token), token.slice(0, 200)).to.equal(undefined);
    expect(await proof(at, right)).not.to.equal(undefined);
  });

  it('refuses a second Authorization header', async () => {
    const at = await withUser();
    const token = await sign();
    expect(await proof(at, token, bearing(token, ['authorization', 'Bearer x']))).to.equal(undefined);
  });

  describe('keys behind a URL', () => {
    let server: Server;
    let url: string;
    let asked = 0;
    let answer: (asked: number) => { status: number; body: string; location?: string };

    beforeEach(async () => {
      asked = 0;
      answer = () => ({ status: 200, body: JSON.stringify(jwks) });
      server = createServer((_, response) => {
        const { status, body, location } = answer(++asked);
        response.writeHead(status, location === undefined ? {} : { location }).end(body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    });

    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    it('are fetched once for many tokens', async () => {
      const at = await withUser({ jwks: url });
      const authenticator = jwtAuthenticator(at);
      const tokens = await Promise.all([sign(), sign({ jti: '2' }), sign({}, eddsa.privateKey)]);
      const proofs = await Promise.all(tokens.map((token) => authenticator.verify(token, bearing(token))));
      expect(proofs.every((made) => made?.user?.username === 'ana')).to.equal(true);
      const unknown = await sign({}, es256.privateKey, { kid: 'x' });
      expect(await authenticator.verify(unknown, bearing(unknown))).to.equal(undefined);
      expect(asked).to.equal(1);
    });

    it('that cannot be had make the call unavailable, and are not asked for at once again', async () => {
      const token = await sign();
      const broken: (typeof answer)[] = [
        () => ({ status: 500, body: '' }),
        () => ({ status: 302, body: '', location: url }),
        () => ({ status: 200, body: '<html>' }),
        () => ({ status: 200, body: '{"keys":1}' }),
      ];
      for (const broke of broken) {
        asked = 0;
        answer = broke;
        const authenticator = jwtAuthenticator(await withUser({ jwks: url }));
        const fault = await rejected(Promise.resolve(authenticator.verify(token, bearing(token))));
        expect([fault.code, fault.gate]).to.deep.equal(['unavailable', 'authenticator:jwt']);
        expect(fault.message).not.to.include('127.0.0.1');
        await rejected(Promise.resolve(authenticator.verify(token, bearing(token))));
        expect(asked).to.equal(1);
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      const authenticator = jwtAuthenticator(await withUser({ jwks: url }));
      expect((await rejected(Promise.resolve(authenticator.verify(token, bearing(token))))).code).to.equal(
        'unavailable',
      );
    });

    it('are never fetched from elsewhere by plain HTTP, nor from where the token says', async () => {
      const far = await rejected(withUser({ jwks: 'http://issuer.example/jwks' }));
      expect(far.issues.map(({ path }) => path)).to.deep.equal(['jwt/jwks']);
      const pointing = await sign({}, stranger.privateKey, { jku: url, x5u: url, kid: 'y' });
      expect(await proof(await withUser(), pointing)).to.equal(undefined);
      expect(asked).to.equal(0);
    });
  });

  it('in a file that is missing or broken make the call unavailable, until it is mended', async () => {
    const mended = join(folder, 'mended.json');
    const at = await withUser({ jwks: mended });
    const authenticator = jwtAuthenticator(at);
    const token = await sign();
    const verify = async () => authenticator.verify(token, bearing(token));
    expect((await rejected(verify())).code).to.equal('unavailable');
    await writeFile(mended, '{"keys":');
    expect((await rejected(verify())).message).not.to.include('mended');
    await writeFile(mended, JSON.stringify(jwks));
    expect((await verify())?.user?.username).to.equal('ana');
  });
});

type CryptoKeyOf<T extends Pair> = T['privateKey'];
