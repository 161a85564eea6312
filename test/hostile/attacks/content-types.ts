import type { Attack, AttackClass, Expected } from '../attack.ts';
import { call, request, send } from '../build.ts';
import { type Endpoint, forms, postEndpoints, xmlEndpoints } from '../endpoints.ts';

/** Of a type that is none of SOAP's nobody can tell which version it was: it is answered in the older one. */
const refused = (endpoint: Endpoint): Expected => ({
  fault: 'unsupported-media-type',
  early: true,
  ...(endpoint === 'SOAP 1.2' && { as: 'SOAP 1.1' }),
});
const taken: Expected = { result: 'x', runs: ['hostile.mark'] };

/** What a page of any site may post without asking, and what else must not come back as the answer's type. */
const types: Readonly<Record<string, string>> = {
  'plain text': 'text/plain',
  'plain text with a charset': 'text/plain;charset=UTF-8',
  'a page': 'text/html',
  'a page with script for a parameter': 'text/html; x="<script>alert(1)</script>"',
  'an image': 'image/svg+xml',
  bytes: 'application/octet-stream',
  'serialized Java': 'application/x-java-serialized-object',
  'messages of Flash': 'application/x-amf',
  'a type that is none': 'evil',
  'a slash': '/',
  'a comma between two types': 'text/plain, application/json',
  'any type': '*/*',
  'JSON with a suffix': 'application/jsonx',
  'XML with a suffix': 'text/xmlx',
  XOP: 'application/xop+xml; type="text/xml"',
  'parts that are related': 'multipart/related; boundary=x; type="text/xml"',
  '8,000 semicolons': `text/plain${';'.repeat(8_000)}`,
  '8,000 characters': 'x'.repeat(8_000),
};

const simple = (name: string, type: string): Attack => ({
  name,
  on: postEndpoints,
  send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { type }),
  expects: refused,
});

/** The right type, and parameters that are hard on regular expressions. */
const parameters: Readonly<Record<string, string>> = {
  'a charset that is never closed': `; charset="${'a'.repeat(8_000)}`,
  '2,000 charsets that are empty': '; charset='.repeat(1_200),
  'backslashes in quotes': `; x="${'\\"'.repeat(4_000)}`,
  'spaces by the thousand': `;${' '.repeat(8_000)}charset`,
  'quotes by the thousand': `; a=${'"'.repeat(8_000)}`,
};

export const contentTypes: AttackClass = {
  name: 'content types',
  attacks: [
    ...Object.entries(types).map(([name, type]) => simple(name, type)),
    {
      name: 'a form',
      on: ['JSON-RPC', ...xmlEndpoints],
      send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { type: 'application/x-www-form-urlencoded' }),
      expects: refused,
    },
    {
      name: 'parts of a form',
      on: ['JSON-RPC', ...xmlEndpoints],
      send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { type: 'multipart/form-data; boundary=x' }),
      expects: refused,
    },
    {
      name: 'no type at all',
      on: postEndpoints,
      send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { type: undefined }),
      // The oldest clients of XML-RPC send none; SOAP of version 1.2 cannot be told then from 1.1.
      expects: (endpoint) => (endpoint === 'XML-RPC' ? taken : refused(endpoint)),
    },
    {
      name: 'JSON as XML, XML as JSON',
      on: postEndpoints,
      send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { type: crossed(endpoint) }),
      expects: refused,
    },
    {
      name: 'one version of SOAP under the type of the other',
      on: ['SOAP 1.1', 'SOAP 1.2'],
      send: (endpoint) => send(endpoint, {}, { type: forms[endpoint === 'SOAP 1.1' ? 'SOAP 1.2' : 'SOAP 1.1'].type }),
      expects: taken, // in the version of the envelope, whatever the type says
    },
    {
      name: 'XML-RPC under the type of SOAP 1.2',
      on: ['XML-RPC'],
      send: (endpoint) => send(endpoint, {}, { type: 'application/soap+xml' }),
      expects: refused,
    },
    ...Object.entries(parameters).map(
      ([name, more]): Attack => ({
        name,
        on: ['JSON-RPC', 'REST'],
        send: (endpoint) => call(endpoint, 'hostile.mark', { text: 'x' }, { type: `application/json${more}` }),
        expects: name.startsWith('a charset') ? { fault: 'unsupported-encoding' } : taken,
      }),
    ),
    {
      name: 'backslashes in quotes, in the type of XML',
      on: xmlEndpoints,
      send: (endpoint) =>
        send(endpoint, {}, { type: `${forms[endpoint].type.replace(/;.*/, '')}; x="${'\\"'.repeat(4_000)}` }),
      expects: taken,
    },
    {
      name: 'two types, the second one right',
      on: ['JSON-RPC'],
      send: (endpoint) =>
        request(endpoint, {
          type: 'text/plain',
          headers: [['Content-Type', 'application/json']],
          body: '{"jsonrpc":"2.0","method":"hostile.mark","params":["x"],"id":1}',
        }),
      expects: refused,
    },
  ],
};

const crossed = (endpoint: Endpoint): string =>
  forms[endpoint].type === 'application/json' ? 'text/xml' : 'application/json';
