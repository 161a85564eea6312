import type { Attack, AttackClass, Expected } from '../attack.ts';
import { message, type Places, request, send } from '../build.ts';
import { type Endpoint, xmlEndpoints } from '../endpoints.ts';

const tooLarge = { fault: 'too-large' } as const;
const malformed = { fault: 'malformed' } as const;
const million = 1_048_576;

const taken = (name: string, result: string): Expected => ({ result, runs: [`hostile.${name}`] });

/** Something that goes where the text of `hostile.mark` stands. */
function inText(name: string, text: string, expects: Attack['expects']): Attack {
  return { name, on: xmlEndpoints, send: (endpoint) => send(endpoint, { text }), expects };
}

/** The value of a parameter named `value`, as an element of the endpoint's own. */
function value(endpoint: Endpoint, inner: string): string {
  return endpoint === 'XML-RPC' ? `<param><value>${inner}</value></param>` : `<value>${inner}</value>`;
}

/** Something that goes where a parameter of another function stands. */
function inValue(
  kind: string,
  name: string,
  inner: (endpoint: Endpoint) => string,
  expects: Attack['expects'],
): Attack {
  return {
    name,
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { name: `hostile.${kind}`, params: value(endpoint, inner(endpoint)) }),
    expects,
  };
}

const repeated = (piece: string, count: number): string => piece.repeat(count);
const nested = (name: string, depth: number): string => repeated(`<${name}>`, depth) + repeated(`</${name}>`, depth);
const attributes = (count: number, of: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => of(i)).join(' ');

const depth: readonly Attack[] = [
  inText('101 levels', nested('a', 101), (endpoint) =>
    endpoint === 'XML-RPC' ? tooLarge : { fault: 'invalid-request' },
  ),
  inText('100,000 levels that are not closed', repeated('<a>', 100_000), (endpoint) =>
    endpoint === 'XML-RPC' ? tooLarge : { fault: 'invalid-request' },
  ),
  inValue(
    'json',
    'arrays inside of arrays',
    (endpoint) =>
      endpoint === 'XML-RPC'
        ? repeated('<array><data><value>', 200) + repeated('</value></data></array>', 200)
        : repeated('[', 200) + repeated(']', 200),
    (endpoint) => (endpoint === 'XML-RPC' ? tooLarge : { fault: 'invalid-params' }),
  ),
  inValue(
    'list',
    'unknown elements, one in another',
    () => nested('z', 200),
    (endpoint) => (endpoint === 'XML-RPC' ? tooLarge : tooLarge),
  ),
];

const items = (count: number) => (endpoint: Endpoint) =>
  endpoint === 'XML-RPC'
    ? `<array><data>${repeated('<value>1</value>', count)}</data></array>`
    : repeated('<item>1</item>', count);

const breadth: readonly Attack[] = [
  inValue('list', '16,385 items', items(16_385), tooLarge),
  inValue('list', '60,000 items', items(60_000), tooLarge),
  inValue(
    'object',
    '50,001 unknown children',
    (endpoint) =>
      endpoint === 'XML-RPC' ? `<struct>${repeated('<member/>', 50_001)}</struct>` : repeated('<z/>', 50_001),
    (endpoint) => (endpoint === 'XML-RPC' ? tooLarge : { fault: 'invalid-params' }),
  ),
  inValue(
    'map',
    '20,000 entries',
    (endpoint) => {
      const entry = (i: number) =>
        endpoint === 'XML-RPC'
          ? `<member><name>${i}</name><value>1</value></member>`
          : `<entry><key>${i}</key><value>1</value></entry>`;
      const all = Array.from({ length: 20_000 }, (_, i) => entry(i)).join('');
      return endpoint === 'XML-RPC' ? `<struct>${all}</struct>` : all;
    },
    tooLarge,
  ),
];

