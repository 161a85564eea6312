import { expect } from 'chai';
import fc from 'fast-check';
import { accepted, arriving, signedAs, withHeader, withHeaders } from './signed-messages.ts';
import { noon, secret, signingHouse } from './signing-house.ts';

describe('auth/signature: misuse', () => {
  it('refuses any other character in its headers', async () => {
    const at = await signingHouse();
    const request = arriving();
    const other = fc.integer({ min: 32, max: 126 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('Signature', 'Signature-Input'), fc.nat(), other, async (name, place, code) => {
        const changed = withHeader(request, name, (value) => {
          const i = place % value.length;
          fc.pre(value.charCodeAt(i) !== code);
          return value.slice(0, i) + String.fromCharCode(code) + value.slice(i + 1);
        });
        expect(await accepted(at, changed), JSON.stringify(changed.headers)).to.equal(false);
      }),
      { numRuns: 300 },
    );
    expect(at.store.calls).not.to.include('nonces.use');
  });

  it('refuses truncated headers at every length', async () => {
    const at = await signingHouse();
    const request = arriving();
    for (const name of ['Signature', 'Signature-Input']) {
      for (let length = 0; length < (request.headers[name.toLowerCase()] ?? '').length; length++) {
        const cut = withHeader(request, name, (value) => value.slice(0, length));
        expect(await accepted(at, cut), `${name} ${length}`).to.equal(false);
      }
    }
  });

  it('wants created, a nonce of its own and keyid, knows what alg may say, and no other parameter', async () => {
    const at = await signingHouse();
    const created = `created=${noon / 1_000}`;
    const wrong = [
      `;nonce="nonce-01"`,
      `;${created}`,
      `;${created};nonce="nonce-1"`,
      `;${created};nonce="${'n'.repeat(257)}"`,
      `;${created};nonce=nonce-01`,
      `;created="${noon / 1_000}";nonce="nonce-01"`,
      `;created;nonce="nonce-01"`,
      `;created=${noon};nonce="nonce-01"`,
      `;created=-1;nonce="nonce-01"`,
      `;${created};nonce="nonce-01";expires="9999999999"`,
      `;${created};nonce="nonce-01";expires=1`,
      `;${created};nonce="nonce-01";tag=token`,
      `;${created};nonce="nonce-01";other=1`,
      ...['rsa-pss-sha512', 'hmac-sha1', 'none', '', 'HMAC-SHA256'].map(
        (alg) => `;${created};nonce="nonce-01";alg="${alg}"`,
      ),
      `;${created};nonce="nonce-01";alg=hmac-sha256`,
    ];
    for (const parameters of wrong) expect(await accepted(at, signedAs(parameters)), parameters).to.equal(false);
    const right = [';tag="app"', ';alg="hmac-sha256"', ';expires=9999999999', ''];
    for (const [i, more] of right.entries()) {
      expect(await accepted(at, signedAs(`;${created};nonce="nonce-0${i}"${more}`)), more).to.equal(true);
    }
  });

  it('refuses two signatures, and headers that came twice', async () => {
    const at = await signingHouse();
    const request = arriving();
    const [input = '', signature = ''] = [request.headers['signature-input'], request.headers.signature].map(String);
    const second = ['Signature-Input', input.replace('sig1', 'sig2'), 'Signature', signature.replace('sig1', 'sig2')];
    expect(
      await accepted(
        at,
        withHeaders(request, (raw) => [...raw, ...second]),
      ),
    ).to.equal(false);
    for (const again of [
      ['Signature', signature],
      ['Signature-Input', input],
      ['Content-Type', 'text/xml'],
    ]) {
      expect(
        await accepted(
          at,
          withHeaders(request, (raw) => [...raw, ...again]),
        ),
        again[0],
      ).to.equal(false);
    }
    expect(await accepted(at, request)).to.equal(true);
  });

  it('refuses wrong and empty secrets, and oversized headers, quickly', async () => {
    const at = await signingHouse();
    for (const wrong of ['', 'x', `${secret} `, secret.slice(1)]) {
      expect(await accepted(at, arriving({ secret: wrong })), wrong).to.equal(false);
    }
    const names = Array.from({ length: 2_000 }, (_, i) => `"x${i}"`).join(' ');
    const long = withHeader(arriving(), 'Signature-Input', () => `sig1=(${names})`);
    const deep = withHeader(arriving(), 'Signature-Input', () => `sig1=${'('.repeat(15_000)}`);
    const escaped = withHeader(arriving(), 'Signature-Input', () => `sig1=("${'\\"'.repeat(8_000)}`);
    for (const big of [long, deep, escaped]) expect(await accepted(at, big)).to.equal(false);
  });
});
