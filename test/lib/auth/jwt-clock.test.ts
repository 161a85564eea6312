import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { jwtAuthenticator } from '../../../lib/auth/jwt.ts';
import { rejected } from '../caught.ts';
import { house, noon, presented, putUser } from './signature/signing-house.ts';

const [realNow, realElapsed] = [Date.now, performance.now];

/** Sets the clock an hour back, and lets so many seconds pass. */
function setBack(seconds: number): void {
  Date.now = () => realNow() - 3_600_000 + seconds * 1_000;
  performance.now = () => realElapsed.call(performance) + seconds * 1_000;
}

/** A key that makes tokens, and what others know of it. */
async function issuer(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const token = await new SignJWT({ iss: 'issuer', aud: 'polywire', sub: 'ana', exp: noon / 1_000 + 600 })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(privateKey);
  return { token, keys: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid }] }) };
}

describe('auth/jwt and a clock that is set back', () => {
  let folder: string;
  let server: Server;
  let url: string;
  let answer: { readonly status: number; readonly body: string };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polywire-jwt-'));
    server = createServer((_, response) => response.writeHead(answer.status).end(answer.body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });
  afterEach(() => {
    Date.now = realNow;
    performance.now = realElapsed;
  });

  /** Verifies tokens by the keys in a place. */
  async function verifier(jwks: string) {
    const at = house({ jwt: { issuer: 'issuer', audience: 'polywire', jwks, username: 'sub', scope: 'scope' } });
    await putUser(at);
    const authenticator = jwtAuthenticator(at);
    return async (token: string) =>
      (await authenticator.verify(token, presented({ rawHeaders: ['Authorization', `Bearer ${token}`] })))?.user
        ?.username;
  }

  it('asks an issuer again after the pause, not an hour later', async () => {
    const { token, keys } = await issuer('one');
    const verify = await verifier(url);
    answer = { status: 500, body: '' };
    expect((await rejected(verify(token))).code).to.equal('unavailable');
    answer = { status: 200, body: keys };
    setBack(11);
    expect(await verify(token)).to.equal('ana');
  });

  it('takes new keys once the old ones have aged, not an hour later', async () => {
    const [one, other] = [await issuer('one'), await issuer('other')];
    const file = join(folder, 'keys.json');
    answer = { status: 200, body: one.keys };
    await writeFile(file, one.keys);
    const both = [await verifier(url), await verifier(file)];
    for (const verify of both) expect(await verify(one.token)).to.equal('ana');
    answer = { status: 200, body: other.keys };
    await writeFile(file, other.keys);
    setBack(601);
    for (const verify of both) {
      expect(await verify(other.token)).to.equal('ana');
      expect(await verify(one.token)).to.equal(undefined);
    }
  });
});
