import { gzipSync } from 'node:zlib';
import type { Attack, AttackClass, Expected } from '../attack.ts';
import { call, type Headers, pathOf, request } from '../build.ts';
import { allEndpoints, callEndpoints, type Endpoint, pageEndpoints, postEndpoints } from '../endpoints.ts';

const document: Expected = { result: 'http://localhost/soap' };
/** The plain meaning of a right request. */
const taken = (endpoint: Endpoint): Expected =>
  endpoint === 'WSDL' ? document : { result: 'x', runs: ['hostile.mark'] };

const harmless: Readonly<Record<string, Headers>> = {
  'another method in X-HTTP-Method-Override': [['X-HTTP-Method-Override', 'DELETE']],
  'another method in X-HTTP-Method': [['X-HTTP-Method', 'PUT']],
  'another address in X-Original-URL': [['X-Original-URL', '/rest/hostile.internal']],
  'another address in X-Rewrite-URL': [['X-Rewrite-URL', '/rest/hostile.internal']],
  'another host in X-Forwarded-Host': [['X-Forwarded-Host', 'evil.example']],
  'another scheme in X-Forwarded-Proto': [['X-Forwarded-Proto', 'javascript']],
  'another host in Forwarded': [['Forwarded', 'for=203.0.113.1;host=evil.example;proto=https']],
  'an address in X-Forwarded-For that is none': [['X-Forwarded-For', 'x'.repeat(8_000)]],
  'addresses by the thousand in X-Forwarded-For': [['X-Forwarded-For', '1.2.3.4,'.repeat(1_500)]],
  'an address in X-Real-IP': [['X-Real-IP', '127.0.0.1']],
  'a range': [['Range', 'bytes=0-0,-1,0-']],
  'ranges by the thousand': [['Range', `bytes=${'0-1,'.repeat(3_000)}`]],
  'a condition': [
    ['If-None-Match', '*'],
    ['If-Modified-Since', 'Thu, 01 Jan 2099 00:00:00 GMT'],
  ],
  'types that are accepted, by the thousand': [['Accept', 'a/b;q=0.1,'.repeat(1_200)]],
  'languages that are hard on patterns': [['Accept-Language', `${'a'.repeat(4_000)}-${'-'.repeat(4_000)}!`]],
  'encodings that are accepted': [['Accept-Encoding', 'gzip, br, evil;q=1e999']],
  'a charset that is accepted': [['Accept-Charset', 'utf-7']],
  'cookies by the thousand': [['Cookie', 'a=b; '.repeat(2_500)]],
  'a cookie of semicolons': [['Cookie', ';'.repeat(8_000)]],
  'a user agent that is script': [['User-Agent', '<script>alert(1)</script>']],
  'a user agent of Shellshock': [['User-Agent', '() { :;}; /bin/true']],
  'a look-up in a header': [['X-Api-Version', `${'$'}{jndi:ldap://127.0.0.1:9/evil}`]],
  'an upgrade to HTTP/2': [
    ['Upgrade', 'h2c'],
    ['HTTP2-Settings', 'AAMAAABkAAQAAP__'],
  ],
  'an upgrade to WebSocket': [
    ['Connection', 'Upgrade'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ],
  'a request id of its own': [['X-Request-Id', 'evil"}\\n']],
  'TE and trailers': [
    ['TE', 'trailers, deflate;q=0.5'],
    ['Trailer', 'Authorization'],
  ],
};

const hosts: readonly (readonly [name: string, host: string])[] = [
  ['another host', 'evil.example'],
  ['a host and a user', 'evil.example@localhost'],
  ['a host with a user before it', 'localhost@evil.example'],
  ['a host with a path', 'localhost/evil'],
  ['a host with a fragment', 'localhost#evil'],
  ['a host with a port that is none', 'localhost:evil'],
  ['a host that ends in ours', 'evil-localhost'],
  ['a host that begins with ours', 'localhost.evil.example'],
  ['a host with a dot at its end', 'localhost.'],
  ['a host of 8,000 characters', 'a'.repeat(8_000)],
  ['a host that is hard on patterns', `${'a-'.repeat(4_000)}!`],
  ['an address in other figures', '0x7f.1'],
  ['an address as one number', '2130706433'],
  ['two hosts in one', 'localhost, evil.example'],
  ['markup for a host', '"><script>alert(1)</script>'],
];

const misdirected: Expected = { fault: 'misdirected', early: true, status: 421 };

const codings = ['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'compress', 'gzip, gzip', 'identity, gzip', 'evil', ''];

const unsupported: Expected = { fault: 'unsupported-media-type', early: true };

/** A kilobyte that becomes a gigabyte in careful hands: twice compressed zeros. */
const bomb = gzipSync(gzipSync(Buffer.alloc(20_000_000)));

const compressed: readonly Attack[] = [
  {
    name: 'a body that inflates a thousandfold',
    on: postEndpoints,
    send: (endpoint) =>
      call(endpoint, 'hostile.mark', {}, { headers: [['Content-Encoding', 'gzip, gzip']], body: bomb }),
    expects: unsupported,
  },
  ...codings.map(
    (coding): Attack => ({
      name: `the coding "${coding}"`,
      on: postEndpoints,
      send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { headers: [['Content-Encoding', coding]] }),
      expects: unsupported,
    }),
  ),
  {
    name: 'a compressed body that does not say so',
    on: postEndpoints,
    send: (endpoint) => call(endpoint, 'hostile.mark', {}, { body: gzipSync('{}') }),
    expects: (endpoint) => ({
      fault: endpoint === 'REST' || endpoint === 'JSON-RPC' ? 'invalid-encoding' : 'invalid-encoding',
    }),
  },
];

const methods: readonly Attack[] = ['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'SEARCH'].map((method) => ({
  name: `the method ${method}`,
  on: postEndpoints,
  send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { method }),
  expects: { fault: 'method-not-allowed', early: true, status: 405 },
}));

