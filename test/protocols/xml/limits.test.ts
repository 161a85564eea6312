import { expect } from 'chai';
import { defaultXmlLimits, type XmlLimits, XmlScanner } from '../../../protocols/xml/scanner.ts';
import { refusal } from './refusal.ts';

function read(document: string, limits: XmlLimits = defaultXmlLimits): void {
  const scanner = new XmlScanner(document, limits);
  scanner.root();
  scanner.skip();
  scanner.end();
}

const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
const children = (count: number): string => `<r>${'<a/>'.repeat(count)}</r>`;
const attributes = (count: number): string => `<r ${Array.from({ length: count }, (_, i) => `a${i}=""`).join(' ')}/>`;
const named = (length: number): string => `<${'n'.repeat(length)}/>`;
const valued = (length: number): string => `<r a="${'v'.repeat(length)}"/>`;

const { depth, children: siblings, attributes: each, attributeLength, name } = defaultXmlLimits;

const edges: readonly (readonly [what: string, limit: number, document: (size: number) => string])[] = [
  ['levels of depth', depth, nested],
  ['children of an element', siblings, children],
  ['attributes of an element', each, attributes],
  [
    'attributes of an element',
    each,
    (size) => attributes(size).replace(/a\d+=""/g, (a) => `xmlns:${a.slice(0, -2)}"u"`),
  ],
  ['characters in an attribute', attributeLength, valued],
  ['characters in a name', name, named],
  ['characters in a name', name, (size) => `<r ${'n'.repeat(size)}=""/>`],
  ['characters in a name', name, (size) => `<r><p:${'n'.repeat(size - 2)} xmlns:p="u"/></r>`],
  ['characters in a name', name, (size) => `<r><?${'n'.repeat(size)}?></r>`],
];

describe('XML limits', () => {
  for (const [what, limit, document] of edges) {
    it(`allow ${limit} ${what} and not one more`, () => {
      read(document(limit));
      const fault = refusal(() => read(document(limit + 1)));
      expect(fault.code).to.equal('too-large');
      expect(fault.message).to.match(new RegExp(`^The limit of ${limit} ${what} is exceeded at line 1, column \\d+$`));
    });
  }

  it('are those that were given', () => {
    const limits: XmlLimits = { depth: 2, children: 2, attributes: 1, attributeLength: 3, name: 4 };
    read('<a b="123"><cccc/><d/></a>', limits);
    for (const document of [
      '<a><b><c/></b></a>',
      '<a><b/><b/><b/></a>',
      '<a b="" c=""/>',
      '<a b="1234"/>',
      '<abcde/>',
    ]) {
      expect(refusal(() => read(document, limits)).code, document).to.equal('too-large');
    }
  });

  it('hold for guesses as well', () => {
    const limits: XmlLimits = { ...defaultXmlLimits, depth: 2, children: 2, name: 3 };
    const scanner = new XmlScanner('<a><b><c></c></b></a>', limits);
    scanner.root();
    scanner.openIf('b');
    expect(refusal(() => scanner.openIf('c')).code).to.equal('too-large');
    const wide = new XmlScanner('<a><b></b><b></b><b></b></a>', limits);
    wide.root();
    for (let i = 0; i < 2; i++) expect(wide.openIf('b') && wide.closeIf('b')).to.equal(true);
    expect(refusal(() => wide.openIf('b')).code).to.equal('too-large');
    const long = new XmlScanner('<a><long></long></a>', limits);
    long.root();
    expect(long.openIf('long')).to.equal(false);
    expect(refusal(() => long.open()).code).to.equal('too-large');
  });

  it('count children by element, not by document', () => {
    const limits: XmlLimits = { ...defaultXmlLimits, children: 2 };
    read('<a><b><c/><c/></b><b><c/><c/></b></a>', limits);
  });

  it('bound the namespace declarations in scope', () => {
    const level = (i: number): string =>
      `<a ${Array.from({ length: 64 }, (_, j) => `xmlns:p${i}-${j}="u"`).join(' ')}>`;
    const levels = (count: number): string => Array.from({ length: count }, (_, i) => level(i)).join('');
    read(`${levels(4)}${'</a>'.repeat(4)}`);
    expect(refusal(() => read(levels(5))).message).to.include('The limit of 256 namespace declarations in scope');
    read(`<r>${`${level(0)}</a>`.repeat(20)}</r>`);
  });

  // Each document is about as large as a body may be. The limit is far above what they take, and far below a square's time.
  it('leave no document of 1 MiB that takes long', () => {
    const size = 1_048_576;
    const fill = (unit: string): string => unit.repeat(Math.floor(size / unit.length));
    const scope = `<r ${Array.from({ length: 99 }, (_, j) => `xmlns:p${j}="u"`).join(' ')}>`;
    const hostile: Readonly<Record<string, string>> = {
      references: `<a>${fill('&amp;')}</a>`,
      'line ends': `<a>${fill('<b>\r</b>').slice(0, 9 * 49_999)}</a>`,
      brackets: `<a>${fill(']')}</a>`,
      'unclosed comments': `<a>${fill('<!--')}`,
      'unclosed CDATA': `<a>${fill('<![CDATA[')}`,
      comments: `<a>${fill('<!---->')}</a>`,
      sections: `<a>${fill('<![CDATA[]]>')}</a>`,
      depth: fill('<a>'),
      quotes: `<a ${fill("b='")}`,
      'attributes of references': `<a>${fill(`<b c="${'&lt;'.repeat(100)}"/>`)}</a>`,
      'many attributes': `<a>${fill(`<b ${Array.from({ length: 100 }, (_, j) => `a${j}=""`).join(' ')}/>`)}</a>`,
      'declarations in scope': `${scope.replaceAll('p', 'q')}${scope}${fill('<a p0:b=""/>').slice(0, 12 * 49_999)}</r></r>`,
      'white space': `<a>${fill(' ')}</a>`,
      'ampersands and no semicolon': `<a>${fill('&')}</a>`,
      'bare attribute names': `<a ${fill('b ')}>`,
    };
    for (const [what, document] of Object.entries(hostile)) {
      const start = process.hrtime.bigint();
      try {
        read(document);
      } catch {
        // refused or not: what matters here is the time
      }
      expect(Number(process.hrtime.bigint() - start) / 1e6, what).to.be.below(1_000);
    }
  }).timeout(30_000);
});
