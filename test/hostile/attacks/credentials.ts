import { usernameToken } from '../../access/foreign-credentials.ts';
import type { Attack, AttackClass, Expected } from '../attack.ts';
import { call, type Headers, send } from '../build.ts';
import { callEndpoints, type Endpoint, jsonEndpoints, soapEndpoints } from '../endpoints.ts';
import type { Known } from '../site/words.ts';

const invalid: Expected = { fault: 'invalid-credentials' };
const unauthenticated: Expected = { fault: 'unauthenticated' };

const bearer = (token: string): Headers => [['Authorization', `Bearer ${token}`]];
const basic = (pair: string | Buffer): Headers => [
  ['Authorization', `Basic ${Buffer.from(pair as string).toString('base64')}`],
];

/** What stands in the headers of a call for a known person, and what it must come to. */
type Case = readonly [name: string, headers: (known: Known) => Headers, expects?: Expected];

const tokens: readonly Case[] = [
  ['nothing at all', () => [], unauthenticated],
  ['a token that nobody has', () => bearer(`pwt_${'a'.repeat(32)}`)],
  ['an expired token', ({ expiredToken }) => bearer(expiredToken)],
  ['a revoked token', ({ revokedToken }) => bearer(revokedToken)],
  ['a token of a suspended user', ({ suspendedToken }) => bearer(suspendedToken)],
  ['a token from another address', ({ foreignToken }) => bearer(foreignToken)],
  ['a token that lacks its last letter', ({ token }) => bearer(token.slice(0, -1))],
  ['a token with a letter more', ({ token }) => bearer(`${token}x`)],
  ['a token in capitals', ({ token }) => bearer(token.toUpperCase())],
  ['a token with a NUL for readers in C', ({ token }) => bearer(`${token}%00`)],
  ['a token in quotes', ({ token }) => bearer(`"${token}"`)],
  ['two tokens in one header', ({ token }) => bearer(`${token}, ${token}`)],
  ['two headers with tokens', ({ token }) => [...bearer(token), ...bearer(token)]],
  ['a token that is a statement', () => bearer("' OR '1'='1' --")],
  ['a token that is a pattern', () => bearer('pwt_%')],
  ['a token of 9,000 characters', () => bearer('a'.repeat(9_000))],
  ['a token that is empty', () => bearer('')],
  ['a scheme that nobody knows', () => [['Authorization', 'Evil abc']]],
  ['a scheme and nothing else', () => [['Authorization', 'Bearer']]],
  ['Digest', () => [['Authorization', 'Digest username="ana", response="x"']]],
  ['Negotiate', () => [['Authorization', 'Negotiate YII=']]],
  ['a JSON Web Token without a signature', () => bearer(jwt({ alg: 'none' }, ''))],
  ['a JSON Web Token with a key of its own', () => bearer(jwt({ alg: 'HS256', jwk: { kty: 'oct', k: '' } }, 'eA'))],
  [
    'a JSON Web Token whose keys are elsewhere',
    () => bearer(jwt({ alg: 'RS256', jku: 'http://127.0.0.1:9/evil' }, 'eA')),
  ],
  ['a JSON Web Token with a path for a key', () => bearer(jwt({ alg: 'HS256', kid: '../../../../dev/null' }, 'eA'))],
];

function jwt(header: object, signature: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', ...header })}.${part({ sub: 'ana', exp: 9_999_999_999 })}.${signature}`;
}

const keys: readonly Case[] = [
  ['a key that nobody has', () => [['X-API-Key', `${'a'.repeat(20)}.${'b'.repeat(40)}`]]],
  ['a revoked key', ({ revokedKey }) => [['X-API-Key', revokedKey]]],
  ['a key without its secret', ({ key }) => [['X-API-Key', key.split('.')[0] ?? '']]],
  ['a key with an empty secret', ({ key }) => [['X-API-Key', `${key.split('.')[0]}.`]]],
  [
    'a key with the secret of another',
    ({ key, revokedKey }) => [['X-API-Key', `${key.split('.')[0]}.${revokedKey.split('.')[1]}`]],
  ],
  [
    'the secret of a signing key, sent along',
    ({ signingId, signingSecret }) => [['X-API-Key', `${signingId}.${signingSecret}`]],
  ],
  [
    'two keys',
    ({ key }) => [
      ['X-API-Key', key],
      ['X-API-Key', key],
    ],
  ],
  ['a good key beside a bad token', ({ key }) => [['X-API-Key', key], ...bearer('pwt_evil')]],
  ['a good token beside a bad key', ({ token }) => [['X-API-Key', 'evil'], ...bearer(token)]],
];

const cookies: readonly Case[] = [
  [
    'a cookie of a session that nobody has',
    () => [['Cookie', `__Host-polywire=pws_${'a'.repeat(32)}`]],
    unauthenticated,
  ],
  ['two cookies of sessions', () => [['Cookie', '__Host-polywire=pws_a; __Host-polywire=pws_b']], unauthenticated],
  ['a cookie of 9,000 characters', () => [['Cookie', `__Host-polywire=${'a'.repeat(9_000)}`]], unauthenticated],
];

const pairs: readonly Case[] = [
  ['Basic that is not base64', () => [['Authorization', 'Basic !!!']]],
  ['Basic without a colon', () => basic('ana')],
  ['Basic with an empty name', () => basic(':x')],
  ['Basic with a NUL', () => basic('ana\0:x')],
  ['Basic that is not UTF-8', () => basic(Buffer.from([0x61, 0xff, 0x3a, 0x78]))],
  ['Basic with a line end', () => basic('ana\r\n:x')],
];

