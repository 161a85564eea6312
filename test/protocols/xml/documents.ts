import fc from 'fast-check';

// Generators of documents: well formed by construction up to duplicate attributes and unbound prefixes, which happen
// now and then on purpose; and mutations of them, most of which are not well formed.

const local = fc.constantFrom('a', 'b', 'item', 'a-b.c', '_x1', 'é', 'xml', 'Ж', '名', '𠀀x', 'xmlnsa', 'a·b');
const prefix = fc.constantFrom('', '', '', '', '', 'p', 'q', 'xml', 'soap');
const uri = fc.constantFrom('urn:a', 'urn:b', 'http://x/?a=1&amp;b', 'urn:&#x41;', 'urn:\r\n\tx', 'urn:é');
const space = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n', ' \r ');
const someSpace = fc.constantFrom(' ', ' ', '\n', '\t', '\r\n', '  ');

const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('text', ' ', '\n', '\r', '\r\n', ']', ']]', '>', '"', "'", '\t', '7', '=') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '&lt;',
      '&gt;',
      '&amp;',
      '&quot;',
      '&apos;',
      '&#13;',
      '&#x0A;',
      '&#9;',
      '&#x1F600;',
      '&#65;',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'é',
      '漢',
      '😀',
      '\u0085',
      '\u2028',
      '\ufffd',
      '\ud7ff',
      '\ue000',
      '\u007f',
      '\u{10ffff}',
    ),
  },
);
const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('').replaceAll(']]>', ']] >'));
const cdata = fc
  .array(fc.constantFrom('<', '&', '&lt;', ']]', '>', ' ', '\r\n', '\r', 'x', '<a>', '😀', '--'), { maxLength: 5 })
  .map((pieces) => `<![CDATA[${pieces.join('').replaceAll(']]>', ']]')}]]>`);
const comment = fc.constantFrom(
  '<!---->',
  '<!-- x -->',
  '<!-- <a> & ]]> -->',
  '<!--->-->',
  '<!--é😀\r\n-->',
  '<!-- - -->',
);
const instruction = fc.constantFrom('<?x?>', '<?x y?>', '<?xml-y z="1"?>', '<?é \n??>', '<?x <a>&?>', '<?p  ?>');

const attribute = fc
  .tuple(prefix, local, space, space, fc.array(piece, { maxLength: 4 }), fc.constantFrom('"', "'"))
  .map(([name, rest, before, after, pieces, quote]) => {
    const value = pieces.join('').replaceAll(quote, '');
    return `${name === '' ? '' : `${name}:`}${rest}${before}=${after}${quote}${value}${quote}`;
  });
const declaration = fc
  .tuple(
    fc.constantFrom('', 'p', 'q', 'soap'),
    fc.oneof({ weight: 9, arbitrary: uri }, fc.constantFrom('', 'http://www.w3.org/XML/1998/namespace')),
  )
  .map(([name, value]) => (name === '' ? `xmlns="${value}"` : `xmlns:${name}="${value}"`));
const attributes = fc
  .array(fc.tuple(someSpace, fc.oneof(attribute, declaration)), { maxLength: 2 })
  .map((pairs) => pairs.map((pair) => pair.join('')).join(''));

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.tuple(prefix, local, attributes, space).map(([p, l, a, s]) => `<${p && `${p}:`}${l}${a}${s}/>`),
    fc.tuple(prefix, local, attributes, space, tie('content'), space).map(([p, l, a, s, content, end]) => {
      const name = `${p && `${p}:`}${l}`;
      return `<${name}${a}${s}>${content}</${name}${end}>`;
    }),
  ),
  content: fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: tie('element') },
        { weight: 3, arbitrary: text },
        cdata,
        comment,
        instruction,
        space,
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.join('').replaceAll(']]>', (_, at, whole: string) => (closes(whole, at) ? ']]>' : ']] >'))),
}));

// Whether the `]]>` at this place ends a section or stands inside of other markup, and so is not text.
function closes(whole: string, at: number): boolean {
  const before = whole.slice(0, at);
  return (
    before.lastIndexOf('<![CDATA[') > before.lastIndexOf(']]>') ||
    before.lastIndexOf('<!--') > before.lastIndexOf('-->')
  );
}

const xmlDeclaration = fc.constantFrom(
  '',
  '',
  '<?xml version="1.0"?>',
  "<?xml version='1.0' encoding='utf-8' standalone='yes'?>",
  '<?xml version="1.0" encoding="UTF-8" ?>\n',
);
const misc = fc.array(fc.oneof(comment, instruction, space), { maxLength: 2 }).map((parts) => parts.join(''));
const declared = ' xmlns:p="urn:p" xmlns:q="urn:q" xmlns:soap="urn:soap"';

/** Documents, most of them well formed. */
export const documents: fc.Arbitrary<string> = fc
  .tuple(xmlDeclaration, misc, fc.constantFrom(true, true, true, true, false), element, misc)
  .map(([start, before, bound, root, after]) => {
    const whole = bound ? `<r${declared}>${root}</r>` : root;
    return `${start}${before}${whole}${after}`;
  });

const tokens = [
  '<',
  '>',
  '/',
  '&',
  ';',
  '"',
  "'",
  '=',
  ':',
  '!',
  '?',
  '-',
  '--',
  ']',
  ']]>',
  '<!--',
  '-->',
  '<![CDATA[',
  '<?',
  '?>',
  '<?xml',
  '</',
  '/>',
  '<a>',
  '</a>',
  '<a/>',
  ' ',
  '\n',
  '\r',
  '&lt;',
  '&x;',
  '&#0;',
  '&#1;',
  '&#x',
  '&#xD800;',
  '&#x110000;',
  '&#xFFFE;',
  'xmlns',
  'xmlns:p=""',
  ' xmlns:xmlns="x"',
  ' a=""',
  'p:',
  'xml',
  '<?XML?>',
  '\u0000',
  '\u0001',
  '\u000b',
  '\u001f',
  '\u007f',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udc00',
  '\u00d7',
  '\u00f7',
  '·',
  '̀',
  '\u037e',
  '\u2190',
  '\u3000',
  '\u{f0000}',
  '0',
  '.',
  'x',
  '<!DOCTYPE a>',
  '<!ENTITY',
  '<!',
];
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.integer({ min: 1, max: 6 }),
  kind: fc.constantFrom('delete', 'insert', 'insert', 'duplicate', 'swap', 'replace'),
  token: fc.constantFrom(...tokens),
});

interface Mutation {
  readonly at: number;
  readonly length: number;
  readonly kind: string;
  readonly token: string;
}

function mutate(document: string, { at, length, kind, token }: Mutation): string {
  const start = Math.floor(at * (document.length + 1));
  const head = document.slice(0, start);
  const middle = document.slice(start, start + length);
  const tail = document.slice(start + length);
  if (kind === 'delete') return head + tail;
  if (kind === 'insert') return head + token + middle + tail;
  if (kind === 'duplicate') return head + middle + middle + tail;
  if (kind === 'swap') return head + [...middle].reverse().join('') + tail;
  return head + token + tail;
}

/** Documents with a few characters or tokens deleted, inserted, duplicated, swapped or replaced. */
export const mutants: fc.Arbitrary<string> = fc
  .tuple(documents, fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([document, mutations]) => mutations.reduce(mutate, document));
