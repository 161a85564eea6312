import type { Attack, AttackClass, Expected } from '../attack.ts';
import { bodyOf, jsonBody, jsonCall, pathOf, request, send } from '../build.ts';
import { callEndpoints, type Endpoint, jsonEndpoints, jsonTaking, xmlEndpoints } from '../endpoints.ts';

const unknown = { fault: 'unknown-function' } as const;
const invalidParams = { fault: 'invalid-params' } as const;
const invalidRequest = { fault: 'invalid-request' } as const;

/** Names that every object has. */
const inherited = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  '__lookupSetter__',
  'constructor.prototype',
  'hostile.constructor',
  'hostile.mark.constructor',
  'system.__proto__',
] as const;

/** Names that careless look-ups find all the same. */
const near = [
  'hostile.',
  '.mark',
  'hostile..mark',
  'hostile.mark.',
  'hostile/mark',
  'hostile',
  'HOSTILE.MARK',
  'test.echo',
] as const;

const named = (name: string): Attack => ({
  name: `a function called ${name}`,
  on: callEndpoints,
  send: (endpoint) =>
    request(endpoint, {
      path: pathOf(endpoint, encodeURIComponent(name)),
      body: bodyOf(endpoint, name, { text: 'x' }),
    }),
  expects: (endpoint) => {
    // In SOAP a name is one of XML, and dots are as `_` there; in XML-RPC a slash is allowed.
    if (name === 'hostile/mark' && soap(endpoint)) return { fault: 'malformed' };
    return soap(endpoint) && name === '.mark' ? { fault: 'unknown-function' } : unknown;
  },
});

const soap = (endpoint: Endpoint): boolean => endpoint.startsWith('SOAP');

/** Members that come as a dictionary, and as what it must be. */
const members = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'polluted'] as const;

const pollution = '{"polluted":1}';

/** Dictionaries of ordinary keys, whatever these are called. */
const dictionaries: readonly Attack[] = members.map((name) => ({
  name: `a dictionary with the key ${name}`,
  on: callEndpoints,
  send: (endpoint) =>
    jsonEndpoints.includes(endpoint as 'REST')
      ? jsonCall(endpoint, 'hostile.map', `{"${name}":"x"}`)
      : send(endpoint, { name: 'hostile.map', params: entry(endpoint, name) }),
  expects: (endpoint): Expected => ({
    result: soap(endpoint) ? { entry: { key: name, value: 'x' } } : JSON.parse(`{"${name}":"x"}`),
    runs: ['hostile.map'],
  }),
}));

function entry(endpoint: Endpoint, name: string): string {
  return endpoint === 'XML-RPC'
    ? `<param><value><struct><member><name>${name}</name><value>x</value></member></struct></value></param>`
    : `<value><entry><key>${name}</key><value>x</value></entry></value>`;
}

