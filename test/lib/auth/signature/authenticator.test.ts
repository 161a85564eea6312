import { expect } from 'chai';
import fc from 'fast-check';
import type { Presented } from '../../../../lib/auth/authenticator.ts';
import { identify } from '../../../../lib/auth/identity.ts';
import { signatureAuthenticator } from '../../../../lib/auth/signature/authenticator.ts';
import { signRequest } from '../../../../lib/auth/signature/sign.ts';
import { caught, rejected } from '../../caught.ts';
import { accepted, arriving, body, proof, signedAs, signer, type, withHeader, withHeaders } from './signed-messages.ts';
import { house, keyId, noon, presented, putKey, secretOf, signingHouse } from './signing-house.ts';

describe('auth/signature/authenticator', () => {
  it('proves the key that signed', async () => {
    const at = await signingHouse();
    expect((await proof(at, arriving()))?.client).to.deep.equal({ id: keyId, name: 'Import' });
    const get = arriving({ nonce: 'nonce-02' }, { method: 'GET', path: '/rest/test.echo', query: 'a=%C3%BC&b=+' }, '');
    expect(await accepted(at, get)).to.equal(true);
    const more = arriving({ nonce: 'nonce-03', cover: ['@target-uri', '@request-target', '@scheme'] });
    expect(await accepted(at, more)).to.equal(true);
  });

  it('is not concerned with requests that are not signed', () => {
    const authenticator = signatureAuthenticator(house());
    expect(authenticator.find(presented({ rawHeaders: ['Authorization', 'Bearer x'] }))).to.equal(undefined);
    for (const name of ['Signature', 'Signature-Input']) {
      expect(authenticator.find(presented({ rawHeaders: [name, ''] })), name).to.equal(true);
    }
    expect(authenticator.repeatable).to.equal(undefined);
  });

  it('refuses a replay, to another protocol as well', async () => {
    const at = await signingHouse();
    const request = arriving();
    expect(await accepted(at, request)).to.equal(true);
    expect(await accepted(at, request)).to.equal(false);
    expect(await accepted(at, arriving())).to.equal(false);
    expect(await accepted(at, { ...arriving({ nonce: 'nonce-02' }), path: '/soap', protocol: 'soap' })).to.equal(false);
  });

  it('refuses signatures that are too old, too new, or have expired by their own word', async () => {
    const at = await signingHouse();
    const later = (ms: number) => ({ ...arriving({ nonce: `nonce-${ms}` }), now: noon + ms });
    expect(await accepted(at, later(300_000))).to.equal(true);
    expect(await accepted(at, later(300_001))).to.equal(false);
    expect(await accepted(at, later(-300_000))).to.equal(true);
    expect(await accepted(at, later(-300_001))).to.equal(false);
    const expiring = signedAs(`;created=${noon / 1_000};expires=${noon / 1_000 + 5};nonce="nonce-09"`);
    expect(await accepted(at, { ...expiring, now: noon + 5_001 })).to.equal(false);
    expect(await accepted(at, { ...expiring, now: noon + 5_000 })).to.equal(true);
  });

  it('refuses every single change to what was signed, and takes the original afterwards', async () => {
    const changes: Record<string, (request: Presented) => Presented> = {
      method: (request) => ({ ...request, method: 'PUT' }),
      origin: (request) => ({ ...request, origin: 'https://other.example.org' }),
      port: (request) => ({ ...request, origin: 'https://api.example.org:8443' }),
      path: (request) => ({ ...request, path: `${request.path}/` }),
      case: (request) => ({ ...request, path: request.path.toUpperCase() }),
      query: (request) => ({ ...request, query: `${request.query}&` }),
      body: (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) }),
      cut: (request) => ({ ...request, body: request.body.subarray(1) }),
      type: (request) => withHeader(request, 'Content-Type', () => 'text/plain'),
      digest: (request) => withHeader(request, 'Content-Digest', (value) => value.replace('sha-256', 'sha-512')),
      covered: (request) => withHeader(request, 'X-Covered', (value) => `${value}x`),
      uncovered: (request) => withHeader(request, 'Signature-Input', (value) => value.replace(' "x-covered"', '')),
      again: (request) => withHeaders(request, (raw) => [...raw, 'X-Covered', 'again']),
      created: (request) =>
        withHeader(request, 'Signature-Input', (value) => value.replace(/created=(\d+)/, 'created=1$1')),
      second: (request) =>
        withHeader(request, 'Signature-Input', (value) =>
          value.replace(/;created=\d+/, `;created=${noon / 1_000 + 1}`),
        ),
      nonce: (request) => withHeader(request, 'Signature-Input', (value) => value.replace('nonce="', 'nonce="x')),
      keyid: (request) => withHeader(request, 'Signature-Input', (value) => value.replace(keyId, keyId.toUpperCase())),
      label: (request) => withHeader(request, 'Signature', (value) => value.replace('sig1', 'sig2')),
      unsigned: (request) => withHeaders(request, (raw) => raw.filter((_, i) => raw[i - (i % 2)] !== 'Signature')),
      input: (request) => withHeaders(request, (raw) => raw.filter((_, i) => raw[i - (i % 2)] !== 'Signature-Input')),
    };
    const at = await signingHouse();
    let nonce = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('POST', 'PATCH'),
        fc.webPath(),
        fc.webQueryParameters(),
        fc.uint8Array({ minLength: 2, maxLength: 50 }),
        fc.stringMatching(/^[!-~]{1,10}$/),
        fc.constantFrom(...Object.keys(changes)),
        async (method, webPath, query, bytes, text, change) => {
          const url = new URL(`https://api.example.org/x${webPath}?${query}`);
          const headers = { ...type, 'X-Covered': text };
          const signing = { ...signer, nonce: `property-${nonce++}`, cover: ['x-covered'] };
          const added = signRequest({ method, url, headers, body: bytes }, signing);
          const rawHeaders = Object.entries({ ...headers, ...added }).flat();
          const shape = { method, path: url.pathname, query: url.search.slice(1), rawHeaders };
          const request = presented({ ...shape, body: Buffer.from(bytes) });
          expect(await accepted(at, changes[change]?.(request) ?? request).catch(String), change).to.equal(false);
          expect(await accepted(at, request), 'the original').to.equal(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('wants all that matters covered, and a body with its digest and type', async () => {
    const at = await signingHouse();
    for (const name of ['@method', '@authority', '@path', '@query', 'content-digest', 'content-type']) {
      expect(await accepted(at, signedAs(undefined, [name])), name).to.equal(false);
    }
    expect(() => signRequest({ method: 'POST', url: 'https://a.example/', body }, signer)).to.throw(TypeError);
    const empty = arriving({}, {}, '');
    expect(await accepted(at, { ...empty, body: Buffer.from(body) }), 'a body put in').to.equal(false);
    expect(await accepted(at, empty)).to.equal(true);
  });

  it('takes either secret of a key that is being rotated', async () => {
    const at = await signingHouse();
    await at.store.keys.rotate(keyId, secretOf(at, 'the new one'), noon + 10);
    expect(await accepted(at, arriving())).to.equal(true);
    expect(await accepted(at, arriving({ secret: 'the new one', nonce: 'nonce-02' }))).to.equal(true);
    expect(await accepted(at, { ...arriving({ nonce: 'nonce-03' }), now: noon + 10 })).to.equal(false);
  });

  it('knows the site by its public URL as well, where a proxy speaks to us by another name', async () => {
    const at = await signingHouse({ publicUrl: 'https://api.example.org/' });
    expect(await accepted(at, { ...arriving(), origin: 'http://127.0.0.1:8080' })).to.equal(true);
    const direct = arriving({ nonce: 'nonce-02' }, { origin: 'http://127.0.0.1:8080' });
    expect(await accepted(at, direct)).to.equal(true);
    const foreign = arriving({ nonce: 'nonce-03' }, { origin: 'https://else.example.org' });
    expect(await accepted(at, { ...foreign, origin: 'http://127.0.0.1:8080' })).to.equal(false);
  });

  it('tells the same of every wrong signature, and nothing of the right one', async () => {
    const at = await signingHouse();
    const chain = [{ authenticator: signatureAuthenticator(at), importance: 'sufficient' as const }];
    const faultOf = async (request: Presented) => {
      try {
        await identify(chain, request);
      } catch (reason) {
        return caught(() => {
          throw reason;
        });
      }
      throw new Error('accepted');
    };
    const unknown = arriving({ keyId: 'nobody' });
    for (const request of [unknown, arriving({ secret: 'x' }), presented({ rawHeaders: ['Signature', 'x'] })]) {
      const fault = await faultOf(request);
      expect([fault.code, fault.message]).to.deep.equal(['invalid-credentials', 'The credentials are not accepted']);
      expect(fault.cause).to.equal(undefined);
    }
  });

  it('fails closed while the store is away', async () => {
    const at = await signingHouse();
    await at.directory.key(keyId);
    at.store.away = true;
    expect((await rejected(accepted(at, arriving()))).code).to.equal('unavailable');
    expect(await accepted(at, arriving({ secret: 'x' }))).to.equal(false);
  });

  it('refuses revoked keys and keys that do not sign', async () => {
    for (const change of [{ revoked: noon }, { signing: false }]) {
      const at = house();
      await putKey(at, change);
      expect(await accepted(at, arriving())).to.equal(false);
    }
  });
});