const proxied = { trustedProxies: ['127.0.0.1'] } as const;

/** What a proxy says counts where it is trusted, and only as far. */
const proxies: readonly Attack[] = [
  {
    name: 'a caller who says to be a proxy for this machine',
    on: allEndpoints,
    settings: { addresses: ['203.0.113.0/24', '127.0.0.2'] }, // the second one probes
    send: (endpoint) => ({
      steps: [
        call(
          endpoint,
          'hostile.mark',
          { text: 'x' },
          {
            headers: [
              ['X-Forwarded-For', '203.0.113.1'],
              ['X-Forwarded-Proto', 'https'],
            ],
          },
        ),
      ],
      from: () => '127.0.0.3',
    }),
    expects: { fault: 'address-refused' },
  },
  {
    name: 'an address that was put before the one the proxy has written',
    on: callEndpoints,
    settings: { ...proxied, addresses: ['127.0.0.2', '203.0.113.9'] },
    send: (endpoint) =>
      call(
        endpoint,
        'hostile.mark',
        { text: 'x' },
        {
          headers: [
            ['X-Forwarded-For', '203.0.113.9, 198.51.100.1'],
            ['X-Forwarded-Proto', 'https'],
          ],
        },
      ),
    expects: { fault: 'address-refused' },
  },
  {
    name: 'plain HTTP that came through the proxy',
    on: callEndpoints,
    settings: proxied,
    send: (endpoint) =>
      call(
        endpoint,
        'hostile.mark',
        { text: 'x' },
        {
          headers: [
            ['X-Forwarded-For', '198.51.100.1'],
            ['X-Forwarded-Proto', 'https, http'],
          ],
        },
      ),
    expects: { fault: 'https-required' },
  },
];