const names: readonly Attack[] = [
  inText('101 attributes', `<a ${attributes(101, (i) => `a${i}=""`)}/>`, tooLarge),
  inText('60,000 attributes', `<a ${attributes(60_000, (i) => `a${i}=""`)}/>`, tooLarge),
  inText('101 namespaces', `<a ${attributes(101, (i) => `xmlns:a${i}="u${i}"`)}/>`, tooLarge),
  inText('an attribute of 65,537 characters', `<a b="${repeated('x', 65_537)}"/>`, tooLarge),
  inText('an attribute of references that is too long', `<a b="${repeated('&#65;', 20_000)}"/>`, tooLarge),
  inText('a name of 1,025 characters', `<${repeated('n', 1_025)}/>`, tooLarge),
  inText('a name of half a million characters', `<${repeated('n', 500_000)}/>`, tooLarge),
  inText('an attribute with a name of 1,025 characters', `<a ${repeated('n', 1_025)}=""/>`, tooLarge),
  inText('an instruction with a long name', `<?${repeated('n', 2_000)}?>`, tooLarge),
  inText('namespaces in scope, level upon level', namespacesInDepth(), (endpoint) =>
    endpoint === 'XML-RPC' ? tooLarge : { fault: 'invalid-request' },
  ),
];

/** Declarations by the thousand, and children by the thousand that ask for the first of them. */
export function namespacesInDepth(): string {
  const open = Array.from(
    { length: 80 },
    (_, level) => `<a ${attributes(90, (i) => `xmlns:n${level}x${i}="u"`)}>`,
  ).join('');
  return `${open}${repeated('<n0x0:b/>', 40_000)}${repeated('</a>', 80)}`;
}

const hundred = (text: string): string => text.slice(0, 100);

const masses: readonly Attack[] = [
  inText('150,000 references to characters', repeated('&#65;', 150_000), taken('mark', hundred(repeated('A', 100)))),
  inText('150,000 references to entities', repeated('&lt;', 150_000), taken('mark', repeated('<', 100))),
  inText('100,000 comments', `${repeated('<!---->', 100_000)}x`, taken('mark', 'x')),
  inText('50,000 CDATA sections', repeated('<![CDATA[x]]>', 50_000), taken('mark', repeated('x', 100))),
  inText('100,000 instructions', `${repeated('<?a?>', 100_000)}x`, (endpoint) =>
    endpoint === 'XML-RPC' ? taken('mark', 'x') : { fault: 'invalid-request' },
  ),
  inText('100,000 times the end of no CDATA', repeated(']]', 100_000), taken('mark', repeated(']', 100))),
  inText('a reference to a character with a million digits', `&#${repeated('0', 500_000)}65;`, taken('mark', 'A')),
  inText('a million ampersands', repeated('&', 1_000_000), malformed),
  inText('half a million white spaces in a tag', `<a${repeated(' ', 500_000)}/>`, { fault: 'invalid-request' }),
  inText('a comment that is never closed', `<!--${repeated('-', 500_000)}`, malformed),
];

const bodies: readonly Attack[] = [
  {
    name: 'more than a million bytes',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { text: repeated('x', million) }),
    expects: { ...tooLarge, early: true },
  },
  {
    name: 'a million bytes of white space before the root',
    on: xmlEndpoints,
    send: (endpoint) => send(endpoint, { before: repeated(' ', 1_000_000) }),
    expects: taken('mark', 'x'),
  },
  {
    name: 'a million bytes of white space and nothing else',
    on: xmlEndpoints,
    send: (endpoint) => request(endpoint, { body: repeated(' ', 1_000_000) }),
    expects: malformed,
  },
  {
    name: 'chunks that add up to more than a million bytes',
    on: xmlEndpoints,
    send: (endpoint) => ({ steps: chunked(endpoint, { text: repeated('x', million) }) }),
    expects: { ...tooLarge, early: true },
  },
];

/** A request in chunks of 64 KiB. */
function chunked(endpoint: Endpoint, places: Places): readonly (string | Buffer)[] {
  const body = message(endpoint, places);
  const head = request(endpoint, { length: undefined, headers: [['Transfer-Encoding', 'chunked']] });
  const pieces = body.match(/.{1,65536}/gs) ?? [];
  return [head, ...pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`), '0\r\n\r\n'];
}

export const xmlSize: AttackClass = {
  name: 'XML size and shape',
  attacks: [...depth, ...breadth, ...names, ...masses, ...bodies],
};
