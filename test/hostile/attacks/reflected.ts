import type { Attack, AttackClass, Expected } from '../attack.ts';
import { bodyOf, call, escaped, pathOf, request, send } from '../build.ts';
import { callEndpoints, type Endpoint, jsonEndpoints, soapEndpoints, xmlEndpoints } from '../endpoints.ts';

const script = '<script>alert(document.domain)</script>';
const unknown: Expected = { fault: 'unknown-function' };
const invalidParams: Expected = { fault: 'invalid-params' };

/** Texts that would be more than text in an answer, a header or a log. */
const texts: Readonly<Record<string, string>> = {
  script,
  'an image that runs script': '"><img src=x onerror=alert(1)>',
  'the end of a CDATA section': ']]><evil/>',
  'the end of an element': '</string></value><evil/>',
  'an entity': '&xxe;',
  'the end of JSON': '"},"evil":{"a":"',
  'the end of a script': '</script><script>alert(1)</script>',
  'line separators of JavaScript': '\u2028\u2029',
  'a line of the log': '\n{"level":60,"msg":"forged"}\n',
  'colours of a terminal': '\t[31mforged',
  'an answer of its own': 'x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
};

const named = (endpoint: Endpoint, name: string): Buffer =>
  request(endpoint, {
    path: endpoint === 'REST' ? `/rest/${encodeURIComponent(name)}` : pathOf(endpoint),
    body: bodyOf(endpoint, name, { text: 'x' }),
  });

const names: readonly Attack[] = Object.entries(texts).flatMap(([what, text]): readonly Attack[] => [
  {
    name: `${what} for the name of a function`,
    on: jsonEndpoints,
    send: (endpoint) => named(endpoint, text),
    expects: unknown,
  },
  {
    name: `${what} for the name of a function`,
    on: ['XML-RPC'],
    send: (endpoint) => send(endpoint, { name: escaped(text) }),
    expects: { fault: 'invalid-request' },
  },
  {
    name: `${what} for the name of a parameter`,
    on: ['JSON-RPC'],
    send: (endpoint) =>
      request(endpoint, {
        body: JSON.stringify({ jsonrpc: '2.0', method: 'hostile.mark', params: { [text]: 'x' }, id: 1 }),
      }),
    expects: invalidParams,
  },
  {
    name: `${what} for a key in a path`,
    on: ['XML-RPC'],
    send: (endpoint) =>
      send(endpoint, {
        name: 'hostile.object',
        params: `<param><value><struct><member><name>${escaped(text).replaceAll('\r', '&#13;')}</name><value>x</value></member></struct></value></param>`,
      }),
    expects: invalidParams,
  },
  {
    name: `${what} as text comes back as text`,
    on: jsonEndpoints,
    send: (endpoint) => call(endpoint, 'hostile.text', { value: text }),
    expects: { result: text, runs: ['hostile.text'] },
  },
  {
    name: `${what} as text comes back as text`,
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: escaped(text).replaceAll('\r', '&#13;') }),
    expects: { result: text, runs: ['hostile.mark'] },
  },
]);

const places: readonly Attack[] = [
  {
    name: 'script for the name of an element',
    on: soapEndpoints,
    send: (endpoint) => send(endpoint, { params: '<script>alert(1)</script>' }),
    expects: invalidParams,
  },
  {
    name: 'script for a namespace',
    on: soapEndpoints,
    send: (endpoint) => send(endpoint, { params: `<e xmlns="${escaped(script)}"/>` }),
    expects: invalidParams,
  },
  {
    name: 'script for the name of a header block that must be understood',
    on: soapEndpoints,
    send: (endpoint) => send(endpoint, { header: `<script xmlns="${escaped(script)}" e:mustUnderstand="1"/>` }),
    expects: { fault: 'must-understand' },
  },
  {
    name: 'script for the id of a message',
    on: ['JSON-RPC'],
    send: (endpoint) =>
      request(endpoint, { body: JSON.stringify({ jsonrpc: '2.0', method: 'hostile.nowhere', id: script }) }),
    expects: unknown,
  },
  {
    name: 'a line end in the path',
    on: ['REST'],
    send: (endpoint) => request(endpoint, { path: '/rest/x%0d%0aSet-Cookie:%20evil=1', body: '{}' }),
    expects: unknown,
  },
  {
    name: 'script in the path of no protocol',
    on: ['REST'],
    send: (endpoint) => request(endpoint, { method: 'GET', path: `/${encodeURIComponent(script)}` }),
    expects: { page: 404 },
  },
  {
    name: 'a function that breaks with what must not be told',
    on: callEndpoints,
    send: (endpoint) => call(endpoint, 'hostile.throws', { text: 'x' }),
    expects: { fault: 'internal' },
  },
  {
    name: 'a callback around the answer',
    on: ['REST'],
    send: (endpoint) => request(endpoint, { method: 'GET', path: '/rest/hostile.text?callback=evil&value=x' }),
    expects: invalidParams,
  },
];

export const reflectedContent: AttackClass = { name: 'reflected content', attacks: [...names, ...places] };
