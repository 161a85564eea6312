import type { Attack, AttackClass, Expected } from '../attack.ts';
import { call, type Headers, request } from '../build.ts';
import { callEndpoints, pageEndpoints } from '../endpoints.ts';

const refused: Expected = { fault: 'origin-refused' };
const misdirected: Expected = { fault: 'misdirected', early: true, status: 421 };

/** What browsers say of pages that are not ours. */
const pages: Readonly<Record<string, Headers>> = {
  'a page of another site': [['Origin', 'https://evil.example']],
  'a page without an origin': [['Origin', 'null']],
  'an origin that is empty': [['Origin', '']],
  'a page on another port of this machine': [['Origin', 'http://localhost:9']],
  'a page of ours by another scheme': [['Origin', 'https://localhost']],
  'an origin that begins as ours': [['Origin', 'http://localhost.evil.example']],
  'an origin that ends as ours': [['Origin', 'http://evil-localhost']],
  'an origin with a user': [['Origin', 'http://evil.example@localhost']],
  'a file': [['Origin', 'file://']],
  'an extension of a browser': [['Origin', 'chrome-extension://abc']],
  'two origins': [
    ['Origin', 'http://localhost'],
    ['Origin', 'https://evil.example'],
  ],
  'an origin of 8,000 characters': [['Origin', `http://${'a'.repeat(8_000)}`]],
  'a fetch from another site': [['Sec-Fetch-Site', 'cross-site']],
  'a fetch from the same site and another host': [['Sec-Fetch-Site', 'same-site']],
  'a fetch from nowhere that is known': [['Sec-Fetch-Site', 'evil']],
  'a navigation from another site': [
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Mode', 'navigate'],
  ],
};

/** Names that point here and are not ours: what a page of `evil.example` asks once its name has changed its address. */
const rebound: readonly (readonly [name: string, host: string, headers: Headers])[] = [
  ['a name that has been pointed at this machine', 'evil.example', []],
  ['a name that has been pointed at this machine, with a port', 'evil.example:8080', []],
  ['a rebound name and its own origin', 'evil.example', [['Origin', 'http://evil.example']]],
  ['a rebound name and a fetch of the same origin', 'evil.example', [['Sec-Fetch-Site', 'same-origin']]],
  ['a rebound name that holds ours', 'localhost.evil.example', []],
  ['the address of all interfaces', '0.0.0.0', []],
  ['an address of this machine that is not ours', '127.0.0.2', []],
  ['an address of version 6 that stands for ours', '[::ffff:127.0.0.1]', []],
];

/** Posts that a page may send without asking first: without an origin, from the oldest browsers. */
const simple = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'] as const;

export const crossSite: AttackClass = {
  name: 'DNS rebinding and cross-site posts',
  attacks: [
    ...Object.entries(pages).map(
      ([name, headers]): Attack => ({
        name,
        on: pageEndpoints,
        send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { headers }),
        expects: refused,
      }),
    ),
    ...rebound.map(
      ([name, host, headers]): Attack => ({
        name,
        on: pageEndpoints,
        send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { host, headers }),
        expects: misdirected,
      }),
    ),
    ...simple.map(
      (type): Attack => ({
        name: `a form of a foreign page as ${type}`,
        on: [...callEndpoints, 'Console'],
        send: (endpoint) =>
          call(endpoint, 'hostile.mark', { text: 'x' }, { type, headers: [['Origin', 'https://evil.example']] }),
        expects: (endpoint) => ({
          ...refused,
          fault: 'origin-refused',
          ...(endpoint === 'SOAP 1.2' && { as: 'SOAP 1.1' }),
        }),
      }),
    ),
    {
      name: 'a foreign page that asks before',
      on: [...callEndpoints, 'Console'],
      send: (endpoint) =>
        request(endpoint, {
          method: 'OPTIONS',
          headers: [
            ['Origin', 'https://evil.example'],
            ['Access-Control-Request-Method', 'POST'],
          ],
        }),
      expects: refused,
    },
    {
      name: 'a picture of a foreign page that calls by GET',
      on: ['REST'],
      send: (endpoint) =>
        request(endpoint, {
          method: 'GET',
          path: '/rest/hostile.text?value=x',
          headers: [
            ['Sec-Fetch-Site', 'cross-site'],
            ['Sec-Fetch-Dest', 'image'],
          ],
        }),
      expects: refused,
    },
    {
      name: 'a listed page may call, one that looks like it may not',
      on: callEndpoints,
      settings: { corsOrigins: ['https://friend.example'] },
      send: (endpoint) =>
        call(endpoint, 'hostile.mark', { text: 'x' }, { headers: [['Origin', 'https://friend.example.evil']] }),
      expects: refused,
    },
    {
      name: 'a listed page calls the console',
      on: ['Console'],
      settings: { corsOrigins: ['https://friend.example'] },
      send: (endpoint) =>
        call(endpoint, 'hostile.mark', { text: 'x' }, { headers: [['Origin', 'https://friend.example']] }),
      expects: refused,
    },
  ],
};
