import type { Attack, AttackClass, Expected } from '../attack.ts';
import { type Headers, type Request, request } from '../build.ts';
import type { Endpoint } from '../endpoints.ts';

/** Documents that belong to no call: their paths, the form of their faults, their types. */
const documents: readonly (readonly [path: string, form: Endpoint, type: string])[] = [
  ['/openapi.json', 'REST', 'application/json; charset=utf-8'],
  ['/openapi.yaml', 'REST', 'application/yaml; charset=utf-8'],
  ['/catalog.json', 'REST', 'application/json; charset=utf-8'],
  ['/openrpc.json', 'JSON-RPC', 'application/json; charset=utf-8'],
  ['/console/', 'Console', 'text/html; charset=utf-8'],
];

/** A request for what is got, with something about it changed. */
type Change = readonly [name: string, change: Request, expects: Expected];

const chunk = '1\r\nx\r\n0\r\n\r\n';
const evil: Headers = [['Origin', 'https://evil.example']];
const others = ['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'] as const;

const got = (name: string, path: string, form: Endpoint, change: Request, expects: Expected): Attack => ({
  name: `${path}: ${name}`,
  on: [form],
  send: (endpoint) => request(endpoint, { method: 'GET', path, ...change }),
  expects,
});

const onDocuments: readonly Change[] = [
  ['another host', { host: 'evil.example' }, { fault: 'misdirected', early: true }],
  ['two hosts', { headers: [['Host', 'evil.example']] }, { fault: 'malformed', status: 400 }],
  ['a page of another site', { headers: evil }, { fault: 'origin-refused' }],
  ['a fetch from another site', { headers: [['Sec-Fetch-Site', 'cross-site']] }, { fault: 'origin-refused' }],
  [
    '101 headers',
    { headers: Array.from({ length: 101 }, (_, i) => [`X-${i}`, 'y'] as const) },
    { fault: 'too-large', status: 431 },
  ],
  [
    'a coding before chunks',
    { headers: [['Transfer-Encoding', 'gzip, chunked']], body: chunk },
    { fault: 'malformed', status: 400 },
  ],
  ...others.map((method): Change => [method, { method, body: '{}' }, { fault: 'method-not-allowed', early: true }]),
];

/** What nobody must find in a document. */
const unseen = ['hostile.off', 'hostile.hidden', 'hostile.internal', 'hostile_off', 'hostile_hidden'];

function documentCases([path, form, type]: (typeof documents)[number]): readonly Attack[] {
  const document: Expected = { document: type, without: unseen };
  return [
    ...onDocuments.map(([name, change, expects]) => got(name, path, form, change, expects)),
    got(
      'a body that is not asked for',
      path,
      form,
      { headers: [['Content-Length', '9']], body: 'x'.repeat(9) },
      document,
    ),
    ...['?%c0%af=%&__proto__[polluted]=1&a=1&a=2', `?${'a&'.repeat(5_000)}`, '?<script>', '?%00'].map((query) =>
      got(`the query ${query.slice(0, 50)}`, path + query, form, {}, document),
    ),
  ];
}

const authenticated = { documents: 'authenticated' } as const;
const wrong: Expected = { fault: 'invalid-credentials', status: 401 };
const known: readonly Attack[] = documents
  .filter(([, form]) => form !== 'Console')
  .flatMap(([path, form]) => [
    { ...got('for nobody', path, form, {}, { fault: 'unauthenticated', status: 401 }), settings: authenticated },
    {
      ...got('with a token that nobody has', path, form, { headers: [['Authorization', 'Bearer pwt_evil']] }, wrong),
      settings: authenticated,
    },
  ]);

const notThere: Expected = { page: 404 };

/** Pages that are no protocol's. */
const pages = ['/', '/healthz', '/readyz'].flatMap((path): readonly Attack[] => [
  ...others.map((method) => got(method, path, 'REST', { method, body: '{}' }, { page: 405 })),
  got(
    'a coding before chunks',
    path,
    'REST',
    { headers: [['Transfer-Encoding', 'gzip, chunked']], body: chunk },
    { page: 400 },
  ),
  got('two hosts', path, 'REST', { headers: [['Host', 'evil.example']] }, { page: 400 }),
]);

/** The numbers are for this machine, asked in its own name. */
const metrics: readonly Attack[] = (
  [
    ['another host', { host: 'evil.example' }],
    ['a page of another site', { headers: evil }],
    ['a fetch from another site', { headers: [['Sec-Fetch-Site', 'cross-site']] }],
    ['a proxy that nobody trusts', { headers: [['X-Forwarded-For', '127.0.0.1']] }],
    ['another proxy that nobody trusts', { headers: [['Forwarded', 'for=127.0.0.1']] }],
    ['by the absolute form, with another host', { path: 'http://evil.example/metrics', host: 'evil.example' }],
    [
      'by the absolute form, with another host than in Host',
      { path: 'http://evil.example/metrics', host: 'localhost' },
    ],
    ['by the absolute form, behind two slashes', { path: 'http://localhost//metrics' }],
    ['behind two slashes', { path: '//metrics' }],
    ['with a slash behind it', { path: '/metrics/' }],
    ['by way of a folder', { path: '/x/../metrics' }],
    ['in escapes', { path: '/%6detrics' }],
    ['with a NUL', { path: '/metrics%00' }],
  ] satisfies readonly (readonly [string, Request])[]
).map(([name, change]) => got(name, '/metrics', 'REST', change, notThere));

const files: readonly Attack[] = [
  '/console/../etc/passwd',
  '/console/..%2f..%2f..%2fetc%2fpasswd',
  '/console/%2e%2e/%2e%2e/etc/passwd',
  '/console/..%5c..%5cetc',
  '/console//evil.example',
  '/console/%00',
  '/console/static.js',
  'http://localhost/console/../etc/passwd',
  'http://localhost//evil.example',
].map((path) => got('a path', path, 'REST', {}, notThere));

const page: Expected = { document: 'text/html; charset=utf-8', without: unseen };
const misdirected: Expected = { fault: 'misdirected', early: true };

/** Targets by the absolute form: their authority counts, and not Host (RFC 9112 §3.2.2). */
const targets: readonly Attack[] = [
  got('with another host in Host', 'http://localhost/console/', 'Console', { host: 'evil.example' }, page),
  got('with ours in Host', 'http://evil.example/console/', 'Console', { host: 'localhost' }, misdirected),
  ...['file:///etc/passwd', 'http://[evil/', 'http://[::1/metrics', 'http://localhost@evil.example/console/'].map(
    (target) => got('is no target', target, 'REST', {}, { empty: 400 }),
  ),
];

/** Whoever asks for a tunnel gets none, and is told so. */
const tunnels: readonly Attack[] = ['evil.example:443', 'localhost:80', '/jsonrpc', '*'].map((target) => ({
  name: `a tunnel to ${target}`,
  on: ['REST'],
  send: (endpoint) => request(endpoint, { method: 'CONNECT', path: target, type: undefined, length: undefined }),
  expects: { empty: 405 },
}));

export const documentsAndPages: AttackClass = {
  name: 'documents and pages',
  attacks: [...documents.flatMap(documentCases), ...known, ...pages, ...metrics, ...files, ...targets, ...tunnels],
};
