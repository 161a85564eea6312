import type { Attack, AttackClass, Expected, Script } from '../attack.ts';
import { call } from '../build.ts';
import { callEndpoints, type Endpoint } from '../endpoints.ts';
import type { Step } from '../line.ts';

/** Timeouts of the site (1 s and 1.5 s), found out every 5 s. */
const within = 8_000;
const timeout: Expected = { closed: 'timeout' };
const silent: Expected = { closed: 'silent' };

const whole = (endpoint: Endpoint): Buffer => call(endpoint, 'hostile.mark', { text: 'x' });
const headersOf = (endpoint: Endpoint): Buffer => {
  const bytes = whole(endpoint);
  return bytes.subarray(0, bytes.indexOf('\r\n\r\n') + 4);
};

function slow(
  name: string,
  steps: (endpoint: Endpoint) => readonly Step[],
  expects: Expected = timeout,
  more: Partial<Script> = {},
): Attack {
  return { name, on: callEndpoints, send: (endpoint) => ({ steps: steps(endpoint), within, ...more }), expects };
}

/** Bytes one by one. */
function trickle(bytes: Buffer, pause: number, count = 40): readonly Step[] {
  return Array.from({ length: count }, (_, i): readonly Step[] => [bytes.subarray(i, i + 1), { wait: pause }]).flat();
}

const asChunks = (endpoint: Endpoint): string =>
  headersOf(endpoint)
    .toString('latin1')
    .replace(/Content-Length: [0-9]+/, 'Transfer-Encoding: chunked');

const slowness: readonly Attack[] = [
  slow('a connection that says nothing', () => []),
  slow('a connection that says one letter', () => ['P']),
  slow('a first line that does not end', (endpoint) => [whole(endpoint).subarray(0, 12)]),
  slow('headers that do not end', (endpoint) => [headersOf(endpoint).subarray(0, -2)]),
  slow('headers that come a letter at a time', (endpoint) => trickle(headersOf(endpoint), 150)),
  slow('headers that come a line at a time', (endpoint) => [
    headersOf(endpoint).subarray(0, -2),
    ...Array.from({ length: 30 }, (_, i): readonly Step[] => [`X-${i}: y\r\n`, { wait: 200 }]).flat(),
  ]),
  slow('a body that does not come', (endpoint) => [headersOf(endpoint)]),
  slow('a body that lacks its last byte', (endpoint) => [whole(endpoint).subarray(0, -1)]),
  slow('a body that comes a letter at a time', (endpoint) => {
    const bytes = call(endpoint, 'hostile.mark', { text: 'x'.repeat(100) });
    const start = bytes.indexOf('\r\n\r\n') + 4;
    return [bytes.subarray(0, start), ...trickle(bytes.subarray(start), 150)];
  }),
  slow('chunks that do not come', (endpoint) => [asChunks(endpoint)]),
  slow('chunks that do not end', (endpoint) => [
    asChunks(endpoint),
    ...trickle(Buffer.from('1\r\n{\r\n'.repeat(10)), 150),
  ]),
  slow(
    'a body that was asked to be waited for and does not come',
    (endpoint) => [
      Buffer.from(
        headersOf(endpoint).toString('latin1').replace('\r\n\r\n', '\r\nExpect: 100-continue\r\n\r\n'),
        'latin1',
      ),
    ],
    { each: [{ empty: 100 }, { http: 408 }] },
  ),
];

const halves: readonly Attack[] = [
  slow('a connection that is half closed at once', () => [{ act: 'end' }], silent),
  slow(
    'a connection that is half closed within its headers',
    (endpoint) => [headersOf(endpoint).subarray(0, 30), { act: 'end' }],
    { http: 400 },
  ),
  slow(
    'a connection that is half closed within its body',
    (endpoint) => [whole(endpoint).subarray(0, -5), { act: 'end' }],
    { http: 400 },
  ),
  slow('a whole request on a connection that is half closed then', (endpoint) => [whole(endpoint), { act: 'end' }], {
    result: 'x',
    runs: ['hostile.mark'],
  }),
  slow('a connection that is reset at once', () => [{ wait: 20 }, { act: 'reset' }], silent),
  slow(
    'a connection that is reset within its headers',
    (endpoint) => [headersOf(endpoint).subarray(0, 30), { wait: 20 }, { act: 'reset' }],
    silent,
  ),
  slow(
    'a connection that is reset within its body',
    (endpoint) => [whole(endpoint).subarray(0, -5), { wait: 20 }, { act: 'reset' }],
    silent,
  ),
  slow(
    'a connection that is reset within a chunk',
    (endpoint) => [asChunks(endpoint), '5\r\nab', { wait: 20 }, { act: 'reset' }],
    silent,
  ),
  slow(
    'fifty connections that are reset within their bodies',
    (endpoint) => [whole(endpoint).subarray(0, -5), { wait: 50 }, { act: 'reset' }],
    silent,
    { connections: 50 },
  ),
];

const bigRead = (times: number): Buffer =>
  Buffer.from(`${'GET /rest/hostile.big HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(times)}`);

const masses: readonly Attack[] = [
  {
    name: 'two hundred connections that say nothing',
    on: ['REST'],
    send: () => ({ steps: [], connections: 200, within }),
    expects: timeout,
  },
  {
    name: 'two hundred connections whose headers do not end',
    on: ['JSON-RPC'],
    send: (endpoint) => ({ steps: [headersOf(endpoint).subarray(0, -2)], connections: 200, within }),
    expects: timeout,
  },
  {
    name: 'two hundred connections whose bodies do not come',
    on: ['SOAP 1.1'],
    send: (endpoint) => ({ steps: [headersOf(endpoint)], connections: 200, within }),
    expects: timeout,
  },
  {
    name: 'two hundred connections that are kept and not used',
    on: ['REST'],
    send: () => ({
      steps: [`GET /rest/hostile.text?value=x HTTP/1.1\r\nHost: localhost\r\n\r\n`],
      connections: 200,
      within,
    }),
    expects: { tally: { ok: [200, 200] }, runs: Array.from({ length: 200 }, () => 'hostile.text') },
  },
  {
    name: 'an answer of two million characters that is not read',
    on: ['REST'],
    send: () => ({ steps: [{ act: 'pause' }, bigRead(4), { wait: 7_000 }, { act: 'resume' }], within: 9_500 }),
    expects: { unread: 4 },
  },
  {
    name: 'a hundred requests for two million characters in one breath, not read',
    on: ['REST'],
    send: () => ({ steps: [{ act: 'pause' }, bigRead(100), { wait: 7_000 }, { act: 'resume' }], within: 9_500 }),
    expects: { unread: 100 },
  },
];

export const slowAndMany: AttackClass = {
  name: 'slow and many: slow headers, slow body, slow read, half-open sockets, resets mid-body',
  together: true,
  attacks: [...slowness, ...halves, ...masses],
};
