import type { Attack, AttackClass, Expected } from '../attack.ts';
import { message, request, send } from '../build.ts';
import { type Endpoint, xmlEndpoints } from '../endpoints.ts';

const malformed = { fault: 'malformed' } as const;

/** What breaks where the text of `hostile.mark` stands. */
const texts: Readonly<Record<string, string>> = {
  'a bare ampersand': 'a & b',
  'an ampersand at the end': 'a&',
  'a reference without a name': '&;',
  'a reference without a semicolon': '&amp',
  'a reference to U+0000': '&#0;',
  'a reference to U+0001': '&#1;',
  'a reference to U+FFFE': '&#xFFFE;',
  'a reference to half a surrogate pair': '&#xD800;',
  'a surrogate pair in two references': '&#xD83D;&#xDE00;',
  'a reference beyond Unicode': '&#x110000;',
  'a reference to a number with a sign': '&#-65;',
  'a reference in the wrong radix': '&#xZZ;',
  'U+0000': 'a\0b',
  'U+0001': 'a\u0001b',
  'U+FFFF': 'a\uffffb',
  'the end of no CDATA section': 'a]]>b',
  'a tag that does not end': '<a',
  'a tag that is not closed': '<a>',
  'tags that close each other': '<a><b></a></b>',
  'tags that differ in case': '<a></A>',
  'an end tag without a start': '</a>',
  'an end tag with an attribute': '<a></a b="">',
  'an attribute without quotes': '<a b=c/>',
  'an attribute without a value': '<a b/>',
  'an attribute in two sorts of quotes': `<a b="c'/>`,
  'an attribute twice': '<a b="" b=""/>',
  'an attribute twice by two prefixes': '<a xmlns:p="u" xmlns:q="u" p:b="" q:b=""/>',
  'attributes without space': '<a b=""c=""/>',
  'a less-than in an attribute': '<a b="<"/>',
  'a name that begins with a digit': '<1a/>',
  'a name with two colons': '<a:b:c xmlns:a="u"/>',
  'a prefix that nobody has declared': '<z:a/>',
  'a prefix of an attribute that nobody has declared': '<a z:b=""/>',
  'the prefix xmlns': '<a xmlns:xmlns="u"/>',
  'the prefix xml for something else': '<a xmlns:xml="u"/>',
  'a prefix bound to nothing': '<a xmlns:p=""/>',
  'a space after a less-than': '< a/>',
  'a comment with two dashes': '<!-- a -- b -->',
  'a comment that ends with three dashes': '<!-- a --->',
  'an instruction named xml': '<?xml version="1.0"?>',
  'an instruction without a name': '<? a?>',
  'an instruction that does not end': '<?a',
  'a CDATA section that does not end': '<![CDATA[a',
  'a declaration of an element': '<!ELEMENT a ANY>',
};

/** Whole documents that break. */
const documents: Readonly<Record<string, (whole: string) => string>> = {
  'nothing at all': () => '',
  'a declaration and nothing else': () => '<?xml version="1.0"?>',
  'a comment and nothing else': () => '<!-- -->',
  'text and nothing else': () => 'text',
  'two roots': (whole) => whole + whole,
  'text after the root': (whole) => `${whole}text`,
  'text before the root': (whole) => `text${whole}`,
  'a CDATA section after the root': (whole) => `${whole}<![CDATA[x]]>`,
  'a reference after the root': (whole) => `${whole}&#65;`,
  'a space before the declaration': (whole) => ` <?xml version="1.0"?>${whole}`,
  'two declarations': (whole) => `<?xml version="1.0"?><?xml version="1.0"?>${whole}`,
  'a declaration without a version': (whole) => `<?xml encoding="UTF-8"?>${whole}`,
  'a declaration of version 2.0': (whole) => `<?xml version="2.0"?>${whole}`,
  'a declaration that is neither standalone nor not': (whole) => `<?xml version="1.0" standalone="maybe"?>${whole}`,
  'the half of a document': (whole) => whole.slice(0, whole.length / 2),
  'a document without its last character': (whole) => whole.slice(0, -1),
  'a root in the wrong case': (whole) => whole.replace(/^<([^ >]+)/, (_, name: string) => `<${name.toUpperCase()}`),
  JSON: () => '{"jsonrpc":"2.0","method":"hostile.mark","params":["x"],"id":1}',
};

/** A broken message may be known for a wrong one before it is known for broken, where its reader stops there. */
function inText(name: string, text: string): Attack {
  const stops = (endpoint: Endpoint): Expected =>
    endpoint !== 'XML-RPC' && stopsBefore.has(name) ? { fault: 'invalid-request' } : malformed;
  return {
    name,
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: Buffer.from(text).toString('utf8') }),
    expects: stops,
  };
}

/** In SOAP an element in the place of text is the fault, and what follows is not read. */
const stopsBefore: ReadonlySet<string> = new Set([
  'a tag that is not closed',
  'tags that close each other',
  'tags that differ in case',
  'an end tag with an attribute',
]);

export const xmlForm: AttackClass = {
  name: 'XML well-formedness',
  attacks: [
    ...Object.entries(texts).map(([name, text]) => inText(name, text)),
    ...Object.entries(documents).map(
      ([name, spoil]): Attack => ({
        name,
        on: xmlEndpoints,
        send: (endpoint) => request(endpoint, { body: spoil(message(endpoint)) }),
        expects: malformed,
      }),
    ),
  ],
};
