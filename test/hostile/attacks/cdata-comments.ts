import type { Attack, AttackClass, Expected } from '../attack.ts';
import { message, send } from '../build.ts';
import { soapEndpoints, xmlEndpoints } from '../endpoints.ts';

const taken = (result: string, name = 'mark'): Expected => ({ result, runs: [`hostile.${name}`] });
const malformed = { fault: 'malformed' } as const;
const invalidRequest = { fault: 'invalid-request' } as const;

/** The text as it is sent, and as it must be understood. */
const texts: readonly (readonly [name: string, text: string, expects: Expected])[] = [
  ['markup in a CDATA section is text', '<![CDATA[</text><admin>1</admin>]]>', taken('</text><admin>1</admin>')],
  ['an entity in a CDATA section is text', '<![CDATA[&xxe;]]>', taken('&xxe;')],
  ['the end of a CDATA section, split over two', '<![CDATA[]]]]><![CDATA[>]]>', taken(']]>')],
  [
    'a DOCTYPE in a CDATA section is text',
    '<![CDATA[<!DOCTYPE x SYSTEM "file:///etc/passwd">]]>',
    taken('<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
  ],
  ['a comment inside of a word is not there', 'ad<!-- -->min', taken('admin')],
  ['a comment with markup is not there', 'a<!-- </text><text>evil -->b', taken('ab')],
  ['a CDATA section inside of a word', 'ad<![CDATA[mi]]>n', taken('admin')],
  ['an empty CDATA section', '<![CDATA[]]>', taken('')],
  ['a CDATA section within another', '<![CDATA[<![CDATA[x]]>', taken('<![CDATA[x')],
  ['a CDATA section in small letters', '<![cdata[x]]>', malformed],
  ['a CDATA section with a space in it', '<![ CDATA[x]]>', malformed],
  ['a CDATA section in an attribute', '<a b="<![CDATA[x]]>"/>', malformed],
  ['a comment in a tag', '<a <!-- --> b=""/>', malformed],
  ['a comment that only begins', 'a<!-', malformed],
  ['a comment of version 1.0 of the web', 'a<!>b', malformed],
];

const int = (endpoint: string, text: string): string =>
  endpoint === 'XML-RPC' ? `<param><value><int>${text}</int></value></param>` : `<value>${text}</value>`;

const numbers: readonly (readonly [name: string, text: string, result: number])[] = [
  ['a comment inside of a number', '4<!-- 0 -->2', 42],
  ['a CDATA section inside of a number', '4<![CDATA[2]]>', 42],
];

const structure: readonly Attack[] = [
  {
    name: 'a comment inside of the name of a function',
    on: ['XML-RPC'],
    send: (endpoint) => send(endpoint, { name: 'hostile.<!-- -->mark' }),
    expects: taken('x'),
  },
  {
    name: 'a comment that cuts the name of a function short for careless readers',
    on: ['XML-RPC'],
    send: (endpoint) => send(endpoint, { name: 'hostile.mark<!-- -->.evil' }),
    expects: { fault: 'unknown-function' },
  },
  {
    name: 'the name of a function in a CDATA section',
    on: ['XML-RPC'],
    send: (endpoint) => send(endpoint, { name: '<![CDATA[hostile.mark]]>' }),
    expects: taken('x'),
  },
  {
    name: 'a message in a CDATA section',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: `<![CDATA[${message(endpoint, { name: 'hostile.internal' })}]]>` }),
    expects: (endpoint) => taken(message(endpoint, { name: 'hostile.internal' }).slice(0, 100)),
  },
  {
    name: 'a CDATA section between elements',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { before: '', params: '<![CDATA[x]]>' }),
    expects: invalidRequest,
  },
  {
    name: 'an empty CDATA section between elements',
    on: xmlEndpoints,
    send: (endpoint) =>
      send(endpoint, {
        params: `<![CDATA[]]>${endpoint === 'XML-RPC' ? '<param><value>x</value></param>' : '<text>x</text>'}`,
      }),
    expects: invalidRequest,
  },
  {
    name: 'comments between all elements',
    on: xmlEndpoints,
    send: (endpoint) =>
      send(endpoint, {
        before: '<!-- -->',
        params: `<!-- -->${endpoint === 'XML-RPC' ? '<param><!-- --><value><!-- -->x</value></param>' : '<text>x</text>'}<!-- -->`,
        after: '<!-- -->',
      }),
    expects: taken('x'),
  },
  {
    name: 'a comment inside of the name of an operation',
    on: soapEndpoints,
    send: (endpoint) => send(endpoint, { name: 'hostile<!-- -->.mark' }),
    expects: malformed,
  },
  {
    name: 'text beside the elements of Body',
    on: soapEndpoints,
    send: (endpoint) => send(endpoint, { beside: 'evil' }),
    expects: invalidRequest,
  },
];

export const cdataAndComments: AttackClass = {
  name: 'CDATA and comment tricks',
  attacks: [
    ...texts.map(
      ([name, text, expects]): Attack => ({
        name,
        on: xmlEndpoints,
        send: (endpoint) => send(endpoint, { text }),
        expects,
      }),
    ),
    ...numbers.map(
      ([name, text, result]): Attack => ({
        name,
        on: xmlEndpoints,
        send: (endpoint) => send(endpoint, { name: 'hostile.int', params: int(endpoint, text) }),
        expects: (endpoint) => ({ result: endpoint === 'XML-RPC' ? result : String(result), runs: ['hostile.int'] }),
      }),
    ),
    ...structure,
  ],
};
