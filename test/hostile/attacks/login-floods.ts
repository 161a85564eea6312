import { usernameToken } from '../../access/foreign-credentials.ts';
import type { Attack, AttackClass, Expected } from '../attack.ts';
import { call, send } from '../build.ts';
import { callEndpoints, type Endpoint, soapEndpoints } from '../endpoints.ts';

const guess = 'a-guess-out-of-a-list';
const guesses = 40;
let floods = 0;

/** Limits of the site: 20 attempts of an address a minute, 10 of an account; a minute may end in the middle of a flood. */
const tally = (limit: number): Expected => ({
  tally: { 'invalid-credentials': [1, 2 * limit], 'rate-limited': [guesses - 2 * limit, guesses - 1] },
});

interface Flood {
  readonly name: string;
  readonly on: readonly Endpoint[];
  readonly guess: (endpoint: Endpoint, username: string, n: number) => Buffer;
}

const basic = (username: string, n: number): string => Buffer.from(`${username}:${guess}-${n}`).toString('base64');

const ways: readonly Flood[] = [
  {
    name: 'for a token',
    on: callEndpoints,
    guess: (endpoint, username, n) => call(endpoint, 'auth.gettoken', { username, password: `${guess}-${n}` }),
  },
  {
    name: 'for a session',
    on: ['REST', 'JSON-RPC'],
    guess: (endpoint, username, n) => call(endpoint, 'auth.startsession', { username, password: `${guess}-${n}` }),
  },
  {
    name: 'by Basic',
    on: callEndpoints,
    guess: (endpoint, username, n) =>
      call(endpoint, 'hostile.user', { text: 'x' }, { headers: [['Authorization', `Basic ${basic(username, n)}`]] }),
  },
  {
    name: 'by UsernameToken',
    on: soapEndpoints,
    guess: (endpoint, username, n) =>
      send(endpoint, { name: 'hostile.user', header: usernameToken(username, `${guess}-${n}`, 'text') }),
  },
];

/** A flood: the same bytes from all of its connections, since it is the count that matters. */
function flood(way: Flood, name: string, from: (flood: number) => (n: number) => string, limit: number): Attack {
  return {
    name: `${name}, ${way.name}`,
    on: way.on,
    send: (endpoint) => {
      const own = ++floods;
      return {
        steps: [way.guess(endpoint, `victim${own}`, own)],
        connections: guesses,
        from: from(own),
        within: 15_000,
      };
    },
    expects: tally(limit),
    secrets: [guess],
  };
}

export const loginFloods: AttackClass = {
  name: 'login floods',
  attacks: ways.flatMap((way) => [
    flood(way, 'forty guesses from one address', (own) => () => `127.3.0.${own % 250}`, 10),
    flood(way, 'forty guesses from forty addresses', (own) => (n) => `127.4.${own % 250}.${n + 1}`, 10),
  ]),
};
