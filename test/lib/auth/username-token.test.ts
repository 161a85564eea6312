import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Proof } from '../../../lib/auth/authenticator.ts';
import { Passwords } from '../../../lib/auth/password.ts';
import { hashOf } from '../../../lib/auth/secret.ts';
import { usernameTokenAuthenticator } from '../../../lib/auth/username-token.ts';
import type { MessageCredentials } from '../../../lib/protocol.ts';
import type { PartialSettings } from '../../../lib/settings.ts';
import type { AppPasswordRecord } from '../../../lib/store/records.ts';
import { rejected } from '../caught.ts';
import { type House, house, noon, presented, putUser } from './signature/signing-house.ts';

const app = 'pwa_the password of an application';
const stamp = '2026-03-01T12:00:00Z';

/** Hashes without effort, counted. */
function quickHashes() {
  let hashed = 0;
  const derive = async (password: string, salt: Buffer, length: number) => {
    hashed++;
    return createHash('sha512').update(salt).update(password).digest().subarray(0, length);
  };
  return { passwords: new Passwords({ derive }), count: () => hashed };
}

async function putApp(at: House, userId: number, change: Partial<AppPasswordRecord> = {}, text = app): Promise<void> {
  const secret = { hash: hashOf(text), sealed: at.seal.seal(text) };
  await at.store.appPasswords.create({ userId, name: 'Import', created: 0, ...secret, ...change });
}

async function withAna(change: Partial<AppPasswordRecord> = {}, user = {}, settings: PartialSettings = {}) {
  const at = house(settings);
  const hashes = quickHashes();
  const { id } = await putUser(at, { password: await hashes.passwords.hash('correct horse'), ...user });
  await putApp(at, id, change);
  return { at, hashes, id, authenticator: usernameTokenAuthenticator(at, hashes.passwords) };
}

function digested(
  change: Partial<Record<'username' | 'password' | 'nonce' | 'created', string>> = {},
): MessageCredentials {
  const { username = 'ana', password = app, nonce = 'MTIzNDU2Nzg=', created = stamp } = change;
  const bytes = Buffer.concat([Buffer.from(nonce, 'base64'), Buffer.from(created + password)]);
  return { username, password: createHash('sha1').update(bytes).digest('base64'), digest: { nonce, created } };
}

type Authenticator = ReturnType<typeof usernameTokenAuthenticator>;

async function proof(
  authenticator: Authenticator,
  message: MessageCredentials,
  now = noon,
): Promise<Proof | undefined> {
  const request = presented({ message, now });
  expect(authenticator.find(request)).to.equal(message);
  return authenticator.verify(message, request);
}

const text = (password: string, username = 'ana'): MessageCredentials => ({ username, password });