const wrongPassword = 'a-wrong-password-of-somebody';
let addresses = 0;

/** Attempts to log in are counted by their address: each comes from one of its own. */
const fresh = (): string => `127.2.${Math.floor(addresses / 250)}.${(addresses++ % 250) + 1}`;

/** Names and passwords: whoever is unknown, wrong or suspended is told the same. */
const logins: readonly (readonly [name: string, username: string, password: (known: Known) => string])[] = [
  ['a user that nobody knows', 'nobody', () => wrongPassword],
  ['a wrong password', 'zoe', () => wrongPassword],
  ['a suspended user with the right password', 'sue', ({ suspendedPassword }) => suspendedPassword],
  ['a statement for a name', "ana' --", () => wrongPassword],
  ['a pattern for a name', 'an%', () => wrongPassword],
  ['a filter for a name', '*)(uid=*', () => wrongPassword],
  ['a name from Object.prototype', '__proto__', () => wrongPassword],
];

function login([name, username, password]: (typeof logins)[number]): readonly Attack[] {
  const from = () => fresh();
  return [
    {
      name: `${name}, for a token`,
      on: callEndpoints,
      send: (endpoint, known) => ({
        steps: [call(endpoint, 'auth.gettoken', { username, password: password(known) })],
        from,
        within: 4_000,
      }),
      expects: invalid,
      secrets: [wrongPassword],
    },
    {
      name: `${name}, by Basic`,
      on: ['REST', 'SOAP 1.2'],
      send: (endpoint, known) => ({
        steps: [call(endpoint, 'hostile.user', { text: 'x' }, { headers: basic(`${username}:${password(known)}`) })],
        from,
        within: 4_000,
      }),
      expects: invalid,
      secrets: [wrongPassword],
    },
    {
      name: `${name}, by UsernameToken`,
      on: soapEndpoints,
      send: (endpoint, known) => ({
        steps: [send(endpoint, { name: 'hostile.user', header: usernameToken(username, password(known), 'text') })],
        from,
        within: 4_000,
      }),
      expects: invalid,
      secrets: [wrongPassword],
    },
  ];
}

const headerCase = ([name, headers, expects = invalid]: Case): Attack => ({
  name,
  on: callEndpoints,
  send: (endpoint, known) => call(endpoint, 'hostile.user', { text: 'x' }, { headers: headers(known) }),
  expects,
});

const replayed = (endpoint: Endpoint, known: Known): Buffer =>
  send(endpoint, { name: 'hostile.user', header: usernameToken('ana', known.appPassword, 'digest') });

const elsewhere: readonly Attack[] = [
  {
    name: 'a digest of a password that is sent twice',
    on: soapEndpoints,
    send: (endpoint, known) => {
      const once = replayed(endpoint, known);
      const kept = Buffer.from(once.toString('latin1').replace('\r\nConnection: close', ''), 'latin1');
      return { steps: [kept, { answers: 1 }, once] };
    },
    expects: { each: [{ result: 'x ana', runs: ['hostile.user'] }, invalid] },
  },
  {
    name: 'a digest of the wrong password',
    on: soapEndpoints,
    send: (endpoint) => send(endpoint, { name: 'hostile.user', header: usernameToken('ana', wrongPassword, 'digest') }),
    expects: invalid,
    secrets: [wrongPassword],
  },
  {
    name: 'a token in the query',
    on: ['REST'],
    send: (endpoint, { token }) =>
      call(endpoint, 'hostile.user', { text: 'x' }, { path: `/rest/hostile.user?access_token=${token}` }),
    expects: unauthenticated,
  },
  {
    name: 'a good token for what its user may not do',
    on: callEndpoints,
    send: (endpoint, { token }) => call(endpoint, 'hostile.rule', { text: 'x' }, { headers: bearer(token) }),
    expects: { fault: 'forbidden' },
  },
  {
    name: 'a good token for what only programs may do',
    on: callEndpoints,
    send: (endpoint, { token }) => call(endpoint, 'hostile.client', { text: 'x' }, { headers: bearer(token) }),
    expects: unauthenticated,
  },
  {
    name: 'bad credentials for what everybody may do',
    on: callEndpoints,
    send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { headers: bearer('pwt_evil') }),
    expects: invalid,
  },
  ...(
    [
      ['a token', ({ token }) => token],
      ['a key and its secret', ({ key }) => key],
    ] satisfies readonly (readonly [string, (known: Known) => string])[]
  ).map(
    ([what, secret]): Attack => ({
      name: `${what} in the place of the function`,
      on: [...jsonEndpoints, ...soapEndpoints],
      // an element's name begins with a letter
      send: (endpoint, known) => call(endpoint, `x${secret(known)}`, { text: 'x' }),
      expects: { fault: 'unknown-function' },
    }),
  ),
  {
    name: 'bad credentials for what is not there',
    on: callEndpoints,
    send: (endpoint) => call(endpoint, 'hostile.nowhere', { text: 'x' }, { headers: bearer('pwt_evil') }),
    expects: invalid,
  },
];

export const credentials: AttackClass = {
  name: 'credentials',
  attacks: [...[...tokens, ...keys, ...cookies, ...pairs].map(headerCase), ...logins.flatMap(login), ...elsewhere],
};
