import { expect } from 'chai';
import { signRequest } from '../../lib/auth/signature/sign.ts';
import { overDatabases } from './databases.ts';
import { dialects, type House, type More, openHouse } from './house.ts';

interface MadeKey {
  readonly key: { readonly id: string };
  readonly secret: string;
}

interface MadeToken {
  readonly token: { readonly id: number };
  readonly secret: string;
}

const day = 86_400_000;
const at = (offset: number) => new Date(Date.now() + offset);
const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });
const apiKey = (secret: string) => ({ 'X-API-Key': secret });

let count = 0;

/** What an administrator has made of a credential, and what a call with it comes to: over every protocol the same. */
overDatabases('how a credential stands', (kind) => {
  let house: House;
  before(async () => {
    house = await openHouse({ kind });
  });
  after(() => house.close());

  const key = (more: object = {}) => house.admin<MadeKey>('create_key', { name: 'Robot', ...more });

  async function user(more: object = {}): Promise<string> {
    const username = `stands${++count}`;
    await house.admin('create_user', { username, name: 'A User', ...more });
    await house.admin('assign_role', { user: username, role: 'caller' });
    return username;
  }

  async function token(more: object = {}, owner: object = {}): Promise<MadeToken> {
    return house.admin<MadeToken>('create_token', { user: await user(owner), name: 'test', ...more });
  }

  const keyRows: Readonly<Record<string, readonly [code: string, made: () => Promise<More>]>> = {
    'a key from tomorrow on': ['invalid-credentials', async () => apiKey((await key({ valid_from: at(day) })).secret)],
    'a key until tomorrow': ['ok', async () => apiKey((await key({ valid_until: at(day) })).secret)],
    'a key until yesterday': ['invalid-credentials', async () => apiKey((await key({ valid_until: at(-day) })).secret)],
    'a key of another address': [
      'invalid-credentials',
      async () => apiKey((await key({ addresses: ['192.0.2.0/24', '2001:db8::/32'] })).secret),
    ],
    'a key that is revoked': [
      'invalid-credentials',
      async () => {
        const made = await key();
        await house.admin('revoke_key', { id: made.key.id });
        return apiKey(made.secret);
      },
    ],
    'the old secret of a key while its rotation overlaps': [
      'ok',
      async () => {
        const made = await key();
        await house.admin('rotate_key', { id: made.key.id, overlap: 60 });
        return apiKey(made.secret);
      },
    ],
    'the old secret of a key once the overlap is over': [
      'invalid-credentials',
      async () => {
        const made = await key();
        await house.admin('rotate_key', { id: made.key.id, overlap: 0 });
        return apiKey(made.secret);
      },
    ],
    'two keys': ['invalid-credentials', async () => apiKey(`${(await key()).secret}, ${(await key()).secret}`)],
    'a key that is sent and one that signs': [
      'invalid-credentials',
      async () => {
        const [sent, signing] = [await key(), await key({ signing: true })];
        const signer = { keyId: signing.key.id, secret: signing.secret };
        return (request) => ({ ...apiKey(sent.secret), ...signRequest(request, signer) });
      },
    ],
    'a key beside a token that is wrong': [
      'invalid-credentials',
      async () => ({ ...apiKey((await key()).secret), ...bearer('pwt_wrong') }),
    ],
    'a key beside a token': [
      'ok',
      async () => ({ ...apiKey((await key()).secret), ...bearer((await token()).secret) }),
    ],
    'a scheme that nobody here knows': ['invalid-credentials', async () => ({ Authorization: 'Negotiate abc' })],
  };

  const tokenRows: Readonly<Record<string, readonly [code: string, made: () => Promise<More>]>> = {
    'a token until yesterday': [
      'invalid-credentials',
      async () => bearer((await token({ valid_until: at(-day) })).secret),
    ],
    'a token from tomorrow on': [
      'invalid-credentials',
      async () => bearer((await token({ valid_from: at(day) })).secret),
    ],
    'a token of another address': [
      'invalid-credentials',
      async () => bearer((await token({ addresses: ['192.0.2.1'] })).secret),
    ],
    'a token of this address': ['ok', async () => bearer((await token({ addresses: ['127.0.0.*'] })).secret)],
    'a token that is revoked': [
      'invalid-credentials',
      async () => {
        const made = await token();
        await house.admin('revoke_token', { id: made.token.id });
        return bearer(made.secret);
      },
    ],
    'a token of a user until tomorrow': ['ok', async () => bearer((await token({}, { valid_until: at(day) })).secret)],
    'a token of a user until yesterday': [
      'invalid-credentials',
      async () => bearer((await token({}, { valid_until: at(-day) })).secret),
    ],
    'a token of a user from tomorrow on': [
      'invalid-credentials',
      async () => bearer((await token({}, { valid_from: at(day) })).secret),
    ],
    'a token of a suspended user': [
      'invalid-credentials',
      async () => bearer((await token({}, { state: 'suspended' })).secret),
    ],
    'a token of an unconfirmed user': [
      'invalid-credentials',
      async () => bearer((await token({}, { state: 'unconfirmed' })).secret),
    ],
    'half a token': ['invalid-credentials', async () => bearer((await token()).secret.slice(0, 20))],
  };

  for (const [rows, name] of [
    [keyRows, 'test.client'],
    [tokenRows, 'test.user'],
  ] as const) {
    for (const [who, [code, made]] of Object.entries(rows)) {
      it(`${who}: ${code}`, async () => {
        const more = await made();
        for (const dialect of dialects) {
          const ending = await house.call(dialect, name, { text: 'x' }, more);
          expect(ending.code, `${dialect} ${ending.text}`).equal(code);
          if (code === 'ok') continue;
          const elsewhere = await house.call(dialect, 'test.nowhere', { text: 'x' }, more);
          expect(elsewhere, `${dialect}, another function`).include({ code, message: ending.message });
        }
      });
    }
  }

  it('a token that renews itself: each protocol brings its successor', async () => {
    for (const dialect of dialects) {
      const { secret } = await token({ renewing: true });
      const first = await house.call(dialect, 'test.user', { text: 'x' }, bearer(secret));
      const fresh = first.headers.get('x-renewed-token') ?? '';
      expect(fresh, dialect).match(/^pwt_/).and.not.equal(secret);
      for (const good of [fresh, secret]) {
        expect((await house.call(dialect, 'test.user', { text: 'x' }, bearer(good))).code, dialect).equal('ok');
      }
    }
  });
});

overDatabases('a key that everyone must have', (kind) => {
  it('is asked for over every protocol, whatever else is there', async () => {
    const settings = {
      authenticators: [
        { name: 'key', importance: 'required' as const },
        { name: 'token', importance: 'sufficient' as const },
      ],
    };
    const house = await openHouse({ kind, settings });
    try {
      await house.admin('create_user', { username: 'ana', name: 'Ana' });
      await house.admin('assign_role', { user: 'ana', role: 'caller' });
      const token = await house.admin<MadeToken>('create_token', { user: 'ana', name: 'test' });
      const key = await house.admin<MadeKey>('create_key', { name: 'Must' });
      for (const dialect of dialects) {
        const code = async (name: string, headers: More) =>
          (await house.call(dialect, name, { text: 'x' }, headers)).code;
        expect(await code('test.open', {}), dialect).equal('unauthenticated');
        expect(await code('test.user', bearer(token.secret)), dialect).equal('unauthenticated');
        expect(await code('test.open', apiKey(key.secret)), dialect).equal('ok');
        const both = { ...apiKey(key.secret), ...bearer(token.secret) };
        expect(await code('test.user', both), dialect).equal('ok');
      }
    } finally {
      await house.close();
    }
  });
});