/** Objects where one of their members would change what they are. */
const objects: readonly Attack[] = [
  ...['__proto__', 'constructor', 'prototype'].flatMap((name): readonly Attack[] => [
    {
      name: `an object with the member ${name}`,
      on: jsonTaking,
      send: (endpoint) => jsonCall(endpoint, 'hostile.object', `{"x":1,"${name}":${pollution}}`),
      expects: invalidParams,
    },
    {
      name: `any JSON with the member ${name}`,
      on: jsonTaking,
      send: (endpoint) => jsonCall(endpoint, 'hostile.json', `{"${name}":${pollution}}`),
      expects: { result: JSON.parse(`{"${name}":${pollution}}`) as unknown, runs: ['hostile.json'] },
    },
    {
      name: `a parameter called ${name}`,
      on: jsonTaking,
      send: (endpoint) =>
        request(endpoint, { body: jsonBody(endpoint, 'hostile.mark', `{"text":"x","${name}":${pollution}}`) }),
      expects: invalidParams,
    },
    {
      name: `a parameter called ${name}, in XML`,
      on: xmlEndpoints,
      send: (endpoint) =>
        send(endpoint, {
          params:
            endpoint === 'XML-RPC'
              ? `<param><value><struct><member><name>text</name><value>x</value></member><member><name>${name}</name><value>y</value></member></struct></value></param>`
              : `<text>x</text><${name}>y</${name}>`,
        }),
      expects: invalidParams,
    },
  ]),
  {
    name: 'a request whose members are inherited',
    on: ['JSON-RPC'],
    send: (endpoint) =>
      request(endpoint, { body: '{"__proto__":{"jsonrpc":"2.0","method":"hostile.mark","params":["x"],"id":1}}' }),
    expects: invalidRequest,
  },
  {
    name: 'a prototype within a prototype',
    on: jsonTaking,
    send: (endpoint) => jsonCall(endpoint, 'hostile.json', `{"constructor":{"prototype":${pollution}}}`),
    expects: { result: { constructor: { prototype: { polluted: 1 } } }, runs: ['hostile.json'] },
  },
  {
    name: 'an object that turns itself into text',
    on: jsonTaking,
    send: (endpoint) => jsonCall(endpoint, 'hostile.text', '{"toString":"x","valueOf":"x","toJSON":"x"}'),
    expects: invalidParams,
  },
  {
    name: 'an object with a length for a list',
    on: jsonTaking,
    send: (endpoint) => jsonCall(endpoint, 'hostile.list', '{"length":1000000000,"0":"x"}'),
    expects: invalidParams,
  },
  {
    name: 'an object with then',
    on: jsonTaking,
    send: (endpoint) => jsonCall(endpoint, 'hostile.json', '{"then":"x","catch":"y"}'),
    expects: { result: JSON.parse('{"then":"x","catch":"y"}') as unknown, runs: ['hostile.json'] },
  },
];

const keys = (count: number): string => `{${Array.from({ length: count }, (_, i) => `"${i * 4_096}":0`).join(',')}}`;

/** Keys that come twice: which of them counts nobody knows. */
const duplicates: readonly Attack[] = [
  ...(
    [
      ['a parameter that is given twice', '"x","value":"y"'],
      ['a parameter that is given twice, once in escapes', '"x","v\\u0061lue":"y"'],
    ] as const
  ).map(
    ([name, value]): Attack => ({
      name,
      on: jsonTaking,
      send: (endpoint) => jsonCall(endpoint, 'hostile.text', value),
      expects: invalidRequest,
    }),
  ),
  {
    name: 'a key of a dictionary that is given twice, deep inside',
    on: jsonTaking,
    send: (endpoint) => jsonCall(endpoint, 'hostile.json', '[{"a":{"b":1,"c":2,"b":3}}]'),
    expects: invalidRequest,
  },
  {
    name: '__proto__ twice',
    on: jsonTaking,
    send: (endpoint) => jsonCall(endpoint, 'hostile.json', `{"__proto__":1,"__proto__":${pollution}}`),
    expects: invalidRequest,
  },
  {
    name: 'a key of a dictionary that is given twice, in XML',
    on: xmlEndpoints,
    send: (endpoint) => {
      const one = entry(endpoint, 'a');
      const inner =
        /<struct>(.*)<\/struct>/.exec(one)?.[1] ?? /<value>(<entry>.*<\/entry>)<\/value>/.exec(one)?.[1] ?? '';
      return send(endpoint, { name: 'hostile.map', params: one.replace(inner, inner + inner) });
    },
    expects: invalidParams,
  },
  {
    name: 'many keys that hash alike for careless tables',
    on: jsonTaking,
    send: (endpoint) => jsonCall(endpoint, 'hostile.json', keys(25_000)),
    expects: () => ({ result: JSON.parse(keys(25_000)) as unknown, runs: ['hostile.json'] }),
  },
  {
    name: 'many keys where one is known',
    on: jsonTaking,
    send: (endpoint) => jsonCall(endpoint, 'hostile.object', keys(60_000)),
    expects: invalidParams,
  },
];

export const objectTricks: AttackClass = {
  name: 'object tricks',
  attacks: [...[...inherited, ...near].map(named), ...dictionaries, ...objects, ...duplicates],
};
