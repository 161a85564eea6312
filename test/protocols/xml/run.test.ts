import { expect } from 'chai';
import { Run } from '../../../protocols/xml/run.ts';
import { defaultXmlLimits, XmlScanner } from '../../../protocols/xml/scanner.ts';
import { rooted } from './events.ts';
import { refusal } from './refusal.ts';

const member = new Run('<m><n>a</n><v><s>*</s></v></m>');
const opening = new Run('<m><n>a</n><v>');
const closing = new Run('</v></m>');

describe('XmlScanner.take', () => {
  it('consumes a run and gives its text', () => {
    const scanner = rooted('<a><m><n>a</n><v><s>x&amp;\r\ny</s></v></m>\n <m> <n>a</n>\t<v><s></s> </v>\n</m></a>');
    expect(scanner.take(member)).to.equal('x&\ny');
    expect(scanner).to.include({ depth: 1, attributeCount: 0 });
    expect(scanner.take(member)).to.equal('');
    expect(scanner.take(member)).to.equal(undefined);
    expect(scanner.open()).to.equal(false);
    scanner.end();
  });

  it('opens and closes what is left open', () => {
    const scanner = rooted('<a xmlns="u"><m><n>a</n><v><s p="1"/></v></m><b/></a>');
    expect(scanner.take(closing)).to.equal(undefined);
    expect(scanner.take(opening)).to.equal('');
    expect(scanner).to.include({ depth: 3, local: 'v', prefix: '', uri: 'u' });
    expect(scanner.open() && scanner.attribute('', 'p')).to.equal('1');
    expect(scanner.take(closing)).to.equal(undefined);
    expect(scanner.open()).to.equal(false);
    expect(scanner.take(closing)).to.equal('');
    expect(scanner.depth).to.equal(1);
    expect(scanner.open() && scanner.local).to.equal('b');
    expect([scanner.open(), scanner.open()]).to.deep.equal([false, false]);
    scanner.end();
  });

  it('restores the namespaces of what it closes', () => {
    const scanner = rooted('<a><m xmlns="u"><v><s/></v></m><b/></a>');
    for (const name of ['m', 'v', 's']) expect(scanner.open() && scanner.local).to.equal(name);
    expect([scanner.open(), scanner.take(closing), scanner.defaultUri]).to.deep.equal([false, '', '']);
  });

  it('leaves everything else to be read tag by tag', () => {
    const others = [
      '<m ><n>a</n><v><s>x</s></v></m>',
      '<m><n> a</n><v><s>x</s></v></m>',
      '<m><n>b</n><v><s>x</s></v></m>',
      '<m><n>a</n><v><s>x</s></v><v/></m>',
      '<m><n>a</n><v><s>x<!-- y --></s></v></m>',
      '<m><n>a</n><v><s><![CDATA[x]]></s></v></m>',
      '<m><n>a</n><v><s/></v></m>',
      '<p:m><n>a</n><v><s>x</s></v></p:m>',
    ];
    for (const other of others) {
      const scanner = rooted(`<a xmlns:p="u">${other}</a>`);
      expect(scanner.take(member), other).to.equal(undefined);
      expect([scanner.depth, scanner.open()], other).to.deep.equal([1, true]);
    }
  });

  it('takes nothing at the end, after an empty element, nor what would close the root', () => {
    const scanner = rooted('<a><b/></a>');
    expect(scanner.open()).to.equal(true);
    expect(scanner.take(new Run('</a>'))).to.equal(undefined);
    expect(scanner.open()).to.equal(false);
    expect(scanner.take(new Run('</a>'))).to.equal(undefined);
    expect(scanner.open()).to.equal(false);
    expect(scanner.take(member)).to.equal(undefined);
    expect(rooted('<a><m><n>a</n><v><s>x').take(member)).to.equal(undefined);
  });

  it('refuses text as it is refused elsewhere', () => {
    for (const text of ['&nbsp;', 'a]]>b', '& ', '&#0;']) {
      const document = `<a><m><n>a</n><v><s>${text}</s></v></m></a>`;
      const taken = refusal(() => rooted(document).take(member));
      const read = refusal(() => rooted(document).skip());
      expect([taken.code, taken.message]).to.deep.equal([read.code, read.message]);
    }
  });

  it('does not pass a limit', () => {
    const document = `<a>${'<m><n>a</n><v><s>x</s></v></m>'.repeat(3)}</a>`;
    const taken = (limits: object): number => {
      const scanner = new XmlScanner(document, { ...defaultXmlLimits, ...limits });
      scanner.root();
      let count = 0;
      while (scanner.take(member) !== undefined) count++;
      return count;
    };
    const most = [{}, { children: 2 }, { children: 1 }, { depth: 4 }, { depth: 3 }, { name: 1 }];
    expect(most.map(taken)).to.deep.equal([3, 2, 0, 3, 0, 3]);
  });

  it('counts the children of what it opens', () => {
    const scanner = new XmlScanner('<a><m><n>a</n><v></v><w/></m></a>', { ...defaultXmlLimits, children: 2 });
    scanner.root();
    expect([scanner.take(opening), scanner.closeIf('v')]).to.deep.equal(['', true]);
    expect(refusal(() => scanner.open()).code).to.equal('too-large');
  });
});
