import type { Attack, AttackClass, Expected } from '../attack.ts';
import { call, request, send } from '../build.ts';
import { allEndpoints, callEndpoints, type Endpoint, soapEndpoints } from '../endpoints.ts';

const unknown: Expected = { fault: 'unknown-function' };

/** Functions that are not there for the caller, whatever the reason: one answer for all. */
const absent = [
  'hostile.nowhere',
  'hostile.off',
  'hostile.internal',
  'hostile.hidden',
  'admin.create_user',
  'admin.list_tokens',
  'auth.revoketoken',
  'rpc.nowhere',
] as const;

const onlyPost: Expected = { fault: 'method-not-allowed', status: 405, early: true };

/** Calls by GET, which a link can make. */
const links: readonly Attack[] = [
  ...['hostile.mark?text=x', 'hostile.user?text=x', 'auth.gettoken?username=ana&password=x'].map(
    (path): Attack => ({
      name: `GET /rest/${path.replace(/\?.*/, '')}`,
      on: ['REST'],
      send: (endpoint, { token }) =>
        request(endpoint, { method: 'GET', path: `/rest/${path}`, headers: [['Authorization', `Bearer ${token}`]] }),
      expects: { fault: 'method-not-allowed', status: 405 },
    }),
  ),
  {
    name: 'HEAD for a write',
    on: ['REST'],
    send: (endpoint) => ({
      steps: [request(endpoint, { method: 'HEAD', path: '/rest/hostile.mark?text=x' })],
      head: true,
    }),
    expects: { empty: 405 },
  },
  {
    name: 'GET with a body that calls',
    on: ['JSON-RPC', 'XML-RPC'],
    send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { method: 'GET' }),
    expects: onlyPost,
  },
  {
    name: 'GET with a call in its query',
    on: ['JSON-RPC', 'XML-RPC'],
    send: (endpoint) =>
      request(endpoint, {
        method: 'GET',
        path: `${endpoint === 'JSON-RPC' ? '/jsonrpc' : '/xmlrpc'}?method=hostile.mark&params=%5B%22x%22%5D&id=1&jsonrpc=2.0`,
      }),
    expects: onlyPost,
  },
];

const lists: readonly Attack[] = [
  {
    name: 'the list of methods',
    on: ['XML-RPC'],
    send: (endpoint) =>
      send(endpoint, { name: 'system.methodHelp', params: '<param><value>hostile.off</value></param>' }),
    expects: unknown,
  },
  {
    name: 'the signature of a hidden function',
    on: ['XML-RPC'],
    send: (endpoint) =>
      send(endpoint, { name: 'system.methodSignature', params: '<param><value>hostile.hidden</value></param>' }),
    expects: unknown,
  },
  {
    name: 'the help of a function of Object.prototype',
    on: ['XML-RPC'],
    send: (endpoint) =>
      send(endpoint, { name: 'system.methodHelp', params: '<param><value>constructor</value></param>' }),
    expects: unknown,
  },
];

const services: readonly Attack[] = [
  ...['nowhere', '..%2f..%2fetc%2fpasswd', '__proto__', '%zz', '%00', 'NARROW%20', "'%20OR%201=1"].map(
    (name): Attack => ({
      name: `the service ${name}`,
      on: soapEndpoints,
      send: (endpoint) => send(endpoint, {}, { path: `/soap/${name}` }),
      expects: unknown,
    }),
  ),
  {
    name: 'a function outside of the service that is addressed',
    on: soapEndpoints,
    send: (endpoint) => send(endpoint, { name: 'hostile.user' }, { path: '/soap/narrow' }),
    expects: unknown,
  },
  {
    name: 'a function outside of the service that a token belongs to',
    on: callEndpoints,
    send: (endpoint, { serviceToken }) =>
      call(endpoint, 'hostile.user', { text: 'x' }, { headers: [['Authorization', `Bearer ${serviceToken}`]] }),
    expects: unknown,
  },
  {
    name: 'the document of a service that is not there',
    on: ['WSDL'],
    send: (endpoint) => request(endpoint, { path: '/soap/nowhere?wsdl' }),
    expects: { fault: 'unknown-function', status: 404 },
  },
];

const off = (endpoint: Endpoint): string =>
  ({ REST: 'rest', 'JSON-RPC': 'jsonrpc', MCP: 'mcp', 'XML-RPC': 'xmlrpc' })[endpoint as 'REST'] ?? 'soap';

/** Each protocol switched off, the others on. */
const protocols: readonly Attack[] = allEndpoints
  .filter((endpoint) => endpoint !== 'REST')
  .map((endpoint) => ({
    name: 'a protocol that is off',
    on: [endpoint],
    settings: {
      enabledwsprotocols: ['rest', 'jsonrpc', 'xmlrpc', 'soap', 'mcp'].filter((name) => name !== off(endpoint)),
    },
    send: (at) => call(at, 'hostile.mark', { text: 'x' }),
    expects: { fault: 'protocol-off' },
  }));

export const switchesAndDiscovery: AttackClass = {
  name: 'switches and discovery',
  attacks: [
    ...absent.map(
      (name): Attack => ({
        name,
        on: callEndpoints,
        send: (endpoint) => call(endpoint, name, { text: 'x' }),
        expects: unknown,
      }),
    ),
    ...links,
    ...lists,
    ...services,
    ...protocols,
    {
      name: 'a document for callers who are not known',
      on: ['WSDL'],
      settings: { documents: 'authenticated' },
      send: (endpoint) => request(endpoint, {}),
      expects: { fault: 'unauthenticated', status: 401 },
    },
    ...['?wsdl=../../etc/passwd', '?wsdl=<script>', '?wsdl=constructor', '?wsdl=__proto__', '?xsd=1', '?WSDL%00'].map(
      (query): Attack => ({
        name: `the document ${query}`,
        on: ['WSDL'],
        send: (endpoint) => request(endpoint, { path: `/soap${query}` }),
        expects: query.includes('=')
          ? { fault: 'unknown-function', status: 404 }
          : { fault: 'method-not-allowed', status: 405 },
      }),
    ),
  ],
};
