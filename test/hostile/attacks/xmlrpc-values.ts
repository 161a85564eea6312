import type { Attack, AttackClass, Expected } from '../attack.ts';
import { request } from '../build.ts';

const invalidParams = { fault: 'invalid-params' } as const;
const invalidRequest = { fault: 'invalid-request' } as const;
const malformed = { fault: 'malformed' } as const;

const calling = (name: string, params: string): string =>
  `<methodCall><methodName>hostile.${name}</methodName>${params}</methodCall>`;
const param = (value: string): string => `<params><param>${value}</param></params>`;
const valued = (inner: string): string => param(`<value>${inner}</value>`);

type Case = readonly [name: string, body: string, expects: Expected];

/** Each type of the specification, with text that is none of it. */
const types: readonly Case[] = (
  [
    ['int', '<int>x</int>'],
    ['int', '<int></int>'],
    ['int', '<i4>1 2</i4>'],
    ['int', '<i4>+-1</i4>'],
    ['int', '<i8>99999999999999999999</i8>'],
    ['int', '<int>１</int>'],
    ['int', '<double>1.5</double>'],
    ['int', '<string>1</string>'],
    ['int', '1'],
    ['boolean', '<boolean>2</boolean>'],
    ['boolean', '<boolean></boolean>'],
    ['boolean', '<int>1</int>'],
    ['float', '<double>1,5</double>'],
    ['float', '<double>NaN</double>'],
    ['float', '<double>1e999</double>'],
    ['text', '<int>1</int>'],
    ['text', '<base64>eA==</base64>'],
    ['datetime', '<dateTime.iso8601>20260230T00:00:00</dateTime.iso8601>'],
    ['datetime', '<dateTime.iso8601>tomorrow</dateTime.iso8601>'],
    ['datetime', '<string>20260101T00:00:00</string>'],
    ['bytes', '<base64>e</base64>'],
    ['bytes', '<base64>====</base64>'],
    ['list', '<struct></struct>'],
    ['list', '<nil/>'],
    ['map', '<array><data><value>x</value></data></array>'],
    ['text', '<evil>x</evil>'],
    ['text', '<String>x</String>'],
    ['json', '<evil>x</evil>'],
    ['text', '<x:string xmlns:x="urn:x">x</x:string>'],
  ] as const
).map(([kind, inner]) => [`${inner} for ${kind}`, calling(kind, valued(inner)), invalidParams]);

/** Values that are incomplete, or more than one. */
const values: readonly Case[] = [
  ['a struct without members', calling('object', valued('<struct></struct>')), invalidParams],
  [
    'a member without a name',
    calling('map', valued('<struct><member><value>x</value></member></struct>')),
    invalidRequest,
  ],
  [
    'a member without a value',
    calling('map', valued('<struct><member><name>x</name></member></struct>')),
    invalidRequest,
  ],
  [
    'a member with two names',
    calling('map', valued('<struct><member><name>a</name><name>b</name><value>x</value></member></struct>')),
    invalidRequest,
  ],
  [
    'a member with two values',
    calling('map', valued('<struct><member><name>a</name><value>x</value><value>y</value></member></struct>')),
    invalidRequest,
  ],
  ['a struct of values', calling('map', valued('<struct><value>x</value></struct>')), invalidRequest],
  [
    'a member with a name of another type',
    calling('map', valued('<struct><member><name><string>a</string></name><value>x</value></member></struct>')),
    invalidRequest,
  ],
  [
    'a member with an empty name',
    calling('map', valued('<struct><member><name></name><value>x</value></member></struct>')),
    { result: { '': 'x' }, runs: ['hostile.map'] },
  ],
  ['an array without data', calling('list', valued('<array></array>')), invalidRequest],
  ['an array with two data', calling('list', valued('<array><data/><data/></array>')), invalidRequest],
  [
    'an array of items that are no values',
    calling('list', valued('<array><data><string>x</string></data></array>')),
    invalidRequest,
  ],
  ['a value of two types', calling('text', valued('<string>x</string><string>y</string>')), invalidRequest],
  ['a value of a type and text', calling('text', valued('x<string>y</string>')), invalidRequest],
  ['a value of text and a type behind it', calling('text', valued('<string>x</string>y')), invalidRequest],
  ['a type inside of a type', calling('text', valued('<string><string>x</string></string>')), invalidRequest],
  ['nil with content', calling('nullable', valued('<nil>x</nil>')), invalidRequest],
  ['nil by a prefix that nobody has declared', calling('nullable', valued('<ex:nil/>')), malformed],
  ['nil where none may be', calling('text', valued('<nil/>')), invalidParams],
];

const calls: readonly Case[] = [
  ['no method name', '<methodCall><params/></methodCall>', invalidRequest],
  [
    'two method names',
    '<methodCall><methodName>hostile.mark</methodName><methodName>hostile.user</methodName></methodCall>',
    invalidRequest,
  ],
  ['an empty method name', '<methodCall><methodName></methodName></methodCall>', invalidRequest],
  ['a method name with a space', '<methodCall><methodName>hostile.mark </methodName></methodCall>', invalidRequest],
  [
    'a method name with markup',
    '<methodCall><methodName><b>hostile.mark</b></methodName></methodCall>',
    invalidRequest,
  ],
  ['a method name of a line', '<methodCall><methodName>\nhostile.mark\n</methodName></methodCall>', invalidRequest],
  ['a method name beyond ASCII', '<methodCall><methodName>hostile.m\u0430rk</methodName></methodCall>', invalidRequest],
  [
    'a method name of 900,000 characters',
    `<methodCall><methodName>${'a'.repeat(900_000)}</methodName></methodCall>`,
    { fault: 'unknown-function' },
  ],
  [
    'parameters before the method name',
    '<methodCall><params/><methodName>hostile.mark</methodName></methodCall>',
    invalidRequest,
  ],
  ['parameters twice', calling('mark', `${valued('x')}${valued('y')}`), invalidRequest],
  ['a parameter without a value', calling('mark', '<params><param/></params>'), invalidRequest],
  ['a parameter with two values', calling('mark', param('<value>x</value><value>y</value>')), invalidRequest],
  ['a value that is no parameter', calling('mark', '<params><value>x</value></params>'), invalidRequest],
  ['text between parameters', calling('mark', '<params>x<param><value>x</value></param></params>'), invalidRequest],
  [
    'too many parameters',
    calling('mark', '<params><param><value>x</value></param><param><value>y</value></param></params>'),
    invalidParams,
  ],
  ['no parameters', calling('mark', ''), invalidParams],
  [
    'an answer in place of a call',
    '<methodResponse><params><param><value>x</value></param></params></methodResponse>',
    invalidRequest,
  ],
  [
    'a call in a namespace',
    '<methodCall xmlns="urn:x"><methodName>hostile.mark</methodName></methodCall>',
    invalidRequest,
  ],
  ['a call in capitals', '<METHODCALL><METHODNAME>hostile.mark</METHODNAME></METHODCALL>', invalidRequest],
  [
    'an envelope of SOAP',
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>',
    invalidRequest,
  ],
  [
    'a struct of parameters with one that nobody knows',
    calling('mark', valued('<struct><member><name>evil</name><value>x</value></member></struct>')),
    invalidParams,
  ],
];

export const xmlrpcValues: AttackClass = {
  name: 'XML-RPC values',
  attacks: [...types, ...values, ...calls].map(
    ([name, body, expects]): Attack => ({
      name,
      on: ['XML-RPC'],
      send: (endpoint) => request(endpoint, { body }),
      expects,
    }),
  ),
};