/** A target by the absolute form (RFC 9112 §3.2.2), what Host says beside it, and how that ends. */
const targets: readonly (readonly [name: string, before: string, host: string, expects: Attack['expects']])[] = [
  ['our host', 'http://localhost', 'localhost', taken],
  ['our host, and another in Host', 'http://localhost', 'evil.example', taken],
  ['our host, and no host in Host', 'HTTP://localhost:80', '"><script>', taken],
  ['another host, and ours in Host', 'http://evil.example', 'localhost', misdirected],
  ['a host that begins with ours', 'http://localhost.evil.example', 'localhost', misdirected],
  ['a host that is hard on patterns', `http://${'a-'.repeat(4_000)}b`, 'localhost', misdirected],
  ['another host behind ours as a user', 'http://localhost@evil.example', 'localhost', { empty: 400 }],
  ['our host behind another as a user', 'http://evil.example@localhost', 'localhost', { empty: 400 }],
  ['our host and a password', 'http://localhost:80@evil.example', 'localhost', { empty: 400 }],
  ['another scheme', 'file://localhost', 'localhost', { empty: 400 }],
  ['a fragment', 'http://localhost/#', 'localhost', { empty: 400 }],
  ['no host', 'http://', 'localhost', { empty: 400 }],
  ['a port that is none', 'http://localhost:99999', 'localhost', { empty: 400 }],
  ['a host in escapes', 'http://%6cocalhost', 'localhost', { empty: 400 }],
];

const absolute: readonly Attack[] = targets.map(([name, before, host, expects]) => ({
  name: `an address by the absolute form: ${name}`,
  on: pageEndpoints,
  send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { path: `${before}${pathOf(endpoint)}`, host }),
  expects,
}));

const many = (count: number): Headers => Array.from({ length: count }, (_, i) => [`X-${i}`, 'y']);

export const httpHeaders: AttackClass = {
  name: 'HTTP headers',
  attacks: [
    ...Object.entries(harmless).map(
      ([name, headers]): Attack => ({
        name,
        on: pageEndpoints,
        send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { headers }),
        expects: taken,
      }),
    ),
    ...hosts.map(
      ([name, host]): Attack => ({
        name,
        on: pageEndpoints,
        send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { host }),
        expects: misdirected,
      }),
    ),
    ...compressed,
    ...methods,
    ...proxies,
    {
      name: '101 headers',
      on: pageEndpoints,
      send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { headers: many(101) }),
      expects: { fault: 'too-large', status: 431 },
    },
    {
      name: '1,500 headers',
      on: pageEndpoints,
      send: (endpoint) =>
        call(endpoint, 'hostile.mark', { text: 'x' }, { headers: many(1_500).map(([name]) => [name, '']) }),
      expects: { fault: 'too-large', status: 431 },
    },
    {
      name: 'headers of more than 16 KiB',
      on: pageEndpoints,
      send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { headers: [['X-Long', 'y'.repeat(16_384)]] }),
      expects: { http: 431 },
    },
    {
      name: 'an expectation that nobody can meet',
      on: postEndpoints,
      send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { headers: [['Expect', 'evil']] }),
      expects: { empty: 417 },
    },
    ...absolute,
    ...[
      '/rest/../jsonrpc',
      '//jsonrpc',
      '/jsonrpc/',
      '/JSONRPC',
      '/jsonrpc%00',
      '/soap/..%2fjsonrpc/x',
      '/.git/config',
      '/etc/passwd',
      '/<script>alert(1)</script>',
      '/rest/hostile.mark/evil',
      '*',
    ].map(
      (path): Attack => ({
        name: `the path ${path}`,
        on: ['JSON-RPC'],
        send: (endpoint) =>
          request(endpoint, { path, body: '{"jsonrpc":"2.0","method":"hostile.mark","params":["x"],"id":1}' }),
        expects: path.startsWith('/rest/') ? { fault: 'unknown-function', as: 'REST' } : { page: 404 },
      }),
    ),
  ],
};
