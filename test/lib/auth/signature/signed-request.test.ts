import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { isFirstUse, type SignedRequest, verifySigned } from '../../../../lib/auth/signature/signed-request.ts';
import { rejected } from '../../caught.ts';
import { house, keyId, noon, putKey, secret, secretOf, signingHouse } from './signing-house.ts';

function signed({ now = noon, ...change }: Partial<SignedRequest> & { readonly now?: number } = {}): SignedRequest {
  const check = (given: string) => given === secret;
  return { scheme: 'test', keyId, created: noon, nonce: 'n', call: { now, address: '192.0.2.1' }, check, ...change };
}

describe('auth/signature/signed-request', () => {
  it('proves the key: its program, its limits, its count', async () => {
    const at = house();
    await putKey(at, { perMinute: 5, perDay: 100, functions: ['test.*'], validUntil: noon + 1 });
    const proof = await verifySigned(at, signed());
    expect(proof?.client).to.deep.equal({ id: keyId, name: 'Import' });
    expect(proof?.user).to.equal(undefined);
    expect(proof?.limits).to.deep.include({ functions: ['test.*'], validUntil: noon + 1 });
    expect(proof?.subjects).to.deep.equal([{ name: `key:${keyId}`, perMinute: 5, perDay: 100 }]);
  });

  it('takes times up to the window away, in both directions', async () => {
    const at = await signingHouse();
    const proven = async (away: number, window?: number) => {
      const created = noon + away;
      return (
        (await verifySigned(at, signed({ created, nonce: `${away} ${window}`, ...(window && { window }) }))) !==
        undefined
      );
    };
    expect(await proven(-300_000)).to.equal(true);
    expect(await proven(300_000)).to.equal(true);
    expect(await proven(-300_001)).to.equal(false);
    expect(await proven(300_001)).to.equal(false);
    expect(await proven(Number.NaN)).to.equal(false);
    expect(await proven(-80_000_000, 90_000_000)).to.equal(true);
  });

  it('takes each nonce once, for each key and scheme', async () => {
    const at = await signingHouse();
    const other = 'another0123456789abc';
    await putKey(at, { id: other });
    expect(await verifySigned(at, signed())).not.to.equal(undefined);
    expect(await verifySigned(at, signed())).to.equal(undefined);
    expect(await verifySigned(at, signed({ created: noon + 1 }))).to.equal(undefined);
    expect(await verifySigned(at, signed({ scheme: 'other' }))).not.to.equal(undefined);
    expect(await verifySigned(at, signed({ keyId: other }))).not.to.equal(undefined);
  });

  it('of the same request at the same time lets one pass', async () => {
    const at = await signingHouse();
    const proofs = await Promise.all([1, 2, 3].map(() => verifySigned(at, signed())));
    expect(proofs.filter((proof) => proof !== undefined)).to.have.length(1);
  });

  it('keeps nonces longer than their requests could be repeated', async () => {
    const at = await signingHouse();
    const kept: number[] = [];
    const use = async (_scope: string, _nonce: string, expires: number) => kept.push(expires) > 0;
    const store = { ...at.store, nonces: { use } };
    await isFirstUse({ ...at, store }, 'test', { nonce: 'n', created: noon + 300_000 });
    expect(kept[0]).greaterThan(noon + 600_000);
  });

  it('touches no nonce before the signature is right', async () => {
    const at = await signingHouse();
    expect(await verifySigned(at, signed({ check: () => false }))).to.equal(undefined);
    expect(at.store.calls).not.to.include('nonces.use');
    expect(await verifySigned(at, signed())).not.to.equal(undefined);
  });

  it('takes every secret that is valid now', async () => {
    const at = house();
    await putKey(at, {}, secretOf(at, 'old', { validUntil: noon + 10 }));
    await at.store.keys.rotate(keyId, secretOf(at, 'new', { validFrom: noon - 10 }), noon + 5);
    const proves = async (given: string, now: number) =>
      (await verifySigned(at, signed({ now, nonce: `${given}${now}`, check: (text) => text === given }))) !== undefined;
    for (const given of ['old', 'new']) expect(await proves(given, noon), given).to.equal(true);
    expect(await proves('old', noon + 5)).to.equal(false);
    expect(await proves('new', noon + 5)).to.equal(true);
    expect(await proves('new', noon - 11)).to.equal(false);
    expect(await proves('', noon)).to.equal(false);
  });

  it('refuses keys that are unknown, revoked, not for signing, or without a secret that opens', async () => {
    const refused = async (change: object, first?: object) => {
      const at = house();
      await putKey(at, change, first ? { ...secretOf(at, secret), ...first } : undefined);
      let checks = 0;
      const check = (given: string) => {
        checks++;
        return given === secret || given === '';
      };
      expect(await verifySigned(at, signed({ check })), JSON.stringify([change, first])).to.equal(undefined);
      expect(checks, 'work as for a known key').to.equal(1);
      expect(at.store.calls).not.to.include('nonces.use');
    };
    await refused({ id: 'another0123456789abc' });
    await refused({ revoked: noon - 1 });
    await refused({ signing: false });
    await refused({}, { sealed: undefined });
    await refused({}, { sealed: 'v1.x.y' });
    await refused({}, { sealed: house().seal.seal('') });
    await refused({}, { validUntil: noon });
    await refused({}, { validFrom: noon + 1 });
  });

  it('proves nothing even if a check says yes to a secret that nobody has', async () => {
    const at = house();
    expect(await verifySigned(at, signed({ check: () => true }))).to.equal(undefined);
    expect(await verifySigned({ ...at, seal: { ...at.seal, able: false } }, signed({ check: () => true }))).to.equal(
      undefined,
    );
  });

  it('does not ask the store for what cannot be a key', async () => {
    const at = await signingHouse();
    for (const id of ['', 'a b', 'a\u0000', 'x'.repeat(65), "' or 1=1"]) {
      expect(await verifySigned(at, signed({ keyId: id })), id).to.equal(undefined);
    }
    expect(at.store.calls.filter((call) => call === 'keys.find')).to.have.length(0);
  });

  it('notes when a key was used and from where, and nothing of what was refused', async () => {
    const at = await signingHouse();
    const noted: unknown[] = [];
    const uses = { key: (...use: unknown[]) => noted.push(use) };
    await verifySigned(at, signed(), uses);
    await verifySigned(at, signed(), uses);
    await verifySigned(at, signed({ nonce: 'm', check: () => false }), uses);
    expect(noted).to.deep.equal([[keyId, noon, '192.0.2.1']]);
  });

  it('fails closed while the store is away', async () => {
    const at = await signingHouse();
    await at.directory.key(keyId);
    at.store.away = true;
    expect((await rejected(verifySigned(at, signed()))).code).to.equal('unavailable');
    at.directory.forget();
    expect((await rejected(verifySigned(at, signed()))).code).to.equal('unavailable');
  });

  it('carries another scheme: the signature of Elgg', async () => {
    const at = house();
    const id = '1140321cb56c71710c38feefdf72bc462938f59f';
    const text = 'df72bc462938f59f1140321cb56c71710c38feef';
    await putKey(at, { id }, secretOf(at, text));
    const [time, nonce, query] = ['1700000000', '655b8f0ac1d2e', 'method=users.active&minutes=5'];
    const check = (given: string) =>
      createHmac('sha1', given)
        .update(time + nonce + id + query)
        .digest('base64') === 'kLkNhMg09n5GwKSPEOkN1qBUWWI=';
    const created = Number(time) * 1_000;
    const day = {
      scheme: 'elgg',
      keyId: id,
      created,
      nonce,
      window: 90_000_000,
      call: { now: created + 86_400_000, address: '' },
      check,
    };
    expect(await verifySigned(at, day)).not.to.equal(undefined);
    expect(await verifySigned(at, day)).to.equal(undefined);
  });
});
