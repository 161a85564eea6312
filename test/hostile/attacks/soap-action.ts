import type { Attack, AttackClass, Expected } from '../attack.ts';
import { type Headers, send } from '../build.ts';
import { forms, soapEndpoints } from '../endpoints.ts';

const taken: Expected = { result: 'x', runs: ['hostile.mark'] };
const away = 'http://127.0.0.1:9/evil';
const wsa = 'http://www.w3.org/2005/08/addressing';

/** Actions beside a body that calls `hostile.mark`: the body decides. */
const actions: Readonly<Record<string, Headers>> = {
  'an action that names a function for the known': [['SOAPAction', '"urn:polywire#hostile.user"']],
  'an action that names an internal function': [['SOAPAction', '"hostile_internal"']],
  'an action without quotes': [['SOAPAction', 'hostile_internal']],
  'an empty action': [['SOAPAction', '""']],
  'an action that is nothing': [['SOAPAction', '']],
  'an action with one quote': [['SOAPAction', '"hostile_internal']],
  'two actions': [
    ['SOAPAction', '"hostile_mark"'],
    ['SOAPAction', '"hostile_internal"'],
  ],
  'an action of 8,000 characters': [['SOAPAction', `"${'a'.repeat(8_000)}"`]],
  'an action that is another address': [['SOAPAction', `"${away}"`]],
  'an action that is script': [['SOAPAction', '"<script>alert(1)</script>"']],
};

const header = (name: string, content: string, attributes = ''): string =>
  `<a:${name} xmlns:a="${wsa}"${attributes}>${content}</a:${name}>`;
const endpointReference = `<a:Address xmlns:a="${wsa}">${away}</a:Address>`;
const must = ' e:mustUnderstand="1"';

const addressing: readonly (readonly [name: string, header: string, expects: Expected])[] = [
  ['a reply to elsewhere', header('ReplyTo', endpointReference), taken],
  ['a fault to elsewhere', header('FaultTo', endpointReference), taken],
  ['a message from elsewhere to elsewhere', header('To', away) + header('From', endpointReference), taken],
  ['an action of WS-Addressing that names another function', header('Action', 'urn:polywire/hostile_internal'), taken],
  [
    'a reply to elsewhere that must be understood',
    header('ReplyTo', endpointReference, must),
    { fault: 'must-understand' },
  ],
  ['an action of WS-Addressing that must be understood', header('Action', 'x', must), { fault: 'must-understand' }],
];

export const soapAction: AttackClass = {
  name: 'SOAPAction, WS-Addressing',
  attacks: [
    ...Object.entries(actions).map(
      ([name, headers]): Attack => ({
        name,
        on: soapEndpoints,
        send: (endpoint) => send(endpoint, {}, { headers }),
        expects: taken,
      }),
    ),
    {
      name: 'an action in the Content-Type that names another function',
      on: soapEndpoints,
      send: (endpoint) => send(endpoint, {}, { type: `${forms[endpoint].type}; action="hostile_internal"` }),
      expects: taken,
    },
    ...addressing.map(
      ([name, blocks, expects]): Attack => ({
        name,
        on: soapEndpoints,
        send: (endpoint) => send(endpoint, { header: blocks }),
        expects,
      }),
    ),
    {
      name: 'an action that names a function which is there, beside one which is not',
      on: soapEndpoints,
      send: (endpoint) => send(endpoint, { name: 'hostile.nowhere' }, { headers: [['SOAPAction', '"hostile_mark"']] }),
      expects: { fault: 'unknown-function' },
    },
    {
      name: 'an action that names a public function, beside one for the known',
      on: soapEndpoints,
      send: (endpoint) => send(endpoint, { name: 'hostile.user' }, { headers: [['SOAPAction', '"hostile_mark"']] }),
      expects: { fault: 'unauthenticated' },
    },
  ],
};
