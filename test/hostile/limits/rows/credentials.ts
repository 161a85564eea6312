import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Dialect } from '../../../../client/index.ts';
import { oauth1, usernameToken } from '../../../access/foreign-credentials.ts';
import type { House } from '../../../access/house.ts';
import { ask } from '../../../door/wire.ts';
import { message } from '../../build.ts';
import { type Came, cellOn, type Row } from '../row.ts';
import { cameOf, plainOf, requestOf } from '../send.ts';
import { bearer, called, inHouse, login, type Made, openAt, came as told, user } from './in-house.ts';

const window = 300_000;
/** Times are written in whole seconds, and a call takes some milliseconds. */
const leeway = 5_000;

/** What is said about when a credential was made, and by which number it is known. */
interface Making {
  readonly now?: number;
  readonly nonce?: Buffer;
}

const aged = (
  what: string,
): readonly (readonly [limit: string, fixed: string, at: () => Making, beyond: () => Making])[] => [
  [
    `Seconds that ${what} may be old`,
    '300',
    () => ({ now: Date.now() - window + leeway }),
    () => ({ now: Date.now() - window - 1_000 }),
  ],
  [
    `Seconds that ${what} may be from the future`,
    '300',
    () => ({ now: Date.now() + window - 1_000 }),
    () => ({ now: Date.now() + window + leeway }),
  ],
];

/** Calls by a UsernameToken. */
async function bySoap(house: House, dialect: Dialect, header: string): Promise<Came> {
  const over = dialect === 'soap' ? 'soap11' : 'soap12';
  const body = message(dialect === 'soap' ? 'SOAP 1.1' : 'SOAP 1.2', { name: 'test.user', header });
  return cameOf(
    over,
    await ask(Number(new URL(house.url).port), plainOf({ ...requestOf(over, 'test.user', ''), body })),
  );
}

/** A row about the digest of an application's password. */
function digest(limit: string, fixed: string, at: () => Making, beyond: () => Making): Row {
  return inHouse({
    limit,
    value: { fixed },
    code: 'invalid-credentials',
    over: ['soap', 'soap12'],
    steps: (dialect) => {
      let secret: string | undefined;
      const call = async (house: House, making: Making) => {
        secret ??= (
          await house.admin<{ readonly secret: string }>('create_app_password', { user: await user(house), name: 'x' })
        ).secret;
        return bySoap(house, dialect, usernameToken('ana', secret, 'digest', making));
      };
      return { at: (house) => call(house, at()), beyond: (house) => call(house, beyond()) };
    },
  });
}

/** A row about a request that is signed by OAuth 1.0a. */
function oauth(limit: string, fixed: string, at: () => Making, beyond: () => Making): Row {
  return inHouse({
    limit,
    value: { fixed },
    code: 'invalid-credentials',
    settings: { authenticators: [{ name: 'oauth1', importance: 'sufficient' }] },
    steps: (dialect) => {
      let made: Made | undefined;
      const call = async (house: House, { now, nonce = randomBytes(16) }: Making) => {
        made ??= await house.admin<Made>('create_key', { name: 'Signer', signing: true });
        const { key, secret } = made;
        return called(house, dialect, 'test.client', (request) => ({
          Authorization: oauth1(request, key.id, secret, nonce.toString('hex'), now),
        }));
      };
      return { at: (house) => call(house, at()), beyond: (house) => call(house, beyond()) };
    },
  });
}

/** Passwords that have so many bytes and 976 characters: more than 1,000 characters none may have. */
const passwordOf = (bytes: number): string => 'é'.repeat(bytes - 976) + 'x'.repeat(976 - (bytes - 976));

const passwordBytes: Row = {
  limit: 'Bytes of a password that is set',
  value: { fixed: '1,024' },
  code: 'invalid-params',
  cells: [
    cellOn(openAt, {
      over: 'in process',
      at: async (house) => {
        await user(house, passwordOf(1_024));
        return told('rest', await login(house, 'rest', passwordOf(1_024)));
      },
      beyond: (house) =>
        house.admin('create_user', { username: 'eva', name: 'Eva', password: passwordOf(1_025) }).then(
          () => ({ status: 200 }),
          ({ code }: { readonly code: string }) => ({ status: 400, code }),
        ),
    }),
  ],
};

const jwks = join(tmpdir(), `polywire-limits-${process.pid}.json`);
const issuer = { issuer: 'https://issuer.example', audience: 'polywire', jwks, username: 'sub', scope: 'scope' };
const pair = generateKeyPair('ES256');

/** A token of another issuer that has so many characters, or has been over for so many seconds. */
async function token({ length, over = -300 }: { readonly length?: number; readonly over?: number }): Promise<string> {
  const { privateKey, publicKey } = await pair;
  writeFileSync(jwks, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] }));
  const exp = Math.floor(Date.now() / 1_000) - over;
  const make = (padding: number, more: number) =>
    new SignJWT({ iss: issuer.issuer, aud: issuer.audience, sub: 'ana', exp, padding: 'x'.repeat(padding) })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'x'.repeat(more) })
      .sign(privateKey);
  if (length === undefined) return make(0, 0);
  // Three bytes are four characters, and what is left over is in the header or in the payload.
  for (let more = 0; more < 3; more++) {
    const short = (await make(0, more)).length;
    const near = Math.floor(((length - short) * 3) / 4);
    for (const padding of [near - 2, near - 1, near, near + 1, near + 2]) {
      const made = await make(padding, more);
      if (made.length === length) return made;
    }
  }
  throw new Error(`no token has ${length} characters`);
}

type Asked = Parameters<typeof token>[0];

function jwt(limit: string, fixed: string, at: Asked, beyond: Asked): Row {
  return inHouse({
    limit,
    value: { fixed },
    code: 'invalid-credentials',
    settings: { jwt: issuer, authenticators: [{ name: 'jwt', importance: 'sufficient' }] },
    steps: (dialect) => {
      const call = async (house: House, asked: Asked) =>
        called(house, dialect, 'test.user', bearer(await token(asked))).finally(() => rmSync(jwks, { force: true }));
      return {
        at: async (house) => {
          await user(house);
          return call(house, at);
        },
        beyond: (house) => call(house, beyond),
      };
    },
  });
}

/** What limits are on credentials that others make. */
export const credentialRows: readonly Row[] = [
  passwordBytes,
  ...aged('the digest of a UsernameToken').map((row) => digest(...row)),
  digest(
    'Bytes of the nonce of a UsernameToken',
    '256',
    () => ({ nonce: randomBytes(256) }),
    () => ({ nonce: randomBytes(257) }),
  ),
  digest('Uses of the nonce of a UsernameToken', '1', ...twice()),
  ...aged('a signature of OAuth 1.0a').map((row) => oauth(...row)),
  oauth(
    'Characters of the nonce of OAuth 1.0a',
    '256',
    () => ({ nonce: randomBytes(128) }),
    () => ({ nonce: randomBytes(129) }),
  ),
  oauth('Uses of the nonce of OAuth 1.0a', '1', ...twice()),
  jwt('Characters of a JSON Web Token', '8,192', { length: 8_192 }, { length: 8_193 }),
  jwt('Seconds that the clock of an issuer may differ', '60', { over: 50 }, { over: 61 }),
];

/** A fresh nonce, and then the same one and the same time again. */
function twice(): [() => Making, () => Making] {
  let making: Making = {};
  const at = (): Making => {
    making = { nonce: randomBytes(16), now: Date.now() };
    return making;
  };
  return [at, () => making];
}
