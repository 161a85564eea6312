import { expect } from 'chai';
import { Fault } from '../../../lib/fault.ts';
import { XmlScanner } from '../../../protocols/xml/scanner.ts';
import { rooted } from './events.ts';
import { refusal } from './refusal.ts';

const codeOf = (action: () => unknown): string => refusal(action).code;

describe('XmlScanner', () => {
  describe('root', () => {
    it('fills the name, the namespace and the attributes', () => {
      const scanner = rooted('<?xml version="1.0"?><!-- x --><p:a xmlns:p="urn:p" xmlns="urn:d" b="1" p:c="2"/>');
      expect(scanner).to.include({ prefix: 'p', local: 'a', uri: 'urn:p', depth: 1, attributeCount: 2 });
      expect(scanner).to.include({ defaultUri: 'urn:d', sawInstruction: false });
      expect(
        [0, 1].map((i) => [scanner.attributePrefix(i), scanner.attributeUri(i), scanner.attributeLocal(i)]),
      ).to.deep.equal([
        ['', '', 'b'],
        ['p', 'urn:p', 'c'],
      ]);
      expect(scanner.attribute('urn:p', 'c')).to.equal('2');
      expect(scanner.attribute('', 'c')).to.equal(undefined);
      expect(scanner.attribute('urn:d', 'b')).to.equal(undefined);
      expect(() => scanner.attributeValue(2)).to.throw(RangeError);
    });

    it('is read once', () => {
      const scanner = rooted('<a/>');
      expect(() => scanner.root())
        .to.throw(Error)
        .and.not.instanceOf(Fault);
    });
  });

  describe('open', () => {
    it('walks elements past white space, comments and instructions', () => {
      const scanner = rooted('<a> <!-- x --><b/>\r\n<?y?><c>\t<d></d ></c> </a>');
      const seen: string[] = [];
      while (scanner.depth > 0) seen.push(scanner.open() ? scanner.local : `/${scanner.depth}`);
      scanner.end();
      expect(seen.join(' ')).to.equal('b /1 c d /2 /1 /0');
      expect(scanner.sawInstruction).to.equal(true);
    });

    it('refuses text as an invalid request, and text that is not well formed as malformed', () => {
      for (const text of ['x', '&#32;', '<![CDATA[]]>', '<![CDATA[x]]>', ' x ', '&lt;', ']']) {
        expect(
          codeOf(() => rooted(`<a>${text}<b/></a>`).open()),
          text,
        ).to.equal('invalid-request');
      }
      for (const text of ['&', '&x;', ']]>', '<![CDATA[', '<!', '<?', '<', 'x &']) {
        expect(
          codeOf(() => rooted(`<a>${text}</a>`).open()),
          text,
        ).to.equal('malformed');
      }
      expect(codeOf(() => rooted('<a>x').open())).to.equal('malformed');
      expect(codeOf(() => rooted('<a>').open())).to.equal('malformed');
    });

    it('keeps the default namespace current', () => {
      const scanner = rooted('<a xmlns="u"><b xmlns=""><c xmlns="v"/></b><d/></a>');
      const seen: string[] = [scanner.defaultUri];
      while (scanner.depth > 0) {
        scanner.open();
        seen.push(scanner.defaultUri);
      }
      expect(seen).to.deep.equal(['u', '', 'v', '', 'u', 'u', 'u', '']);
    });
  });

  describe('text', () => {
    it('joins text, references and CDATA sections, through the end tag', () => {
      const scanner = rooted('<a><b>x &lt; <![CDATA[<&]]>y<!-- no --><?no?>\r\nz</b><c></c></a>');
      scanner.open();
      expect(scanner.text()).to.equal('x < <&y\nz');
      expect(scanner.sawInstruction).to.equal(true);
      expect(scanner.openIf('c')).to.equal(true);
      expect(scanner.text()).to.equal('');
      expect(scanner.open()).to.equal(false);
      scanner.end();
    });

    it('keeps white space', () => {
      expect(rooted('<a> \n\t</a>').text()).to.equal(' \n\t');
    });

    it('refuses a child element as an invalid request', () => {
      for (const content of ['<b/>', 'x<b>y</b>', 'x&amp;<b/>', '<!-- x --><b/>']) {
        const fault = refusal(() => rooted(`<a>${content}</a>`).text());
        expect(fault.code, content).to.equal('invalid-request');
        expect(fault.message).to.match(/^The element b is not allowed in the text of a at line 1, column \d+$/);
      }
    });
  });

  it('reads mixed content with textOrOpen', () => {
    const scanner = rooted('<a>x<b c="1">y</b><d/>z</a>');
    expect([scanner.textOrOpen(), scanner.sawOpen, scanner.local, scanner.attribute('', 'c')]).to.deep.equal([
      'x',
      true,
      'b',
      '1',
    ]);
    expect([scanner.textOrOpen(), scanner.sawOpen]).to.deep.equal(['y', false]);
    expect([scanner.textOrOpen(), scanner.sawOpen, scanner.local]).to.deep.equal(['', true, 'd']);
    expect([scanner.textOrOpen(), scanner.sawOpen]).to.deep.equal(['', false]);
    expect([scanner.textOrOpen(), scanner.sawOpen, scanner.depth]).to.deep.equal(['z', false, 0]);
    scanner.end();
  });

  it('takes an empty-element tag for a start and an end tag', () => {
    const following = (read: (scanner: XmlScanner) => unknown): unknown => {
      const scanner = rooted('<a><b x="1"/><c></c></a>');
      scanner.open();
      expect([scanner.depth, scanner.attribute('', 'x')]).to.deep.equal([2, '1']);
      const result = read(scanner);
      expect([scanner.depth, scanner.openIf('c')]).to.deep.equal([1, true]);
      return result;
    };
    expect(following((scanner) => scanner.open())).to.equal(false);
    expect(following((scanner) => scanner.closeIf('b'))).to.equal(true);
    expect(following((scanner) => scanner.text())).to.equal('');
    expect(following((scanner) => scanner.textOrOpen())).to.equal('');
    following((scanner) => scanner.skip());
    rooted('<a/>').end();
  });

  it('skips an element with all that is in it, checking it', () => {
    const scanner = rooted('<a><b>x<c/>&lt;<![CDATA[</b>]]><b></b></b><d></d></a>');
    scanner.open();
    scanner.skip();
    expect([scanner.depth, scanner.openIf('d')]).to.deep.equal([1, true]);
    for (const bad of ['<c>', '&', ']]>', '<c d="1" d="2"/>', '<p:c/>', '<!-- -- -->']) {
      expect(
        codeOf(() => rooted(`<a>${bad}</a>`).skip()),
        bad,
      ).to.equal('malformed');
    }
  });

  it('looks up prefixes where it stands', () => {
    const scanner = rooted('<a xmlns="u" xmlns:p="v"><b xmlns="" xmlns:p="w"></b></a>');
    const seen = (): unknown => ['', 'p', 'q', 'xml', 'xmlns'].map((prefix) => scanner.lookup(prefix));
    const fixed = ['http://www.w3.org/XML/1998/namespace', 'http://www.w3.org/2000/xmlns/'];
    expect(seen()).to.deep.equal(['u', 'v', undefined, ...fixed]);
    scanner.open();
    expect(seen()).to.deep.equal(['', 'w', undefined, ...fixed]);
    scanner.open();
    expect(seen()).to.deep.equal(['u', 'v', undefined, ...fixed]);
  });

  it('keeps no memory of an earlier document', () => {
    rooted('<a xmlns="u" xmlns:p="v"><b>').lookup('p');
    expect(rooted('<a/>').lookup('p')).to.equal(undefined);
  });

  it('refuses to read where nothing is open, as a mistake of its caller', () => {
    for (const read of [(s: XmlScanner) => s.open(), (s: XmlScanner) => s.text(), (s: XmlScanner) => s.skip()]) {
      for (const scanner of [new XmlScanner('<a/>'), done('<a/>')]) {
        expect(() => read(scanner))
          .to.throw('No element is open')
          .and.not.instanceOf(Fault);
      }
    }
    expect(() => new XmlScanner('<a/>').end())
      .to.throw(Error)
      .and.not.instanceOf(Fault);
    expect(() => rooted('<a></a>').end())
      .to.throw(Error)
      .and.not.instanceOf(Fault);
  });
});

function done(document: string): XmlScanner {
  const scanner = rooted(document);
  scanner.skip();
  return scanner;
}