describe('auth/username-token', () => {
  it('is found in the message alone', () => {
    const { find, kind } = usernameTokenAuthenticator(house());
    expect(kind).to.equal('user');
    expect(find(presented({ rawHeaders: ['Authorization', 'Basic eDp5'] }))).to.equal(undefined);
  });

  describe('with a password as text', () => {
    it('takes that of the account and that of an application', async () => {
      const { authenticator, hashes, id } = await withAna({ validUntil: noon + 5 });
      const before = hashes.count();
      const byApp = await proof(authenticator, text(app));
      expect(byApp?.user).to.deep.equal({ id: String(id), username: 'ana' });
      expect(byApp?.limits.validUntil).to.equal(noon + 5);
      expect(hashes.count()).to.equal(before);
      const byAccount = await proof(authenticator, text('correct horse', 'ANA'));
      expect(byAccount?.user).to.deep.equal({ id: String(id), username: 'ana' });
      expect(byAccount?.limits.validUntil).to.equal(undefined);
    });

    it('hashes a right password once a minute, so that the login limiter is not for callers', async () => {
      const { authenticator, hashes } = await withAna();
      await proof(authenticator, text('correct horse'));
      const before = hashes.count();
      for (let i = 0; i < 30; i++) expect(await proof(authenticator, text('correct horse'))).not.to.equal(undefined);
      expect(hashes.count()).to.equal(before);
      expect(await proof(authenticator, text('correct hors'))).to.equal(undefined);
      expect(hashes.count()).to.equal(before + 1);
    });

    it('forgets it when something about users has changed', async () => {
      const { at, authenticator, id } = await withAna();
      await proof(authenticator, text('correct horse'));
      await at.store.users.update(id, { state: 'suspended' });
      at.directory.forget();
      expect(await proof(authenticator, text('correct horse'))).to.equal(undefined);
      expect(await proof(authenticator, text(app))).to.equal(undefined);
    });

    it('refuses wrong, empty and oversized ones, and unknown users, with the same work', async () => {
      const { authenticator, hashes } = await withAna();
      for (const wrong of [text('wrong'), text(''), text(app, 'bob'), text('correct horse', 'bob')]) {
        const before = hashes.count();
        expect(await proof(authenticator, wrong), JSON.stringify(wrong)).to.equal(undefined);
        expect(hashes.count()).to.equal(before + 1);
      }
      expect(await proof(authenticator, text('x'.repeat(1_025)))).to.equal(undefined);
      expect(await proof(authenticator, text(app, 'a'.repeat(1_025)))).to.equal(undefined);
    });

    it('limits guesses', async () => {
      const { authenticator } = await withAna();
      const guesses = Array.from({ length: 11 }, (_, i) => () => proof(authenticator, text(`guess ${i}`)));
      const last = guesses.pop();
      for (const guess of guesses) expect(await guess()).to.equal(undefined);
      expect((await rejected(last?.() ?? Promise.resolve())).code).to.equal('rate-limited');
    });

    it('refuses passwords of applications that are revoked, have ended, or are of somebody else', async () => {
      for (const change of [
        { revoked: 1 },
        { validUntil: noon },
        { validFrom: noon + 1 },
        { userId: 99 },
        { hash: '' },
      ]) {
        const { authenticator } = await withAna(change);
        expect(await proof(authenticator, text(app)), JSON.stringify(change)).to.equal(undefined);
      }
    });
  });

  describe('with a digest', () => {
    it('takes base64 of SHA-1 of nonce, time and password', async () => {
      const { authenticator, id } = await withAna({ validUntil: noon + 5 });
      const made = await proof(authenticator, digested());
      expect(made?.user).to.deep.equal({ id: String(id), username: 'ana' });
      expect(made?.limits.validUntil).to.equal(noon + 5);
      const other = { nonce: 'AAAA', created: '2026-03-01T13:00:00.123+01:00' };
      expect(await proof(authenticator, digested(other))).not.to.equal(undefined);
    });

    it('takes any of the passwords of a user', async () => {
      const { at, authenticator, id } = await withAna();
      await putApp(at, id, {}, 'another');
      expect(await proof(authenticator, digested({ password: 'another' }))).not.to.equal(undefined);
      expect(await proof(authenticator, digested({ nonce: 'AAAA' }))).not.to.equal(undefined);
    });

    it('refuses a nonce that was used, whatever the time beside it', async () => {
      const { authenticator } = await withAna();
      expect(await proof(authenticator, digested())).not.to.equal(undefined);
      expect(await proof(authenticator, digested())).to.equal(undefined);
      expect(await proof(authenticator, digested({ created: '2026-03-01T12:00:01Z' }))).to.equal(undefined);
    });

    it('leaves the nonce alone when the digest is wrong', async () => {
      const { at, authenticator } = await withAna();
      expect(await proof(authenticator, { ...digested(), password: digested({ password: 'x' }).password })).to.equal(
        undefined,
      );
      expect(at.store.calls).not.to.include('nonces.use');
      expect(await proof(authenticator, digested())).not.to.equal(undefined);
    });

    it('refuses what is too old or too new', async () => {
      const { authenticator } = await withAna();
      const proven = async (away: number) =>
        (await proof(authenticator, digested({ nonce: Buffer.from(String(away)).toString('base64') }), noon + away)) !==
        undefined;
      for (const away of [-300_000, 300_000]) expect(await proven(away), String(away)).to.equal(true);
      for (const away of [-300_001, 300_001]) expect(await proven(away), String(away)).to.equal(false);
    });

    it('never takes the password of the account', async () => {
      const { authenticator, hashes } = await withAna();
      const before = hashes.count();
      expect(await proof(authenticator, digested({ password: 'correct horse' }))).to.equal(undefined);
      expect(hashes.count()).to.equal(before);
    });

    it('refuses every other part', async () => {
      const { at, authenticator } = await withAna({}, {}, { logins: { perAddress: 0, perAccount: 0 } });
      const right = digested();
      const wrong: MessageCredentials[] = [
        digested({ username: 'bob' }),
        digested({ password: '' }),
        ...['', 'x', 'MTIzNDU2Nzg', '=', 'A'.repeat(400)].map((nonce) => digested({ nonce })),
        ...['', 'soon', '2026-03-01', '0', `${stamp}\u0000`].map((created) => digested({ created })),
        ...['', 'AAAA', right.password.slice(0, -4), `${right.password}=`].map((password) => ({ ...right, password })),
        { ...right, digest: { nonce: '', created: '' } },
        { ...right, username: '' },
        { ...right, username: 'a'.repeat(1_025) },
      ];
      for (const one of wrong) expect(await proof(authenticator, one), JSON.stringify(one)).to.equal(undefined);
      await fc.assert(
        fc.asyncProperty(fc.nat(27), fc.constantFrom(...'ABCdef019+/'), async (place, other) => {
          fc.pre(right.password[place] !== other);
          const password = right.password.slice(0, place) + other + right.password.slice(place + 1);
          expect(await proof(authenticator, { ...right, password })).to.equal(undefined);
        }),
        { numRuns: 50 },
      );
      expect(at.store.calls).not.to.include('nonces.use');
    });

    it('refuses revoked, ended and unopenable passwords, empty ones, and users who may not come in', async () => {
      const empty = house().seal.seal('');
      for (const change of [
        { revoked: 1 },
        { validUntil: noon },
        { validFrom: noon + 1 },
        { sealed: 'x' },
        { userId: 99 },
      ]) {
        const { authenticator } = await withAna(change);
        expect(await proof(authenticator, digested()), JSON.stringify(change)).to.equal(undefined);
      }
      const { authenticator } = await withAna({ sealed: empty });
      expect(await proof(authenticator, digested({ password: '' }))).to.equal(undefined);
      for (const user of [
        { state: 'suspended' },
        { state: 'unconfirmed' },
        { validUntil: noon },
        { validFrom: noon + 1 },
      ]) {
        const { authenticator: other } = await withAna({}, user);
        expect(await proof(other, digested()), JSON.stringify(user)).to.equal(undefined);
      }
    });

    it('asks the store as often for unknown users as for known ones, and fails closed without it', async () => {
      const { at, authenticator } = await withAna();
      await proof(authenticator, digested({ password: 'x' }));
      const known = at.store.calls.filter((call) => call === 'appPasswords.of').length;
      await proof(authenticator, digested({ username: 'bob' }));
      expect(at.store.calls.filter((call) => call === 'appPasswords.of')).to.have.length(2 * known);
      at.store.away = true;
      for (const one of [digested(), text('correct horse')]) {
        expect((await rejected(proof(authenticator, one))).code).to.equal('unavailable');
      }
    });
  });
});
